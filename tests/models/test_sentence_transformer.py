"""Embedders of other models: a folder's, with its prompts, its types and its turns."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.errors import InputError
from rag.models.embedder import Embedder, EmbedderConfig, Vectors, make_embedder
from rag.models.model_files import Dtype
from rag.models.sentence_transformer import SentenceTransformerEmbedder
from tests.tiny_models import DIMENSIONS, TinyModels, with_prompts

TEXTS = ["Der Leuchtturm steht auf dem Kliff.", "The baker sells bread.", ""]


def test_a_model_folder_that_is_not_there_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        make_embedder(EmbedderConfig(model=str(tmp_path / "none")))


def test_a_folder_that_holds_no_model_is_refused_when_it_is_needed(tmp_path: Path) -> None:
    embedder = make_embedder(EmbedderConfig(model=str(tmp_path)))
    with pytest.raises(InputError, match="cannot be loaded"):
        embedder.embed_query("Wo?")


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
