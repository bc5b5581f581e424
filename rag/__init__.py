"""Beleg: answers over an archive of news articles, every statement with the exact source sentence.

>>> from rag import Archive, Article
>>> with Archive.open("data") as archive:  # doctest: +SKIP
...     archive.ingest(["seeds/"])
...     answer = archive.ask("Wie lange dauerte das Gespräch?")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rag.errors import BelegError
from rag.types import Answer, Article, Citation, Filters, Hit, IngestReport, Passage, Sentence, Statement, Status

if TYPE_CHECKING:
    from rag.archive import Archive

__all__ = [
    "Answer",
    "Archive",
    "Article",
    "BelegError",
    "Citation",
    "Filters",
    "Hit",
    "IngestReport",
    "Passage",
    "Sentence",
    "Statement",
    "Status",
]


def __getattr__(name: str) -> object:
    """`Archive` brings the indexes' libraries: they are imported when it is first asked for."""
    if name == "Archive":
        from rag.archive import Archive

        return Archive
    raise AttributeError(f"module 'rag' has no attribute {name!r}")
