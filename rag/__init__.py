"""Beleg: answers and checked claims over an archive of news articles, each with the exact source sentence.

>>> from rag import Archive, Article
>>> with Archive.open("data") as archive:  # doctest: +SKIP
...     archive.ingest(["seeds/"])
...     answer = archive.ask("Wie lange dauerte das Gespräch?")
...     check = archive.check("Das Gespräch dauerte 45 Minuten.")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rag.errors import BelegError
from rag.types import (
    Answer,
    Article,
    Change,
    Check,
    Citation,
    Draft,
    Evidence,
    Exchange,
    Failure,
    Filters,
    Finding,
    Hit,
    IndependentSource,
    IngestReport,
    Listed,
    Listing,
    Passage,
    QuotationCheck,
    QuotationPlace,
    Review,
    Sentence,
    Span,
    Speech,
    Statement,
    Status,
    Version,
)

if TYPE_CHECKING:
    from rag.archive import Archive

__all__ = [
    "Answer",
    "Archive",
    "Article",
    "BelegError",
    "Change",
    "Check",
    "Citation",
    "Draft",
    "Evidence",
    "Exchange",
    "Failure",
    "Filters",
    "Finding",
    "Hit",
    "IndependentSource",
    "IngestReport",
    "Listed",
    "Listing",
    "Passage",
    "QuotationCheck",
    "QuotationPlace",
    "Review",
    "Sentence",
    "Span",
    "Speech",
    "Statement",
    "Status",
    "Version",
]


def __getattr__(name: str) -> object:
    """`Archive` brings the indexes' libraries: they are imported when it is first asked for."""
    if name == "Archive":
        from rag.archive import Archive

        return Archive
    raise AttributeError(f"module 'rag' has no attribute {name!r}")
