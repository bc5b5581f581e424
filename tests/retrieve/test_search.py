"""Both searches side by side, over a real index."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.archive import Archive
from rag.errors import InputError
from rag.models.embedder import Embedder
from rag.retrieve.search import check_question
from rag.text.asked import WORD_KINDS
from rag.types import Article
from rag.weights import shipped_weights, weighted
from tests.conftest import OpenArchive

ARTICLES = [
    Article("tausch", "Der Gefangenenaustausch fand auf dem Rollfeld statt.", language="de"),
    Article("dauer", "Die Sitzung dauerte bis in die Nacht.", language="de"),
    Article("strasse", "Die Straße am Hafen ist gesperrt.", language="de"),
    Article("prisoners", "The prisoners were exchanged on the runway.", language="en"),
    Article("brot", "Die Bäckerei verkauft Brot aus Dinkel und Roggen.", language="de"),
]


@pytest.fixture
def archive(open_archive: OpenArchive, bundled: Embedder) -> Archive:
    archive = open_archive(embedder=bundled)
    archive.ingest(ARTICLES)
    return archive


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Wo war der Austausch?", "tausch"),
        ("Wie lange hat die Sitzung gedauert?", "dauer"),
        ("STRASSE", "strasse"),
        ("Dinkelbrot", "brot"),
    ],
)
def test_german_words_meet_in_compounds_inflections_and_spellings(archive: Archive, query: str, expected: str) -> None:
    assert archive.search(query, 1)[0].article.id == expected


def test_a_question_finds_an_article_in_the_other_language(tmp_path: Path, bundled: Embedder) -> None:
    with Archive.open(tmp_path / "data", embedder=bundled) as archive:
        archive.ingest(ARTICLES)
        assert archive.search("Where can I buy bread?", 1)[0].article.id == "brot"


def test_hits_come_best_first_and_say_what_their_score_is_made_of(archive: Archive) -> None:
    hits = archive.search("Austausch der Gefangenen auf dem Rollfeld", 5)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].parts.keys() == {
        *("grams", "stems", "dense", "nearest", "cosine", "nearest cosine", "fused", "best sentence"),
        *("cosine above", "nearest above"),
        *WORD_KINDS,
    }
    assert hits[0].score == pytest.approx(weighted(hits[0].parts, shipped_weights().same.passage))
    assert -1.0 <= hits[0].parts["cosine"] <= 1.0 + 1e-6
    assert 0.5 < sum(hits[0].parts[kind] for kind in WORD_KINDS) <= 1.0


def test_a_word_that_names_the_one_brings_its_article_before_others_alike(archive: Archive) -> None:
    other = "Der {} fand auf dem Rollfeld statt. Alle waren da."
    archive.ingest([Article(f"n{n}", other.format(f"Empfang {n}"), language="de") for n in ("Zenk", "Molt")])
    assert archive.search("Wann war der Empfang Molt auf dem Rollfeld?", 1)[0].article.id == "nMolt"


def test_the_same_question_gives_the_same_hits(archive: Archive) -> None:
    assert archive.search("Hafen") == archive.search("Hafen")


@pytest.mark.parametrize("query", ["???", "🙂", "a", '"AND" (OR) grams:x*', "\x00\x01", "𝔉𝔯𝔞𝔤𝔢"])
def test_strange_questions_are_searched_without_an_error(archive: Archive, query: str) -> None:
    assert len(archive.search(query, 3)) <= 3


def test_k_is_the_most_that_is_found(archive: Archive) -> None:
    assert len(archive.search("Hafen", 2)) == 2
    assert len(archive.search("Hafen", 1_000)) == len(ARTICLES)


def test_a_question_is_used_without_surrounding_space() -> None:
    assert check_question("  Wo?\n") == "Wo?"
    with pytest.raises(InputError):
        check_question("\u00a0")
