"""What the browser tests share: a real server process, a real headless Chromium, and what a person does there."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

CHROMIUM = shutil.which("chromium")
ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
BELEG = [sys.executable, "-m", "rag.cli"]
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian: apt install chromium)")


@contextmanager
def served(folder: Path, command: Sequence[str] | None = None, **settings: str) -> Iterator[str]:
    """A server of its own process over the archive in `folder/data`, until the block ends: its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    named = {f"BELEG_{name.upper()}": value for name, value in settings.items()}
    environment = os.environ | {"BELEG_DATA": str(folder / "data"), "BELEG_PORT": str(port)} | named
    log = folder / "log"
    with (
        log.open("w") as lines,
        subprocess.Popen(command or [*BELEG, "serve"], env=environment, cwd=ROOT, stderr=lines) as server,
    ):
        try:
            _wait_for(f"http://127.0.0.1:{port}", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


def take_in(folder: Path, articles: Sequence[dict[str, Any]], *, model: str = "bundled") -> None:
    """Articles into the archive in `folder/data`, which no server may hold.

    With `model` "hash", here and for `served`, neither loads a model: for tests of what is not about finding.
    """
    lines = folder / "articles.jsonl"
    lines.write_text("\n".join(json.dumps(article) for article in articles), encoding="utf-8")
    command = [*BELEG, "ingest", "--data", str(folder / "data"), str(lines)]
    subprocess.run(command, cwd=ROOT, check=True, env=os.environ | {"BELEG_MODEL": model})


@contextmanager
def opened(
    browser: Browser, address: str, *, width: int = 1280, height: int = 800, locale: str = "de-DE", **options: Any
) -> Iterator[Page]:
    """A browser of its own on the page. Fails where the page has an error, or asks for what it may not have."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale=locale, **options)
    context.set_default_timeout(20_000)
    try:
        with watched(context, address) as page:
            yield page
    finally:
        context.close()


@contextmanager
def watched(context: BrowserContext, address: str, path: str = "") -> Iterator[Page]:
    """A tab of the browser on the page, under the same watch."""
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("dialog", lambda dialog: errors.append(f"dialog: {dialog.message}"))
    page.goto(f"{address}/{path}")
    page.wait_for_selector("#log .beginning, #log .turn")
    page.wait_for_selector("#conversations .list > *")
    yield page
    outside = [url for url in asked if not re.match(rf"{re.escape(address)}/|data:|blob:", url)]
    assert not outside, f"the page asked outside of its own server: {outside[:3]}"
    assert not errors, errors


def write(page: Page, text: str) -> None:
    page.fill("#question textarea", text)


def ask(page: Page, question: str, *, turns: int = 1) -> None:
    """Types it, presses the button, and waits until the conversation has so many turns with their evidence."""
    write(page, question)
    page.click("#send")
    wait_for_turns(page, turns)


def check(page: Page, claim: str, *, turns: int = 1) -> None:
    write(page, claim)
    page.click("#check")
    wait_for_turns(page, turns)


def wait_for_turns(page: Page, count: int) -> None:
    page.wait_for_function("count => document.querySelectorAll('#log .turn').length === count", arg=count)
    page.wait_for_function("() => document.querySelector('#live').innerText.trim() === ''")
    page.wait_for_function(
        """() => {
            const last = document.querySelector('#log .turn.open');
            return last && document.querySelector('#shown').dataset.turn === last.id.slice(5);
        }"""
    )


def line(drawn: Locator) -> str:
    """The text that a person reads there, on one line."""
    return " ".join(drawn.first.inner_text().split())


def is_in_view(page: Page, selector: str) -> bool:
    """Whether the middle of the element is what a person sees there."""
    page.wait_for_timeout(200)
    seen: bool = page.locator(selector).first.evaluate(
        """element => {
            const box = element.getClientRects()[0];
            const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            return element === at || element.contains(at);
        }"""
    )
    return seen


def begins_in_view(page: Page, drawn: Locator) -> bool:
    """Whether the first three lines of an answer are what a person sees there."""
    page.wait_for_timeout(200)
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


def is_as_wide_as_the_screen(page: Page) -> bool:
    fits: bool = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return fits


def download(page: Page, link: Locator) -> str:
    """The text of the file that a click on the link gives."""
    with page.expect_download() as started:
        link.click()
    return Path(started.value.path()).read_text(encoding="utf-8")


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(480):
        assert server.poll() is None, log.read_text()
        try:
            with urlopen(url) as response:
                assert response.status == 200
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"the server did not come up: {log.read_text()}")
