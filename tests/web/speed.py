"""How long a person waits for the page: `python -m tests.web.speed`. Milliseconds: of several runs least, middle, most.

A conversation of 100 turns over an archive that holds an article of 20,000 words: the first paint, until the
conversation is there, and from a click on a citation until its sentence is lit and painted, in evidence that was never
shown before (each of another turn) and in the evidence that is open.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.web.browser import CHROMIUM, FLAGS, ask, served, take_in

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

_TURNS = 100
_RUNS = 10
_SENTENCE = "Die Lage an der Grenze blieb nach Angaben von Beobachtern auch an diesem Tag weiter angespannt."
_FACT = "Die Brücke von Ostenfeld wurde im Jahr 1931 gebaut."
_ASKED = "Wann wurde die Brücke von Ostenfeld gebaut?"
_LIT = """marker => new Promise(done => {
    const start = performance.now();
    const lit = () => {
        if (!document.querySelector('#panel mark.lit')) return requestAnimationFrame(lit);
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done(performance.now() - start);
        requestAnimationFrame(() => channel.port2.postMessage(0));
    };
    document.querySelectorAll('.lit').forEach(one => one.classList.remove('lit'));
    marker.click();
    lit();
})"""


def main() -> int:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        half = [_SENTENCE] * (10_000 // len(_SENTENCE.split()))
        text = " ".join([*half, _FACT, *half])
        take_in(folder, [{"id": "lang", "title": "Ein langer Bericht", "language": "de", "text": text}])
        with served(folder) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="de-DE")
            _measure(context, address, words=len(text.split()))
            browser.close()
    return 0


def _measure(context: BrowserContext, address: str, *, words: int) -> None:
    page = _open(context, address)
    empty = [_paint(_open(context, address, close=True)) for _ in range(_RUNS)]
    for number in range(_TURNS):
        ask(page, _ASKED, turns=number + 1)
    kept = page.url
    loads = [_load(context, kept) for _ in range(_RUNS)]
    page.reload()
    page.wait_for_function(f"document.querySelectorAll('#log .turn').length === {_TURNS}")
    page.wait_for_selector("#panel mark")
    markers = page.query_selector_all("#log .statement a.cite")
    unseen = [page.evaluate(_LIT, marker) for marker in markers[: _RUNS * 5 : 5]]
    opened = [page.evaluate(_LIT, markers[45]) for _ in range(_RUNS)]
    sys.stdout.write(f"an article of {words:,} words, a conversation of {_TURNS} turns, {_RUNS} runs; ms\n")
    _say("first paint, no conversation", empty)
    _say("first paint", [paint for paint, _ in loads])
    _say("the whole conversation is there", [there for _, there in loads])
    _say("click to the sentence, evidence not shown before", unseen)
    _say("click to the sentence, evidence open", opened)


def _open(context: BrowserContext, address: str, *, close: bool = False) -> Page:
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("#log .beginning")
    if close:
        page.wait_for_timeout(100)
    return page


def _paint(page: Page) -> float:
    paint: float = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    page.close()
    return paint


def _load(context: BrowserContext, url: str) -> tuple[float, float]:
    page = context.new_page()
    page.goto(url)
    page.wait_for_function(f"document.querySelectorAll('#log .turn').length === {_TURNS}")
    there: float = page.evaluate("performance.now()")
    page.wait_for_timeout(100)
    return _paint(page), there


def _say(what: str, times: list[float]) -> None:
    sys.stdout.write(f"{what:<50} {min(times):6.0f} {median(times):6.0f} {max(times):6.0f}\n")


if __name__ == "__main__":
    sys.exit(main())
