"""Which language it is."""

from __future__ import annotations

import pytest

from rag.text.language import detect_language, question_language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Leuchtturm auf der Insel wurde vor hundert Jahren gebaut.", "de"),
        ("The lighthouse on the island was built a hundred years ago.", "en"),
        ("", None),
        ("12345 67", None),
        ("🙂 ?!", None),
        ("מגדלור על הצוק ליד הים", None),
    ],
)
def test_a_text_is_german_or_english_or_not_known(text: str, expected: str | None) -> None:
    assert detect_language(text) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Wer ist Viktor Bout?", "de"),
        ("Who is Viktor Bout?", "en"),
        ("In welchem Jahr war das?", "de"),
        ("How long did the call last?", "en"),
        ("Blinken Lawrow Telefonat", "de"),
        ("???", "de"),
    ],
)
def test_a_question_always_has_a_language_to_answer_in(question: str, expected: str) -> None:
    assert question_language(question) == expected
