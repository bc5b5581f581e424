"""Whether there is an answer, over a real index, and what its absence says."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.archive import Archive
from rag.models.embedder import Embedder
from tests.conftest import OpenArchive
from tests.lighthouse import OTHER
from tests.lighthouse import article as _article


def test_an_empty_archive_says_so(open_archive: OpenArchive) -> None:
    archive = open_archive()
    assert archive.search("Leuchtturm") == []
    answer = archive.ask("Wo steht der Leuchtturm?")
    assert (answer.abstained, answer.reason, answer.citations) == (True, "empty_archive", ())


def test_the_bundled_model_answers_a_question_from_another_wording(tmp_path: Path, bundled: Embedder) -> None:
    with Archive.open(tmp_path / "data", embedder=bundled) as archive:
        archive.ingest([_article(), _article("brot", OTHER)])
        answer = archive.ask("In welchem Jahr hat man den Leuchtturm von Sandholm gebaut?")
        assert answer.citations[0].quote == "Der Leuchtturm auf Sandholm wurde 1912 gebaut."
        assert archive.ask("Wie hoch war die Inflation in Deutschland im Juli 2022?").abstained


def test_a_filter_that_nothing_matches_says_so_and_not_that_the_answer_lies_elsewhere(
    open_archive: OpenArchive,
) -> None:
    archive = open_archive(min_confidence=0.0)
    archive.ingest(_article())
    answer = archive.ask("Wann wurde der Leuchtturm gebaut?", source="Tippfeler")
    assert (answer.abstained, answer.reason, answer.nearest) == (True, "outside_filters", ())
    assert answer.text == "Kein Artikel im Archiv erfüllt die gewählten Filter (Quelle)."
    nothing_left = archive.ask("Wann wurde der Leuchtturm gebaut?", without=[a.id for a in archive.articles()])
    assert "()" not in nothing_left.text


def test_what_was_deleted_has_no_say_in_how_sure_an_answer_is(open_archive: OpenArchive) -> None:
    question = "Wie lange dauerte der Besuch von Minister Molt in Sandholm?"
    kept = _article("kept", "Der Besuch in Sandholm dauerte 45 Minuten. Das Wetter war gut.")
    archive, fresh = open_archive("data"), open_archive("fresh")
    archive.ingest([kept, *(_article(f"a{n}", f"Minister Molt besuchte den Hafen Nummer {n}.") for n in range(40))])
    for number in range(40):
        archive.delete(f"a{number}")
    fresh.ingest(kept)
    assert archive.ask(question).confidence == pytest.approx(fresh.ask(question).confidence)
    assert all(0.0 <= share <= 1.0 for hit in archive.search(question) for share in [hit.parts["best sentence"]])
