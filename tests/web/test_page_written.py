"""An answer that a language model writes, as a person sees it come: checked line by line, stopped, asked further."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.llm_server import LlmServer, Scripted
from tests.web.browser import ask, is_in_view, line, needs_chromium, opened, served, take_in, wait_for_turns, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_chromium

HOSTILE = "<script>alert</script> ${alert} <img src=x onerror=alert>"
DURATION = "Das Telefonat der beiden Minister dauerte rund 40 Minuten."
ASKED = "Wie lange dauerte das Telefonat der beiden Minister?"
FOLLOWED, REWORDED = "Und wie lange?", "Wie lange dauerte das Telefonat?"
ARTICLES = [
    {"id": "telefonat", "title": "Minister telefonieren", "language": "de", "text": f"{DURATION} Dann war Ruhe."}
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlmServer]:
    with LlmServer() as server:
        yield server


@pytest.fixture(scope="module")
def address(model: LlmServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("written")
    take_in(folder, ARTICLES, model="hash")
    named = {"llm": "openai-like", "llm_model": "klein", "llm_url": model.url, "min_confidence": "0"}
    with served(folder, model="hash", **named) as url:
        yield url


@pytest.fixture
def page(browser: Browser, address: str, model: LlmServer) -> Iterator[Page]:
    model.asked.clear()
    with opened(browser, address) as page:
        yield page


def _reply(*statements: str, hold: threading.Event | None = None) -> Scripted:
    """Each statement of the model with the id of the sentence that tells the duration in place of `{id}`."""

    def text(messages: Sequence[Mapping[str, str]]) -> str:
        [id] = re.findall(rf"\[(\w{{6}})\] \([^)]*\) {re.escape(DURATION)}", messages[-1]["content"])
        return "\n".join(statements).replace("{id}", id)

    return Scripted(text, pause=0.02, hold=hold)


def test_what_is_written_is_seen_line_by_line_with_what_it_was_checked_to_be(page: Page, model: LlmServer) -> None:
    goes_on = threading.Event()
    model.play(
        _reply(
            f"{DURATION} [{{id}}]",
            "Es dauerte 60 Minuten. [{id}]",
            f"Das war {HOSTILE} lang.",
            "Danach sprachen sie mit ihren Beratern über alles, was sie dort einander gesagt hatten.",
            hold=goes_on,
        )
    )
    write(page, ASKED)
    page.click("#send")
    page.wait_for_selector("#live .draft .unsupported s")
    assert line(page.locator("#live .draft .supported")) == f"{DURATION}1"
    page.wait_for_selector("#live .draft .uncited")
    assert "Das war <script>alert" in page.locator("#live .draft .uncited").first.inner_text()
    page.wait_for_selector("#live .draft .unchecked")
    assert is_in_view(page, "#live .draft .unchecked")
    goes_on.set()
    wait_for_turns(page, 1)
    assert page.locator("#log .statement s").all_inner_texts() == [
        "Es dauerte 60 Minuten.",
        f"Das war {HOSTILE} lang.",
        "Danach sprachen sie mit ihren Beratern über alles, was sie dort einander gesagt hatten.",
    ]
    assert "Nicht belegt · Zahl: „60 Minuten“ (Aussage) gegen „rund 40 Minuten“ (Quelle)" in page.inner_text("#log")
    page.click("#log .supported a.cite")
    assert line(page.locator("#panel mark.lit")) == DURATION


def test_a_follow_up_is_shown_as_the_model_understood_it(page: Page, model: LlmServer) -> None:
    model.play(_reply(f"{DURATION} [{{id}}]"), Scripted(REWORDED), _reply(f"{DURATION} [{{id}}]"))
    ask(page, ASKED)
    ask(page, FOLLOWED, turns=2)
    assert f"Verstanden als: {REWORDED}" in page.locator("#log .turn").last.inner_text()
    [_, condensed, _] = model.asked
    assert f"Antwort: {DURATION}" in condensed["messages"][-1]["content"]


def test_a_model_that_is_silent_can_be_stopped_at_once_and_nothing_is_kept(page: Page, model: LlmServer) -> None:
    goes_on = threading.Event()

    def silent(_: object) -> str:
        goes_on.wait(20)
        return "Zu spät."

    model.play(Scripted(silent))
    write(page, ASKED)
    page.click("#send")
    page.wait_for_selector("#live .pending >> text=Das Sprachmodell schreibt")
    page.click("#stop")
    page.wait_for_selector("#live .unsent >> text=Angehalten, nichts wurde gespeichert.")
    goes_on.set()
    page.wait_for_timeout(500)
    page.reload()
    page.wait_for_selector("#log .beginning")
    page.wait_for_selector("#sidebar >> text=Noch keine Gespräche.")


def test_where_the_model_fails_the_sources_speak_and_it_is_said_why(page: Page, model: LlmServer) -> None:
    model.play(Scripted(status=500))
    ask(page, ASKED)
    assert "Das Sprachmodell hat nicht geantwortet (sein Server meldet einen Fehler)" in page.inner_text("#log")
    assert line(page.locator("#log .statement.quoted")).startswith(DURATION)
