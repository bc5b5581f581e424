"""Which clause each word of a sentence belongs to."""

from __future__ import annotations

import re

import pytest

from rag.check.clauses import clause_numbers

WORD = re.compile(r"[\w.']+")


def clauses(text: str, language: str = "de") -> list[list[str]]:
    """The words of each clause, clauses in the order in which they begin."""
    words = [match.span() for match in WORD.finditer(text)]
    numbers = clause_numbers(text, words, language=language)  # type: ignore[arg-type]
    return [
        [text[slice(*span)] for span, number in zip(words, numbers, strict=True) if number == one]
        for one in dict.fromkeys(numbers)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Das Telefonat dauerte nach Angaben eines Beamten, der nicht genannt werden wollte, rund 25 Minuten.",
            ["Das Telefonat dauerte nach Angaben eines Beamten rund 25 Minuten.", "der nicht genannt werden wollte"],
        ),
        (
            "Griner war im Februar festgenommen und im August zu neun Jahren verurteilt worden.",
            ["Griner war im Februar festgenommen und", "im August zu neun Jahren verurteilt worden."],
        ),
        ("Russland ließ 16 gehen, acht kehrten zurück.", ["Russland ließ 16 gehen", "acht kehrten zurück."]),
        ("Whelan, ein früherer Soldat, verbüßt eine Strafe.", ["Whelan ein früherer Soldat verbüßt eine Strafe."]),
        ("Griner und Bout kamen am Freitag frei.", ["Griner und Bout kamen am Freitag frei."]),
        ("Ob Russland zustimmt, ließ Moskau offen.", ["Ob Russland zustimmt", "ließ Moskau offen."]),
        (
            "Moskau hatte die Teilnahme am Samstag, dem 29. Oktober, ausgesetzt.",
            ["Moskau hatte die Teilnahme am Samstag dem 29. Oktober ausgesetzt."],
        ),
        ("Es geht darum (oder nicht) zu sein.", ["Es geht darum zu sein.", "oder nicht"]),
    ],
)
def test_german(text: str, expected: list[str]):
    assert clauses(text) == [one.split() for one in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reed, 30, was arrested in Moscow.", ["Reed 30 was arrested in Moscow."]),
        (
            "Left out was Whelan, who was arrested in 2018 and is serving 16 years.",
            ["Left out was Whelan", "who was arrested in 2018 and", "is serving 16 years."],
        ),
    ],
)
def test_english(text: str, expected: list[str]):
    assert clauses(text, "en") == [one.split() for one in expected]


def test_no_clause_ends_inside_of_what_is_whole():
    text = "Er lief am Montag, dem 1. Mai, aus."
    words = [match.span() for match in WORD.finditer(text)]
    whole = [(text.index("Montag"), text.index("Mai") + 3)]
    assert len(set(clause_numbers(text, words, language="de", whole=whole))) == 1


def test_a_text_without_words_has_no_clauses():
    assert clause_numbers("…", [], language="de") == []
