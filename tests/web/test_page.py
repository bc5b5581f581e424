"""The page as a person meets it: a real server process, a real headless Chromium."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

CHROMIUM = shutil.which("chromium")
ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian: apt install chromium)")

DURATION = "Das Telefonat der beiden Minister dauerte nach Angaben des Ministeriums rund 40 Minuten."
RIGHT = "Das Telefonat der beiden Minister dauerte rund 40 Minuten."
WRONG = "Das Telefonat der beiden Minister dauerte 60 Minuten."
HOSTILE = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script> **fett** $$x$$"
ARTICLES = [
    {
        "id": "telefonat",
        "title": "Minister telefonieren",
        "source": "Beispiel-Agentur",
        "published": "2022-07-29",
        "language": "de",
        "text": "\n\n".join(
            [*["Die Lage an der Grenze blieb nach Angaben von Beobachtern angespannt."] * 25, DURATION]
        ),
    },
    {
        "id": "feindlich",
        "title": f"Bericht {HOSTILE}",
        "source": HOSTILE,
        "url": "javascript:alert(1)",
        "language": "de",
        "text": f"Der Zoowärter Quastenberg fütterte den Pinguin mit Heringen {HOSTILE}.",
    },
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own process over the articles above, with the bundled model."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "articles.jsonl").write_text("\n".join(json.dumps(article) for article in ARTICLES), encoding="utf-8")
    beleg = [sys.executable, "-m", "rag.cli"]
    data = ["--data", str(folder / "data")]
    subprocess.run([*beleg, "ingest", *data, str(folder / "articles.jsonl")], cwd=ROOT, check=True)
    yield from _serve([*beleg, "serve", *data], folder)


@pytest.fixture(scope="module")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`app.py` over the sample articles, with the bundled model."""
    yield from _serve([sys.executable, "app.py"], tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A German desktop browser on the page. Fails the test where the page has an error or asks anything outside."""
    yield from _open(browser, address, width=1280, height=800, locale="de-DE")


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """An English browser of phone size on the page."""
    yield from _open(browser, address, width=390, height=844, locale="en-US")


def test_a_click_on_a_citation_shows_the_highlighted_sentence(page: Page) -> None:
    _ask(page, "Wie lange dauerte das Telefonat der Minister?")
    page.locator("#chat a.cite").first.click()
    mark = page.locator("mark.lit")
    assert mark.inner_text() == DURATION
    assert _is_in_view(page, "mark.lit")
    assert "rgba(0, 0, 0, 0)" not in mark.evaluate("element => getComputedStyle(element).backgroundColor")
    card = page.locator("#panel .turn.open .card").first.inner_text()
    assert "Minister telefonieren" in card
    assert "Beispiel-Agentur, 29. Juli 2022" in card


def test_new_evidence_is_in_view_before_any_click(page: Page) -> None:
    _ask(page, "Wie lange dauerte das Telefonat der Minister?")
    page.wait_for_function("document.querySelector('#panel .turn.open mark')")
    assert _is_in_view(page, "#panel .turn.open mark")


def test_a_question_that_the_archive_does_not_answer_gets_the_box_that_says_so(page: Page) -> None:
    _ask(page, "Wie hoch war die Inflation in Portugal im Jahr 1987?")
    box = page.locator("#chat .abstained")
    assert "Kein Beleg im Archiv" in box.inner_text()
    assert "nichts gefunden" in box.inner_text()
    heading = page.locator("#panel .turn.open h2").inner_text()
    assert heading == "Nächste Fundstellen (kein Beleg) zu: Wie hoch war die Inflation in Portugal im Jahr 1987?"


def test_markers_of_an_earlier_question_still_open_their_own_evidence(page: Page) -> None:
    _ask(page, "Wie lange dauerte das Telefonat der Minister?")
    _ask(page, "Womit fütterte der Zoowärter Quastenberg den Pinguin?", answers=2)
    page.locator("#chat a.cite").first.click()
    assert page.locator("mark.lit").inner_text() == DURATION
    assert page.locator("#panel .turn:visible").count() == 1


def test_after_another_question_chat_and_panel_show_it_and_nothing_of_the_earlier_one_is_lit(page: Page) -> None:
    for number in range(1, 4):
        _ask(page, "Wie lange dauerte das Telefonat der Minister?", answers=number)
    page.locator("#chat a.cite").first.click()
    page.locator("#chat a.cite").first.scroll_into_view_if_needed()
    _ask(page, "Womit fütterte der Zoowärter Quastenberg den Pinguin?", answers=4)
    assert _begins_in_view(page, page.locator("#chat .answer").last)
    assert page.locator("#panel .turn:visible").get_attribute("id") == "t4"
    assert page.locator(".lit").count() == 0
    page.locator("#chat .answer").last.locator("a.cite").first.click()
    assert page.locator("a.lit").get_attribute("href") == "#t4-c1"
    assert page.locator("mark.lit").get_attribute("id") == "t4-c1"


def test_a_marker_stays_on_the_line_of_the_word_before_it(page: Page) -> None:
    _ask(page, "Wie lange dauerte das Telefonat der Minister?")
    statement = page.locator("#chat .statement").first
    for width in range(200, 420, 4):
        statement.evaluate("(element, width) => { element.style.width = `${width}px`; }", width)
        assert statement.evaluate(
            """element => {
                const before = element.querySelector(".markers").previousSibling;
                const last = document.createRange();
                const end = before.data.trimEnd().length;
                last.setStart(before, end - 1);
                last.setEnd(before, end);
                const [word, marker] = [last, element.querySelector("a.cite")].map((of) => of.getBoundingClientRect());
                return word.top < marker.bottom && marker.top < word.bottom;
            }"""
        ), width


def test_hostile_articles_and_questions_are_shown_as_text(page: Page) -> None:
    _ask(page, f"Womit fütterte der Zoowärter Quastenberg den Pinguin? {HOSTILE[:60]}")
    page.locator("#chat a.cite").first.click()
    assert HOSTILE in page.locator("#panel .turn.open").inner_text()
    assert "<script>" in page.locator("#chat").inner_text()
    assert page.locator("#desk img[src='x']").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.title() == "Beleg"


def test_the_interface_speaks_the_browsers_language(page: Page, phone: Page) -> None:
    assert page.locator("#send").inner_text() == "Fragen"
    assert phone.locator("#send").inner_text() == "Ask"
    assert "2 Artikel im Archiv" in page.locator("#head").inner_text()
    assert "2 articles in the archive" in phone.locator("#head").inner_text()


def test_on_a_phone_the_click_scrolls_to_the_sentence_and_nothing_is_wider_than_the_screen(phone: Page) -> None:
    _ask(phone, "Wie lange dauerte das Telefonat der Minister?")
    phone.locator("#chat a.cite").first.click()
    assert _is_in_view(phone, "mark.lit")
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_on_a_phone_each_new_answer_is_in_view_from_its_first_line(phone: Page) -> None:
    for number in range(1, 4):
        _ask(phone, "Wie lange dauerte das Telefonat der Minister?", answers=number)
        assert _begins_in_view(phone, phone.locator("#chat .answer").last)
        phone.locator("#chat a.cite").first.click()
    _ask(phone, "Wie hoch war die Inflation in Portugal im Jahr 1987?", answers=4)
    assert _begins_in_view(phone, phone.locator("#chat .abstained").last)


def test_a_new_conversation_starts_empty(page: Page) -> None:
    _ask(page, "Wie lange dauerte das Telefonat der Minister?")
    page.click("#new")
    page.wait_for_selector("#panel .none")
    assert page.locator("#chat .answer").count() == 0


def test_a_follow_up_keeps_the_topic_and_says_what_was_understood(page: Page) -> None:
    _ask(page, "Wie lange dauerte das Telefonat der Minister?")
    _ask(page, "Und das Telefonat der Präsidenten?", answers=2)
    understood = "Verstanden als: Wie lange dauerte das Telefonat der Präsidenten?"
    assert page.locator("#chat .understood").last.inner_text() == understood
    assert page.locator("#panel .turn.open .understood").inner_text() == understood
    _ask(page, "Wer hat das <b>gesagt</b>?", answers=3)
    assert "< b > gesagt" in page.locator("#chat .understood").last.inner_text()
    assert page.locator(".understood b").count() == 0


def test_a_new_conversation_forgets_the_old_one(page: Page) -> None:
    _ask(page, "Wie lange dauerte das Telefonat der Minister?")
    page.click("#new")
    page.wait_for_selector("#panel .none")
    _ask(page, "Und wann war das?")
    assert page.locator(".understood").count() == 0


def test_an_empty_question_asks_nothing(page: Page) -> None:
    page.fill("#question textarea", "   ")
    page.click("#send")
    page.wait_for_timeout(500)
    assert page.locator("#chat .message").count() == 0


def test_the_first_start_offers_questions_that_are_answered_with_one_click(browser: Browser, first_start: str) -> None:
    for page in _open(browser, first_start, width=1280, height=800, locale="de-DE"):
        assert "Fragen an die Beispielartikel" in page.locator("#chat").inner_text()
        page.get_by_role("button", name="Razoni").click()
        page.wait_for_selector("#chat .answer")
        assert "Sierra Leone" in page.locator("#chat .answer").inner_text()
        assert "Sierra Leone" in page.locator("#panel .turn.open mark").inner_text()


def test_a_statement_is_checked_and_both_findings_are_marked_never_as_supporting(page: Page) -> None:
    _type(page, WRONG)
    page.keyboard.press("Enter")
    _wait_for_turns(page, 1)
    drawn = page.locator("#chat .fact-check")
    assert "✗ Widerlegt" in _line(drawn.locator(".verdict"))
    assert "Als Behauptung geprüft" in drawn.inner_text()
    assert drawn.locator("mark.differ").all_inner_texts() == ["60 Minuten", "rund 40 Minuten"]
    assert "Zahl: 60 Minuten ≠ rund 40 Minuten [1]" in _line(drawn.locator(".findings"))
    assert drawn.locator(".for, .supported").count() == 0
    drawn.locator("a.cite").first.click()
    mark = page.locator("mark.lit")
    assert mark.inner_text() == DURATION
    assert mark.locator("b.differ").inner_text() == "rund 40 Minuten"
    assert _is_in_view(page, "mark.lit")


def test_a_supported_claim_says_so_and_names_its_source(page: Page) -> None:
    _check(page, RIGHT)
    assert "✓ Belegt" in _line(page.locator("#chat .verdict"))
    table = _line(page.locator("#chat .standing"))
    assert "dafür · 1 Quelle" in table
    assert "Beispiel-Agentur 29. Juli 2022" in table
    assert _is_in_view(page, "#panel .turn.open mark.for")


def test_a_claim_about_nothing_in_the_archive_stays_open(page: Page) -> None:
    _check(page, "Die Inflation in Portugal stieg 1987 auf 12 Prozent.")
    assert "? Nicht genug Belege" in _line(page.locator("#chat .verdict"))
    assert page.locator("#chat mark").count() == 0


def test_a_checked_claim_can_be_asked_as_a_question_instead(page: Page) -> None:
    _check(page, WRONG)
    page.get_by_role("button", name="Als Frage stellen").click()
    _wait_for_turns(page, 2)
    assert page.locator("#chat .answer, #chat .abstained").count() == 1
    assert page.locator("#chat .question").last.inner_text() == WRONG
    assert page.get_by_role("button", name="Als Frage stellen").count() == 0


def test_what_is_no_claim_is_told_so_by_the_button_and_asked_otherwise(page: Page) -> None:
    question = "Wie lange dauerte das Telefonat der Minister?"
    _check(page, question)
    assert "Das ist eine Frage, keine Behauptung." in page.locator("#chat .fact-check").inner_text()
    _ask(page, question, answers=2)
    assert "40 Minuten" in page.locator("#chat .answer").inner_text()


def test_a_question_after_a_claim_may_be_about_it(page: Page) -> None:
    _check(page, "Das Telefonat der beiden Minister dauerte 60 Minuten.")
    _ask(page, "Wie lange dauerte es?", answers=2)
    assert "Telefonat" in page.locator("#chat .understood").inner_text()
    assert "40 Minuten" in page.locator("#chat .answer").inner_text()


def test_a_claim_is_checked_with_the_keyboard_alone(page: Page) -> None:
    _type(page, WRONG)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "check"
    page.keyboard.press("Enter")
    _wait_for_turns(page, 1)
    marker = page.locator("#chat .fact-check a.cite").first
    marker.focus()
    page.keyboard.press("Enter")
    assert page.locator("mark.lit").inner_text() == DURATION


def test_each_claim_of_a_paragraph_gets_its_own_verdict(page: Page) -> None:
    _check(page, f"{RIGHT} {WRONG}")
    assert page.locator("#chat .given sup").all_inner_texts() == ["1\xa0✓", "2\xa0✗"]
    assert page.locator("#chat .given .refuted.part-text").inner_text() == WRONG
    page.locator("#chat .part.refuted a.cite").first.click()
    assert page.locator("mark.lit").get_attribute("id") == "t1-p2-c1"
    assert page.locator("mark.lit").inner_text() == DURATION


def test_hostile_claims_are_shown_as_text(page: Page) -> None:
    _check(page, f"Der Zoowärter Quastenberg fütterte den Pinguin mit {HOSTILE}.")
    page.locator("#chat a.cite").first.click()
    assert HOSTILE in page.locator("#panel .turn.open .card").first.inner_text()
    assert HOSTILE in page.locator("#chat .question").inner_text()
    assert page.locator("#desk img[src='x']").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.title() == "Beleg"


def test_on_a_phone_a_check_is_no_wider_than_the_screen_and_in_view_from_its_first_line(phone: Page) -> None:
    _check(phone, WRONG)
    assert "✗ Refuted" in _line(phone.locator("#chat .verdict"))
    assert _begins_in_view(phone, phone.locator("#chat .fact-check"))
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    fitting = "e => e.scrollWidth <= e.clientWidth"
    assert all(
        phone.locator("#chat table").nth(n).evaluate(fitting) for n in range(phone.locator("#chat table").count())
    )
    phone.locator("#chat .fact-check a.cite").first.click()
    assert _is_in_view(phone, "mark.lit")


def _serve(command: list[str], folder: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {"BELEG_DATA": str(folder / "data"), "BELEG_PORT": str(port)}
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, env=environment, cwd=ROOT, stderr=log) as server,
    ):
        try:
            _wait_for(f"http://127.0.0.1:{port}", server, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


def _open(browser: Browser, address: str, *, width: int, height: int, locale: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": height}, locale=locale)
    opened = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(address)
    opened.wait_for_selector("#panel .none")
    yield opened
    context.close()
    outside = [url for url in asked if not re.match(rf"{re.escape(address)}/|data:|blob:", url)]
    assert not outside, f"the page asked outside of its own server: {outside[:3]}"
    assert not errors


def _type(page: Page, text: str) -> None:
    page.fill("#question textarea", text)


def _ask(page: Page, question: str, *, answers: int = 1) -> None:
    _type(page, question)
    page.click("#send")
    _wait_for_turns(page, answers)


def _check(page: Page, claim: str) -> None:
    _type(page, claim)
    page.click("#check")
    _wait_for_turns(page, 1)


def _wait_for_turns(page: Page, count: int) -> None:
    drawn = "#chat .answer, #chat .abstained, #chat .fact-check"
    page.wait_for_function("([drawn, count]) => document.querySelectorAll(drawn).length >= count", arg=[drawn, count])
    page.wait_for_function("count => document.querySelectorAll('#panel .turn').length >= count", arg=count)


def _line(drawn: Locator) -> str:
    """The text that a person reads there, on one line."""
    return " ".join(drawn.first.inner_text().split())


def _is_in_view(page: Page, selector: str) -> bool:
    """Whether the middle of the element is what a person sees there."""
    page.wait_for_timeout(300)
    seen: bool = page.locator(selector).first.evaluate(
        """element => {
            const box = element.getClientRects()[0];
            const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            return element === at || element.contains(at);
        }"""
    )
    return seen


def _begins_in_view(page: Page, drawn: Locator) -> bool:
    """Whether the first three lines of an answer are what a person sees there."""
    page.wait_for_timeout(300)
    seen: bool = drawn.evaluate(
        """element => {
            const box = element.getBoundingClientRect();
            return [5, Math.min(75, box.height - 5)].every((down) => {
                const at = document.elementFromPoint(box.left + box.width / 2, box.top + down);
                return at !== null && (element === at || element.contains(at));
            });
        }"""
    )
    return seen


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        assert server.poll() is None, log.read_text()
        try:
            with urlopen(url) as response:
                assert response.status == 200
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"the server did not come up: {log.read_text()}")
