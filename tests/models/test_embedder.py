"""One contract for every embedder, and what names one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rag.models.embedder import Embedder, EmbedderConfig, HashEmbedder, make_embedder

TEXTS = ["Der Leuchtturm steht auf dem Kliff.", "The baker sells bread.", ""]


@pytest.fixture(params=["hash", "bundled", "folder", "folder, first 8 dimensions"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    if request.param == "hash":
        return HashEmbedder()
    if request.param == "bundled":
        return request.getfixturevalue("bundled")
    folder = str(request.getfixturevalue("tiny_models").embedder)
    return make_embedder(EmbedderConfig(folder, dimensions=None if request.param == "folder" else 8))


def test_vectors_are_unit_float32_one_a_text(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(TEXTS)
    assert vectors.shape == (3, embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert embedder.embed_query(TEXTS[0]).shape == (embedder.dimensions,)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.dimensions)


def test_the_same_text_gives_the_same_vector_alone_and_in_a_batch(embedder: Embedder) -> None:
    alone = embedder.embed_passages(TEXTS[:1])[0]
    assert embedder.embed_passages(TEXTS)[0] == pytest.approx(alone, abs=1e-5)


def test_everything_that_decides_the_vectors_is_in_the_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.safetensors").write_bytes(b"weights one")
    configs = [
        EmbedderConfig(),
        EmbedderConfig(query_prompt="frage: "),
        EmbedderConfig(passage_prompt=""),
        EmbedderConfig(dtype="bfloat16"),
        EmbedderConfig(dimensions=64),
        EmbedderConfig(model="some/model"),
        EmbedderConfig(model="some/model", revision="abc"),
        EmbedderConfig(model="some/model", query_prompt="", passage_prompt=""),
        EmbedderConfig(model=str(tmp_path / "model")),
    ]
    names = [make_embedder(config).fingerprint for config in configs]
    (tmp_path / "model" / "model.safetensors").write_bytes(b"weights two")
    names.append(make_embedder(configs[-1]).fingerprint)
    assert len(set(names)) == len(names)


def test_the_device_does_not_decide_the_vectors() -> None:
    on_another = make_embedder(EmbedderConfig(device="cuda"))
    assert on_another.fingerprint == make_embedder(EmbedderConfig()).fingerprint
