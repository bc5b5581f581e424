"""Whether a quotation was found as it stands, and given to the one who said it."""

from __future__ import annotations

from evals.scorers.answers import tokens
from evals.types import Case, Observation, Score

METRICS = ("quotation right", "speaker right")


def score(case: Case, seen: Observation) -> dict[str, Score]:
    """`quotation right`: 1 where exact, altered or absent is as expected. `speaker right`: 1 where the speaker is.

    A speaker is right where all words of the shorter name are in the longer: "Watson" is "Adrienne Watson".
    """
    return {"quotation right": _quotation(case, seen), "speaker right": _speaker(case, seen)}


def _quotation(case: Case, seen: Observation) -> Score:
    if case.quotation is None:
        return Score(None, "no quotation is expected")
    if seen.checked is None:
        return Score(None, "the claim was not checked")
    said = f"expected {case.quotation}, got {seen.checked.quotation}"
    return Score(float(seen.checked.quotation == case.quotation), said)


def _speaker(case: Case, seen: Observation) -> Score:
    if case.speaker is None:
        return Score(None, "no speaker is expected")
    if seen.checked is None:
        return Score(None, "the claim was not checked")
    expected, got = set(tokens(case.speaker)), set(tokens(seen.checked.speaker or ""))
    same = bool(got) and (expected <= got or got <= expected)
    return Score(float(same), f"expected {case.speaker}, got {seen.checked.speaker}")
