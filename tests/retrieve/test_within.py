"""Which articles filters let through to a search."""

from __future__ import annotations

from datetime import date

from tests.conftest import OpenArchive
from tests.lighthouse import OTHER, SHORT
from tests.lighthouse import article as _article
from tests.lighthouse import found as _found


def test_filters_narrow_by_language_source_and_date(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest(
        [
            _article("a", source="Beispiel-Zeitung", published=date(2022, 7, 1)),
            _article("b", SHORT, source="Beispiel-Agentur", published=date(2022, 7, 31)),
            _article("c", "The lighthouse of Sandholm was built in 1912.", language="en", source="Sample Wire"),
        ]
    )
    assert _found(archive) == {"a", "b", "c"}
    assert _found(archive, language="en") == {"c"}
    assert _found(archive, source="Beispiel-Agentur") == {"b"}
    assert _found(archive, since=date(2022, 7, 1), until=date(2022, 7, 1)) == {"a"}
    assert _found(archive, since=date(2022, 7, 2)) == {"b"}
    assert _found(archive, language="fr") == set()
    assert archive.ask("Leuchtturm Sandholm?", language="fr").reason == "outside_filters"


def test_named_articles_are_kept_out_of_reach(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([_article(), _article("brot", OTHER)])
    assert _found(archive, without=["turm"]) == {"brot"}
    answer = archive.ask("Wann wurde der Leuchtturm gebaut?", without=["turm"])
    assert {citation.article_id for citation in (*answer.citations, *answer.nearest)} <= {"brot"}


def test_only_named_articles_are_found(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([_article(), _article("brot", OTHER), _article("kurz", SHORT)])
    assert _found(archive, articles=["kurz", "brot", "never-there"]) == {"kurz", "brot"}
    assert _found(archive, articles=["kurz"], without=["kurz"]) == set()
    assert _found(archive, articles=[]) == set()
    assert archive.ask("Leuchtturm?", articles=["never-there"]).reason == "outside_filters"


def test_articles_without_a_date_are_counted_where_a_date_filter_leaves_them_out(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest(
        [_article(published=date(2022, 7, 1)), _article("brot", OTHER), _article("fr", SHORT, language="fr")]
    )
    answer = archive.ask("Wann wurde der Leuchtturm gebaut?", until=date(2022, 7, 1))
    assert (answer.undated, answer.config["filters"]) == (2, "until=2022-07-01")
    assert archive.ask("Wann wurde der Leuchtturm gebaut?").undated == 0
    assert archive.undated(since=date(2022, 7, 1), language="DE") == 1
