"""The page for people who cannot see it well or use no mouse: axe-core finds nothing serious, in either look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.browser import ask, check, needs_chromium, opened, served, take_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_chromium

DURATION = "Das Telefonat der beiden Minister dauerte nach Angaben des Ministeriums rund 40 Minuten."
ARTICLES = [
    {
        "id": f"telefonat-{number}",
        "title": "Minister telefonieren",
        "source": f"Beispiel-Blatt {number}",
        "url": f"https://beispiel.example/telefonat/{number}",
        "published": f"2022-07-{number + 10}",
        "language": "de",
        "text": f"Am Freitag sprachen zwei Minister. {DURATION} Danach reisten sie ab, sagte Sprecher Nummer {number}.",
    }
    for number in range(3)
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("accessible")
    take_in(folder, ARTICLES, model="hash")
    with served(folder, model="hash") as url:
        yield url


@pytest.mark.parametrize(("look", "width"), [("light", 1280), ("dark", 390)])
def test_nothing_serious_is_found_anywhere(browser: Browser, address: str, look: Any, width: int) -> None:
    with opened(browser, address, width=width, height=900, color_scheme=look) as page:
        _nothing_serious(page, "the beginning")
        ask(page, "Wie lange dauerte das Telefonat der Minister?")
        check(page, "Das Telefonat der beiden Minister dauerte 60 Minuten.", turns=2)
        ask(page, "Wie hoch war die Inflation in Portugal im Jahr 1987?", turns=3)
        page.fill("#my-name", "Beispielredaktion")
        page.locator(".words:not(.whole) .checked").first.click()
        page.wait_for_selector(".review")
        page.locator(".words:not(.whole) .wrong").last.click()
        page.wait_for_selector(".cases")
        page.get_by_role("button", name="Filter").first.click()
        page.wait_for_selector("#by-since input[type=date]")
        page.locator("#log a.cite").first.click()
        page.wait_for_selector("mark.lit")
        _nothing_serious(page, "a conversation")
        page.get_by_role("button", name="Ganzer Artikel").first.click()
        page.wait_for_selector("#reader[open]")
        _nothing_serious(page, "the reader")
        page.keyboard.press("Escape")
        page.locator(".words .note").first.click()
        page.wait_for_selector("#asking-for[open]")
        _nothing_serious(page, "a note")
        page.keyboard.press("Escape")
        page.get_by_role("tab", name="Archiv").click()
        page.wait_for_selector("#room-archive table tbody tr")
        _nothing_serious(page, "the archive")


def test_what_is_focused_can_be_seen(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        ask(page, "Wie lange dauerte das Telefonat der Minister?")
        page.focus("#question textarea")
        unseen = []
        for _ in range(45):
            page.keyboard.press("Tab")
            if not page.evaluate(
                """() => {
                    const element = document.activeElement, style = getComputedStyle(element);
                    return element === document.body || style.outlineStyle !== 'none' || style.boxShadow !== 'none';
                }"""
            ):
                unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
        assert unseen == []


def _nothing_serious(page: Page, where: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_timeout(300)  # what fades in is measured when it is there
    found = Axe().run(page).response["violations"]
    serious = {
        one["id"]: [node["html"][:160] for node in one["nodes"]]
        for one in found
        if one["impact"] in {"serious", "critical"}
    }
    assert serious == {}, f"{where}: {serious}"
