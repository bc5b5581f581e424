"""The API over a real archive, as a program that asks it sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from rag.archive import Archive
from rag.integrations.rest.api import make_api
from rag.llm.writer import Writer
from rag.models.embedder import HashEmbedder
from rag.settings import Settings
from rag.types import Article
from tests.checks import CALL
from tests.web.desks import SHIP

QUESTION = "Wie lange dauerte das Telefonat?"


@contextmanager
def an_archive(folder: Path, *articles: Article, writer: Writer | None = None) -> Iterator[Archive]:
    """Over these articles, else over the call and the ship."""
    settings = Settings(min_confidence=0.0)
    with Archive.open(folder, settings=settings, embedder=HashEmbedder(), writer=writer) as archive:
        archive.ingest(articles or [CALL, SHIP])
        yield archive


@contextmanager
def served(archive: Archive, **options: Any) -> Iterator[TestClient]:
    """One event loop for all that is asked, as a server has."""
    with TestClient(make_api(archive, **options), raise_server_exceptions=False) as client:
        yield client


def events(text: str) -> list[tuple[str, Any]]:
    """Each event's name and its data."""
    read = []
    for event in text.removesuffix("\n\n").split("\n\n"):
        name, data = event.split("\n")
        read.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return read
