"""Articles of a test's own that several rooms are tried with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rag.archive import Archive
from rag.models.embedder import HashEmbedder, Vectors
from rag.types import Article

LONG = "Der Leuchtturm auf Sandholm wurde 1912 gebaut. " + "Er steht noch immer auf dem Kliff über dem Meer. " * 40
SHORT = "Der Leuchtturm auf Sandholm wurde abgerissen."
OTHER = "Die Bäckerei am Marktplatz verkauft seit heute Brot aus Dinkel."


def article(id: str = "turm", text: str = LONG, **fields: Any) -> Article:
    return Article(id=id, text=text, **({"language": "de"} | fields))


def found(archive: Archive, query: str = "Leuchtturm Sandholm Kliff Meer", **filters: Any) -> set[str]:
    return {hit.article.id for hit in archive.search(query, 50, **filters)}


class ChokingEmbedder(HashEmbedder):
    """One that cannot embed what holds a certain word, as a library may choke on a text."""

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__()
        self.error: Exception | None = error or IndexError("Giftwort")

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if self.error and any("Giftwort" in text for text in texts):
            raise self.error
        return super().embed_passages(texts)
