"""A real desk over a real archive, quick to make. Tests that share one each take an owner of their own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rag.archive import Archive
from rag.desk.desk import Desk
from rag.models.embedder import HashEmbedder
from rag.settings import Settings
from rag.types import Article
from tests.checks import CALL

SHIP = Article(
    "schiff",
    "Im Hafen von Odesa lief am 1. August 2022 das Schiff Razoni aus. Es hat 26.000 Tonnen Mais geladen.",
    title="Das erste Schiff",
    source="Beispiel-Zeitung",
    published=date(2022, 8, 1),
    language="de",
)
QUESTION = "Wie lange dauerte das Telefonat von Blinken und Lawrow?"
CLAIM = "Das Telefonat von Blinken und Lawrow dauerte 45 Minuten."
TWO_CLAIMS = f"{CLAIM} Das Schiff Razoni hat 30.000 Tonnen Mais geladen."


@dataclass(frozen=True)
class House:
    archive: Archive
    desk: Desk
    cases: Path


@contextmanager
def opened(folder: Path, *articles: Article) -> Iterator[House]:
    """Over these articles, else over the call and the ship."""
    settings = Settings(min_confidence=0.0, cases=folder / "cases.jsonl")
    with (
        Archive.open(folder / "data", settings=settings, embedder=HashEmbedder()) as archive,
        Desk.open(archive, settings) as desk,
    ):
        archive.ingest(articles or [CALL, SHIP])
        yield House(archive, desk, folder / "cases.jsonl")


def new_owner() -> str:
    return secrets.token_urlsafe(32)
