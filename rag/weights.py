"""What each sign counts in finding passages, choosing sentences and deciding whether to answer: data, in a file.

The shipped weights lie beside this module in `weights.json`, as `beleg-eval fit` wrote them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

from rag.errors import InputError

Weighing = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class StepWeights:
    """The weight of each sign, by step: `search` fuses the searches, `passage` orders what they found.

    `sentence_read` and `confidence_read` take the place of `sentence` and `confidence` where a reader has read.

    What the signs are is said by `rag.retrieve.search.reordered`, `rag.answer.choose.choose_sentences` and
    `rag.answer.abstain.confidence_signs`.
    """

    search: Weighing
    passage: Weighing
    sentence: Weighing
    confidence: Weighing
    sentence_read: Weighing = field(default_factory=dict)
    confidence_read: Weighing = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weights:
    """For a question in the language of the article, and for one in another."""

    same: StepWeights
    other: StepWeights

    def of(self, article_language: str | None, question_language: str | None) -> StepWeights:
        return self.same if is_same_language(article_language, question_language) else self.other

    def as_data(self) -> dict[str, dict[str, dict[str, float]]]:
        """As `weights.json` holds them."""
        halves = {"same": self.same, "other": self.other}
        return {
            half: {step.name: dict(getattr(steps, step.name)) for step in fields(steps)}
            for half, steps in halves.items()
        }

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that name these weights."""
        return sha256(json.dumps(self.as_data(), sort_keys=True).encode()).hexdigest()[:16]


def is_same_language(article: str | None, question: str | None) -> bool:
    """Whether an article is in the language of a question; one that is not known is another."""
    return article is not None and article == question


@cache
def shipped_weights() -> Weights:
    """The weights that Beleg comes with."""
    return weights_from(json.loads(resources.files("rag").joinpath("weights.json").read_text(encoding="utf-8")))


def weights_from(data: Any) -> Weights:
    """The weights in a decoded JSON object of the form of `weights.json`. Raises InputError."""
    try:
        return Weights(*(_steps(data[half]) for half in ("same", "other")))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"These are no weights: {error!r}. `beleg-eval fit` writes them.") from error


def weighted(signs: Mapping[str, float], weights: Weighing) -> float:
    """`Σ weight · sign`."""
    return sum(weight * signs[name] for name, weight in weights.items())


def _steps(data: Mapping[str, Mapping[str, float]]) -> StepWeights:
    """Those of what a reader read are the others where none were fitted with a reader."""
    data = {"sentence_read": data["sentence"], "confidence_read": data["confidence"], **data}
    return StepWeights(
        *({str(sign): float(weight) for sign, weight in data[step.name].items()} for step in fields(StepWeights))
    )
