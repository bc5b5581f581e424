"""Vectors in a real Chroma."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rag.errors import ArchiveError
from rag.index.vectors import VectorIndex, _refusing_embedding_function

EAST, NORTH, NORTHEAST = (
    np.eye(2, dtype=np.float32)[0],
    np.eye(2, dtype=np.float32)[1],
    np.array([0.6, 0.8], np.float32),
)


@pytest.fixture
def index(tmp_path: Path) -> VectorIndex:
    index = VectorIndex(tmp_path / "vectors")
    index.add(["a#0", "a#1", "b#0"], ["a", "a", "b"], np.stack([EAST, NORTH, NORTHEAST]))
    return index


def test_the_nearest_come_first_with_their_cosine(index: VectorIndex) -> None:
    found = index.search(EAST, k=2)
    assert list(found) == ["a#0", "b#0"]
    assert found == pytest.approx({"a#0": 1.0, "b#0": 0.6}, abs=1e-6)


def test_a_search_may_be_kept_to_some_articles(index: VectorIndex) -> None:
    assert list(index.search(EAST, k=5, article_ids=["b"])) == ["b#0"]
    assert index.search(EAST, k=5, article_ids=[]) == {}


def test_similarities_of_named_passages_skip_what_is_not_there(index: VectorIndex) -> None:
    assert index.similarities(NORTH, ["b#0", "z#9"]) == pytest.approx({"b#0": 0.8}, abs=1e-6)
    assert index.similarities(NORTH, []) == {}


def test_the_same_id_again_replaces_its_vector(index: VectorIndex) -> None:
    index.add(["a#0"], ["a"], NORTH[np.newaxis])
    assert len(index) == 3
    assert index.similarities(NORTH, ["a#0"]) == pytest.approx({"a#0": 1.0}, abs=1e-6)


def test_deleting_an_article_lets_go_of_all_its_passages(index: VectorIndex) -> None:
    index.delete(["a", "never-there"])
    assert len(index) == 1
    assert list(index.search(EAST, k=5)) == ["b#0"]


def test_vectors_are_still_there_after_opening_again(index: VectorIndex, tmp_path: Path) -> None:
    index.close()
    assert len(VectorIndex(tmp_path / "vectors")) == 3


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    assert VectorIndex(tmp_path / "empty").search(EAST, k=3) == {}


def test_more_rows_than_one_call_takes_are_stored(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path / "many")
    ids = [f"a#{number}" for number in range(5_500)]
    index.add(ids, ["a"] * len(ids), np.tile(EAST, (len(ids), 1)))
    assert len(index) == 5_500


def test_vectors_of_another_size_are_an_error_of_our_own(index: VectorIndex) -> None:
    with pytest.raises(ArchiveError, match="not stored"):
        index.add(["c#0"], ["c"], np.ones((1, 3), dtype=np.float32))


def test_chroma_is_never_let_to_embed_by_itself() -> None:
    with pytest.raises(ArchiveError, match="asked to embed"):
        _refusing_embedding_function()(["text"])
