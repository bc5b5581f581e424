"""Vectors in memory, against what is worked out row by row."""

from __future__ import annotations

import random

import numpy as np
import pytest

from rag.index.matrix import VectorMatrix
from rag.models.embedder import Vectors

EAST, NORTH = np.eye(2, dtype=np.float32)


def _matrix(rows: dict[str, Vectors]) -> VectorMatrix:
    matrix = VectorMatrix(2)
    matrix.add(list(rows), [id.rpartition("#")[0] for id in rows], np.stack(list(rows.values())))
    return matrix


def test_equal_rows_come_in_the_order_of_their_ids_wherever_the_cut_falls() -> None:
    matrix = _matrix({"c#0": EAST, "a#0": EAST, "n#0": NORTH, "b#0": EAST})
    assert list(matrix.search(EAST, k=2)) == ["a#0", "b#0"]
    assert list(matrix.search(EAST, k=4)) == ["a#0", "b#0", "c#0", "n#0"]


def test_the_last_rows_fill_the_gaps_of_those_that_are_deleted() -> None:
    matrix = _matrix({"a#0": EAST, "b#0": NORTH, "a#1": EAST, "c#0": NORTH})
    matrix.delete(["a", "c", "never-there"])
    assert len(matrix) == 1
    assert matrix.search(NORTH, k=9) == {"b#0": 1.0}
    matrix.delete(["b"])
    assert matrix.search(NORTH, k=9) == matrix.search(NORTH, k=9, article_ids=["b"]) == {}


@pytest.mark.parametrize("seed", range(5))
def test_after_any_changes_it_finds_what_is_left_and_nothing_else(seed: int) -> None:
    chance, numbers = random.Random(seed), np.random.default_rng(seed)
    matrix = VectorMatrix(8)
    left: dict[str, Vectors] = {}
    for _ in range(60):
        article = f"art#{chance.randrange(12)}"
        if chance.random() < 0.3:
            matrix.delete([article])
            left = {id: vector for id, vector in left.items() if id.rpartition("#")[0] != article}
        else:
            ids = [f"{article}#{number}" for number in range(chance.randrange(1, 9))]
            vectors = numbers.standard_normal((len(ids), 8), dtype=np.float32)
            matrix.add(ids, [article] * len(ids), vectors)
            left |= dict(zip(ids, vectors, strict=True))
        query = numbers.standard_normal(8, dtype=np.float32)
        allowed = None if chance.random() < 0.3 else {f"art#{number}" for number in range(chance.randrange(13))}
        inside = [id for id in left if allowed is None or id.rpartition("#")[0] in allowed]
        expected = sorted(inside, key=lambda id: -float(left[id] @ query))
        assert len(matrix) == len(left)
        for k in (3, 200):
            found = matrix.search(query, k=k, article_ids=allowed)
            assert list(found) == expected[:k]
            assert found == pytest.approx({id: float(left[id] @ query) for id in expected[:k]}, abs=1e-5)
        assert matrix.similarities(query, [*inside, "art#99#0"]) == pytest.approx(
            {id: float(left[id] @ query) for id in inside}, abs=1e-5
        )
