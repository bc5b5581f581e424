"""Taking articles in while others ask, take in, delete and close."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest

from rag.archive import Archive
from rag.errors import ArchiveError
from rag.index import prepare
from rag.models.embedder import Embedder, HashEmbedder, Vectors
from rag.types import Article, IngestReport
from tests.conftest import OpenArchive
from tests.lighthouse import OTHER, SHORT, article, found

SECONDS = 30
URL = "https://beispiel.example/turm"
QUESTION = "Wann wurde der Leuchtturm auf Sandholm gebaut?"


@dataclass
class Halt:
    """Holds up whoever comes by first once it is set, until they may go on."""

    reached: threading.Event = field(default_factory=threading.Event)
    passed: threading.Event = field(default_factory=threading.Event)
    wanted: bool = False

    def come_by(self) -> None:
        if self.wanted:
            self.wanted = False
            self.reached.set()
            assert self.passed.wait(SECONDS), "nobody let it go on"


class HaltingEmbedder(HashEmbedder):
    def __init__(self, halt: Halt) -> None:
        super().__init__()
        self._halt = halt

    def embed_passages(self, texts: Any) -> Vectors:
        self._halt.come_by()
        return super().embed_passages(texts)


@pytest.fixture
def halt() -> Halt:
    return Halt()


@pytest.fixture
def archive(open_archive: OpenArchive, halt: Halt) -> Archive:
    archive = open_archive(embedder=HaltingEmbedder(halt))
    archive.ingest([article()])
    return archive


@pytest.fixture
def pool(halt: Halt) -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool
        halt.passed.set()


def halted_ingest(archive: Archive, pool: ThreadPoolExecutor, halt: Halt, *articles: Article) -> Future[IngestReport]:
    """An ingest in another thread that is embedding now, and waits."""
    halt.wanted = True
    ingest = pool.submit(archive.ingest, articles)
    assert halt.reached.wait(SECONDS)
    return ingest


def go_on(ingest: Future[IngestReport], halt: Halt) -> IngestReport:
    halt.passed.set()
    return ingest.result(SECONDS)


def holds_together(archive: Archive) -> None:
    """All stores hold the same articles, and nothing is half done."""
    index, counts = archive._index, archive._store.counts()
    assert archive.status().pending == 0
    assert len(index.vectors) == len(index.passages) == counts["passages"]
    assert len(index.sentences) == counts["sentences"]


@pytest.mark.parametrize("use", ["ask", "check", "browse", "delete", "ingest"])
def test_nobody_waits_for_articles_that_are_being_embedded(
    archive: Archive, pool: ThreadPoolExecutor, halt: Halt, use: str
) -> None:
    uses: dict[str, Callable[[], bool]] = {
        "ask": lambda: bool(archive.ask(QUESTION).citations),
        "check": lambda: archive.check("Der Leuchtturm auf Sandholm wurde 1912 gebaut.").verdict == "supported",
        "browse": lambda: archive.browse().total == 1,
        "delete": lambda: archive.delete("turm") is None,
        "ingest": lambda: archive.ingest([article("kahn", "Der Kahn liegt im Hafen.")]).added == ("kahn",),
    }
    ingest = halted_ingest(archive, pool, halt, article("brot", OTHER))
    assert pool.submit(uses[use]).result(SECONDS / 2)
    assert not ingest.done()
    assert go_on(ingest, halt).added == ("brot",)
    holds_together(archive)


@pytest.mark.parametrize("step", ["split_sentences", "find_speech", "grams", "stems"])
def test_no_question_waits_for_articles_that_are_being_read(
    archive: Archive, pool: ThreadPoolExecutor, halt: Halt, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    original = getattr(prepare, step)

    def halting(*arguments: Any, **options: Any) -> Any:
        halt.come_by()
        return original(*arguments, **options)

    monkeypatch.setattr(prepare, step, halting)
    halt.wanted = True
    ingest = pool.submit(archive.ingest, [article("brot", OTHER)])
    assert halt.reached.wait(SECONDS)
    assert pool.submit(archive.ask, QUESTION).result(SECONDS / 2).citations
    assert go_on(ingest, halt).added == ("brot",)


def test_the_old_text_is_found_until_the_new_one_is(archive: Archive, pool: ThreadPoolExecutor, halt: Halt) -> None:
    ingest = halted_ingest(archive, pool, halt, article(text=SHORT))
    assert archive.ask(QUESTION).citations[0].quote == "Der Leuchtturm auf Sandholm wurde 1912 gebaut."
    assert go_on(ingest, halt).updated == ("turm",)
    assert {hit.text for hit in archive.search("Leuchtturm")} == {SHORT}


def test_of_two_that_take_in_one_article_the_last_to_write_stays_whole(
    archive: Archive, pool: ThreadPoolExecutor, halt: Halt
) -> None:
    slow = halted_ingest(archive, pool, halt, article("brot", OTHER))
    assert archive.ingest([article("brot", SHORT)]).added == ("brot",)
    assert go_on(slow, halt).updated == ("brot",)
    assert archive.article("brot").text == OTHER
    assert [version.article.text for version in archive.versions("brot")] == [SHORT]
    holds_together(archive)


def test_what_another_has_taken_in_meanwhile_is_unchanged(
    archive: Archive, pool: ThreadPoolExecutor, halt: Halt
) -> None:
    slow = halted_ingest(archive, pool, halt, article("brot", OTHER))
    archive.ingest([article("brot", OTHER)])
    taken_in = archive.ingested("brot")
    assert go_on(slow, halt).unchanged == ("brot",)
    assert archive.ingested("brot") == taken_in
    assert archive.versions("brot") == []


def test_an_address_that_another_has_taken_meanwhile_is_taken_over(
    archive: Archive, pool: ThreadPoolExecutor, halt: Halt
) -> None:
    slow = halted_ingest(archive, pool, halt, article("neu", OTHER, url=URL))
    assert archive.ingest([article("alt", SHORT, url=URL)]).added == ("alt",)
    report = go_on(slow, halt)
    assert (report.updated, report.replaced) == (("neu",), ("alt",))
    assert {one.id for one in archive.articles()} == {"turm", "neu"}
    assert [version.article.text for version in archive.versions("neu")] == [SHORT]
    holds_together(archive)


def test_an_article_that_is_deleted_while_its_new_text_is_read_comes_anew(
    archive: Archive, pool: ThreadPoolExecutor, halt: Halt
) -> None:
    ingest = halted_ingest(archive, pool, halt, article(text=SHORT))
    archive.delete("turm")
    assert archive.browse().total == 0
    assert go_on(ingest, halt).added == ("turm",)
    assert archive.versions("turm") == []
    holds_together(archive)


def test_an_archive_can_be_closed_while_it_takes_in(
    open_archive: OpenArchive, archive: Archive, pool: ThreadPoolExecutor, halt: Halt
) -> None:
    ingest = halted_ingest(archive, pool, halt, article("brot", OTHER))
    archive.close()
    with pytest.raises(ArchiveError, match="was closed"):
        go_on(ingest, halt)
    again = open_archive()
    assert found(again) == {"turm"}
    holds_together(again)


def test_a_rebuild_while_articles_are_read_loses_none(archive: Archive, pool: ThreadPoolExecutor, halt: Halt) -> None:
    ingest = halted_ingest(archive, pool, halt, article("brot", OTHER))
    assert pool.submit(archive.reindex).result(SECONDS / 2) == 1
    assert go_on(ingest, halt).added == ("brot",)
    assert found(archive, "Brot Leuchtturm") == {"turm", "brot"}
    holds_together(archive)


def test_an_article_that_comes_itself_is_not_replaced_for_the_address_it_had(archive: Archive) -> None:
    archive.ingest([article("a", SHORT, url=URL)])
    between = [article(f"kahn-{number}", f"Der Kahn Nummer {number} liegt im Hafen.") for number in range(20)]
    moved = article("a", SHORT, url="https://beispiel.example/umgezogen")
    report = archive.ingest([article("b", OTHER, url=URL), *between, moved])
    assert report.replaced == ()
    assert archive.versions("b") == []
    assert [version.article.url for version in archive.versions("a")] == [URL]


def test_questions_and_two_ingests_at_once_go_right(open_archive: OpenArchive, bundled: Embedder) -> None:
    archive = open_archive(embedder=bundled)
    archive.ingest([article()])
    some, others = ([_boat(number) for number in numbers] for numbers in (range(16), range(8, 24)))
    done = threading.Event()

    def ask() -> int:
        asked = 0
        while not done.is_set() or not asked:
            assert archive.ask(QUESTION).citations[0].quote == "Der Leuchtturm auf Sandholm wurde 1912 gebaut."
            asked += 1
        return asked

    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(ask) for _ in range(2)]
        try:
            ingests = [pool.submit(archive.ingest, articles) for articles in (some, others)]
            reports = [ingest.result(120) for ingest in ingests]
        finally:
            done.set()
        assert all(future.result(SECONDS) for future in asking)
    assert sorted(id for report in reports for id in report.added) == sorted(f"kahn-{n}" for n in range(24))
    assert sum(len(report.unchanged) for report in reports) == 8
    holds_together(archive)


def _boat(number: int) -> Article:
    text = f"Der Kahn Nummer {number} liegt im Hafen. „Er fährt morgen“, sagte der Kapitän Max Muster."
    return Article(f"kahn-{number}", text, language="de")
