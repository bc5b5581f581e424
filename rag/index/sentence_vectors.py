"""Vectors of a passage's sentences as they are kept: 8 bits a number, compared where they lie.

Of a unit vector only the direction counts, so its largest number is made 127 and no scale is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.models.embedder import Vectors

_LARGEST = 127.0


def pack_vectors(sentences: Vectors, counts: Sequence[int], *, title: Vectors) -> Iterator[bytes]:
    """Of each passage the vectors of its sentences, `counts` many, and behind them that of the article's title.

    Unit vectors of shape (sentences, dimensions) and, of the title, (1, dimensions) or (0, dimensions).
    """
    rows, last, start = _packed(sentences), bytes(_packed(title)), 0
    for count in counts:
        yield bytes(rows[start : start + count]) + last
        start += count


def _packed(vectors: Vectors) -> NDArray[np.int8]:
    scales = _LARGEST / np.maximum(np.abs(vectors).max(axis=1, keepdims=True, initial=0.0), 1e-12)
    packed: NDArray[np.int8] = np.rint(vectors * scales).astype(np.int8)
    return packed


def similarities(packed: Mapping[str, bytes], query: Vectors) -> dict[str, list[float]]:
    """By passage the cosine similarity of each sentence, and of the title behind them, to the query.

    The query is a unit vector of shape (dimensions,).
    """
    rows = np.frombuffer(b"".join(packed.values()), dtype=np.int8).reshape(-1, len(query)).astype(np.float32)
    cosines = (rows @ query / np.maximum(np.linalg.norm(rows, axis=1), 1e-12)).tolist()
    found, start = {}, 0
    for id, one in packed.items():
        end = start + len(one) // len(query)
        found[id], start = cosines[start:end], end
    return found
