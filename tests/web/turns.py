"""Turns by hand, of the checks in `tests.checks`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from rag.desk.types import Conversation, Turn
from rag.types import Answer, Check, Citation, Filters, Review, Statement, Word
from tests.checks import CALL, CLAIM, check, cited, refuted_by_the_call

MADE = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
QUESTION = "Wie lange dauerte das Telefonat?"


def answer(*citations: Citation, question: str = QUESTION, language: str = "de") -> Answer:
    """An answer of a statement for each citation; without any, of two sentences of the call."""
    used = citations or (cited(CALL, "25 Minuten"), cited(CALL, "miteinander", marker=2))
    statements, text = [], ""
    for citation in used:
        start = len(text) + bool(text)
        text = f"{text} {citation.quote}".strip()
        statements.append(Statement(citation.quote, start, len(text), (citation.marker,), "quoted"))
    return Answer(question, text, language, tuple(statements), used, config={"version": "0.1.0"})


def abstained() -> Answer:
    """Nothing answers, one sentence comes near."""
    near = (cited(CALL, "25 Minuten"),)
    return Answer(QUESTION, "Dazu steht hier nichts.", "de", abstained=True, reason="not_answered", nearest=near)


def two_claims() -> Check:
    """A text of two claims, both refuted by the call."""
    text = f"{CLAIM} {CLAIM}"
    first, second = refuted_by_the_call(), refuted_by_the_call()
    return check(text, "refuted", parts=[first, _at(second, len(CLAIM) + 1)], message="Beides nicht.")


def turn(
    result: Answer | Check | None = None,
    *,
    typed: str | None = None,
    number: int = 1,
    filters: Filters | None = None,
    failure: str | None = None,
    reviews: Iterable[Review] = (),
) -> Turn:
    """A turn with this result, or with a failure, which has neither."""
    known = result.question if isinstance(result, Answer) else result.claim if result else QUESTION
    return Turn(
        id=f"turn{number}",
        conversation="conversation1",
        number=number,
        typed=known if typed is None else typed,
        kind="claim" if isinstance(result, Check) else "question",
        filters=filters or Filters(),
        made=MADE,
        result=result,
        failure=failure,
        reviews=tuple(reviews),
    )


def conversation(*turns: Turn) -> Conversation:
    return Conversation("conversation1", "Das Telefonat", MADE, MADE, turns)


def review(statement: int | None, word: Word = "checked", *, name: str = "Erika Muster", note: str = "") -> Review:
    return Review(statement, word, name, MADE, note)


def _at(check: Check, start: int) -> Check:
    return replace(check, start=start, end=start + len(check.claim))
