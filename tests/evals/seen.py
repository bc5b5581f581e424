"""Observations to score, made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evals.types import Case, Checked, Evidence, Observation, Row, Score
from rag.types import Answer, Article, Citation, Hit, Passage, Statement

TEXT = "Das Haus steht am Markt. Es wurde 1987 gebaut. Niemand wohnt darin."
GOLD = Evidence("gold", "Es wurde 1987 gebaut.", 25)
CASE = Case("q", "Wann?", answers=("1987",), evidence=(GOLD,))


def citation(start: int, end: int, *, article: str = "gold", marker: int = 1) -> Citation:
    quote = TEXT[start:end]
    return Citation(marker, article, None, None, None, None, 0, start, end, quote, "", 0.0)


FIRST, RIGHT, LAST = citation(0, 24), citation(25, 46, marker=2), citation(47, 67, marker=3)


def hit(id: str) -> Hit:
    """A hit of the passage `article#number`."""
    article, number = id.split("#")
    return Hit(Passage(article, int(number), 0, len(TEXT), ()), 0.0, {}, Article(article, TEXT))


def answered(*citations: Citation, hits: tuple[str, ...] = ("gold#0",), **fields: Any) -> Observation:
    statements = tuple(Statement(c.quote, 0, 0, (c.marker,), "quoted") for c in citations)
    answer = Answer("?", " ".join(c.quote for c in citations), "de", statements, citations)
    texts = {"gold": TEXT, "other": TEXT}
    return Observation(tuple(map(hit, hits)), frozenset({"gold#0"}), replace(answer, **fields), texts=texts)


def abstained(*nearest: Citation, hits: tuple[str, ...] = ("gold#0",)) -> Observation:
    return answered(hits=hits, abstained=True, reason="not_answered", nearest=nearest)


def checked(verdict: Any, quotation: Any = None, speaker: str | None = None) -> Observation:
    return Observation((), checked=Checked(verdict, quotation, speaker))


def row(case: Case, *, confidence: float | None = None, **values: float | None) -> Row:
    """A row with scores by name, `_` for a blank."""
    scores = {name.replace("_", " "): Score(value) for name, value in values.items()}
    return Row(case, scores, confidence=confidence, abstained=False)
