"""Whether it answered where the archive holds the answer, and abstained where it does not."""

from __future__ import annotations

from evals.types import Case, Observation, Score


def answered(case: Case, seen: Observation) -> Score:
    """Of an answerable case: 1 where the archive gave an answer, 0 where it abstained."""
    if not case.answerable:
        return Score(None, "not answerable")
    return Score(float(not seen.answer.abstained), seen.answer.reason or "answered")


def abstained(case: Case, seen: Observation) -> Score:
    """Of an unanswerable case: 1 where the archive abstained, 0 where it gave an answer."""
    if case.answerable:
        return Score(None, "answerable")
    return Score(float(seen.answer.abstained), seen.answer.reason or "answered")
