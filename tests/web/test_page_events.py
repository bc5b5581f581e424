"""What comes late, at once or not at all: nothing that a person typed, opened or looks at is taken away by it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.browser import ask, line, needs_chromium, opened, served, take_in, wait_for_turns, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route

pytestmark = needs_chromium

DURATION = "Das Telefonat der beiden Minister dauerte nach Angaben des Ministeriums rund 40 Minuten."
FED = "Der Zoowärter Quastenberg fütterte den Pinguin mit Heringen."
BUILT = "Die Brücke von Ostenfeld wurde im Jahr 1931 gebaut."
ASKED = "Wie lange dauerte das Telefonat der Minister?"
PENGUIN = "Womit fütterte der Zoowärter Quastenberg den Pinguin?"
BRIDGE = "Wann wurde die Brücke von Ostenfeld gebaut?"
WRONG = "Das Telefonat der beiden Minister dauerte 60 Minuten."
HALF = "Und was hat der Außenmi"
NAME = "Beispielredaktion"
NOTE = "Beim Ministerium nachgefragt."
ARTICLES = [
    {"id": "telefonat", "title": "Minister telefonieren", "language": "de", "text": f"{DURATION} Dann reisten sie ab."},
    {"id": "pinguin", "title": "Im Zoo", "language": "de", "text": f"{FED} Danach schloss er das Gehege ab."},
    {"id": "bruecke", "title": "Die Brücke", "language": "de", "text": f"{BUILT} Sie ist 80 Meter lang."},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("events")
    take_in(folder, ARTICLES, model="hash")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder, [sys.executable, "-m", "tests.web.held_back"], model="hash") as url:
        yield url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with opened(browser, address) as page:
        yield page


@pytest.fixture
def hold(folder: Path) -> Iterator[Path]:
    """Questions wait while this file is there."""
    hold = folder / "hold"
    hold.touch()
    yield hold
    hold.unlink(missing_ok=True)


# --- evidence


def test_evidence_that_comes_late_does_not_replace_what_was_asked_for_after_it(page: Page) -> None:
    _ask_two(page)
    with _evidence_held(page) as held:
        _marker_of_the_first(page).click()
        page.locator("#log .turn").last.locator("a.cite").first.click()
        page.wait_for_selector("#panel mark.lit")
        _let_go(page, held)
    assert page.locator("#panel mark.lit").inner_text() == FED
    assert page.locator("#log .turn.open .asked p").inner_text() == PENGUIN


def test_evidence_that_comes_late_is_not_shown_beside_a_new_conversation(page: Page) -> None:
    _ask_two(page)
    with _evidence_held(page) as held:
        _marker_of_the_first(page).click()
        page.locator("#conversations .new").click()
        page.wait_for_selector("#log .beginning")
        _let_go(page, held)
    assert page.locator("#panel mark").count() == 0
    assert "Hier erscheinen die Artikel" in page.locator("#panel").inner_text()


def test_the_panel_says_without_a_reload_that_a_cited_article_was_deleted_and_that_it_is_back(page: Page) -> None:
    ask(page, BRIDGE)
    _to_archive(page)
    page.locator("#shelves tr", has_text="Die Brücke").locator(".remove").click()
    page.click("#removing .yes")
    page.wait_for_selector("#shelves .binned")
    _to_desk(page)
    page.wait_for_selector("#panel .card:has-text('nicht mehr im Archiv')")
    assert page.locator("#panel mark").inner_text() == BUILT
    _to_archive(page)
    page.click("#shelves .undo")
    page.wait_for_selector("#shelves .binned", state="detached")
    _to_desk(page)
    page.wait_for_selector("#panel .card:not(:has-text('nicht mehr im Archiv'))")


# --- a question that is being worked on


def test_what_is_checked_during_a_reload_is_there_when_it_is_done(page: Page, hold: Path) -> None:
    write(page, f"{WRONG} {FED}")
    page.click("#check")
    page.wait_for_selector("#live .pending")
    _reload(page)
    assert page.locator("#log .turn").count() == 0
    hold.unlink()
    wait_for_turns(page, 1)
    assert page.locator("#log .asked p").inner_text() == f"{WRONG} {FED}"
    assert page.locator("#conversations .open").count() == 1


def test_what_is_asked_further_during_a_reload_is_there_when_it_is_done(page: Page, hold: Path) -> None:
    hold.unlink()
    ask(page, ASKED)
    hold.touch()
    _begin(page, PENGUIN)
    _reload(page)
    assert page.locator("#log .asked p").all_inner_texts() == [ASKED]
    hold.unlink()
    wait_for_turns(page, 2)
    assert page.locator("#log .asked p").all_inner_texts() == [ASKED, PENGUIN]


def test_what_was_done_before_the_page_was_back_is_there_as_well(page: Page, address: str, hold: Path) -> None:
    _begin(page, ASKED)
    page.goto(f"{address}/desk/conversations")
    hold.unlink()
    for _ in range(100):
        if ASKED in page.content():
            break
        page.wait_for_timeout(100)
        page.reload()
    page.goto(address)
    wait_for_turns(page, 1)
    assert page.locator("#log .asked p").inner_text() == ASKED


def test_who_turned_to_another_conversation_after_the_reload_stays_there(page: Page, hold: Path) -> None:
    hold.unlink()
    ask(page, ASKED)
    page.locator("#conversations .new").click()
    page.wait_for_selector("#log .beginning")
    hold.touch()
    _begin(page, PENGUIN)
    _reload(page)
    page.locator("#conversations .open", has_text=ASKED).click()
    page.wait_for_selector(f"#log .asked:has-text('{ASKED}')")
    hold.unlink()
    page.wait_for_selector(f"#conversations .open:has-text('{PENGUIN}')")
    page.wait_for_timeout(1_500)
    assert page.locator("#log .asked p").all_inner_texts() == [ASKED]


def test_while_a_question_runs_enter_asks_nothing_more_says_so_and_takes_nothing_away(page: Page, hold: Path) -> None:
    _begin(page, ASKED)
    write(page, PENGUIN)
    page.press("#question textarea", "Enter")
    page.get_by_text("Das Vorige ist noch in Arbeit.").wait_for()
    assert _typed(page) == PENGUIN
    assert page.locator("#live .pending .question").inner_text() == ASKED
    _stop(page)
    assert _typed(page) == PENGUIN
    assert page.locator("#log .turn").count() == 0
    hold.unlink()
    page.press("#question textarea", "Enter")
    wait_for_turns(page, 1)
    assert page.locator("#log .asked p").all_inner_texts() == [PENGUIN]


def test_the_end_of_a_question_leaves_open_what_was_opened_meanwhile_and_is_in_the_list(page: Page, hold: Path) -> None:
    hold.unlink()
    ask(page, ASKED)
    page.locator("#conversations .new").click()
    page.wait_for_selector("#log .beginning")
    hold.touch()
    _begin(page, PENGUIN)
    page.locator("#conversations .open", has_text=ASKED).click()
    page.wait_for_selector("#log .turn")
    there = page.url
    hold.unlink()
    page.wait_for_selector(f"#conversations .open:has-text('{PENGUIN}')")
    page.wait_for_selector("#live .pending", state="detached")
    assert page.locator("#log .asked p").all_inner_texts() == [ASKED]
    assert page.locator("#panel mark").all_inner_texts() == [DURATION]
    assert page.url == there
    page.locator("#conversations .open", has_text=PENGUIN).click()
    page.wait_for_selector(f"#log .asked:has-text('{PENGUIN}')")


# --- what was typed


def test_a_half_written_question_survives_a_sample_asking_again_and_opening_a_conversation(page: Page) -> None:
    write(page, HALF)
    page.locator("#log .sample").first.click()
    wait_for_turns(page, 1)
    assert _typed(page) == HALF
    before = page.locator("#log .turn").get_attribute("id")
    page.locator("#log .again").click()
    page.wait_for_selector(f"#log .turn:not(#{before})")
    wait_for_turns(page, 1)
    assert _typed(page) == HALF
    page.locator("#conversations .new").click()
    page.wait_for_selector("#log .beginning")
    assert _typed(page) == HALF
    page.locator("#conversations .open").first.click()
    page.wait_for_selector("#log .turn")
    assert _typed(page) == HALF
    page.press("#question textarea", "Enter")
    wait_for_turns(page, 2)
    assert page.locator("#log .asked p").last.inner_text() == HALF


def test_what_is_stopped_is_back_in_an_empty_box_and_can_be_asked_from_there(page: Page, hold: Path) -> None:
    _begin(page, ASKED)
    assert _typed(page) == ""
    _stop(page)
    page.wait_for_function("asked => document.querySelector('#question textarea').value === asked", arg=ASKED)
    assert "Angehalten, nichts wurde gespeichert." in page.locator("#live").inner_text()
    hold.unlink()
    page.press("#question textarea", "Enter")
    wait_for_turns(page, 1)
    assert page.locator("#log .asked p").all_inner_texts() == [ASKED]


@pytest.mark.usefixtures("hold")
def test_what_is_stopped_overwrites_nothing_typed_meanwhile_and_can_be_had_back(page: Page) -> None:
    _begin(page, ASKED)
    write(page, HALF)
    _stop(page)
    page.wait_for_selector("#live .unsent")
    assert _typed(page) == HALF
    page.get_by_role("button", name="Zurück ins Eingabefeld").click()
    assert _typed(page) == ASKED


# --- a person's word


def test_a_note_that_was_saved_is_there_to_be_mended(page: Page) -> None:
    page.fill("#my-name", NAME)
    ask(page, ASKED)
    _note(page, NOTE)
    page.wait_for_selector(".review .note")
    page.locator(".words:not(.whole) .note").click()
    assert page.input_value("#asking-for textarea") == NOTE
    page.fill("#asking-for textarea", f"{NOTE} Zweimal.")
    page.get_by_role("button", name="Als falsch vermerken").click()
    page.wait_for_selector(".review.wrong .note:has-text('Zweimal.')")
    assert page.locator(".review").count() == 1


def test_a_note_survives_tick_and_cross_of_the_same_name_and_goes_with_the_word(page: Page) -> None:
    page.fill("#my-name", NAME)
    ask(page, ASKED)
    _note(page, NOTE)
    page.wait_for_selector(".review.checked .note")
    page.locator(".words:not(.whole) .wrong").click()
    page.wait_for_selector(f".review.wrong .note:has-text('{NOTE}')")
    page.locator(".words:not(.whole) .checked").click()
    page.wait_for_selector(f".review.checked .note:has-text('{NOTE}')")
    page.locator(".words:not(.whole) .checked").click()
    page.wait_for_selector(".review", state="detached")
    page.locator(".words:not(.whole) .checked").click()
    page.wait_for_selector(".review.checked")
    assert page.locator(".review .note").count() == 0


def test_a_note_that_could_not_be_sent_is_not_lost(page: Page) -> None:
    page.fill("#my-name", NAME)
    ask(page, ASKED)
    page.route("**/reviews", lambda route: route.abort())
    _note(page, NOTE)
    page.wait_for_selector("#toast.shown")
    page.wait_for_selector("#asking-for[open]")
    assert page.input_value("#asking-for textarea") == NOTE
    assert page.locator(".review").count() == 0
    page.unroute("**/reviews")
    page.get_by_role("button", name="Als geprüft vermerken").click()
    page.wait_for_selector(f".review.checked .note:has-text('{NOTE}')")
    assert not page.locator("#asking-for").is_visible()


def test_a_second_name_adds_its_own_word_and_withdraws_only_its_own(page: Page) -> None:
    ask(page, ASKED)
    tick = page.locator(".words:not(.whole) .checked")
    page.fill("#my-name", "Anna")
    tick.click()
    page.wait_for_selector(".review:has-text('Geprüft von Anna')")
    page.fill("#my-name", "Ben")
    tick.click()
    page.wait_for_selector(".review:has-text('Geprüft von Ben')")
    assert page.locator(".review").count() == 2
    tick.click()
    page.wait_for_selector(".review:has-text('Ben')", state="detached")
    assert "Geprüft von Anna" in line(page.locator(".review"))
    assert page.locator(".review").count() == 1


# --- steps


def _ask_two(page: Page) -> None:
    """A conversation of two questions of which, after a reload, only the last one's evidence was fetched."""
    ask(page, ASKED)
    ask(page, PENGUIN, turns=2)
    _reload(page)
    wait_for_turns(page, 2)


@contextmanager
def _evidence_held(page: Page) -> Iterator[list[Route]]:
    """Requests for evidence, which wait to be let go."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/evidence", hold)
    yield held
    page.unroute("**/evidence")


def _let_go(page: Page, held: list[Route]) -> None:
    """Lets what waits come, and gives the page the time to do with it what it will."""
    [route] = held
    with page.expect_response("**/evidence") as coming:
        route.continue_()
    coming.value.finished()
    page.evaluate("() => new Promise(done => setTimeout(() => requestAnimationFrame(done)))")


def _marker_of_the_first(page: Page) -> Locator:
    return page.locator("#log .turn").first.locator("a.cite").first


def _begin(page: Page, question: str) -> None:
    """Asks what is held back."""
    write(page, question)
    page.click("#send")
    page.wait_for_selector("#live .pending")
    page.wait_for_selector("#stop")


def _stop(page: Page) -> None:
    page.click("#stop")
    page.wait_for_selector("#stop", state="hidden")


def _typed(page: Page) -> str:
    return page.input_value("#question textarea")


def _reload(page: Page) -> None:
    page.reload()
    page.wait_for_selector("#log .beginning, #log .turn")
    page.wait_for_selector("#conversations .list > *")


def _note(page: Page, text: str) -> None:
    page.locator(".words:not(.whole) .note").click()
    page.fill("#asking-for textarea", text)
    page.get_by_role("button", name="Als geprüft vermerken").click()


def _to_archive(page: Page) -> None:
    page.get_by_role("tab", name=re.compile("^Archiv")).click()
    page.wait_for_selector("#shelves tbody tr")


def _to_desk(page: Page) -> None:
    page.locator("#rooms [role=tab]").first.click()
