"""The desk as a person meets it: asking, checking, looking up what was cited."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.web.browser import (
    ask,
    begins_in_view,
    check,
    download,
    is_as_wide_as_the_screen,
    is_in_view,
    line,
    needs_chromium,
    opened,
    served,
    take_in,
    wait_for_turns,
    write,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_chromium

DURATION = "Das Telefonat der beiden Minister dauerte nach Angaben des Ministeriums rund 40 Minuten."
ASKED = "Wie lange dauerte das Telefonat der Minister?"
PENGUIN = "Womit fütterte der Zoowärter Quastenberg den Pinguin?"
ABSENT = "Wie hoch war die Inflation in Portugal im Jahr 1987?"
RIGHT = "Das Telefonat der beiden Minister dauerte rund 40 Minuten."
WRONG = "Das Telefonat der beiden Minister dauerte 60 Minuten."
FILLER = ["Zwei Enten putzten sich am Ufer."]
ARTICLES = [
    {
        "id": "telefonat",
        "title": "Minister telefonieren",
        "source": "Beispiel-Agentur",
        "url": "https://beispiel.example/telefonat",
        "published": "2022-07-29",
        "language": "de",
        "text": "\n\n".join([*FILLER * 25, DURATION]),
    },
    {
        "id": "pinguin",
        "title": "Im Zoo",
        "source": "Beispiel-Zeitung",
        "published": "2023-05-02",
        "language": "de",
        "text": "Der Zoowärter Quastenberg fütterte den Pinguin mit Heringen. Danach schloss er das Gehege ab.",
    },
    {
        "id": "long",
        "title": "Ein langer Bericht",
        "source": "Beispiel-Zeitung",
        "published": "2024-01-05",
        "language": "de",
        "text": "\n\n".join([*FILLER * 200, "Die Brücke von Ostenfeld wurde 1931 gebaut.", *FILLER * 200]),
    },
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the articles above, with the bundled model."""
    folder = tmp_path_factory.mktemp("served")
    take_in(folder, ARTICLES)
    with served(folder) as url:
        yield url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A German desktop browser that was never here."""
    with opened(browser, address) as page:
        yield page


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """An English browser of phone size."""
    with opened(browser, address, width=390, height=844, locale="en-US") as page:
        yield page


def test_a_click_on_a_citation_lights_up_the_sentence_its_card_and_all_its_marks(page: Page) -> None:
    ask(page, ASKED)
    page.locator("#log a.cite").first.click()
    assert page.locator("mark.lit").inner_text() == DURATION
    assert is_in_view(page, "mark.lit")
    card = page.locator("#panel .card.lit")
    assert "Minister telefonieren" in card.inner_text()
    assert "Beispiel-Agentur, 29. Juli 2022" in card.inner_text()
    assert card.get_by_text("Zum Original").get_attribute("href") == "https://beispiel.example/telefonat"
    assert page.locator("a.cite.lit").count() == page.locator('a.cite[href="#t1-c1"]').count() == 2
    page.locator("#panel a.cite").first.click()
    assert page.locator("#log a.cite.lit").count() == 1


def test_the_answering_words_stand_out_in_answer_and_article(page: Page) -> None:
    ask(page, ASKED)
    assert page.locator("#log .statement b").inner_text() == "rund 40 Minuten"
    assert page.locator("#panel mark b").first.inner_text() == "rund 40 Minuten"


def test_new_evidence_is_in_view_with_its_neighbours_before_any_click(page: Page) -> None:
    ask(page, ASKED)
    assert is_in_view(page, "#panel mark")
    assert FILLER[0] in page.locator("#panel .card .text").first.inner_text()


def test_a_question_that_the_archive_does_not_answer_says_why_and_what_comes_nearest(page: Page) -> None:
    ask(page, ABSENT)
    box = page.locator("#log .abstained")
    assert "Kein Beleg im Archiv" in box.inner_text()
    assert "nichts gefunden" in box.inner_text()
    assert page.locator("#panel h2").inner_text() == f"Nächste Fundstellen (kein Beleg) zu: {ABSENT}"
    assert page.locator("#panel .near .card").count() > 0


def test_markers_of_an_earlier_question_still_open_their_own_evidence(page: Page) -> None:
    ask(page, ASKED)
    ask(page, PENGUIN, turns=2)
    assert page.locator("#panel .evidence").count() == 1
    page.locator("#log a.cite").first.click()
    page.wait_for_selector("mark.lit")
    assert page.locator("mark.lit").inner_text() == DURATION
    assert page.locator("#panel .evidence").count() == 1


def test_after_another_question_it_is_in_view_and_nothing_of_the_earlier_one_is_lit(page: Page) -> None:
    for number in range(1, 4):
        ask(page, ASKED, turns=number)
    page.locator("#log a.cite").first.click()
    ask(page, PENGUIN, turns=4)
    assert begins_in_view(page, page.locator("#log .answer").last)
    assert page.locator(".lit").count() == 0
    assert page.locator("#panel mark").first.get_attribute("id") == "t4-c1"


def test_what_was_said_earlier_does_not_move_when_a_question_is_asked(page: Page) -> None:
    ask(page, ASKED)
    page.evaluate("window.first = document.querySelector('#log .turn')")
    ask(page, PENGUIN, turns=2)
    assert page.evaluate("window.first === document.querySelector('#log .turn') && window.first.isConnected")


def test_the_next_and_the_previous_passage_are_reached_with_the_keyboard(page: Page) -> None:
    ask(page, ABSENT)
    page.focus("#question textarea")
    marks = page.locator("#panel mark").count()
    assert marks > 1
    lit = []
    for key in ["Alt+ArrowDown"] * (marks + 1) + ["Alt+ArrowUp"]:
        page.keyboard.press(key)
        lit.append(page.locator("mark.lit").get_attribute("id"))
    assert len(set(lit[:marks])) == marks
    assert lit[marks] == lit[0]
    assert lit[-1] == lit[marks - 1]
    assert is_in_view(page, "mark.lit")


def test_the_whole_article_is_a_click_away_opened_at_the_sentence(page: Page) -> None:
    ask(page, "Wann wurde die Brücke von Ostenfeld gebaut?")
    assert len(page.locator("#panel .card .text").first.inner_text()) < 10_000
    page.get_by_role("button", name="Ganzer Artikel").first.click()
    page.wait_for_selector("#reader[open]")
    assert is_in_view(page, "#reader mark")
    assert page.locator("#reader mark").inner_text() == "Die Brücke von Ostenfeld wurde 1931 gebaut."
    assert page.locator("#reader .text").inner_text().count(FILLER[0]) == 400
    page.keyboard.press("Escape")
    assert page.locator("#reader[open]").count() == 0


def test_a_marker_stays_on_the_line_of_the_word_before_it(page: Page) -> None:
    ask(page, ASKED)
    statement = page.locator("#log .statement").first
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


def test_the_interface_speaks_the_browsers_language_and_the_chosen_one(page: Page, phone: Page) -> None:
    assert page.locator("#send").inner_text() == "Fragen"
    assert phone.locator("#send").inner_text() == "Ask"
    assert "3 Artikel im Archiv" in page.locator("#head").inner_text()
    assert "3 articles in the archive" in phone.locator("#head").inner_text()
    ask(page, ABSENT)
    page.select_option("#my-language", "en")
    page.wait_for_selector("#send:has-text('Ask')")
    page.wait_for_selector("#log .abstained")
    assert "No evidence in the archive" in page.locator("#log .abstained").inner_text()
    assert page.get_by_role("tab", name="Archive").count() == 1
    assert page.get_attribute("html", "lang") == "en"
    page.reload()
    page.wait_for_selector("#send:has-text('Ask')")


def test_the_look_follows_the_system_and_the_choice(browser: Browser, address: str) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    with opened(browser, address, color_scheme="dark") as page:
        dark = page.evaluate(background)
        page.select_option("#my-look", "light")
        light = page.evaluate(background)
        page.reload()
        page.wait_for_selector("#log .beginning")
        assert page.evaluate(background) == light != dark
        page.emulate_media(color_scheme="light")
        page.select_option("#my-look", "dark")
        assert page.evaluate(background) == dark


def test_on_a_phone_the_click_scrolls_to_the_sentence_and_nothing_is_wider_than_the_screen(phone: Page) -> None:
    ask(phone, ASKED)
    phone.locator("#log a.cite").first.click()
    assert is_in_view(phone, "mark.lit")
    assert is_as_wide_as_the_screen(phone)


def test_on_a_phone_each_new_answer_is_in_view_from_its_first_line(phone: Page) -> None:
    for number in range(1, 4):
        ask(phone, ASKED, turns=number)
        assert begins_in_view(phone, phone.locator("#log .answer").last)
        phone.locator("#log a.cite").first.click()
    ask(phone, ABSENT, turns=4)
    assert begins_in_view(phone, phone.locator("#log .abstained").last)


def test_on_a_phone_a_check_is_no_wider_than_the_screen_and_in_view_from_its_first_line(phone: Page) -> None:
    check(phone, WRONG)
    assert "✗ Refuted" in line(phone.locator("#log .verdict"))
    assert begins_in_view(phone, phone.locator("#log .fact-check"))
    assert is_as_wide_as_the_screen(phone)
    tables = phone.locator("#log table")
    assert all(tables.nth(n).evaluate("e => e.scrollWidth <= e.clientWidth") for n in range(tables.count()))


def test_a_follow_up_keeps_the_topic_and_says_what_was_understood(page: Page) -> None:
    ask(page, ASKED)
    ask(page, "Und das Telefonat der Präsidenten?", turns=2)
    understood = "Verstanden als: Wie lange dauerte das Telefonat der Präsidenten?"
    assert page.locator("#log .understood").last.inner_text() == understood
    assert page.locator("#panel .understood").inner_text() == understood


def test_a_new_conversation_starts_empty_and_forgets_the_old_one(page: Page) -> None:
    ask(page, ASKED)
    page.locator("#conversations .new").click()
    page.wait_for_selector("#log .beginning")
    page.wait_for_selector("#panel .none")
    assert page.locator("#log .turn").count() == 0
    ask(page, "Und wann war das?")
    assert page.locator(".understood").count() == 0


def test_an_empty_question_asks_nothing(page: Page) -> None:
    write(page, "   ")
    page.click("#send")
    page.wait_for_timeout(500)
    assert page.locator("#log .turn").count() == 0


def test_a_statement_is_checked_and_both_findings_are_marked_never_as_supporting(page: Page) -> None:
    write(page, WRONG)
    page.keyboard.press("Enter")
    wait_for_turns(page, 1)
    drawn = page.locator("#log .fact-check")
    assert "✗ Widerlegt" in line(drawn.locator(".verdict"))
    assert "Als Behauptung geprüft" in drawn.inner_text()
    assert drawn.locator("mark.differ").all_inner_texts() == ["60 Minuten", "rund 40 Minuten"]
    assert "Zahl: 60 Minuten ≠ rund 40 Minuten [1]" in line(drawn.locator(".findings"))
    assert drawn.locator(".for, .supported").count() == 0
    drawn.locator("a.cite").first.click()
    assert page.locator("mark.lit").inner_text() == DURATION
    assert page.locator("mark.lit b.differ").inner_text() == "rund 40 Minuten"
    assert is_in_view(page, "mark.lit")


def test_a_supported_claim_says_so_and_names_its_source(page: Page) -> None:
    check(page, RIGHT)
    assert "✓ Belegt" in line(page.locator("#log .verdict"))
    table = line(page.locator("#log .standing"))
    assert "dafür · 1 Quelle" in table
    assert "Beispiel-Agentur 29. Juli 2022" in table
    assert is_in_view(page, "#panel mark.for")


def test_a_claim_about_nothing_in_the_archive_stays_open(page: Page) -> None:
    check(page, "Die Inflation in Portugal stieg 1987 auf 12 Prozent.")
    assert "? Nicht genug Belege" in line(page.locator("#log .verdict"))
    assert page.locator("#log mark").count() == 0


def test_a_checked_claim_can_be_asked_as_a_question_instead(page: Page) -> None:
    check(page, WRONG)
    page.get_by_role("button", name="Als Frage stellen").click()
    wait_for_turns(page, 2)
    assert page.locator("#log .turn.question .answer, #log .turn.question .abstained").count() == 1
    assert page.locator("#log .question > .asked p").last.inner_text() == WRONG


def test_what_is_no_claim_is_told_so_by_the_button_and_asked_otherwise(page: Page) -> None:
    check(page, ASKED)
    assert "Das ist eine Frage, keine Behauptung." in page.locator("#log .fact-check").inner_text()
    ask(page, ASKED, turns=2)
    assert "40 Minuten" in page.locator("#log .answer").inner_text()


def test_a_question_after_a_claim_may_be_about_it(page: Page) -> None:
    check(page, WRONG)
    ask(page, "Wie lange dauerte es?", turns=2)
    assert "Telefonat" in page.locator("#log .understood").inner_text()
    assert "40 Minuten" in page.locator("#log .answer").inner_text()


def test_each_claim_of_a_paragraph_gets_its_own_verdict(page: Page) -> None:
    check(page, f"{RIGHT} {WRONG}")
    assert page.locator("#log .given sup").all_inner_texts() == ["1\xa0✓", "2\xa0✗"]
    assert page.locator("#log .given .refuted.part-text").inner_text() == WRONG
    page.locator("#log .part.refuted a.cite").first.click()
    assert page.locator("mark.lit").first.get_attribute("id") == "t1-p2-c1"
    assert page.locator("mark.lit").first.inner_text() == DURATION


def test_everything_is_done_with_the_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Alt+KeyQ")
    page.keyboard.type(WRONG)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "check"
    page.keyboard.press("Enter")
    wait_for_turns(page, 1)
    reached = []
    page.focus("#log .turn .edit")
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.className"))
        if reached[-1].startswith("cite"):
            page.keyboard.press("Enter")
            break
    assert page.locator("mark.lit").inner_text() == DURATION
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('checked')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#asking-for[open]")
    page.keyboard.type("Beispielredaktion")
    page.keyboard.press("Enter")
    page.wait_for_selector("#log .review")
    assert "Geprüft von Beispielredaktion" in page.locator("#log .review").inner_text()
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"


def test_filters_narrow_the_search_and_stand_on_the_answer_that_used_them(page: Page) -> None:
    page.get_by_role("button", name="Filter").first.click()
    page.get_by_label("Quelle").click()
    page.get_by_role("option", name="Beispiel-Zeitung").click()
    page.locator("#by-since input").fill("2023-01-01")
    ask(page, ASKED)
    within = "Gesucht nur in: Quelle: Beispiel-Zeitung · Erschienen ab: 1. Januar 2023"
    assert line(page.locator("#log .within")) == within
    assert page.locator("#log .abstained").count() == 1
    page.get_by_role("button", name="Filter leeren").click()
    page.wait_for_function("document.querySelector('#by-since input').value === ''")
    ask(page, ASKED, turns=2)
    assert page.locator("#log .within").count() == 1
    assert "40 Minuten" in page.locator("#log .answer").inner_text()


def test_a_question_is_edited_in_its_place_and_asked_again(page: Page) -> None:
    ask(page, ABSENT)
    ask(page, PENGUIN, turns=2)
    page.locator("#log .turn").first.get_by_role("button", name="Frage bearbeiten").click()
    page.wait_for_selector("#editing")
    assert page.input_value("#question textarea") == ABSENT
    ask(page, ASKED, turns=2)
    page.wait_for_function("document.querySelectorAll('#log .answer').length === 2")
    assert page.locator("#log .asked p").all_inner_texts() == [ASKED, PENGUIN]
    assert page.locator("#log .turn").first.locator("a.cite").first.get_attribute("href") == "#t1-c1"
    assert page.locator("#editing").is_hidden()
    made = page.locator("#log .turn").first.get_attribute("data-made")
    page.locator("#log .turn").first.get_by_role("button", name="Noch einmal fragen").click()
    page.wait_for_function("made => document.querySelector('#log .turn').dataset.made !== made", arg=made)
    assert page.locator("#log .asked p").all_inner_texts() == [ASKED, PENGUIN]


def test_a_long_check_says_where_it_is_and_can_be_stopped(page: Page) -> None:
    text = " ".join(f"Das Telefonat der beiden Minister dauerte {number} Minuten." for number in range(41, 140))
    write(page, text)
    page.click("#check")
    page.wait_for_selector("#live .stage:has-text('von 99')")
    page.click("#stop")
    page.wait_for_selector("#stop", state="hidden")
    assert page.input_value("#question textarea") == text
    assert page.locator("#log .turn").count() == 0
    ask(page, ASKED)


def test_an_answer_is_copied_with_its_sources(browser: Browser, address: str) -> None:
    with opened(browser, address, permissions=["clipboard-read", "clipboard-write"]) as page:
        ask(page, ASKED)
        page.get_by_role("button", name="Mit Quellen kopieren").click()
        page.wait_for_selector("#toast.shown:has-text('Kopiert.')")
        copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (
        f"{ASKED}\n\n{DURATION} [1]\n\n"
        "[1] Minister telefonieren · Beispiel-Agentur, 29. Juli 2022 · https://beispiel.example/telefonat\n"
    )


def test_the_exports_of_an_answer_hold_its_citations_under_their_numbers(page: Page, browser: Browser) -> None:
    ask(page, ASKED)
    turn = page.locator("#log .turn")
    files = {}
    for name in ("Markdown", "HTML", "Beweispaket (JSON)"):
        turn.get_by_text("Export").click()
        files[name] = download(page, turn.get_by_role("link", name=name))
    assert f"{DURATION}" in files["Markdown"]
    assert "[1]" in files["Markdown"]
    pack = json.loads(files["Beweispaket (JSON)"])
    assert [one["quote"] for one in pack["answer"]["citations"]] == [DURATION]
    context = browser.new_context(offline=True)
    exported = context.new_page()
    exported.set_content(files["HTML"])
    exported.get_by_role("link", name="[1]").first.click()
    assert exported.locator("mark#t1-c1").inner_text() == DURATION
    context.close()


def test_the_first_start_offers_questions_of_the_archive_that_are_answered_with_one_click(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with (
        served(tmp_path_factory.mktemp("first"), [sys.executable, "app.py"]) as address,
        opened(browser, address) as page,
    ):
        offered = page.locator(".beginning .sample")
        assert offered.count() >= 3
        offered.first.click()
        wait_for_turns(page, 1)
        assert page.locator("#log .abstained").count() == 0
        assert page.locator("#panel mark").count() > 0


def test_an_empty_archive_says_how_to_fill_it(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    with served(tmp_path_factory.mktemp("empty")) as address, opened(browser, address) as page:
        assert "Das Archiv ist noch leer" in page.locator(".beginning").inner_text()
        assert "beleg ingest ORDNER" in page.locator(".beginning").inner_text()
        page.get_by_role("button", name="Zum Archiv").click()
        assert page.get_by_role("tab", name="Archiv").get_attribute("aria-selected") == "true"
