"""Vectors of a passage's sentences as they are kept: 8 bits a number, compared where they lie.

Of a unit vector only the direction counts, so its largest number is made 127 and no scale is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from rag.models.embedder import Vectors

_LARGEST = 127.0


def pack_vectors(vectors: Vectors, counts: Sequence[int]) -> Iterator[bytes]:
    """Unit vectors of shape (sentences, dimensions), each passage's `counts` of them by themselves."""
    scales = _LARGEST / np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-12)
    packed = np.rint(vectors * scales).astype(np.int8)
    start = 0
    for count in counts:
        yield bytes(packed[start : start + count])
        start += count


def similarities(packed: Mapping[str, bytes], query: Vectors) -> dict[str, list[float]]:
    """By passage the cosine similarity of each sentence to the query, a unit vector of shape (dimensions,)."""
    rows = np.frombuffer(b"".join(packed.values()), dtype=np.int8).reshape(-1, len(query)).astype(np.float32)
    cosines = (rows @ query / np.maximum(np.linalg.norm(rows, axis=1), 1e-12)).tolist()
    found, start = {}, 0
    for id, one in packed.items():
        end = start + len(one) // len(query)
        found[id], start = cosines[start:end], end
    return found
