"""A judgement and what is told for sure -> which way a sentence speaks of a claim: the one standard of support.

For a claim, or against it, is a sentence whose words are compared so, and that the judge reads so too, where nothing
exact speaks against it: a number or date that differs or is not there, a name that is not there, a sentence that only
asks. Where the words and the judge disagree, it speaks neither way. A judge that is not calibrated here decides without
the words.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Protocol

from rag.types import Stance
from rag.weights import weighted

if TYPE_CHECKING:
    from rag.check.compare import Comparison
    from rag.check.judge import Judgement

_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Support:
    """A stance with its probability; None where there is none.

    `vetoed`: the judge took that side, and may not, or the words did, and the judge does not.
    """

    stance: Stance
    probability: float | None = None
    vetoed: Stance | None = None


class Standard(Protocol):
    """What is asked of whoever decides what a judgement is worth."""

    def needs(self, comparison: Comparison) -> bool:
        """Whether a sentence that compares so has to be judged at all."""

    def decide(self, judgement: Judgement, comparison: Comparison) -> Support:
        """Which way the sentence speaks that was judged, and compared by its words."""


@dataclass(frozen=True, slots=True)
class FittedStandard:
    """The weights of the signs, by side: `probability = sigmoid(Σ weight · sign)`; and the least that decides.

    Of two sides that reach it, the one further above it is taken. `with_words`: the words must take that side too.
    """

    weights: Mapping[Stance, Mapping[str, float]]
    least: Mapping[Stance, float]
    with_words: bool = False

    def needs(self, comparison: Comparison) -> bool:
        return not self.with_words or comparison.stance != "neither"

    def decide(self, judgement: Judgement, comparison: Comparison) -> Support:
        signs = support_signs(judgement)
        likely = {side: 1 / (1 + math.exp(-weighted(signs, weights))) for side, weights in self.weights.items()}
        side = max(likely, key=lambda one: likely[one] - self.least[one])
        if self.with_words and comparison.stance != side:
            return Support("neither", vetoed=None if comparison.stance == "neither" else comparison.stance)
        if likely[side] < self.least[side]:
            return Support("neither", vetoed=side if self.with_words else None)
        return Support("neither", vetoed=side) if is_vetoed(side, comparison) else Support(side, likely[side])


# Of a judge whose probabilities were not fitted here: what is at least as likely as all else together decides.
UNCALIBRATED = FittedStandard(
    {"for": {"entailment": 1.0}, "against": {"contradiction": 1.0}}, {"for": 0.5, "against": 0.5}
)


@cache
def shipped_standard() -> FittedStandard:
    """As `support.json` beside this module has it, for the judge that comes with Beleg."""
    data = json.loads(resources.files("rag.check").joinpath("support.json").read_text(encoding="utf-8"))
    return FittedStandard({"for": data["for"], "against": data["against"]}, data["least"], with_words=True)


def support_signs(judgement: Judgement) -> dict[str, float]:
    """What the probability adds up from: a constant, and the judge's log odds of either side."""
    return {
        "constant": 1.0,
        "entailment": _log_odds(judgement.entailment),
        "contradiction": _log_odds(judgement.contradiction),
    }


def is_vetoed(side: Stance, comparison: Comparison) -> bool:
    """Whether what is exact speaks against taking a side."""
    exact = comparison.exact
    if exact.unnamed or exact.asks:
        return True
    return side == "for" and (exact.differs or exact.lacking)


def _log_odds(probability: float) -> float:
    held = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(held / (1 - held))
