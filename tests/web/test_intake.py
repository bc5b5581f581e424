"""Taking in one thing after the other: each gets its own report, whatever becomes of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Event

import pytest

from rag.archive import Archive
from rag.errors import ArchiveError
from rag.models.embedder import Vectors
from rag.types import Article, Failure
from rag.web.intake import Given, Item, Step, Taken, take_in
from tests.conftest import OpenArchive


def _article(number: int, text: str = "") -> Article:
    return Article(f"a{number}", text or f"Die Meldung Nummer {number} kam am Montag.")


def _given(name: str, *sources: Item) -> Given:
    return Given(name, lambda: sources)


def _on_embedding(archive: Archive, words: str, happens: Callable[[], object], patch: pytest.MonkeyPatch) -> None:
    """Something happens when the archive comes to the article with these words, before its piece is embedded."""
    embed = archive.embedder.embed_passages

    def embed_passages(texts: Sequence[str]) -> Vectors:
        if any(words in text for text in texts):
            happens()
        return embed(texts)

    patch.setattr(archive.embedder, "embed_passages", embed_passages)


def _taken(steps: Sequence[Step | Taken]) -> list[Taken]:
    return [step for step in steps if isinstance(step, Taken)]


def test_what_is_new_changed_the_same_and_failed_is_counted_for_each(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([_article(1), _article(2)])
    bad = Failure("b.jsonl:2", "not JSON")
    given = [
        _given("a.txt", _article(1)),
        _given("b.jsonl", _article(2, "Die Meldung wurde geändert."), bad, _article(3)),
        _given("leer.txt", Failure("leer.txt", "the file is empty")),
    ]
    assert _taken(list(take_in(archive, given, Event()))) == [
        Taken("a.txt", unchanged=1),
        Taken("b.jsonl", added=1, updated=1, failed=(bad,)),
        Taken("leer.txt", failed=(Failure("leer.txt", "the file is empty"),)),
    ]
    assert archive.status().articles == 3


def test_steps_tell_which_thing_and_how_many_of_its_articles(open_archive: OpenArchive) -> None:
    given = [_given("a.txt", _article(0)), _given("b.jsonl", *map(_article, range(1, 21)))]
    steps = [step for step in take_in(open_archive(), given, Event()) if isinstance(step, Step)]
    assert steps[:2] == [Step("a.txt", 1, 2), Step("a.txt", 1, 2, 0, 1)]
    assert [(step.number, step.done, step.articles) for step in steps[3:]] == [(2, 0, 20), (2, 8, 20), (2, 16, 20)]


def test_when_stopped_what_was_taken_in_stays_and_the_rest_is_named(
    open_archive: OpenArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, stop = open_archive(), Event()
    _on_embedding(archive, "Nummer 10 ", stop.set, monkeypatch)
    given = [_given("viele.jsonl", *map(_article, range(30))), _given("a.txt", _article(99))]
    taken = _taken(list(take_in(archive, given, stop)))
    assert taken == [Taken("viele.jsonl", added=16, left=14), Taken("a.txt", begun=False)]
    assert archive.status().articles == 16


def test_when_all_is_in_it_is_too_late_to_stop(open_archive: OpenArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, stop = open_archive(), Event()
    _on_embedding(archive, "Nummer 1 ", stop.set, monkeypatch)
    assert _taken(list(take_in(archive, [_given("a.txt", _article(1))], stop))) == [Taken("a.txt", added=1)]


def test_what_the_archive_refuses_is_a_failure_and_the_next_is_taken_in(open_archive: OpenArchive) -> None:
    archive = open_archive()
    given = [_given("https://beispiel.example/", "https://beispiel.example/"), _given("a.txt", _article(1))]
    refused, taken = _taken(list(take_in(archive, given, Event())))
    assert "BELEG_FETCH" in refused.failed[0].reason
    assert taken == Taken("a.txt", added=1)


def test_articles_of_a_file_that_exchanged_their_addresses_keep_their_own_earlier_versions(
    open_archive: OpenArchive,
) -> None:
    archive = open_archive()
    here, there = "https://beispiel.example/hier", "https://beispiel.example/dort"
    archive.ingest([replace(_article(1), url=here), replace(_article(2), url=there)])
    first, last = replace(_article(1), url=there), replace(_article(2), url=here)
    given = [_given("a.jsonl", first, *map(_article, range(3, 23)), last)]
    assert _taken(list(take_in(archive, given, Event()))) == [Taken("a.jsonl", added=20, updated=2)]
    for id in ("a1", "a2"):
        assert [version.article.id for version in archive.versions(id)] == [id]


def test_where_the_archive_breaks_off_what_was_taken_in_is_told(
    open_archive: OpenArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off() -> None:
        raise ArchiveError("The disk is full.")

    archive = open_archive()
    _on_embedding(archive, "Nummer 19 ", break_off, monkeypatch)
    given = [_given("a.jsonl", *map(_article, range(20))), _given("b.txt", _article(99))]
    assert _taken(list(take_in(archive, given, Event()))) == [
        Taken("a.jsonl", added=16, failed=(Failure("a.jsonl", "The disk is full."),), left=4),
        Taken("b.txt", added=1),
    ]
    assert archive.status().articles == 17


def test_when_nobody_waits_any_more_the_rest_is_not_taken_in(
    open_archive: OpenArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, stop = open_archive(), Event()
    _on_embedding(archive, "Nummer 10 ", lambda: stop.wait(30), monkeypatch)
    steps = take_in(archive, [_given("viele.jsonl", *map(_article, range(30)))], stop)
    while not (isinstance(step := next(steps), Step) and step.done):
        pass
    steps.close()  # type: ignore[attr-defined]
    assert archive.status().articles == 16


def test_of_two_articles_with_one_id_the_last_is_taken_in(open_archive: OpenArchive) -> None:
    archive = open_archive()
    given = [_given("a.jsonl", _article(1), *map(_article, range(2, 20)), _article(1, "Das ist die letzte Fassung."))]
    assert _taken(list(take_in(archive, given, Event()))) == [Taken("a.jsonl", added=19)]
    assert archive.article("a1").text == "Das ist die letzte Fassung."
