"""What is left of a question without the words that say nothing of its topic."""

from __future__ import annotations

import pytest

from rag.text.function_words import content_text


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Wer ist der Sprecher des Rates?", "de", "Sprecher Rates?"),
        ("Who is the speaker of the council?", "en", "speaker council?"),
        ("„Der“ Turm", "de", "Turm"),
        ("Wer ist das?", "de", "Wer ist das?"),
        ("Wer ist da", "fr", "Wer ist da"),
    ],
)
def test_function_words_go_unless_nothing_is_left(text: str, language: str, expected: str) -> None:
    assert content_text(text, language=language) == expected
