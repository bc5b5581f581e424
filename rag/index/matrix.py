"""Passage vectors in memory, searched whole: exact, and as fast under any filter as under none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.models.embedder import Vectors

Rows = NDArray[np.intp]

_GROWTH = 1.1
# Below this share of all rows, copying the allowed ones out costs less than multiplying all.
_FEW = 1 / 8


class VectorMatrix:
    """Unit vectors, one row a passage, float32. Not safe for threads by itself: the archive's lock holds it.

    Takes 4 bytes a dimension and about 200 a passage beside, and a tenth more once it has grown: 172 to 190 MB for
    100,000 passages of 384 dimensions.
    """

    def __init__(self, dimensions: int, *, capacity: int = 0) -> None:
        self._vectors: Vectors = np.zeros((capacity, dimensions), dtype=np.float32)
        self._articles = np.zeros(capacity, dtype=np.intp)
        self._ids: list[str] = []
        self._row_of: dict[str, int] = {}
        self._number_of: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def dimensions(self) -> int:
        return int(self._vectors.shape[1])

    def add(self, ids: Sequence[str], article_ids: Sequence[str], vectors: Vectors) -> None:
        """One vector an id, shape (len(ids), dimensions), in place of what an id had before."""
        self._grow(len(self) + sum(id not in self._row_of for id in ids))
        for id in ids:
            if id not in self._row_of:
                self._row_of[id] = len(self._ids)
                self._ids.append(id)
        rows = [self._row_of[id] for id in ids]
        self._vectors[rows] = vectors
        self._articles[rows] = [self._number_of.setdefault(article, len(self._number_of)) for article in article_ids]

    def delete(self, article_ids: Iterable[str]) -> None:
        """Lets go of every row of these articles. The last rows move into the gaps."""
        going = self._rows(article_ids)
        left = len(self) - len(going)
        gaps, last = going[going < left], np.setdiff1d(np.arange(left, len(self)), going)
        for row in going:
            del self._row_of[self._ids[row]]
        for gap, row in zip(gaps.tolist(), last.tolist(), strict=True):
            self._ids[gap] = self._ids[row]
            self._row_of[self._ids[gap]] = gap
        self._vectors[gaps] = self._vectors[last]
        self._articles[gaps] = self._articles[last]
        del self._ids[left:]

    def search(self, query: Vectors, *, k: int, article_ids: Iterable[str] | None = None) -> dict[str, float]:
        """The `k` rows with the largest product with the query, largest first and then by id; of these articles only.

        `query` has shape (dimensions,).
        """
        allowed = None if article_ids is None else self._rows(article_ids)
        if allowed is None:
            scores = self._used @ query
        elif len(allowed) < _FEW * len(self):
            scores = self._vectors[allowed] @ query
        else:
            scores = (self._used @ query)[allowed]
        best = _best(scores, k)
        rows = best if allowed is None else allowed[best]
        found = zip([self._ids[row] for row in rows], scores[best].tolist(), strict=True)
        return dict(sorted(found, key=lambda item: (-item[1], item[0]))[:k])

    def similarities(self, query: Vectors, ids: Iterable[str]) -> dict[str, float]:
        """The product of each of these rows with the query; of those that are there."""
        known = [id for id in ids if id in self._row_of]
        scores = self._vectors[[self._row_of[id] for id in known]] @ query
        return dict(zip(known, scores.tolist(), strict=True))

    @property
    def _used(self) -> Vectors:
        return self._vectors[: len(self)]

    def _rows(self, article_ids: Iterable[str]) -> Rows:
        """The rows of these articles, ascending."""
        wanted = np.zeros(len(self._number_of), dtype=bool)
        wanted[[self._number_of[article] for article in article_ids if article in self._number_of]] = True
        return np.flatnonzero(wanted[self._articles[: len(self)]])

    def _grow(self, rows: int) -> None:
        if rows > len(self._vectors):
            capacity = max(rows, int(len(self._vectors) * _GROWTH))
            # In place, since a copy would take as much memory again. No view of the rows outlives a call.
            self._vectors.resize((capacity, self.dimensions), refcheck=False)
            self._articles.resize(capacity, refcheck=False)


def _best(scores: Vectors, k: int) -> Rows:
    """Where the `k` largest are, and all that equal the least of them, in no order."""
    if len(scores) <= k:
        return np.arange(len(scores))
    least = np.partition(scores, len(scores) - k)[len(scores) - k]
    return np.flatnonzero(scores >= least)
