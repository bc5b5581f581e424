"""`beleg-eval standard`: claims with known verdicts -> what the judge's word is worth, and from when on it decides.

Of each claim and side counts the sentence that the judge is surest of, of those whose words take that side and that
nothing exact forbids; its signs are weighed by logistic regression, which makes its word a probability.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from evals.fit.logit import logistic
from evals.types import Case
from rag.check.compare import Claimed, Comparison, compare
from rag.check.judge import Judge, Judgement, Premise
from rag.check.support import FittedStandard, Support, is_vetoed, support_signs
from rag.text.language import question_language
from rag.types import Stance, Verdict

if TYPE_CHECKING:
    from evals.train.examples import Pair
    from rag.archive import Archive

# How sure the judge must be where the words take a side. From where .97 of what was held out would be right, it is so
# sure of so little that hardly a claim was left (evals/README.md).
LEAST: Mapping[Stance, float] = {"for": 0.9, "against": 0.5}
SIDES: Mapping[Stance, tuple[str, Verdict]] = {
    "for": ("entailment", "supported"),
    "against": ("contradiction", "refuted"),
}
SIGNS: Mapping[Stance, tuple[str, ...]] = {
    "for": ("constant", "entailment"),
    "against": ("constant", "contradiction"),
}

Signs = Mapping[str, float]
_DUE: Mapping[str, Verdict] = {"entailment": "supported", "contradiction": "refuted"}


@dataclass(slots=True)
class Recorder:
    """A standard that decides nothing and remembers the signs of each sentence, by the side that its words take."""

    rows: list[dict[Stance, Signs]] = field(default_factory=list)

    def needs(self, comparison: Comparison) -> bool:
        return comparison.stance != "neither"

    def decide(self, judgement: Judgement, comparison: Comparison) -> Support:
        signs = support_signs(judgement)
        taken = [side for side in SIDES if comparison.stance == side and not is_vetoed(side, comparison)]
        self.rows.append(dict.fromkeys(taken, signs))
        return Support("neither")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim, its due verdict, and of each side the signs of the surest sentence; None where all are forbidden."""

    claim: str
    due: Verdict
    signs: Mapping[Stance, Signs | None]


def weigh_claims(archive: Archive, cases: Iterable[Case], recorder: Recorder) -> Iterator[Weighed]:
    """The archive's judge must decide by the `recorder`."""
    for case in cases:
        if case.verdict in ("supported", "refuted", "not_enough_evidence"):
            recorder.rows.clear()
            archive.check(case.text)
            yield Weighed(case.text, case.verdict, {side: surest(recorder.rows, side) for side in SIDES})


def weigh_pairs(pairs: Sequence[Pair], judge: Judge, recorder: Recorder) -> Iterator[Weighed]:
    """Pairs that were held out of the training, each a claim against one sentence, as if it were all there is."""
    premises = [(Premise(one.sentence, one.before, one.after), one.claim) for one in pairs]
    for pair, judgement in zip(pairs, judge.judge(premises), strict=True):
        language = question_language(pair.claim)
        before = [pair.before] if pair.before else []
        comparison = compare(Claimed(pair.claim, language=language), pair.sentence, language=language, before=before)
        recorder.rows.clear()
        recorder.decide(judgement, comparison)
        signs = {side: surest(recorder.rows, side) for side in SIDES}
        if pair.label == "not_entailment":  # it may be a contradiction
            signs["against"] = None
        yield Weighed(pair.claim, _DUE.get(pair.label, "not_enough_evidence"), signs)


def surest(rows: Sequence[Mapping[Stance, Signs]], side: Stance) -> Signs | None:
    own = [row[side] for row in rows if side in row]
    return max(own, key=lambda signs: signs[SIDES[side][0]], default=None)


def fit_standard(weighed: Sequence[Weighed]) -> FittedStandard:
    """Raises ValueError where no claim of a side is left."""
    weights: dict[Stance, Mapping[str, float]] = {}
    least: dict[Stance, float] = {}
    for side, names in SIGNS.items():
        rows = [(one.signs[side], one.due == SIDES[side][1]) for one in weighed]
        known = [(signs, right) for signs, right in rows if signs is not None]
        columns = np.array([[signs[name] for name in names] for signs, _ in known])
        right = np.array([float(right) for _, right in known])
        fitted = logistic(columns, right, counts=np.full(len(known), 1 / len(known)))
        weights[side] = {name: round(float(value), 3) for name, value in zip(names, fitted, strict=True)}
        least[side] = least_probability(weights[side], side)
    return FittedStandard(weights, least)


def least_probability(weights: Mapping[str, float], side: Stance) -> float:
    """That of a judge which is as sure as it must be."""
    odds = LEAST[side] / (1 - LEAST[side])
    margin = weights["constant"] + weights[SIDES[side][0]] * math.log(odds)
    return round(1 / (1 + math.exp(-margin)), 3)


def write_standard(standard: FittedStandard, file: Path) -> None:
    sides = {side: dict(weights) for side, weights in standard.weights.items()}
    file.write_text(json.dumps(sides | {"least": dict(standard.least)}, indent=1) + "\n", encoding="utf-8")
