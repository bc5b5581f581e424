"""Whether it answered where the archive holds the answer, and abstained where it does not."""

from __future__ import annotations

from evals.types import Case, Observation, Score

METRICS = ("answered", "abstained")


def score(case: Case, seen: Observation) -> dict[str, Score]:
    """`answered`: 1 where an answerable case got an answer; `abstained`: 1 where an unanswerable one got none."""
    if seen.answer is None:
        return dict.fromkeys(METRICS, Score(None, "a claim is not answered"))
    if case.answerable is None:
        return dict.fromkeys(METRICS, Score(None, "it is not known whether the archive answers"))
    said = seen.answer.reason or "answered"
    if case.answerable:
        return {"answered": Score(float(not seen.answer.abstained), said), "abstained": Score(None, "answerable")}
    return {"answered": Score(None, "not answerable"), "abstained": Score(float(seen.answer.abstained), said)}
