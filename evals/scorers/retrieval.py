"""Whether the search found an article that answers the question."""

from __future__ import annotations

from evals.types import Case, Observation, Score


def first_article(case: Case, seen: Observation) -> Score:
    """1 where the first passage found is of an article that holds the answer."""
    return _found(case, seen, within=1)


def article_in_five(case: Case, seen: Observation) -> Score:
    """1 where one of the first five passages found is of an article that holds the answer."""
    return _found(case, seen, within=5)


def _found(case: Case, seen: Observation, *, within: int) -> Score:
    if not case.answerable:
        return Score(None, "not answerable")
    rank = next((rank for rank, hit in enumerate(seen.hits, start=1) if hit.article.id in case.evidence), None)
    found = "not found" if rank is None else f"rank {rank}"
    return Score(float(rank is not None and rank <= within), f"{found} of {len(seen.hits)} passages")
