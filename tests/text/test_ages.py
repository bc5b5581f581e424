"""Whether a number is an age."""

from __future__ import annotations

import pytest

from rag.text.ages import is_age
from rag.text.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Sie ist 30 Jahre alt.", "de", True),
        ("Das Kind ist sechs Monate alt.", "de", True),
        ("Der 30-Jährige schwieg.", "de", True),
        ("Er starb im Alter von 79 Jahren.", "de", True),
        ("Reed, 30, kam frei.", "de", True),
        ("Eine 3-jährige Haftstrafe wurde verhängt.", "de", False),
        ("Er saß drei Jahre in Haft.", "de", False),
        ("Es dauerte 30 Minuten.", "de", False),
        ("He is 30 years old.", "en", True),
        ("He served nine years.", "en", False),
    ],
)
def test_ages(text: str, language: str, expected: bool):
    [number] = find_numbers(text, language=language)
    assert is_age(text, number) is expected
