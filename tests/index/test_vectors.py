"""Vectors in a real Chroma: searched in memory, and by Chroma itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.errors import ArchiveError
from rag.index.vectors import HELD_BYTES, VectorIndex, _refusing_embedding_function

EAST, NORTH, NORTHEAST = (
    np.eye(2, dtype=np.float32)[0],
    np.eye(2, dtype=np.float32)[1],
    np.array([0.6, 0.8], np.float32),
)


@pytest.fixture(params=[HELD_BYTES, 0], ids=["in memory", "by Chroma"])
def held_bytes(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def index(tmp_path: Path, held_bytes: int) -> VectorIndex:
    index = VectorIndex(tmp_path / "vectors", held_bytes=held_bytes)
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


def test_what_is_changed_after_a_search_is_found_as_it_is_now(
    index: VectorIndex, tmp_path: Path, held_bytes: int
) -> None:
    assert list(index.search(EAST, k=1)) == ["a#0"]
    index.add(["c#0", "b#0"], ["c", "b"], np.stack([NORTHEAST, EAST]))
    assert index.search(EAST, k=9) == pytest.approx({"a#0": 1.0, "b#0": 1.0, "c#0": 0.6, "a#1": 0.0}, abs=1e-6)
    index.delete(["a"])
    assert list(index.search(EAST, k=9)) == ["b#0", "c#0"]
    assert list(index.search(EAST, k=9, article_ids=["a", "c"])) == ["c#0"]
    assert index.similarities(NORTH, ["a#0", "c#0"]) == pytest.approx({"c#0": 0.8}, abs=1e-6)
    index.add(["a#0"], ["a"], NORTH[np.newaxis])
    everything = index.search(NORTH, k=9)
    assert list(everything) == ["a#0", "c#0", "b#0"]
    index.close()
    assert VectorIndex(tmp_path / "vectors", held_bytes=held_bytes).search(NORTH, k=9) == pytest.approx(everything)


def test_a_change_that_fails_leaves_the_search_as_the_store_is(
    index: VectorIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.search(EAST, k=1)
    monkeypatch.setattr("rag.index.vectors._ROWS_A_CALL", 1)
    one_too_long: Any = [EAST, np.ones(3, np.float32)]
    with pytest.raises(ArchiveError, match="not stored"):
        index.add(["c#0", "c#1"], ["c", "c"], one_too_long)
    assert set(index.search(EAST, k=9)) == {"a#0", "a#1", "b#0", "c#0"}


def test_vectors_that_outgrow_the_memory_are_still_found(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path / "vectors", held_bytes=2 * 2 * 4)
    index.add(["a#0", "b#0"], ["a", "b"], np.stack([EAST, NORTH]))
    assert list(index.search(EAST, k=9)) == ["a#0", "b#0"]
    index.add(["c#0"], ["c"], NORTHEAST[np.newaxis])
    assert list(index.search(EAST, k=9)) == ["a#0", "c#0", "b#0"]
    assert list(index.search(EAST, k=9, article_ids=["b", "c"])) == ["c#0", "b#0"]


@pytest.mark.parametrize("kept", [1, 20, 150, 200])
def test_a_filtered_search_is_the_whole_search_with_the_others_left_out(tmp_path: Path, kept: int) -> None:
    numbers = np.random.default_rng(kept)
    vectors = numbers.standard_normal((600, 16), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    articles = [f"art{row // 3}" for row in range(600)]
    index = VectorIndex(tmp_path / "vectors")
    index.add([f"{article}#{row % 3}" for row, article in enumerate(articles)], articles, vectors)
    allowed = {f"art{number}" for number in numbers.permutation(200)[:kept]}
    everything = index.search(vectors[0], k=600)
    assert len(everything) == 600
    expected = [item for item in everything.items() if item[0].partition("#")[0] in allowed][:50]
    assert index.search(vectors[0], k=50, article_ids=allowed) == pytest.approx(dict(expected), abs=1e-6)


def test_vectors_are_still_there_after_opening_again(index: VectorIndex, tmp_path: Path) -> None:
    index.close()
    assert len(VectorIndex(tmp_path / "vectors")) == 3


def test_an_empty_index_finds_nothing_and_what_is_added_later(tmp_path: Path, held_bytes: int) -> None:
    index = VectorIndex(tmp_path / "empty", held_bytes=held_bytes)
    assert index.search(EAST, k=3) == index.search(EAST, k=3, article_ids=["a"]) == {}
    index.add(["a#0"], ["a"], EAST[np.newaxis])
    assert list(index.search(EAST, k=3)) == ["a#0"]
    index.delete(["a"])
    assert index.search(EAST, k=3) == {}


def test_more_rows_than_one_call_takes_are_stored(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path / "many")
    ids = [f"a#{number}" for number in range(5_500)]
    index.add(ids, ["a"] * len(ids), np.tile(EAST, (len(ids), 1)))
    assert len(index) == len(index.search(EAST, k=6_000)) == 5_500


def test_vectors_of_another_size_are_an_error_of_our_own(index: VectorIndex) -> None:
    with pytest.raises(ArchiveError, match="not stored"):
        index.add(["c#0"], ["c"], np.ones((1, 3), dtype=np.float32))


def test_chroma_is_never_let_to_embed_by_itself() -> None:
    with pytest.raises(ArchiveError, match="asked to embed"):
        _refusing_embedding_function()(["text"])
