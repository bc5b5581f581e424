"""The metrics by name. Each is a function of a case and what the archive did with it."""

from __future__ import annotations

from collections.abc import Callable

from evals.scorers.abstention import abstained, answered
from evals.scorers.citations import first_cited, three_cited, valid_citations
from evals.scorers.retrieval import article_in_five, first_article
from evals.types import Case, Observation, Score

Scorer = Callable[[Case, Observation], Score]

SCORERS: dict[str, Scorer] = {
    "article first": first_article,
    "article in five": article_in_five,
    "answered": answered,
    "abstained": abstained,
    "sentence first": first_cited,
    "sentence in three": three_cited,
    "citations valid": valid_citations,
}
