"""Takes the README's pictures of the page anew: `python -m tests.web.pictures docs`.

A server over the sample articles, and Chromium as the browser tests use it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.web.browser import BELEG, CHROMIUM, FLAGS, ROOT, ask, check, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_DIFFERING = "Wie viele Gefangene wurden in Ankara ausgetauscht?"
_DURATION = "Wie lange dauerte das Telefonat zwischen Blinken und Lawrow?"
_MISATTRIBUTED = "Lawrow sagte, das sei „kein ernsthaftes Gegenangebot“."
_ABSENT = "Wie viele Einwohner hat Odesa?"


def main() -> int:
    from playwright.sync_api import sync_playwright

    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([*BELEG, "ingest", "--data", str(folder / "data"), "seeds"], cwd=ROOT, check=True)
        with served(folder) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            _picture(browser, address, target / "screenshot.png", _conversation)
            _picture(browser, address, target / "dark.png", _reviewed, color_scheme="dark")
            _picture(browser, address, target / "check.png", lambda page: check(page, _MISATTRIBUTED))
            _picture(browser, address, target / "abstention.png", lambda page: ask(page, _ABSENT))
            _picture(browser, address, target / "phone.png", _on_a_phone, viewport={"width": 390, "height": 844})
            (folder / "Beispielbericht.txt").write_text(
                "Beispielbericht\n\nIn Ostenfeld wurde am Montag, dem 3. August 2026, eine Brücke eröffnet.", "utf-8"
            )
            (folder / "Tabelle.xlsx").write_bytes(b"PK\x03\x04" + bytes(200))
            files = [folder / "Beispielbericht.txt", folder / "Tabelle.xlsx"]
            _picture(browser, address, target / "archive.png", lambda page: _upload(page, files))
            browser.close()
    return 0


def _picture(
    browser: Browser, address: str, file: Path, do: Callable[[Page], None], *, viewport: Any = None, **options: Any
) -> None:
    size = viewport or {"width": 1440, "height": 900}
    context = browser.new_context(viewport=size, locale="de-DE", device_scale_factor=1, **options)
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("#log .beginning")
    page.fill("#my-name", "Beispielredaktion")
    do(page)
    page.wait_for_timeout(600)
    page.screenshot(path=file)
    context.close()


def _conversation(page: Page) -> None:
    ask(page, _DIFFERING)
    page.locator("#log .statement a.cite").first.click()


def _reviewed(page: Page) -> None:
    ask(page, _DURATION)
    page.locator(".words:not(.whole) .checked").first.click()
    page.wait_for_selector(".review")
    page.locator("#log .statement a.cite").first.click()


def _on_a_phone(page: Page) -> None:
    ask(page, _DURATION)
    page.locator("#log .turn").scroll_into_view_if_needed()


def _upload(page: Page, files: list[Path]) -> None:
    page.get_by_role("tab", name="Archiv").click()
    page.set_input_files("#drop input[type=file]", files)
    page.wait_for_selector("#reports .failed", timeout=60_000)


if __name__ == "__main__":
    sys.exit(main())
