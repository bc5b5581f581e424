"""Passage vectors, kept in an embedded Chroma and searched in memory. The only module that knows Chroma.

One process at a time may use a folder.
"""

from __future__ import annotations

from collections.abc import Collection as AnyCollection
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rag.errors import ArchiveError
from rag.index.matrix import VectorMatrix
from rag.models.embedder import Vectors

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

_COLLECTION = "passages"
_ROWS_A_CALL = 5_000
_FLOAT_BYTES = 4
HELD_BYTES = 1 << 29


class VectorIndex:
    """Cosine similarity over unit vectors, one a passage, under the ids `ARTICLE#INDEX`.

    Chroma keeps them. Up to `held_bytes` of them (512 MiB: 349,525 passages of 384 dimensions) are read into memory at
    the first search, and searched there: exactly, whatever the filter. Above that Chroma searches: approximately, and
    slowly under a filter that keeps many articles.
    """

    def __init__(self, folder: Path, *, held_bytes: int = HELD_BYTES) -> None:
        """Opens, and creates what is missing. The caller holds the archive's lock."""
        import chromadb
        from chromadb.config import Settings

        self._held_bytes = held_bytes
        self._matrix: VectorMatrix | None = None
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
        with self._changed_matrix() as matrix:
            for start in range(0, len(ids), _ROWS_A_CALL):
                rows = slice(start, start + _ROWS_A_CALL)
                with _own_errors("were not stored"):
                    self._collection.upsert(ids=list(ids[rows]), embeddings=vectors[rows], metadatas=metadatas[rows])
            if matrix is not None:
                matrix.add(ids, article_ids, vectors)

    def delete(self, article_ids: Iterable[str]) -> None:
        """Lets go of every passage of these articles; ids that are not there do no harm."""
        ids = list(article_ids)
        with self._changed_matrix() as matrix:
            for start in range(0, len(ids), _ROWS_A_CALL):
                with _own_errors("were not deleted"):
                    self._collection.delete(where=_of_articles(ids[start : start + _ROWS_A_CALL]))
            if matrix is not None:
                matrix.delete(ids)

    def search(self, query: Vectors, *, k: int, article_ids: AnyCollection[str] | None = None) -> dict[str, float]:
        """The `k` passages nearest to the query, with their cosine similarity; of these articles only, if named."""
        with _own_errors("cannot be searched"):
            if (matrix := self._held()) is not None:
                return matrix.search(query, k=k, article_ids=article_ids)
        k = min(k, len(self))
        if k == 0:
            return {}
        found: dict[str, float] = {}
        for where in [None] if article_ids is None else _batches(list(article_ids)):
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
            if (matrix := self._held()) is not None:
                return matrix.similarities(query, ids)
            found = self._collection.get(ids=list(ids), include=["embeddings"])
        if found["embeddings"] is None or not found["ids"]:
            return {}
        cosines = np.asarray(found["embeddings"], dtype=np.float32) @ query
        return dict(zip(found["ids"], cosines.tolist(), strict=True))

    def _held(self) -> VectorMatrix | None:
        """All vectors, read at the first call; None where there are too many to hold."""
        if self._matrix is None:
            self._matrix = self._read_matrix()
        return self._matrix

    def _read_matrix(self) -> VectorMatrix | None:
        count, first = self._collection.count(), self._collection.get(include=["embeddings"], limit=1)["embeddings"]
        dimensions = len(first[0]) if first is not None and len(first) else 0
        if not dimensions or self._too_large(count, dimensions):
            return None
        matrix = VectorMatrix(dimensions, capacity=count)
        for start in range(0, count, _ROWS_A_CALL):
            rows = self._collection.get(include=["embeddings", "metadatas"], limit=_ROWS_A_CALL, offset=start)
            articles = [str(metadata["article_id"]) for metadata in rows["metadatas"] or []]
            matrix.add(rows["ids"], articles, np.asarray(rows["embeddings"], dtype=np.float32))
        if len(matrix) != count:
            raise LookupError(f"{len(matrix):,} of {count:,} can be read")
        return matrix

    def _too_large(self, passages: int, dimensions: int) -> bool:
        return passages * dimensions * _FLOAT_BYTES > self._held_bytes

    @contextmanager
    def _changed_matrix(self) -> Iterator[VectorMatrix | None]:
        """What is held, to be changed as Chroma was. Let go of, and read anew, where that fails or outgrows memory."""
        matrix, self._matrix = self._matrix, None
        yield matrix
        if matrix is not None and not self._too_large(len(matrix), matrix.dimensions):
            self._matrix = matrix

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
