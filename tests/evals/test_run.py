"""Cases put to a real archive, scored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evals.run import run_cases
from evals.types import Case, Checked, Evidence, Row
from rag.archive import Archive
from rag.models.embedder import HashEmbedder
from rag.settings import Settings
from rag.types import Article, Check, Citation, Filters, Finding, QuotationCheck, Span
from rag.types import Evidence as Evidence_

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


def _checking(archive: Archive, check: Check, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, object]]:
    """Has the archive give this check; what it was asked with."""
    heard: list[tuple[str, object]] = []
    monkeypatch.setattr(archive, "check", lambda text, **within: heard.append((text, within["without"])) or check)
    return heard


def _citation(start: int, end: int, *, marker: int = 1) -> Citation:
    quote = TEXT[start:end]
    return Citation(marker, "haus", None, None, None, None, 0, start, end, quote, ARTICLES["haus"].content_hash, 1.0)


def test_a_claim_is_checked_and_what_was_said_of_it_scored(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    built, market = _citation(35, 82), _citation(0, 34, marker=2)
    numbers = Finding("number", False, Span(0, 4), "1988", Span(51, 55), "1987", 1)
    check = Check(
        *("Das Haus wurde 1988 gebaut.", 0, 27, "de", "refuted", "Widerlegt."),
        findings=(numbers, Finding("name", True, None, "", None, "", 1), numbers),
        evidence=(Evidence_(built, "against", 1.0), Evidence_(market, "neither", 0.2)),
        confidence=0.9,
    )
    heard = _checking(archive, check, monkeypatch)
    claim = replace(CASE, kind="claim", text="Das Haus wurde 1988 gebaut.", verdict="refuted", without=("x",))
    [row] = _run(archive, claim)
    assert heard == [("Das Haus wurde 1988 gebaut.", ("x",))]
    assert row.checked == Checked("refuted", confidence=0.9, against=("number",))
    assert (row.scores["verdict right"].value, row.scores["citations valid"].value) == (1.0, 1.0)
    assert row.scores["article first"].value == 1.0
    assert [quote.quote for quote in row.citations] == [built.quote]
    assert [quote.quote for quote in row.nearest] == [market.quote]
    assert (row.answer, row.confidence, row.scores["sentence first"].value) == ("Widerlegt.", None, None)
    assert row.seconds is not None


def test_of_several_quotations_the_worst_counts_and_the_first_speaker(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = replace(_citation(0, 34), quote="Das neue Haus")
    quotes = (
        QuotationCheck("a", 0, 1, "exact", citation=broken),
        QuotationCheck("b", 0, 1, "altered", speaker="Watson"),
        QuotationCheck("c", 0, 1, "exact", speaker="Biden"),
    )
    part = Check("x", 0, 1, "de", "refuted", "", quotes=quotes)
    _checking(archive, replace(part, quotes=(), parts=(part, replace(part, quotes=()))), monkeypatch)
    [row] = _run(archive, replace(CASE, kind="claim", text="x", quotation="altered", speaker="Adrienne Watson"))
    assert row.checked == Checked("refuted", "altered", "Watson")
    assert (row.scores["quotation right"].value, row.scores["speaker right"].value) == (1.0, 1.0)
    assert row.scores["citations valid"].value == 0.0


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
