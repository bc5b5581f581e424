"""Cases put to a real archive, scored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evals.run import run_cases
from evals.types import Case, Evidence, Row
from rag.archive import Archive
from rag.index.embedder import HashEmbedder
from rag.settings import Settings
from rag.types import Article, Filters

TEXT = "Das alte Haus am Markt steht leer. Es wurde im Jahr 1987 von Zimmerleuten gebaut. Niemand wohnt darin."
ARTICLES = {
    "haus": Article("haus", TEXT, language="de", published=date(2022, 1, 2)),
    "x": Article("x", "Der Hund bellt laut.", language="de"),
}
CASE = Case(
    "q",
    "In welchem Jahr wurde das Haus gebaut?",
    answers=("1987",),
    evidence=(Evidence("haus", "1987", TEXT.index("1987")),),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path, settings=Settings(min_confidence=0.0), embedder=HashEmbedder()) as archive:
        archive.ingest(ARTICLES.values())
        yield archive


def _run(archive: Archive, *cases: Case) -> list[Row]:
    return list(run_cases(archive, cases, archive_articles(archive)))


def archive_articles(archive: Archive) -> dict[str, Article]:
    return {article.id: article for article in archive.articles()}


def test_a_case_is_asked_and_scored(archive: Archive) -> None:
    [row] = _run(archive, CASE)
    assert row.error is None
    for metric in ("article first", "passage MRR", "sentence first", "answer contained", "citations valid"):
        assert row.scores[metric].value == 1.0, metric
    first = row.citations[0]
    assert first.before + first.quote + first.after == TEXT
    assert row.relevant == ("haus#0",)
    assert row.passages[0] == "haus#0"
    assert row.seconds is not None


def test_a_long_context_is_cut_between_words_and_says_so(archive: Archive) -> None:
    long = "Davor war es lange still. " * 20
    archive.ingest(Article("haus", f"{long}{TEXT} {long}", language="de"))
    [row] = _run(archive, CASE)
    first = row.citations[0]
    assert first.before.startswith("… ")
    assert first.after.endswith(" …")
    assert f"{first.before[2:]}{first.quote}{first.after[:-2]}" in f"{long}{TEXT} {long}"


def test_what_is_left_out_is_not_found_and_filters_hold(archive: Archive) -> None:
    left_out = replace(CASE, without=("haus",), answerable=False)
    too_old = replace(CASE, filters=Filters(since=date(2023, 1, 1)))
    not_named = replace(CASE, filters=Filters(articles=frozenset({"never-there"})))
    rows = list(_run(archive, left_out, too_old, not_named))
    for row in rows:
        assert not any(passage.startswith("haus") for passage in row.passages)
        assert "haus" not in {quote.article_id for quote in row.citations}
    assert "haus" not in {quote.article_id for quote in rows[0].nearest}


def test_a_claim_is_searched_for_and_waits_for_its_verdict(archive: Archive) -> None:
    [row] = _run(archive, replace(CASE, kind="claim", text="Das Haus wurde 1987 gebaut.", verdict="supported"))
    assert row.scores["article first"].value == 1.0
    assert row.scores["verdict right"].explanation == "this version checks no claims"
    assert (row.answer, row.seconds, row.scores["sentence first"].value) == (None, None, None)


def test_the_conversation_reaches_the_archive(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[object] = []
    ask = archive.ask
    monkeypatch.setattr(archive, "ask", lambda text, history, **rest: heard.append(history) or ask(text, **rest))
    _run(archive, replace(CASE, history=("Wo steht das Haus?",)))
    assert heard == [["Wo steht das Haus?"]]


def test_a_follow_up_is_searched_for_as_it_was_understood(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    search = archive.search
    monkeypatch.setattr(
        archive, "search", lambda text, *rest, **more: searched.append(text) or search(text, *rest, **more)
    )
    follow_up = replace(CASE, text="Und wann?", history=("Von wem wurde das Haus gebaut?",))
    [row, alone] = _run(archive, follow_up, CASE)
    assert row.understood == "Wann wurde das Haus gebaut?"
    assert alone.understood is None
    assert searched == [row.understood, CASE.text]


def test_a_case_that_crashes_is_a_row_and_the_run_goes_on(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = archive.ask

    def fail_on(text: str, *rest: object, **options: object) -> object:
        if text == "kaputt":
            raise ZeroDivisionError("nichts")
        return ask(text, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(archive, "ask", fail_on)
    first, second = _run(archive, replace(CASE, text="kaputt"), CASE)
    assert (first.error, first.scores) == ("ZeroDivisionError: nichts", {})
    assert second.error is None
