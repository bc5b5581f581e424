"""The face that people import: what goes in comes out whole, and nothing is lost on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from rag.archive import Archive
from rag.errors import (
    ArchiveError,
    ArchiveUnwritable,
    BelegError,
    IndexMismatch,
    InputError,
    UnknownArticle,
)
from rag.index.derived import DerivedIndex
from rag.index.vectors import VectorIndex
from rag.index.words import WordIndex
from rag.models.embedder import HashEmbedder
from rag.settings import Settings
from rag.text.sentences import split_sentences
from rag.types import Article, IngestReport, Review, Sentence
from tests.conftest import OpenArchive
from tests.lighthouse import OTHER, SHORT, ChokingEmbedder
from tests.lighthouse import article as _article
from tests.lighthouse import found as _found


def _texts(archive: Archive) -> set[str]:
    return {hit.text for hit in archive.search("Leuchtturm Sandholm Kliff Meer Brot", 50)}


def test_the_same_content_again_costs_no_embedding(open_archive: OpenArchive) -> None:
    embedder = HashEmbedder()
    archive = open_archive(embedder=embedder)
    assert archive.ingest([_article()]).added == ("turm",)
    embedded = embedder.embedded
    assert embedded > 0
    assert archive.ingest([_article()]).unchanged == ("turm",)
    assert embedder.embedded == embedded


def test_a_shorter_new_version_leaves_no_old_passage(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([_article(), _article("brot", OTHER)])
    assert archive.ingest([_article(text=SHORT)]).updated == ("turm",)
    assert _texts(archive) == {SHORT, OTHER}
    assert archive.status().passages == 2
    assert len(archive._index.vectors) == 2
    assert len(archive._index.passages) == 2
    assert len(archive._index.sentences) == 2


def test_new_content_under_a_known_address_replaces_the_old_article(open_archive: OpenArchive) -> None:
    archive = open_archive()
    url = "https://beispiel.example/turm"
    archive.ingest([_article("alt", url=url)])
    report = archive.ingest([_article("neu", SHORT, url=url)])
    assert (report.added, report.updated, report.replaced) == ((), ("neu",), ("alt",))
    assert [article.id for article in archive.articles()] == ["neu"]
    assert _texts(archive) == {SHORT}


def test_a_corrected_date_alone_is_an_update(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([_article(published=date(2022, 7, 1))])
    assert archive.ingest([_article(published=date(2022, 7, 2))]).updated == ("turm",)
    assert archive.article("turm").published == date(2022, 7, 2)


def test_deleting_removes_an_article_everywhere(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([_article(), _article("brot", OTHER)])
    archive.delete("turm")
    assert _texts(archive) == {OTHER}
    assert len(archive._index.vectors) == len(archive._index.passages) == len(archive._index.sentences) == 1
    with pytest.raises(UnknownArticle, match="turm"):
        archive.delete("turm")


def test_one_bad_file_among_a_hundred_loses_none_of_the_others(open_archive: OpenArchive, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(99):
        (folder / f"{number:02}.txt").write_text(f"Der Zug Nummer {number} fährt heute pünktlich ab.", encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    archive = open_archive()
    report = archive.ingest(folder)
    assert len(report.added) == len(archive.articles()) == 99
    [failure] = report.failed
    assert failure.where.endswith("bad.txt")
    assert "binary" in failure.reason


CRASHES = [
    (VectorIndex, "delete"),
    (VectorIndex, "add"),
    (WordIndex, "replace"),
    (DerivedIndex, "remove"),
]


@pytest.mark.parametrize(("kind", "step"), CRASHES, ids=lambda value: getattr(value, "__name__", value))
def test_a_crash_between_the_stores_is_mended_at_the_next_open(
    open_archive: OpenArchive, monkeypatch: pytest.MonkeyPatch, kind: type, step: str
) -> None:
    url = "https://beispiel.example/turm"
    archive = open_archive()
    archive.ingest([_article("alt", url=url), _article("brot", OTHER)])
    with monkeypatch.context() as broken:
        broken.setattr(kind, step, _fail)
        with pytest.raises(RuntimeError, match="power cut"):
            archive.ingest([_article("neu", SHORT, url=url)])
    archive.close()
    mended = open_archive()
    assert {article.id for article in mended.articles()} == {"neu", "brot"}
    assert _texts(mended) == {SHORT, OTHER}
    assert len(mended._index.vectors) == len(mended._index.passages) == len(mended._index.sentences) == 2
    assert mended.status().pending == 0


def test_a_search_after_a_crash_shows_no_article_that_is_half_stored(
    open_archive: OpenArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = open_archive()
    archive.ingest([_article("brot", OTHER)])
    with monkeypatch.context() as broken:
        broken.setattr(WordIndex, "replace", _fail)
        with pytest.raises(RuntimeError):
            archive.ingest([_article()])
    assert archive.status().pending == 1
    assert _texts(archive) == {OTHER}
    assert archive.ingest([_article()]).updated == ("turm",)
    assert archive.status().pending == 0


GIFT = "Ein Giftwort steht in diesem Satz."


def test_an_article_that_cannot_be_prepared_costs_no_other(open_archive: OpenArchive) -> None:
    archive = open_archive(embedder=ChokingEmbedder())
    archive.ingest([_article("brot", SHORT)])
    told: list[IngestReport] = []
    given = [_article(), _article("brot", GIFT), *(_article(f"brot-{n}", f"{OTHER} Nummer {n}.") for n in range(9))]
    report = archive.ingest(given, on_progress=lambda report, _: told.append(report))
    assert report.added == ("turm", *(f"brot-{n}" for n in range(9)))
    assert [(failure.where, "IndexError" in failure.reason) for failure in report.failed] == [("brot", True)]
    assert report.done == 10
    assert [one.done for one in told] == [0, 7, 10]
    assert archive.article("brot").text == SHORT
    assert SHORT in _texts(archive)
    assert archive.versions("brot") == []
    assert archive.status().pending == 0


def test_a_full_disk_still_ends_the_ingest(open_archive: OpenArchive) -> None:
    archive = open_archive(embedder=ChokingEmbedder(OSError("No space left on device")))
    with pytest.raises(OSError, match="No space"):
        archive.ingest([_article("gift", GIFT)])


def test_an_article_whose_sentences_cannot_be_found_is_named(
    open_archive: OpenArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choke(article_id: str, text: str, *, language: str | None) -> list[Sentence]:
        if text == GIFT:
            raise IndexError
        return split_sentences(article_id, text, language=language)

    monkeypatch.setattr("rag.ingest.admit.split_sentences", choke)
    report = open_archive().ingest([_article("gift", GIFT), _article()])
    assert report.added == ("turm",)
    assert [(failure.where, failure.reason) for failure in report.failed] == [
        ("gift", "its text cannot be read: IndexError")
    ]


def test_an_article_that_cannot_be_prepared_any_more_keeps_no_other_from_being_found(
    open_archive: OpenArchive,
) -> None:
    embedder = ChokingEmbedder()
    embedder.error = None
    archive = open_archive(embedder=embedder)
    archive.ingest([_article("gift", GIFT), _article(), _article("brot", OTHER)])
    embedder.error = IndexError("Giftwort")
    assert archive.reindex() == 2
    archive.close()
    again = open_archive(embedder=embedder)
    assert OTHER in _texts(again)
    assert again.status().pending == 1
    assert again.article("gift").text == GIFT
    assert again.ingest([_article("gift", GIFT)]).failed[0].where == "gift"
    again.close()
    embedder.error = None
    mended = open_archive(embedder=embedder)
    assert {GIFT, OTHER} <= _texts(mended)
    assert mended.status().pending == 0


def test_a_killed_process_loses_nothing_that_it_had_reported(open_archive: OpenArchive, tmp_path: Path) -> None:
    script = textwrap.dedent(
        f"""
        from rag import Archive, Article
        from rag.models.embedder import HashEmbedder
        with Archive.open({str(tmp_path / "data")!r}, embedder=HashEmbedder()) as archive:
            for number in range(10_000):
                text = f"Der Kahn Nummer {{number}} liegt im Hafen von Sandholm."
                archive.ingest(Article(f"kahn-{{number}}", text, language="de"))
                print(number, flush=True)
        """
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        while int(writer.stdout.readline()) < 12:
            pass
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    archive = open_archive()
    ids = {article.id for article in archive.articles()}
    assert {f"kahn-{number}" for number in range(13)} <= ids
    assert {hit.article.id for hit in archive.search("Kahn Hafen Sandholm", 1_000)} == ids
    assert archive.status().pending == 0


def test_a_second_process_is_refused_with_the_number_of_the_first(open_archive: OpenArchive, tmp_path: Path) -> None:
    archive = open_archive()
    archive.ingest(_article())
    script = f"from rag import Archive; Archive.open({str(tmp_path / 'data')!r})"
    second = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert second.returncode != 0
    assert "ArchiveInUse" in second.stderr
    assert f"process {os.getpid()}" in second.stderr


def test_articles_and_status_can_be_read_beside_another_process(open_archive: OpenArchive, tmp_path: Path) -> None:
    open_archive().ingest(_article())
    with Archive.open(tmp_path / "data", embedder=HashEmbedder(), read_only=True) as beside:
        assert [article.id for article in beside.articles()] == ["turm"]
        assert beside.status().articles == 1
        with pytest.raises(ArchiveError, match="read-only"):
            beside.search("Leuchtturm")
        with pytest.raises(ArchiveError, match="read-only"):
            beside.ingest(_article("neu", SHORT))


def test_a_closed_archive_lets_go_of_its_folder(open_archive: OpenArchive) -> None:
    first = open_archive()
    first.close()
    first.close()
    open_archive().ingest(_article())


def test_a_closed_archive_refuses_whatever_it_is_asked(open_archive: OpenArchive, tmp_path: Path) -> None:
    archive = open_archive()
    archive.ingest([_article()])
    answer = archive.ask("Wann wurde der Leuchtturm gebaut?")
    [pack, _] = archive.export(answer, tmp_path / "pack")
    retriever = archive.as_llama_index()
    archive.close()
    uses: list[Callable[[], object]] = [
        lambda: archive.ingest([]),
        lambda: archive.search("Leuchtturm"),
        lambda: archive.find("Leuchtturm"),
        lambda: archive.ask("Leuchtturm?"),
        lambda: archive.check("Der Leuchtturm ist alt."),
        lambda: archive.check("Wann war das?"),
        archive.undated,
        archive.prepare,
        archive.articles,
        lambda: archive.article("turm"),
        lambda: archive.passages("turm"),
        lambda: archive.speeches("turm"),
        lambda: archive.ingested("turm"),
        archive.browse,
        archive.sources,
        lambda: archive.versions("turm"),
        lambda: archive.version("turm", "0"),
        lambda: archive.pack(answer),
        lambda: archive.export(answer, tmp_path / "again"),
        lambda: archive.verify(pack),
        lambda: archive.verify(tmp_path / "nowhere.json"),
        lambda: archive.verify_all(tmp_path / "nowhere.json"),
        lambda: archive.delete("turm"),
        archive.reindex,
        archive.status,
        lambda: retriever.retrieve("Leuchtturm"),
    ]
    for use in uses:
        with pytest.raises(ArchiveError, match="was closed"):
            use()
    assert not (tmp_path / "again").exists()


def test_an_archive_of_another_model_is_refused_and_reindex_mends_it(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([_article(), _article("brot", OTHER)])
    archive.close()
    other = open_archive(embedder=HashEmbedder("another-model"))
    for use in (lambda: other.search("Brot"), lambda: other.ask("Brot?"), lambda: other.ingest(_article("neu", SHORT))):
        with pytest.raises(IndexMismatch, match=r"built with hash; .* another-model\. Run `beleg reindex`"):
            use()
    assert {article.id for article in other.articles()} == {"turm", "brot"}
    assert other.reindex() == 2
    assert _found(other) == {"turm", "brot"}


def test_a_rebuilding_that_was_killed_goes_on_where_it_was(open_archive: OpenArchive, tmp_path: Path) -> None:
    with open_archive() as archive:
        archive.ingest([Article(f"kahn-{number}", f"Der Kahn {number} liegt im Hafen.") for number in range(60)])
    script = textwrap.dedent(
        f"""
        import time
        from rag import Archive
        from rag.models.embedder import HashEmbedder

        class Slow(HashEmbedder):
            def embed_passages(self, texts):
                print(self.embedded, flush=True)
                time.sleep(0.2)
                return super().embed_passages(texts)

        with Archive.open({str(tmp_path / "data")!r}, embedder=Slow("another-model")) as archive:
            archive.reindex()
        """
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as rebuilding:
        assert rebuilding.stdout is not None
        while int(rebuilding.stdout.readline()) < 16:
            pass
        rebuilding.send_signal(signal.SIGKILL)
        rebuilding.wait()
    embedder = HashEmbedder("another-model")
    archive = open_archive(embedder=embedder)
    with pytest.raises(IndexMismatch, match=r"was cut off\. Run `beleg reindex`: it goes on"):
        archive.search("Kahn")
    assert len(archive.articles()) == 60
    assert archive.reindex() == 60
    assert 0 < embedder.embedded <= 44
    assert len({hit.article.id for hit in archive.search("Kahn Hafen", 1_000)}) == 60
    assert archive.status().pending == 0


def test_a_rebuilding_with_yet_another_model_begins_anew(
    open_archive: OpenArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_archive() as archive:
        archive.ingest([_article(), _article("brot", OTHER)])
    with monkeypatch.context() as broken, open_archive(embedder=HashEmbedder("second")) as archive:
        broken.setattr(WordIndex, "replace", _fail)
        with pytest.raises(RuntimeError, match="power cut"):
            archive.reindex()
    third = open_archive(embedder=HashEmbedder("third"))
    assert third.reindex() == 2
    assert _found(third) == {"turm", "brot"}


def test_reindex_rebuilds_indexes_that_were_lost(open_archive: OpenArchive, tmp_path: Path) -> None:
    import shutil

    archive = open_archive()
    archive.ingest([_article(), _article("brot", OTHER)])
    before = {hit.passage.id: hit.score for hit in archive.search("Leuchtturm am Meer", 50)}
    archive.close()
    for name in ("vectors", "words"):
        shutil.rmtree(tmp_path / "data" / name)
    again = open_archive()
    assert again.reindex() == 2
    assert {hit.passage.id: hit.score for hit in again.search("Leuchtturm am Meer", 50)} == pytest.approx(before)


def test_a_folder_that_cannot_be_made_or_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "file" / "data", Path("/proc/beleg")):
        with pytest.raises(ArchiveUnwritable, match=str(path)):
            Archive.open(path, embedder=HashEmbedder())


@pytest.mark.parametrize("damaged", ["articles.db", "vectors/chroma.sqlite3", "words/passages/meta.json"])
def test_a_damaged_file_is_an_error_of_our_own(open_archive: OpenArchive, tmp_path: Path, damaged: str) -> None:
    archive = open_archive()
    archive.ingest(_article())
    archive.close()
    (tmp_path / "data" / damaged).write_bytes(b"not what it was" * 500)
    with pytest.raises(BelegError):
        open_archive().search("Leuchtturm")


def test_a_filter_sees_what_a_crash_left_behind_at_the_first_question(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest(_article())
    archive._store.mark_all_pending()  # as where the process ended between the stores
    archive.close()
    reopened = open_archive()
    assert reopened.ask("Wann wurde der Leuchtturm gebaut?", language="de").reason != "empty_archive"
    assert _found(reopened, language="de") == {"turm"}


@pytest.mark.parametrize("question", ["", "   \n\t", "wort " * 2_000])
def test_an_unusable_question_is_refused(open_archive: OpenArchive, question: str) -> None:
    archive = open_archive()
    with pytest.raises(InputError, match="question"):
        archive.ask(question)
    with pytest.raises(InputError, match="question"):
        archive.search(question)


@pytest.mark.parametrize("k", [0, -1, 1_001])
def test_k_must_be_from_1_to_1000(open_archive: OpenArchive, k: int) -> None:
    with pytest.raises(InputError, match=f"k is {k}"):
        open_archive().search("Leuchtturm", k)


HOSTILE = [
    "🙂🙃 Der Leuchtturm 👩‍👩‍👧 auf Sandholm ist rot. Er wurde 1912 gebaut! 🎉",
    "De\u0301r Leu\u0308chtturm <b>auf</b> Sandholm & „wo“? Ja; <script>x</script> steht er.",
    "\u202eמגדלור Sandholm\u202c Leuchtturm. \u200bUnsichtbar\u200b steht er da.",
    "Leuchtturm Sandholm " * 400,
    "Der Leuchtturm.Auf Sandholm.Ohne Abstand.Steht er.\n\n\n-\n\n1. Punkt\n2. Leuchtturm",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_every_citation_holds_its_span_whatever_the_text(open_archive: OpenArchive, text: str) -> None:
    archive = open_archive()
    archive.ingest([_article(text=text), _article("brot", OTHER)])
    stored = {article.id: article for article in archive.articles()}
    assert stored["turm"].text == text
    for question in ("Wo steht der Leuchtturm auf Sandholm?", "Was ist rot?", "Leuchtturm", "Wann?", "Brot 1912"):
        answer = archive.ask(question)
        for citation in (*answer.citations, *answer.nearest):
            assert stored[citation.article_id].text[citation.start : citation.end] == citation.quote
            assert citation.content_hash == stored[citation.article_id].content_hash
            assert citation.quote.strip() == citation.quote != ""
        for statement in answer.statements:
            assert answer.text[statement.start : statement.end] == statement.text
            assert statement.citations
        for hit in archive.search(question):
            assert hit.text == stored[hit.article.id].text[hit.passage.start : hit.passage.end]


def test_threads_may_ask_while_another_takes_in(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest(_article())
    errors: list[Exception] = []

    def guarded(work: Any) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001
            errors.append(error)

    def ask() -> None:
        for _ in range(10):
            assert archive.ask("Wann wurde der Leuchtturm auf Sandholm gebaut?").citations

    def take_in() -> None:
        for number in range(10):
            archive.ingest(_article(f"neu-{number}", f"Der Kutter Nummer {number} ist ausgelaufen."))

    threads = [threading.Thread(target=guarded, args=(work,)) for work in (ask, ask, take_in)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert archive.status().articles == 11


def test_status_tells_what_is_there(open_archive: OpenArchive, tmp_path: Path) -> None:
    archive = open_archive()
    archive.ingest([_article(), _article("lamp", "The lamp was lit in 1913 by the keeper.", language="en")])
    status = archive.status()
    assert (status.articles, status.pending, dict(status.languages)) == (2, 0, {"de": 1, "en": 1})
    assert status.model == "hash"
    assert status.path == str(tmp_path / "data")
    assert all(status.bytes[part] > 0 for part in ("articles", "vectors", "words"))


def test_opening_reads_the_settings_when_no_folder_is_named(tmp_path: Path) -> None:
    with Archive.open(settings=Settings(data=tmp_path / "named"), embedder=HashEmbedder()) as archive:
        archive.ingest(_article())
    assert (tmp_path / "named" / "articles.db").is_file()


def _fail(*_arguments: object, **_options: object) -> None:
    raise RuntimeError("power cut")


def test_a_follow_up_is_answered_as_it_was_understood(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([_article(text=SHORT), _article("brot", OTHER)])
    answer = archive.ask("Und wo war das?", ["Wann wurde der Leuchtturm auf Sandholm abgerissen?"])
    assert answer.question == "Und wo war das?"
    assert answer.understood == "Wo wurde der Leuchtturm auf Sandholm abgerissen?"
    assert answer.citations[0].quote == SHORT


def test_a_question_that_stands_by_itself_is_answered_the_same_after_any_other(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([_article(text=SHORT), _article("brot", OTHER)])
    alone = archive.ask("Was verkauft die Bäckerei am Marktplatz?")
    after = archive.ask("Was verkauft die Bäckerei am Marktplatz?", ["Wann wurde der Leuchtturm abgerissen?"])
    assert after.understood is None
    assert (after.text, after.confidence) == (alone.text, alone.confidence)


def test_earlier_questions_that_cannot_be_used_are_passed_over(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([_article(text=SHORT)])
    history = ["Wann wurde der Leuchtturm abgerissen?", "", "  ", "x" * 3_000, "halb \ud800"]
    assert archive.ask("Wo?", history * 2).understood == "Wo wurde der Leuchtturm abgerissen?"


def test_what_would_be_understood_at_too_great_length_is_asked_as_it_is(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([_article(text=SHORT)])
    long = f"Wann wurde der {'Leuchtturm' * 198} abgerissen?"
    assert archive.ask("Was sagte der Bürgermeister dazu?", [long]).understood is None


def test_who_said_what_is_stored_with_an_article(open_archive: OpenArchive) -> None:
    text = "„Wir bauen den Hafen aus“, sagte die Ministerin Rosa Beispiel. Die Werft hofft auf Arbeit."
    with open_archive() as archive:
        archive.ingest(Article("hafen", text, language="de"))
        [speech] = archive.speeches("hafen")
        assert text[speech.start : speech.end] == "Wir bauen den Hafen aus"
        assert speech.speaker == "Rosa Beispiel"
        archive.reindex()
        assert archive.speeches("hafen") == [speech]
        archive.ingest(Article("hafen", "Die Werft hofft auf Arbeit.", language="de"))
        assert archive.speeches("hafen") == []
        with pytest.raises(UnknownArticle, match="schiff"):
            archive.speeches("schiff")


def test_an_archive_of_an_earlier_format_is_refused_and_reindex_mends_it(open_archive: OpenArchive) -> None:
    with open_archive() as archive:
        archive.ingest(Article("a", "„Es regnet“, sagte er.", language="de"))
        archive._store.write_meta({"index_version": "1"})
    with open_archive() as archive:
        with pytest.raises(IndexMismatch, match=r"format 1; this version reads 3\. Run `beleg reindex`"):
            archive.search("Regnet es?")
        archive.reindex()
        assert len(archive.speeches("a")) == 1


def test_when_an_article_was_taken_in_is_kept_while_it_is_the_same(open_archive: OpenArchive) -> None:
    archive = open_archive()
    before = datetime.now(UTC)
    archive.ingest([_article(text=SHORT)])
    first = archive.ingested("turm")
    assert before <= first <= datetime.now(UTC)
    archive.ingest([_article(text=SHORT)])
    archive.reindex()
    assert archive.ingested("turm") == first
    archive.ingest([_article(text=f"{SHORT} Noch ein Satz.")])
    assert archive.ingested("turm") > first
    with pytest.raises(UnknownArticle, match="'nie da'"):
        archive.ingested("nie da")


def test_an_answer_is_exported_and_verified_beside_a_server(open_archive: OpenArchive, tmp_path: Path) -> None:
    archive = open_archive()
    archive.ingest([_article(text=SHORT)])
    answer = archive.ask("Wann wurde der Leuchtturm auf Sandholm abgerissen?")
    paths = archive.export(answer, tmp_path / "belege")
    pack = archive.pack(answer)
    assert pack.answer == answer
    assert pack.articles[0].retrieved == archive.ingested("turm")
    with Archive.open(tmp_path / "data", embedder=HashEmbedder(), read_only=True) as beside:
        assert beside.verify(paths[0]).holds
        assert beside.verify_all(paths[0]).verifications == (beside.verify(paths[0]),)
    archive.ingest([_article(text=f"Vorspann. {SHORT}")])
    assert [one.state for one in archive.verify(paths[0]).quotations] == ["moved"]


def test_what_a_person_said_is_exported_with_the_answer(open_archive: OpenArchive, tmp_path: Path) -> None:
    archive = open_archive()
    archive.ingest([_article(text=SHORT)])
    answer = archive.ask("Wann wurde der Leuchtturm auf Sandholm abgerissen?")
    said = Review(0, "wrong", "Erika Muster", datetime(2026, 11, 23, 9, 15, tzinfo=UTC), "Er steht noch.")
    _, markdown = archive.export(answer, tmp_path / "belege", reviews=[said])
    assert "Als falsch markiert von Erika Muster am 2026-11-23 09:15 UTC: Er steht noch." in markdown.read_text("utf-8")
    with pytest.raises(InputError, match="no statement 9"):
        archive.pack(answer, reviews=[replace(said, statement=9)])
    whole = archive.conversation_pack("Der Turm", [archive.pack(answer)])
    assert (whole.name, whole.version) == ("Der Turm", archive.pack(answer).version)


def test_articles_are_browsed_page_by_page(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([_article(title="Der Turm", source="Zeitung"), _article("brot", OTHER, published=date(2022, 7, 1))])
    assert [one.id for one in archive.browse(sort="title", descending=False).articles] == ["turm", "brot"]
    page = archive.browse("LEUCHTTURM", limit=1, source="Zeitung", language="de")
    assert ([one.id for one in page.articles], page.total) == (["turm"], 1)
    assert page.articles[0].characters == len(archive.article("turm").text)
    assert [one.id for one in archive.browse(since=date(2022, 7, 1), until=date(2022, 7, 1)).articles] == ["brot"]
    assert archive.sources() == {"Zeitung": 1}
    with pytest.raises(InputError, match="'deutsch!'"):
        archive.browse(language="deutsch!")


def test_what_an_article_said_earlier_can_still_be_read(open_archive: OpenArchive) -> None:
    archive = open_archive()
    first, url = _article(), "https://beispiel.example/turm"
    archive.ingest([first])
    since = archive.ingested("turm")
    archive.ingest([_article(text=SHORT, url=url)])
    archive.ingest([_article("neu", OTHER, url=url)])
    assert [version.article.text for version in archive.versions("neu")] == [SHORT, first.text]
    assert archive.versions("neu")[1].since == since
    assert archive.version("turm", first.content_hash) == archive.version("neu", first.content_hash) == first
    assert archive.browse().articles[0].versions == 2
    assert _texts(archive) == {OTHER}
    with pytest.raises(UnknownArticle, match="turm"):
        archive.versions("turm")
    archive.delete("neu")
    assert archive.version("neu", first.content_hash) is None


def test_stages_of_a_question_are_told_as_they_begin(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([_article()])
    told: list[Any] = []
    answer = archive.ask("Wann wurde der Leuchtturm gebaut?", on_stage=lambda *stage: told.append(stage))
    assert told == [("searching", 1, 1), ("choosing", 1, 1)]
    assert answer.text == archive.ask("Wann wurde der Leuchtturm gebaut?").text


def test_a_question_can_be_given_up_between_its_stages(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([_article()])

    def give_up(stage: str, *_: int) -> None:
        if stage == "choosing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.ask("Wann wurde der Leuchtturm gebaut?", on_stage=give_up)
    assert archive.ask("Wann wurde der Leuchtturm gebaut?").citations


def test_stages_of_a_text_are_told_for_each_claim_that_can_be_checked(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([_article()])
    told: list[Any] = []
    text = "Der Leuchtturm wurde 1912 gebaut. Das finde ich gut. Der Leuchtturm steht in Rom."
    archive.check(text, on_stage=lambda *stage: told.append(stage))
    assert told == [("searching", 1, 3), ("checking", 1, 3), ("searching", 3, 3), ("checking", 3, 3)]


def test_progress_is_told_from_none_to_all(open_archive: OpenArchive) -> None:
    archive = open_archive()
    told: list[tuple[int, int]] = []
    articles = [_article(f"kahn-{number}", f"Der Kahn Nummer {number} liegt im Hafen.") for number in range(40)]
    archive.ingest([*articles, articles[0]], on_progress=lambda report, of: told.append((report.done, of)))
    assert told[0] == (0, 40)
    assert told[-1] == (40, 40)
    assert told == sorted(set(told))
    assert archive.status().articles == 40


def test_what_was_taken_in_before_the_ingest_was_ended_stays_and_was_told(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([_article("kahn-0", "Der Kahn liegt im Hafen.")])
    told: list[IngestReport] = []

    def end(report: IngestReport, _: int) -> None:
        told.append(report)
        if report.done >= 8:
            raise KeyboardInterrupt

    articles = [_article(f"kahn-{number}", f"Der Kahn Nummer {number} liegt im Hafen.") for number in range(40)]
    with pytest.raises(KeyboardInterrupt):
        archive.ingest(articles, on_progress=end)
    assert told[-1].updated == ("kahn-0",)
    assert {*told[-1].added, *told[-1].updated} == {article.id for article in archive.articles()}
