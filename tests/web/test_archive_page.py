"""The archive's page as a person meets it: a real server process, a real headless Chromium."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.browser import ask, is_as_wide_as_the_screen, needs_chromium, opened, served, take_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MAX_UPLOAD = 400_000

pytestmark = needs_chromium

HOSTILE = "\u202e<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
DURATION = "Das Telefonat der beiden Minister dauerte nach Angaben des Ministeriums rund 40 Minuten."
LONG = "Die Lage an der Grenze blieb nach Angaben von Beobachtern angespannt. " * 30


def _article(id: str, title: str, text: str, **fields: Any) -> dict[str, Any]:
    return {"id": id, "title": title, "text": text, "language": "de", **fields}


ARTICLES = [
    _article("telefonat", "Minister telefonieren", f"{LONG}{DURATION}", source="Agentur", published="2022-07-29"),
    _article("feind/?%20#", f"Bericht {HOSTILE}", f"Der Pinguin frisst {HOSTILE}.", source=HOSTILE, url="javascript:x"),
    *(_article(f"m{n}", f"Meldung {n:02d}", f"Die Meldung Nummer {n} kam.", source="Blatt") for n in range(58)),
    *(_article(f"m{n}", f"Meldung {n}", "Sie kam.", source="Blatt", published="2023-01-28") for n in (58, 59)),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server keeps everything."""
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """A server of its own process over the articles above, with the bundled model."""
    take_in(folder, ARTICLES)
    (folder / "tmp").mkdir()
    with ExitStack() as serving:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("TMPDIR", str(folder / "tmp"))
            address = serving.enter_context(served(folder, max_upload=str(MAX_UPLOAD)))
        yield address
    assert not (folder / "data" / "beleg-uploads").exists()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A German desktop browser in the archive."""
    with opened(browser, address) as page:
        _to_archive(page)
        yield page


def test_of_several_files_each_is_reported_and_a_bad_one_loses_no_other(
    page: Page, folder: Path, tmp_path: Path
) -> None:
    before = _count(page)
    good, hostile = tmp_path / "Brücke.txt", tmp_path / f"{HOSTILE[:40].replace('/', '_')}.md"
    good.write_text("Die Brücke über die Sandau wurde am Montag eröffnet.", encoding="utf-8")
    hostile.write_text("Der Hafen von Sandhaven wuchs um ein Becken.", encoding="utf-8")
    (tmp_path / "leer.txt").write_bytes(b"")
    (tmp_path / "binär.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "groß.txt").write_bytes(b"x" * (MAX_UPLOAD + 1))
    page.set_input_files("#drop input[type=file]", sorted(tmp_path.iterdir()))
    page.wait_for_selector("#reports details", state="attached")
    page.locator("#reports > * details > summary, #reports details > summary").first.click()
    said = page.inner_text("#reports")
    assert "✓ Brücke.txt: neu aufgenommen" in said
    assert "✗ leer.txt: nicht aufgenommen: Es steht kein Text darin." in said
    assert "✗ binär.txt: nicht aufgenommen: Das ist kein Text" in said
    assert "✗ groß.txt: nicht aufgenommen: Die Datei ist zu groß: höchstens 0,4 MB" in said
    assert "<img src=x" in said
    assert page.locator("img[src='x']").count() == 0
    _expect_count(page, before + 2)
    assert page.locator("#drop").is_visible()
    uploads = folder / "data" / "beleg-uploads"
    assert uploads.is_dir()
    assert [path.name for at in (uploads, folder / "tmp") for path in at.rglob("*") if path.is_file()] == []


def test_a_text_is_pasted_and_what_is_refused_stays_to_be_mended(page: Page) -> None:
    before = _count(page)
    page.click("#pasting button")
    page.fill("#pasted-text textarea", "Der Turm von Sandhaven ist 40 Meter hoch.")
    page.fill("#pasted-title textarea, #pasted-title input", "Der Turm")
    page.fill("#pasted-address textarea, #pasted-address input", "keine Adresse")
    page.click("#paste")
    page.wait_for_selector("#reports .failed")
    assert "✗ Der Turm: nicht aufgenommen" in page.inner_text("#reports")
    assert page.input_value("#pasted-text textarea") == "Der Turm von Sandhaven ist 40 Meter hoch."
    page.fill("#pasted-address textarea, #pasted-address input", "https://beispiel.example/turm")
    page.fill("#pasted-date input", "2024-05-01")
    page.keyboard.press("Tab")
    page.click("#paste")
    page.wait_for_selector("#reports .added")
    _expect_count(page, before + 1)
    assert page.input_value("#pasted-text textarea") == ""
    assert "Frühere Berichte (1)" in page.inner_text("#reports")
    page.fill("#shelves [name=q]", "turm")
    _expect_first(page, "Der Turm")
    page.click("#shelves .read")
    page.wait_for_selector("#reader a[href='https://beispiel.example/turm']")
    assert "1. Mai 2024" in page.inner_text("#reader dl")


def test_fetching_is_off_and_the_field_says_which_setting_turns_it_on(page: Page) -> None:
    assert "BELEG_FETCH=true" in page.inner_text("#from-address")
    assert page.locator("#fetch").is_disabled()


def test_articles_are_searched_sorted_filtered_and_turned(page: Page) -> None:
    page.fill("#shelves [name=q]", "meldung BLATT")
    _expect_matching(page, "60 Artikel passen")
    page.click("#shelves .sort[data-value=title]")
    _expect_first(page, "Meldung 00")
    assert page.locator("[aria-sort=ascending]").inner_text().startswith("Titel")
    page.click("#shelves .page.after")
    _expect_first(page, "Meldung 50")
    page.focus("#shelves .sort[data-value=title]")
    page.keyboard.press("Enter")
    _expect_first(page, "Meldung 59")
    assert page.evaluate("document.activeElement.dataset.value") == "title"
    page.select_option("#shelves [name=source]", "Agentur")
    _expect_matching(page, "Kein Artikel passt dazu.")
    page.fill("#shelves [name=q]", "")
    _expect_first(page, "Minister telefonieren")
    page.click("#shelves [type=reset]")
    page.fill("#shelves [name=since]", "2023-01-28")
    page.fill("#shelves [name=until]", "2023-12-31")
    _expect_matching(page, "2 Artikel passen")


def test_a_hostile_article_is_read_as_text(page: Page) -> None:
    page.fill("#shelves [name=q]", "pinguin")
    _expect_matching(page, "1 Artikel passt")
    page.click("#shelves .read")
    page.wait_for_selector("#reader .text")
    assert HOSTILE in page.inner_text("#reader .text")
    assert "javascript:x" in page.inner_text("#reader")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "read"
    page.click("#shelves .remove")
    assert "<script>" in page.inner_text("#removing")
    page.keyboard.press("Escape")
    assert page.locator("img[src='x'], a[href^='javascript']").count() == 0
    assert page.title() == "Beleg"


def test_an_article_is_deleted_after_one_question_and_had_back_even_after_a_reload(page: Page) -> None:
    before = _count(page)
    page.fill("#shelves [name=q]", "Meldung 33")
    _expect_matching(page, "1 Artikel passt")
    page.click("#shelves .remove")
    assert "„Meldung 33“ löschen?" in page.inner_text("#removing")
    page.click("#removing .yes")
    page.wait_for_selector("#shelves .binned")
    _expect_matching(page, "Kein Artikel passt dazu.")
    _expect_count(page, before - 1)
    assert page.evaluate("document.activeElement.dataset.value") == "m33"
    page.reload()
    page.wait_for_selector("#log .beginning")
    _to_archive(page)
    page.click("#shelves .undo")
    page.wait_for_selector("#shelves .binned", state="detached")
    _expect_count(page, before)


def test_a_newer_version_is_taken_in_and_what_it_changed_is_shown(page: Page, tmp_path: Path) -> None:
    changed = {**ARTICLES[0], "title": "Minister telefonierten", "text": f"{LONG}{DURATION.replace('40', '45')}"}
    _write(tmp_path / "neu.jsonl", [changed])
    page.set_input_files("#drop input[type=file]", tmp_path / "neu.jsonl")
    page.wait_for_selector("#reports .updated")
    page.fill("#shelves [name=q]", "ministeriums")
    page.click("#shelves .changes")
    page.wait_for_selector("#reader .change")
    assert page.locator("#reader .diff del").all_inner_texts() == ["40"]
    assert page.locator("#reader .diff ins").all_inner_texts() == ["45"]
    assert "Minister telefonieren → Minister telefonierten" in page.inner_text("#reader dl")
    assert page.locator("#reader .diff details").count() == 1


def test_while_many_articles_are_taken_in_another_browser_gets_its_answer_and_it_can_be_stopped(
    page: Page, browser: Browser, address: str, tmp_path: Path
) -> None:
    text = "Der Bericht {n} handelt von der Stadt {n}. Dorthin kamen zum Fest {n} Leute aus dem Umland. "
    _write(tmp_path / "viele.jsonl", [_article(f"v{n}", f"Bericht {n}", text.format(n=n) * 8) for n in range(400)])
    page.set_input_files("#drop input[type=file]", tmp_path / "viele.jsonl")
    page.wait_for_selector("#taking progress")
    with opened(browser, address) as other:
        ask(other, "Wie lange dauerte das Telefonat der Minister?")
        assert other.locator("#log .answer").count() == 1
    assert re.search(r"\d+ von 400 Artikeln", page.inner_text("#taking"))
    page.click("#stop-taking")
    page.wait_for_selector("#reports .partly")
    said = re.search(r"viele.jsonl: (\d+) neu, (\d+) nicht mehr aufgenommen", page.inner_text("#reports"))
    assert said is not None
    assert int(said[1]) + int(said[2]) == 400
    page.fill("#shelves [name=q]", "Fest Umland")
    _expect_matching(page, f"{said[1]} Artikel passen")


def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Browser, address: str) -> None:
    with opened(browser, address, width=390, height=844, locale="en-US") as phone:
        _to_archive(phone)
        assert "Articles" in phone.inner_text("#shelves caption")
        assert is_as_wide_as_the_screen(phone)
        wide = "all => all.filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"
        assert phone.locator("#shelves tbody tr *").evaluate_all(wide) == 0
        phone.locator("#shelves .read", has_text="Meldung 59").click()
        phone.wait_for_selector("#reader .text")
        assert phone.inner_text("#reader .text") == "Sie kam."


def _to_archive(page: Page) -> None:
    page.get_by_role("tab", name=re.compile("^Archiv")).click()
    page.wait_for_selector("#shelves tbody tr")


def _count(page: Page) -> int:
    """How many articles the head says there are."""
    return int(re.sub(r"\D", "", page.inner_text("#head .count")))


def _expect_count(page: Page, count: int) -> None:
    page.wait_for_function(
        "count => document.querySelector('#head .count').innerText.replace(/\\D/g, '') === String(count)", arg=count
    )


def _expect_matching(page: Page, said: str) -> None:
    page.wait_for_function("said => document.querySelector('#shelves .matching').innerText === said", arg=said)


def _expect_first(page: Page, title: str) -> None:
    page.wait_for_function("title => document.querySelector('#shelves .read')?.innerText === title", arg=title)


def _write(file: Path, articles: list[dict[str, Any]]) -> None:
    file.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
