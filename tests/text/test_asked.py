"""The words of a question and their kinds."""

from __future__ import annotations

import pytest

from rag.text.asked import asked_words


@pytest.mark.parametrize(
    ("question", "language", "kinds"),
    [
        (
            "Wie viele Gefangene kamen 2024 mit Griner frei?",
            "de",
            ["function", "function", "noun", "other", "number", "function", "name", "other"],
        ),
        ("Wann traf Lawrow den Minister?", "de", ["function", "other", "name", "function", "noun"]),
        ("When did Blinken meet the minister?", "en", ["function", "function", "name", "other", "function", "other"]),
        ("Prisoners in Ankara", "en", ["other", "function", "name"]),
    ],
)
def test_kinds_come_from_digits_closed_classes_and_capitals(question: str, language: str, kinds: list[str]) -> None:
    assert [word.kind for word in asked_words(question, language=language)] == kinds


def test_words_stand_as_they_were_written_but_in_one_form_of_unicode() -> None:
    assert [word.text for word in asked_words("Straße ﬁnden, 1.000", language="de")] == ["Straße", "finden", "1.000"]


def test_marks_alone_are_no_words() -> None:
    assert asked_words("?! …", language="de") == ()


def test_what_stands_in_brackets_is_an_aside() -> None:
    words = asked_words("Was sagte Biden dazu (Griner wurde verurteilt)?", language="de")
    assert [word.text for word in words if word.aside] == ["Griner", "wurde", "verurteilt"]
