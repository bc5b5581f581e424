"""What is offered to begin with: each is made by rule, read by people, and answered by the archive."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rag.archive import Archive
from rag.desk import samples
from rag.desk.desk import Desk
from rag.types import Answer, Article
from tests.conftest import OpenArchive
from tests.desk.desks import ANNA, open_desk

BRIDGE = Article(
    "bruecke",
    "Die Varnbrücke in Ostrehna ist fertig. Am 3. Mai 2021 wurde die Varnbrücke in Ostrehna eröffnet. Sie ist lang.",
    published=date(2021, 5, 4),
    language="de",
)
MAYOR = Article(
    "rathaus",
    "In Ostrehna wird gestritten. Bürgermeisterin Ruta Kvasnik sagte, die Gebühren seien viel zu hoch für alle Leute.",
    published=date(2021, 6, 1),
    language="de",
)
FERRY = Article(
    "faehre",
    "Die Fähre nach Tesselholm befördert 1.200 Fahrgäste am Tag. Gestern fuhr sie nicht.",
    published=date(2021, 7, 1),
    language="de",
)
TOWER = Article(
    "tower",
    "The Drelby lighthouse was built on the Skarn cliff in 1912, where it still stands. It is white.",
    published=date(2021, 8, 1),
    language="en",
)
BAKER = Article("baecker", "Die Leute kaufen Brot. Sie mögen es sehr. Heute ist es frisch.", language="de")


def _desk(open_archive: OpenArchive, *articles: Article) -> Desk:
    archive = open_archive()
    archive.ingest(articles)
    return open_desk(archive)


@pytest.mark.parametrize(
    ("article", "asked"),
    [
        (BRIDGE, "Wann wurde die Varnbrücke in Ostrehna eröffnet?"),
        (MAYOR, "Was sagte Bürgermeisterin Ruta Kvasnik über die Gebühren?"),
        (FERRY, "Die Fähre nach Tesselholm befördert 1.200 Fahrgäste am Tag."),
    ],
)
def test_german_articles_make_german_questions(open_archive: OpenArchive, article: Article, asked: str) -> None:
    assert _desk(open_archive, article).samples("de") == [asked]


def test_english_articles_make_english_questions(open_archive: OpenArchive) -> None:
    assert _desk(open_archive, TOWER).samples("en") == ["When was the Drelby lighthouse built on the Skarn cliff?"]


def test_those_in_the_language_of_the_page_come_first(open_archive: OpenArchive) -> None:
    desk = _desk(open_archive, BRIDGE, TOWER)
    assert desk.samples("en", 1) == ["When was the Drelby lighthouse built on the Skarn cliff?"]
    assert desk.samples("de", 1) == ["Wann wurde die Varnbrücke in Ostrehna eröffnet?"]


def test_what_a_german_article_tells_of_is_asked_in_english_too(open_archive: OpenArchive) -> None:
    assert _desk(open_archive, MAYOR).samples("en", 1) == ["What did Ruta Kvasnik say?"]


def test_each_is_answered_from_an_article_of_its_own(open_archive: OpenArchive) -> None:
    desk = _desk(open_archive, BRIDGE, MAYOR, FERRY, TOWER, BAKER)
    offered = desk.samples("de")
    assert len(offered) == 4
    cited = set()
    for sample in offered:
        result = desk.take(ANNA, sample).result
        assert result is not None
        citations = result.citations if isinstance(result, Answer) else [one.citation for one in result.evidence]
        cited.add(citations[0].article_id)
    assert len(cited) == 4


def test_they_are_the_same_each_time(open_archive: OpenArchive) -> None:
    desk = _desk(open_archive, BRIDGE, MAYOR, FERRY, TOWER)
    assert desk.samples("de") == desk.samples("de")
    assert desk.samples("de", 2) == desk.samples("de")[:2]


def test_nothing_is_made_of_what_points_elsewhere(open_archive: OpenArchive) -> None:
    assert _desk(open_archive, BAKER).samples("de") == []


def test_an_empty_archive_offers_nothing(open_archive: OpenArchive) -> None:
    assert _desk(open_archive).samples("de") == []


def test_what_the_archive_does_not_answer_is_not_offered(open_archive: OpenArchive) -> None:
    archive = open_archive(min_confidence=1.0)
    archive.ingest([MAYOR])
    assert open_desk(archive).samples("de") == []


class Seconds:
    """A clock, and the making of samples, which takes two of its seconds."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.time, self.made = 0.0, list[list[str]]()
        self._make = samples.make_samples
        monkeypatch.setattr(samples, "make_samples", self.make)

    def __call__(self) -> float:
        return self.time

    def make(self, archive: Archive, ids: list[str], language: samples.Language, count: int) -> list[str]:
        self.time += 2
        self.made.append(list(ids))
        return self._make(archive, ids, language, count)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    return Seconds(monkeypatch)


def test_they_are_made_anew_only_when_the_archive_changes(open_archive: OpenArchive, clock: Seconds) -> None:
    archive, cache = open_archive(), samples.SampleCache(now=clock)
    archive.ingest([BRIDGE])
    cache.of(archive, "de", 4)
    clock.time += 60
    cache.of(archive, "de", 4).clear()
    assert len(cache.of(archive, "de", 4)) == 1
    assert clock.made == [["bruecke"]]
    archive.ingest([MAYOR])
    assert len(cache.of(archive, "de", 4)) == 2
    archive.delete("bruecke")
    clock.time += 60
    assert cache.of(archive, "de", 4) == ["Was sagte Bürgermeisterin Ruta Kvasnik über die Gebühren?"]
    assert len(clock.made) == 3


def test_while_the_archive_goes_on_changing_a_tenth_of_the_time_is_spent_on_them(
    open_archive: OpenArchive, clock: Seconds
) -> None:
    archive, cache = open_archive(), samples.SampleCache(now=clock)
    for number in range(30):
        archive.ingest([replace(BRIDGE, id=f"b{number}")])
        assert cache.of(archive, "de", 4)
        clock.time += 1
    assert len(clock.made) == 2
    clock.time += 60
    cache.of(archive, "de", 4)
    assert len(clock.made) == 3


def test_nobody_waits_while_another_makes_them(open_archive: OpenArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, cache = open_archive(), samples.SampleCache(now=lambda: 0.0)
    archive.ingest([BRIDGE])
    make, meanwhile = samples.make_samples, list[list[str]]()

    def make_slowly(*given: Any) -> list[str]:
        with ThreadPoolExecutor(1) as other:
            meanwhile.append(other.submit(cache.of, archive, "de", 4).result(30))
        return make(*given)

    monkeypatch.setattr(samples, "make_samples", make_slowly)
    before = cache.of(archive, "de", 4)
    archive.ingest([MAYOR])
    assert len(cache.of(archive, "de", 4)) == 2
    assert meanwhile == [[], before]


def test_where_making_them_fails_the_old_ones_stay_and_it_is_tried_again(
    open_archive: OpenArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, cache = open_archive(), samples.SampleCache(now=lambda: 0.0)
    archive.ingest([BRIDGE])
    before = cache.of(archive, "de", 4)
    archive.ingest([MAYOR])
    with monkeypatch.context() as broken:
        broken.setattr(samples, "make_samples", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            cache.of(archive, "de", 4)
    assert before != cache.of(archive, "de", 4)
