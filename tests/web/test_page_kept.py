"""What the desk keeps: conversations, a person's word on what was said, and test cases made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from evals.formats.form import read_form
from rag.pack.files import read_packs
from tests.web.browser import (
    ask,
    check,
    download,
    line,
    needs_chromium,
    opened,
    served,
    take_in,
    watched,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_chromium

DURATION = "Das Telefonat der beiden Minister dauerte nach Angaben des Ministeriums rund 40 Minuten."
ASKED = "Wie lange dauerte das Telefonat der Minister?"
PENGUIN = "Womit fütterte der Zoowärter Quastenberg den Pinguin?"
ABSENT = "Wie hoch war die Inflation in Portugal im Jahr 1987?"
WRONG = "Das Telefonat der beiden Minister dauerte 60 Minuten."
FED = "Der Zoowärter Quastenberg fütterte den Pinguin mit Heringen."
ARTICLES = [
    {
        "id": "telefonat",
        "title": "Minister telefonieren",
        "source": "Beispiel-Agentur",
        "published": "2022-07-29",
        "language": "de",
        "text": f"Am Freitag sprachen zwei Minister. {DURATION} Danach reisten beide ab.",
    },
    {
        "id": "pinguin",
        "title": "Im Zoo",
        "source": "Beispiel-Zeitung",
        "published": "2023-05-02",
        "language": "de",
        "text": f"{FED} Danach schloss er das Gehege ab.",
    },
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    take_in(folder, ARTICLES, model="hash")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder, model="hash") as url:
        yield url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with opened(browser, address) as page:
        yield page


def test_a_reload_loses_nothing_and_the_citations_keep_their_numbers(page: Page) -> None:
    ask(page, ASKED)
    check(page, WRONG, turns=2)
    before = _drawn(page)
    page.reload()
    page.wait_for_selector("#log .turn")
    assert _drawn(page) == before
    page.locator("#log a.cite").first.click()
    page.wait_for_selector("mark.lit")
    assert page.locator("mark.lit").inner_text() == DURATION


def test_conversations_are_named_searched_opened_renamed_deleted_and_brought_back(page: Page) -> None:
    ask(page, ASKED)
    page.locator("#conversations .new").click()
    page.wait_for_selector("#log .beginning")
    ask(page, PENGUIN)
    names = page.locator("#conversations .open")
    page.wait_for_function("document.querySelectorAll('#conversations li').length === 2")
    assert names.all_inner_texts() == [PENGUIN, ASKED]
    page.fill("#find-conversation", "heringen")
    page.wait_for_function("document.querySelectorAll('#conversations li').length === 1")
    assert names.all_inner_texts() == [PENGUIN]
    page.fill("#find-conversation", "nirgends")
    page.wait_for_selector("#conversations .list .none")
    page.fill("#find-conversation", "")
    page.wait_for_function("document.querySelectorAll('#conversations li').length === 2")
    names.last.click()
    page.wait_for_selector("#log .turn:has-text('40 Minuten')")
    page.locator("#conversations li").last.get_by_role("button", name="Umbenennen").click()
    page.fill("#asking-for input", "Die Minister")
    page.get_by_role("button", name="Sichern").click()
    page.wait_for_selector("#conversations .open:has-text('Die Minister')")
    page.locator("#conversations li", has_text="Die Minister").get_by_role("button", name="Löschen").click()
    page.wait_for_selector("#log .beginning")
    page.wait_for_function("document.querySelectorAll('#conversations li').length === 1")
    assert names.all_inner_texts() == [PENGUIN]
    page.get_by_role("button", name="Rückgängig").click()
    page.wait_for_selector("#log .turn:has-text('40 Minuten')")
    assert "Die Minister" in names.all_inner_texts()


def test_two_browsers_do_not_see_each_others_conversations(page: Page, browser: Browser, address: str) -> None:
    ask(page, ASKED)
    turn = page.locator("#log .turn").get_attribute("id")
    conversation = page.url.rpartition("c=")[2]
    assert turn is not None
    with opened(browser, address) as other:
        assert other.locator("#conversations .open").count() == 0
        ask(other, PENGUIN)
        assert page.locator("#log .asked p").all_inner_texts() == [ASKED]
        looked = other.request.get(f"{address}/desk/turns/{turn.removeprefix('turn-')}/evidence")
        assert looked.status == 404
        with watched(other.context, address, f"?c={conversation}") as tab:
            assert tab.locator("#log .turn").count() == 0


def test_two_tabs_of_one_browser_stay_in_their_conversations(page: Page, address: str) -> None:
    ask(page, ASKED)
    with watched(page.context, address) as tab:
        assert tab.locator("#log .turn").count() == 0
        ask(tab, PENGUIN)
        page.reload()
        page.wait_for_selector("#log .turn")
        assert page.locator("#log .asked p").all_inner_texts() == [ASKED]


def test_a_persons_word_stands_on_the_statement_and_in_the_evidence_pack(page: Page, tmp_path: Path) -> None:
    ask(page, ASKED)
    page.locator(".words:not(.whole) .checked").click()
    _sign(page, "Beispielredaktion")
    page.wait_for_selector(".review.checked")
    page.locator(".words .note").click()
    page.fill("#asking-for textarea", "Beim Ministerium nachgefragt.")
    page.get_by_role("button", name="Als geprüft vermerken").click()
    page.wait_for_selector(".review .note")
    assert "Geprüft von Beispielredaktion" in page.locator(".review").inner_text()
    assert "Beim Ministerium nachgefragt." in page.locator(".review").inner_text()
    assert page.locator(".words:not(.whole) .checked").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Schlechte Antwort").click()
    page.wait_for_selector(".reviews.whole .review.wrong")
    page.locator("#log .actions").get_by_text("Export").click()
    pack = download(page, page.locator("#log .actions").get_by_role("link", name="JSON"))
    said = [(one["statement"], one["word"], one["name"], one["note"]) for one in json.loads(pack)["reviews"]]
    assert sorted(said, key=str) == [
        (0, "checked", "Beispielredaktion", "Beim Ministerium nachgefragt."),
        (None, "wrong", "Beispielredaktion", ""),
    ]
    page.get_by_role("button", name="Schlechte Antwort").click()
    page.wait_for_selector(".reviews.whole", state="detached")
    file = tmp_path / "gespraech.json"
    page.locator("#conversations li").first.get_by_text("Export").click()
    file.write_text(download(page, page.locator("#conversations").get_by_role("link", name="JSON")), encoding="utf-8")
    assert [len(one.reviews) for one in read_packs(file)] == [1]


def test_words_become_test_cases_with_one_click(page: Page, folder: Path) -> None:
    page.fill("#my-name", "Beispielredaktion")
    ask(page, PENGUIN)
    page.locator(".words:not(.whole) .checked").click()
    page.get_by_role("button", name="Als Testfall in die Suite schreiben").click()
    page.wait_for_selector("#toast.shown:has-text('cases.jsonl')")
    ask(page, ABSENT, turns=2)
    page.get_by_role("button", name="Gute Antwort").last.click()
    page.locator(".reviews.whole").get_by_role("button", name="Als Testfall").click()
    _wait_for_cases(page, folder, 2)
    check(page, WRONG, turns=3)
    page.locator("#log .turn").last.locator(".words:not(.whole) .wrong").click()
    page.get_by_role("button", name="Testfall: richtig wäre belegt").click()
    _wait_for_cases(page, folder, 3)
    cases = read_form(folder / "data" / "cases.jsonl").cases
    assert [(case.text, case.answerable, case.verdict) for case in cases] == [
        (PENGUIN, True, None),
        (ABSENT, False, None),
        (WRONG, cases[2].answerable, "supported"),
    ]
    assert cases[0].evidence[0].quote == FED


def test_a_restart_loses_nothing_and_evidence_shows_an_article_as_it_was_cited(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("restarted")
    take_in(folder, ARTICLES, model="hash")
    context = browser.new_context(locale="de-DE")
    with served(folder, model="hash") as address, watched(context, address) as page:
        ask(page, ASKED)
        page.locator(".words:not(.whole) .checked").click()
        _sign(page, "Beispielredaktion")
        page.wait_for_selector(".review")
        conversation = page.url.rpartition("c=")[2]
    take_in(
        folder,
        [ARTICLES[0] | {"text": "Am Freitag sprachen zwei Minister rund eine Stunde miteinander."}],
        model="hash",
    )
    with served(folder, model="hash") as address, watched(context, address, f"?c={conversation}") as page:
        assert page.locator("#log .asked p").inner_text() == ASKED
        assert "Geprüft von Beispielredaktion" in page.locator(".review").inner_text()
        assert page.locator("#conversations .open").all_inner_texts() == [ASKED]
        page.wait_for_selector("#panel mark")
        assert page.locator("#panel mark").inner_text() == DURATION
        assert "Der Artikel wurde seither geändert." in page.locator("#panel .card").inner_text()
        page.get_by_role("button", name="Was sich geändert hat").click()
        page.wait_for_selector("#reader[open]")
        assert "Stunde" in " ".join(page.locator("#reader ins").all_inner_texts())
        assert "40 Minuten" in " ".join(page.locator("#reader del").all_inner_texts())
        page.keyboard.press("Escape")
        page.request.delete(f"{address}/desk/articles/telefonat", headers={"X-Beleg": "desk"})
        page.reload()
        page.wait_for_selector("#panel mark")
        assert page.locator("#panel mark").inner_text() == DURATION
        assert "nicht mehr im Archiv" in line(page.locator("#panel .card"))
    context.close()


def _sign(page: Page, name: str) -> None:
    page.wait_for_selector("#asking-for[open]")
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def _wait_for_cases(page: Page, folder: Path, count: int) -> None:
    file = folder / "data" / "cases.jsonl"
    for _ in range(100):
        if file.exists() and len(file.read_text(encoding="utf-8").splitlines()) == count:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{file} has no {count} cases")


def _drawn(page: Page) -> list[str]:
    turns = page.locator("#log .turn")
    return [turns.nth(number).inner_html() for number in range(turns.count())]
