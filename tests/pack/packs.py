"""Packs made by hand, of the checks in `tests.checks`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from rag.pack.pack import Pack, make_pack
from rag.types import Answer, Article, Check, Statement
from tests.checks import CALL, cited

MADE = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
RETRIEVED = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


def packed(result: Check | Answer, articles: Mapping[str, Article] | None = None) -> Pack:
    """The pack over an archive that holds these articles, else the one of the call."""
    held = {CALL.id: CALL} if articles is None else articles
    return make_pack(result, article=held.get, retrieved=lambda _: RETRIEVED, version="0.1.0", made=MADE)


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
