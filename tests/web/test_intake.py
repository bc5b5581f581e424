"""Taking in one thing after the other: each gets its own report, whatever becomes of the others."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event

from rag.types import Article, Failure
from rag.web.intake import Given, Item, Step, Taken, take_in
from tests.conftest import OpenArchive


def _article(number: int, text: str = "") -> Article:
    return Article(f"a{number}", text or f"Die Meldung Nummer {number} kam am Montag.")


def _given(name: str, *sources: Item) -> Given:
    return Given(name, lambda: sources)


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


def test_when_stopped_what_was_taken_in_stays_and_the_rest_is_named(open_archive: OpenArchive) -> None:
    archive, stop, seen = open_archive(), Event(), []
    given = [_given("viele.jsonl", *map(_article, range(30))), _given("a.txt", _article(99))]
    for step in take_in(archive, given, stop):
        seen.append(step)
        if isinstance(step, Step) and step.done:
            stop.set()
    assert _taken(seen) == [Taken("viele.jsonl", added=16, left=14), Taken("a.txt", begun=False)]
    assert archive.status().articles == 16


def test_what_the_archive_refuses_is_a_failure_and_the_next_is_taken_in(open_archive: OpenArchive) -> None:
    archive = open_archive()
    given = [_given("https://beispiel.example/", "https://beispiel.example/"), _given("a.txt", _article(1))]
    refused, taken = _taken(list(take_in(archive, given, Event())))
    assert "BELEG_FETCH" in refused.failed[0].reason
    assert taken == Taken("a.txt", added=1)


def test_of_two_articles_with_one_id_the_last_is_taken_in(open_archive: OpenArchive) -> None:
    archive = open_archive()
    given = [_given("a.jsonl", _article(1), *map(_article, range(2, 20)), _article(1, "Das ist die letzte Fassung."))]
    assert _taken(list(take_in(archive, given, Event()))) == [Taken("a.jsonl", added=19)]
    assert archive.article("a1").text == "Das ist die letzte Fassung."
