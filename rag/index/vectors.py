"""Passage vectors in an embedded Chroma. The only module that knows Chroma; one process at a time may use a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rag.errors import ArchiveError
from rag.index.embedder import Vectors

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

_COLLECTION = "passages"
_ROWS_A_CALL = 5_000


class VectorIndex:
    """Cosine similarity over unit vectors, one a passage, under the ids `ARTICLE#INDEX`."""

    def __init__(self, folder: Path) -> None:
        """Opens, and creates what is missing. The caller holds the archive's lock."""
        import chromadb
        from chromadb.config import Settings

        self._folder = folder
        try:
            self._client: Any = chromadb.PersistentClient(
                str(folder), settings=Settings(anonymized_telemetry=False, allow_reset=False)
            )
            self._collection = self._open_collection()
        except Exception as error:  # Chroma's Rust core raises bare exceptions for I/O errors
            _forget(folder)
            raise ArchiveError(f"The vector index cannot be opened: {error}. Run `beleg reindex`.") from error

    def close(self) -> None:
        self._client.close()

    def __len__(self) -> int:
        with _own_errors("cannot be read"):
            return self._collection.count()

    def add(self, ids: Sequence[str], article_ids: Sequence[str], vectors: Vectors) -> None:
        """Stores one vector an id, shape (len(ids), dimensions)."""
        metadatas: list[Any] = [{"article_id": article_id} for article_id in article_ids]
        for start in range(0, len(ids), _ROWS_A_CALL):
            rows = slice(start, start + _ROWS_A_CALL)
            with _own_errors("were not stored"):
                self._collection.upsert(ids=list(ids[rows]), embeddings=vectors[rows], metadatas=metadatas[rows])

    def delete(self, article_ids: Iterable[str]) -> None:
        """Lets go of every passage of these articles; ids that are not there do no harm."""
        ids = list(article_ids)
        for start in range(0, len(ids), _ROWS_A_CALL):
            with _own_errors("were not deleted"):
                self._collection.delete(where=_of_articles(ids[start : start + _ROWS_A_CALL]))

    def search(self, query: Vectors, *, k: int, article_ids: Sequence[str] | None = None) -> dict[str, float]:
        """The `k` passages nearest to the query, with their cosine similarity; of these articles only, if named."""
        k = min(k, len(self))
        if k == 0:
            return {}
        found: dict[str, float] = {}
        for where in [None] if article_ids is None else _batches(article_ids):
            with _own_errors("cannot be searched"):
                rows = self._collection.query(
                    query_embeddings=query[np.newaxis], n_results=k, where=where, include=["distances"]
                )
            distances = (rows["distances"] or [[]])[0]
            found |= {id: 1.0 - distance for id, distance in zip(rows["ids"][0], distances, strict=True)}
        return dict(sorted(found.items(), key=lambda item: -item[1])[:k])

    def similarities(self, query: Vectors, ids: Sequence[str]) -> dict[str, float]:
        """The cosine similarity of each of these passages to the query."""
        if not ids:
            return {}
        with _own_errors("cannot be read"):
            found = self._collection.get(ids=list(ids), include=["embeddings"])
        if found["embeddings"] is None or not found["ids"]:
            return {}
        cosines = np.asarray(found["embeddings"], dtype=np.float32) @ query
        return dict(zip(found["ids"], cosines.tolist(), strict=True))

    def _open_collection(self) -> Collection:
        collection: Collection = self._client.get_or_create_collection(
            _COLLECTION, configuration={"hnsw": {"space": "cosine"}}, embedding_function=_refusing_embedding_function()
        )
        return collection


def _batches(article_ids: Sequence[str]) -> Iterator[Any]:
    """Conditions that name a part of the articles each: one with all could be too long for Chroma's database."""
    for start in range(0, len(article_ids), _ROWS_A_CALL):
        yield _of_articles(article_ids[start : start + _ROWS_A_CALL])


def _of_articles(article_ids: Sequence[str]) -> Any:
    return {"article_id": {"$in": list(article_ids)}}


@contextmanager
def _own_errors(what: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # bare ones of the Rust core too
        raise ArchiveError(f"The vectors {what}: {error}. Run `beleg reindex`.") from error


def _forget(folder: Path) -> None:
    """Chroma keeps what it could not open, and would hand it out again for the same folder."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient._identifier_to_system.pop(str(folder), None)
    SharedSystemClient._identifier_to_refcount.pop(str(folder), None)


def _refusing_embedding_function() -> Any:
    """Chroma would fetch a model of its own wherever it is asked to embed: it never is, and this proves it."""
    from chromadb.api.types import EmbeddingFunction

    class Refuse(EmbeddingFunction[list[str]]):
        def __init__(self) -> None: ...

        def __call__(self, input: list[str]) -> Any:  # noqa: ARG002
            raise ArchiveError("Chroma was asked to embed text; Beleg always passes vectors.")

        @staticmethod
        def name() -> str:
            return "beleg-refuses"

        def get_config(self) -> dict[str, Any]:
            return {}

        @staticmethod
        def build_from_config(config: dict[str, Any]) -> Any:  # noqa: ARG004
            return Refuse()

    return Refuse()
