"""Style sheets and scripts: all there, in the page itself, and nothing fetched for them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from rag.web import look
from rag.web.draw_head import draw_no_evidence
from rag.web.look import STYLES, head
from rag.web.wording import WORDING
from tests.web.tags import Tags

STATIC = Path(look.__file__).parent / "static"
FILES = sorted(STATIC.iterdir())


def test_the_head_holds_every_script_and_nothing_is_fetched_for_it() -> None:
    scripts = re.findall(r"<script>(.*?)</script>", head(), re.DOTALL)
    for file in STATIC.glob("*.js"):
        assert any(file.read_text(encoding="utf-8") in script for script in scripts)
    assert {tag for tag, _ in Tags(head()).tags} == {"style", "script"}
    assert not any(attributes for _, attributes in Tags(head()).tags)
    assert Tags(head()).balanced


def test_what_was_chosen_is_known_before_any_other_script_runs() -> None:
    assert head().index("beleg_language") < head().index("window.beleg.words")


def test_the_script_is_told_in_both_languages_all_that_it_says() -> None:
    told = re.search(r"window\.beleg\.words = (\{.*?\})\[document", head())
    assert told is not None
    words = json.loads(told[1])
    said = {
        key for file in STATIC.glob("*.js") for key in re.findall(r"\bbeleg\.words\.(\w+)", file.read_text("utf-8"))
    }
    assert words.keys() == WORDING.keys()
    for language, known in words.items():
        assert said <= known.keys()
        assert known.pop("no_evidence") == draw_no_evidence(language=language)
        assert all(WORDING[language][key] == text for key, text in known.items())


def test_words_cannot_end_the_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(WORDING["de"], "lost", "</script><script>alert(1)</script><!--")
    assert "alert(1)</script>" not in head()
    assert "<!--" not in head()


def test_every_style_sheet_is_there_and_used() -> None:
    assert all(file.is_file() for file in STYLES)
    assert {file.name for file in STATIC.glob("*.css")} - {file.name for file in STYLES} == {"export.css"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_fetched_from_elsewhere(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.findall(r"https?://(?!www\.w3\.org/)\S+|@import|\burl\((?!['\"]?data:)", text)


@pytest.mark.parametrize("file", [file for file in FILES if file.suffix == ".css"], ids=lambda file: file.name)
def test_every_block_of_a_style_sheet_is_closed(file: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert text.count("{") == text.count("}")
