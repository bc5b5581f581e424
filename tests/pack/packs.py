"""Packs made by hand, of the checks in `tests.checks`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from rag.pack.pack import ConversationPack, Pack, make_conversation_pack, make_pack
from rag.types import Answer, Article, Check, Review, Statement, Word
from tests.checks import CALL, check, cited, evidence

MADE = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
RETRIEVED = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


REVIEWED = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)


def packed(
    result: Check | Answer,
    articles: Mapping[str, Article] | None = None,
    reviews: Iterable[Review] = (),
    number: int | None = None,
) -> Pack:
    """The pack over an archive that holds these articles, else the one of the call."""
    held = {CALL.id: CALL} if articles is None else articles
    return make_pack(
        result,
        article=held.get,
        retrieved=lambda _: RETRIEVED,
        version="0.1.0",
        made=MADE,
        reviews=reviews,
        number=number,
    )


CHANGED = replace(CALL, text=CALL.text.replace("25 Minuten", "35 Minuten"), title="Blinken und Lawrow, berichtigt")


def across_a_change() -> Check:
    """A text of two claims that cite one place of an article, before and after it was changed."""
    before = check("Es dauerte 25 Minuten.", "supported", evidence(CALL, "25 Minuten"))
    after = check("Es dauerte 35 Minuten.", "supported", evidence(CHANGED, "35 Minuten"))
    return check("Es dauerte 25 Minuten. Es dauerte 35 Minuten.", "supported", parts=[before, after])


def conversation(*packs: Pack, name: str = "Das Telefonat") -> ConversationPack:
    return make_conversation_pack(name, packs, version="0.1.0", made=MADE)


def review(statement: int | None, word: Word = "checked", name: str = "Erika Muster", note: str = "") -> Review:
    return Review(statement, word, name, REVIEWED, note)


def answer() -> Answer:
    """An answer that quotes the call."""
    citation = cited(CALL, "25 Minuten")
    statement = Statement(citation.quote, 0, len(citation.quote), (1,), "quoted")
    return Answer(
        "Wie lange dauerte es?",
        citation.quote,
        "de",
        statements=(statement,),
        citations=(citation,),
        confidence=0.9,
        config={"filters": "language=de"},
    )
