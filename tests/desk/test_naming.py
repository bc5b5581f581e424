"""Names of conversations: short, on one line, and never obeyed."""

from __future__ import annotations

import pytest

from rag.desk.naming import check_name, name_for, one_line
from rag.errors import InputError


def test_a_short_question_is_its_own_name() -> None:
    assert name_for(" Wie lange\ndauerte es? ") == "Wie lange dauerte es?"


def test_a_long_question_is_cut_at_a_word() -> None:
    name = name_for(
        "Wie lange dauerte das Telefonat zwischen den Außenministern der USA und Russlands, Blinken und Lawrow?"
    )
    assert name == "Wie lange dauerte das Telefonat zwischen den Außenministern…"


def test_one_long_word_is_cut_too() -> None:
    assert name_for("x" * 100) == "x" * 60 + "…"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Wer\u202e gab\u2066s?", "Wer gabs?"),
        ("Leucht\u200bturm", "Leuchtturm"),
        ("a\x1b[31mb\x00c\x85d", "a [31mb c d"),
    ],
)
def test_what_would_be_obeyed_is_not_in_a_name(given: str, shown: str) -> None:
    assert name_for(given) == shown
    assert one_line(given) == shown
    assert check_name(given) == shown


def test_what_shows_nothing_else_is_named_for_what_it_is() -> None:
    assert name_for("\u202e") == "\\u202e"


@pytest.mark.parametrize("given", ["", "\t", "\u200b\u202e", "x" * 121])
def test_an_empty_and_an_over_long_name_are_refused(given: str) -> None:
    with pytest.raises(InputError):
        check_name(given)
