"""Whether sentences are cited that a person crossed out."""

from __future__ import annotations

from evals.scorers.citations import meets
from evals.types import Case, Observation, Score

METRICS = ("rejected avoided",)


def score(case: Case, seen: Observation) -> dict[str, Score]:
    """`rejected avoided`: 1 where no cited sentence meets a rejected one as it would evidence; an abstention is 1."""
    return {"rejected avoided": _avoided(case, seen)}


def _avoided(case: Case, seen: Observation) -> Score:
    if seen.answer is None:
        return Score(None, "a claim is not answered")
    rejected = case.rejected_within_reach
    if not rejected:
        return Score(None, "no sentence within reach is rejected")
    if seen.answer.abstained:
        return Score(1.0, "abstained")
    met = [one for one in seen.answer.citations if meets(one.article_id, one.start, one.end, rejected)]
    if met:
        return Score(0.0, "; ".join(f"[{one.marker}] is rejected: {one.quote!r} ({one.article_id})" for one in met))
    return Score(1.0, f"none of {len(seen.answer.citations)} cited sentences is rejected")
