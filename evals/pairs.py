"""One claim against one sentence, as sets for natural language inference have them: what checking says, and how right.

No archive and no search: only whether a sentence is seen to support or refute a claim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import BaseModel

from evals.formats.lines import read_rows
from evals.intervals import Values, folded_figure
from evals.metrics import macro_f1
from evals.types import VERDICTS, Figure
from rag.check.compare import Claimed, compare
from rag.check.judge import Judge, Premise
from rag.errors import InputError
from rag.text.language import Language, question_language
from rag.types import Stance, Verdict

_LABELS: dict[str, Verdict] = {
    "entailment": "supported",
    "contradiction": "refuted",
    "neutral": "not_enough_evidence",
    "SUPPORTS": "supported",
    "REFUTES": "refuted",
    "NOT ENOUGH INFO": "not_enough_evidence",
}
_BY_STANCE: dict[Stance, Verdict] = {"for": "supported", "against": "refuted", "neither": "not_enough_evidence"}


class _Row(BaseModel):
    label: Literal["entailment", "contradiction", "neutral", "SUPPORTS", "REFUTES", "NOT ENOUGH INFO"]
    hypothesis: str | None = None
    premise: str | None = None
    claim: str | None = None
    evidence: str | None = None
    evidence_sentence: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, a sentence, and what the set says that the one makes of the other."""

    claim: str
    sentence: str
    expected: Verdict


def read_pairs(path: Path) -> list[Pair]:
    """XNLI's rows (`premise`, `hypothesis`) or FeverSymmetric's (`claim`, `evidence`). Raises InputError by line."""
    pairs = []
    for where, row in read_rows(path, _Row):
        claim, sentence = row.hypothesis or row.claim, row.premise or row.evidence or row.evidence_sentence
        if not claim or not sentence:
            raise InputError(f"{where}: a pair has hypothesis and premise, or claim and evidence; here one is missing.")
        pairs.append(Pair(claim, sentence, _LABELS[row.label]))
    return pairs


def check_pairs(
    pairs: Iterable[Pair], *, language: Language | None = None, judge: Judge | None = None
) -> list[Verdict]:
    """The verdict on each claim by its one sentence; `language` is that of both, else it is told from the claim."""
    listed = list(pairs)
    compared = []
    for pair in listed:
        code = language or question_language(pair.claim)
        compared.append(compare(Claimed(pair.claim, language=code), pair.sentence, language=code))
    if judge is None:
        return [_BY_STANCE[one.stance] for one in compared]
    judged = judge.judge([(Premise(pair.sentence), pair.claim) for pair in listed])
    both = zip(judged, compared, strict=True)
    return [_BY_STANCE[judge.standard.decide(judgement, one).stance] for judgement, one in both]


def pair_figures(pairs: Sequence[Pair], verdicts: Sequence[Verdict]) -> dict[str, Figure | None]:
    """Macro-F1 over the verdicts that the set has, precision and recall of each, and the share left open."""
    numbers = {verdict: number for number, verdict in enumerate(VERDICTS)}
    both = np.array([[numbers[pair.expected], numbers[said]] for pair, said in zip(pairs, verdicts, strict=True)])
    figures = {"verdict macro-F1": folded_figure(both, macro_f1)}
    for verdict in ("supported", "refuted"):
        one = numbers[verdict]
        said, expected = both[both[:, 1] == one], both[both[:, 0] == one]
        figures[f"precision of {verdict}"] = folded_figure(said, _share_of(0, one))
        figures[f"recall of {verdict}"] = folded_figure(expected, _share_of(1, one))
    open_ = numbers["not_enough_evidence"]
    figures["not_enough_evidence"] = folded_figure(both, _share_of(1, open_))
    wrong = np.array([[float(b not in (a, open_))] for a, b in both]).reshape(-1, 1)
    figures["wrong verdicts"] = folded_figure(wrong, lambda sample: float(sample.mean()))
    return figures


def _share_of(column: int, number: int) -> Callable[[Values], float]:
    return lambda sample: float((sample[:, column] == number).mean())
