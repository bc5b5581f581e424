"""Vectors of sentences as they are kept."""

from __future__ import annotations

import numpy as np
import pytest

from rag.index.sentence_vectors import pack_vectors, similarities
from rag.models.embedder import Vectors

NONE = np.zeros((0, 384), dtype=np.float32)


def _unit(rows: int, *, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(rows, 384)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def test_what_is_kept_takes_a_byte_a_number_and_compares_as_the_vectors_do() -> None:
    vectors, query = _unit(5), _unit(1, seed=1)[0]
    [packed] = pack_vectors(vectors, [5], title=NONE)
    assert len(packed) == 5 * 384
    assert similarities({"a#0": packed}, query)["a#0"] == pytest.approx((vectors @ query).tolist(), abs=0.003)


def test_each_passage_gets_its_own_sentences_back() -> None:
    vectors, query = _unit(6), _unit(1, seed=1)[0]
    apart = similarities(dict(zip("abc", pack_vectors(vectors, [1, 3, 2], title=NONE), strict=True)), query)
    [together] = similarities(dict(zip("a", pack_vectors(vectors, [6], title=NONE), strict=True)), query).values()
    assert [len(some) for some in apart.values()] == [1, 3, 2]
    assert [*apart["a"], *apart["b"], *apart["c"]] == pytest.approx(together)


def test_the_title_stands_behind_the_sentences_of_every_passage() -> None:
    vectors, title = _unit(3), _unit(1, seed=2)
    packed = dict(zip("ab", pack_vectors(vectors, [1, 2], title=title), strict=True))
    for cosines in similarities(packed, title[0]).values():
        assert cosines[-1] == pytest.approx(1.0, abs=0.001)


def test_no_passages_give_nothing_and_a_vector_of_nothing_is_near_to_nothing() -> None:
    query = _unit(1)[0]
    assert similarities({}, query) == {}
    [nothing] = pack_vectors(np.zeros((1, 384), dtype=np.float32), [1], title=NONE)
    assert similarities({"a#0": nothing}, query) == {"a#0": [0.0]}
