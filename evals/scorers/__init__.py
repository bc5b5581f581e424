"""The metrics of one case. Each scorer gives the metrics that its `METRICS` names: a value or unscored, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evals.scorers import abstention, answers, citations, quotations, rejected, retrieval, verdicts
from evals.types import Case, Observation, Score

Scorer = Callable[[Case, Observation], Mapping[str, Score]]

SCORERS: tuple[Scorer, ...] = (
    retrieval.score,
    citations.score,
    rejected.score,
    answers.score,
    abstention.score,
    verdicts.score,
    quotations.score,
)
CASE_METRICS: tuple[str, ...] = (
    *retrieval.METRICS,
    *citations.METRICS,
    *rejected.METRICS,
    *answers.METRICS,
    *abstention.METRICS,
    *verdicts.METRICS,
    *quotations.METRICS,
)


def score_case(case: Case, seen: Observation) -> dict[str, Score]:
    """Every metric of the case, in the order of `CASE_METRICS`."""
    return {name: score for scorer in SCORERS for name, score in scorer(case, seen).items()}
