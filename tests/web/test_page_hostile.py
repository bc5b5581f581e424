"""Hostile articles, questions and names, driven through the browser: all is shown as text, nothing runs or is fetched.

`opened` fails a test where the page asked anything of another server, had an error or opened a dialog.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.web.browser import ask, check, download, needs_chromium, opened, served, take_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_chromium

MARKED = "window.ran = 1; document.title = 'ran'"
HOSTILE = {
    "script": f"<script>{MARKED}</script>",
    "onerror": f'<img src=x onerror="{MARKED}">',
    "style": "<style>body { display: none }</style><b style='position:fixed;inset:0'>dick</b>",
    "remote": '<img src="http://fremd.example/a.png"><link rel=stylesheet href=//fremd.example/a.css>',
    "frame": f'<iframe srcdoc="<script>parent.{MARKED}</script>"></iframe><svg onload="{MARKED}">',
    "quotes": f"\"'><script>{MARKED}</script>",
    "template": "${window.ran = 1} {{constructor.constructor('window.ran = 1')()}} `${alert(1)}`",
    "markdown": "**fett** [Link](javascript:alert(1)) ![](http://fremd.example/b.png) $$x$$",
    "turning": "\u202egnudlem\u202c \u2066isoliert\u2069 null\u200bbreit\u200d \ufeff",
    "long": "Donau" * 1_000,
}
NAMES = list(HOSTILE)
KEEPERS = (
    "Quastenberg Ahornfeld Tillmann Brunnemeier Ostrowski Wiesengrund Kappelhoff Zobelitz Nussbaum Hagedorn".split()
)
BEASTS = "Pinguin Seehund Otter Pelikan Reiher Kormoran Storch Delfin Kranich Tukan".split()
ARTICLES = [
    {
        "id": f"{name}/../{number}?<b>",
        "title": f"Bericht {number} {text}",
        "source": f"Blatt {text}"[:6_000],
        "url": f"javascript:window.ran={number}" if number % 2 else f"https://beispiel.example/{number}",
        "language": "de",
        "text": f"Wärter {KEEPERS[number]} fütterte den {BEASTS[number]} mit Heringen {text}. Danach ging er heim.",
    }
    for number, (name, text) in enumerate(HOSTILE.items())
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    take_in(folder, ARTICLES, model="hash")
    with served(folder, model="hash") as url:
        yield url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with opened(browser, address) as page:
        yield page
        _nothing_happened(page)


@pytest.mark.parametrize("name", NAMES)
def test_an_article_is_shown_as_text_in_answer_card_and_reader(page: Page, name: str) -> None:
    ask(page, _question(name))
    page.locator("#log a.cite").first.click()
    page.wait_for_selector("mark.lit")
    shown = _letters(HOSTILE[name])[:300]
    card = page.locator("#panel .card.lit")
    assert shown in _letters(card.locator(".text").inner_text())
    assert shown in _letters(card.locator("h3").inner_text())
    if name != "long":  # what is too long for one sentence is cited in part
        assert shown in _letters(page.locator("#log .statement").first.inner_text())
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    card.get_by_role("button", name="Ganzer Artikel").click()
    page.wait_for_selector("#reader[open]")
    assert shown in _letters(page.locator("#reader .text").inner_text())
    _nothing_happened(page)


@pytest.mark.parametrize("name", ["script", "onerror", "remote", "quotes", "template", "turning", "long"])
def test_a_question_a_claim_and_a_persons_words_are_shown_as_text(page: Page, name: str) -> None:
    text = HOSTILE[name][:900]
    ask(page, f"Womit fütterte der Zoowärter Ahornfeld den Pinguin? {text}")
    check(page, f"Der Zoowärter Ahornfeld fütterte den Pinguin mit Brot {text}.", turns=2)
    page.fill("#my-name", text[:80])
    page.locator("#log .turn").last.locator(".words.whole .wrong").click()
    page.wait_for_selector(".reviews.whole .review")
    assert _letters(text[:80]) in _letters(page.locator(".review b").last.inner_text())
    assert all(_letters(text) in _letters(shown) for shown in page.locator("#log .asked p").all_inner_texts())
    page.locator("#conversations li").first.get_by_role("button", name="Umbenennen").click()
    page.fill("#asking-for input", f"Über {text}"[:110])
    page.get_by_role("button", name="Sichern").click()
    page.wait_for_selector("#conversations .open:has-text('Über')")
    page.reload()
    page.wait_for_selector("#log .turn")
    _nothing_happened(page)


def test_the_table_of_articles_shows_them_as_text(page: Page) -> None:
    page.get_by_role("tab", name="Archiv").click()
    page.wait_for_selector("#room-archive table tbody tr")
    table = _letters(page.locator("#room-archive table").inner_text())
    for name in NAMES:
        assert _letters(HOSTILE[name])[:200] in table, name
    assert page.locator("#room-archive table img, #room-archive table script, #room-archive table style").count() == 0


@pytest.mark.parametrize("name", ["script", "onerror", "style", "frame", "template"])
def test_an_exported_page_runs_and_fetches_nothing(page: Page, browser: Browser, name: str) -> None:
    ask(page, _question(name))
    page.locator("#log .actions").get_by_text("Export").click()
    exported = download(page, page.locator("#log .actions").get_by_role("link", name="HTML"))
    context = browser.new_context()
    other = context.new_page()
    fetched: list[str] = []
    other.on("request", lambda request: fetched.append(request.url))
    other.set_content(exported)
    other.wait_for_timeout(200)
    assert _letters(HOSTILE[name]) in _letters(other.locator("body").inner_text())
    assert other.evaluate("window.ran") is None
    assert fetched == []
    context.close()


def _question(name: str) -> str:
    """What only the article with this content answers: no other has its keeper and his beast."""
    number = NAMES.index(name)
    return f"Womit fütterte {KEEPERS[number]} den {BEASTS[number]}?"


def _nothing_happened(page: Page) -> None:
    assert page.evaluate("window.ran") is None
    assert page.title() == "Beleg"
    assert page.locator("a[href^='javascript' i]").count() == 0
    assert page.locator("main img, main iframe, main link, main style, main [onerror], main [onload]").count() == 0


def _letters(text: str) -> str:
    """Without white space, and without what a browser shows as an escape or not at all."""
    return "".join(one for one in text if one.isascii() and one.isprintable() and not one.isspace())
