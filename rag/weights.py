"""What each sign counts in finding passages, choosing sentences and deciding whether to answer: data, in a file.

The shipped weights lie beside this module in `weights.json`, as `beleg-eval fit` wrote them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any

from rag.errors import InputError

Weighing = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class StepWeights:
    """The weight of each sign, by step: `search` fuses the searches, `passage` orders what they found."""

    search: Weighing
    passage: Weighing
    sentence: Weighing
    confidence: Weighing


@dataclass(frozen=True, slots=True)
class Weights:
    """For a question in the language of the article, and for one in another."""

    same: StepWeights
    other: StepWeights

    def of(self, article_language: str | None, question_language: str) -> StepWeights:
        return self.same if article_language == question_language else self.other


@cache
def shipped_weights() -> Weights:
    """The weights that Beleg comes with."""
    return read_weights(json.loads(resources.files("rag").joinpath("weights.json").read_text(encoding="utf-8")))


def read_weights(data: Any) -> Weights:
    """The weights in a decoded JSON object of the form of `weights.json`. Raises InputError."""
    try:
        return Weights(
            *(
                StepWeights(*(_weighing(data[half][step.name]) for step in fields(StepWeights)))
                for half in ("same", "other")
            )
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"These are no weights: {error!r}. `beleg-eval fit` writes them.") from error


def weighted(signs: Mapping[str, float], weights: Weighing) -> float:
    """`Σ weight · sign`."""
    return sum(weight * signs[name] for name, weight in weights.items())


def _weighing(data: Mapping[str, Any]) -> Weighing:
    return {str(sign): float(weight) for sign, weight in data.items()}
