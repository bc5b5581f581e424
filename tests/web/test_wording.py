"""The page speaks German and English, and the same things in both."""

from __future__ import annotations

import string

import pytest

from rag.web.wording import WORDING, preferred_language


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
