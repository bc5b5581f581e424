"""The page speaks German and English, and the same things in both."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from rag.web import wording
from rag.web.wording import WORDING, name_language, preferred_language


def test_both_languages_say_the_same_things_with_the_same_blanks() -> None:
    def blanks(language: str) -> dict[str, set[str]]:
        said = WORDING[language]  # type: ignore[index]
        return {key: {name for _, name, *_ in string.Formatter().parse(text) if name} for key, text in said.items()}

    assert blanks("de") == blanks("en")


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("de-DE,de;q=0.9,en;q=0.8", "de"),
        ("en-US,en;q=0.9", "en"),
        ("fr-FR,de;q=0.7", "de"),
        ("fr", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_interface_follows_the_browsers_first_known_language(accepted: str | None, expected: str) -> None:
    assert preferred_language(accepted) == expected


@pytest.mark.parametrize("file", sorted(Path(wording.__file__).parent.glob("*.py")), ids=lambda file: file.name)
def test_whatever_a_module_says_has_its_words(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    said = set(re.findall(r'(?:\bwording|WORDING\[[\w.]+\])\["(\w+)"\]|\bsay\("(\w+)"\)', text))
    assert {one or other for one, other in said} <= WORDING["de"].keys()


@pytest.mark.parametrize(
    ("code", "language", "expected"),
    [
        ("de", "de", "Deutsch"),
        ("de", "en", "German"),
        ("uk", "de", "Ukrainisch"),
        ("qq", "de", "qq"),
        ("<b>", "en", "<b>"),
        ("", "de", ""),
    ],
)
def test_a_language_is_called_by_its_name_or_else_by_its_code(code: str, language: str, expected: str) -> None:
    assert name_language(code, language) == expected  # type: ignore[arg-type]
