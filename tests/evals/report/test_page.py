"""The HTML report: whole by itself, escaped, and filtered in a real browser."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evals.report.page import as_page, failed
from evals.report.summary import summarise
from evals.types import Case, Checked, Evidence, Quote, Row, Score
from tests.evals.seen import CASE, row

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'
QUOTE = Quote("gold", HOSTILE, None, date(2022, 7, 29), 25, 46, "Es wurde 1987 gebaut.", "Davor. ", " Danach.")
CLAIM = replace(CASE, id="c", text="Es wurde 1988 gebaut.", kind="claim", verdict="refuted", tags=('it\'s "odd"',))
ROWS = [
    replace(
        row(CASE, confidence=0.9, sentence_first=1.0, best_sentence=1.0),
        citations=(QUOTE,),
        answer=HOSTILE,
        seconds=0.1,
    ),
    replace(row(replace(CASE, id="x", text=f"Wer? {HOSTILE}", tags=("name",)), sentence_first=0.0), seconds=0.3),
    Row(CLAIM, {"verdict right": Score(None, "no check")}),
    Row(replace(CLAIM, id="d"), {"verdict right": Score(1.0)}, checked=Checked("refuted")),
    Row(replace(CASE, id="e"), error="ValueError: x"),
]


def test_the_page_reaches_for_nothing_and_runs_no_script_but_its_own() -> None:
    page = as_page(summarise(ROWS, {"model": HOSTILE}), ROWS)
    assert "default-src 'none'" in page
    assert not re.search(r"<[^>]+(?:src|href)\s*=|@import|url\(", page)
    assert page.count("<script") == 1
    assert "&lt;script&gt;alert(1)" in page


def test_a_case_has_failed_where_something_that_must_hold_does_not() -> None:
    assert [failed(one) for one in ROWS] == [False, True, False, False, True]


def test_a_question_that_was_not_answered_or_cites_a_rejected_sentence_has_failed() -> None:
    known, unknown = replace(CASE, evidence=()), replace(CASE, evidence=(), answerable=None)
    assert [failed(row(known, answered=value)) for value in (1.0, 0.0)] == [False, True]
    assert [failed(row(unknown, rejected_avoided=value)) for value in (1.0, 0.0)] == [False, True]


def test_what_is_expected_of_a_question_without_evidence_is_said() -> None:
    known, unknown = (
        Case("y", "Wann?"),
        Case("r", "Wo?", rejected=(Evidence("gold", "Am <Markt>.", 3),), answerable=None),
    )
    rows = [row(known, answered=1.0), row(unknown, rejected_avoided=1.0)]
    page = as_page(summarise(rows, {}), rows)
    assert "<p>Expected: an answer</p>" in page
    assert "<p>Expected: an answer or an abstention</p>" in page
    assert "rejected: Am &lt;Markt&gt;. (gold)" in page


def test_it_says_what_waits_and_shows_the_confusion() -> None:
    page = as_page(summarise(ROWS, {}), ROWS)
    assert "1 claims were not scored:</strong> no check" in page
    assert "<tr><th>refuted</th><td>0</td><td>1</td><td>0</td><td>0</td></tr>" in page
    assert "Davor. <mark>Es wurde 1987 gebaut.</mark> Danach." in page


@pytest.mark.skipif(shutil.which("chromium") is None, reason="Debian's chromium is not installed")
def test_cases_are_filtered_by_failure_tag_and_text(tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    path = tmp_path / "report.html"
    path.write_text(as_page(summarise(ROWS, {}), ROWS), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", lambda dialog: errors.append(dialog.message))
        page.goto(path.as_uri())
        shown = page.locator("article:visible h3")
        assert page.locator("#count").inner_text() == "5 of 5"
        page.select_option("#which", "failed")
        assert shown.count() == 2
        page.select_option("#which", "open")
        assert shown.all_inner_texts() == ["Es wurde 1988 gebaut."]
        page.select_option("#which", "")
        page.select_option("#tag", 'it\'s "odd"')
        assert shown.count() == 2
        page.select_option("#tag", "")
        page.fill("#text", "danach")
        assert shown.count() == 1
        assert errors == []
        browser.close()
