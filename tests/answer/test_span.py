"""The words that answer, only where that is clear."""

from __future__ import annotations

import pytest

from rag.answer.span import answer_span, asked_kind


def _words(question: str, text: str, language: str = "de") -> str | None:
    kind = asked_kind(question)
    assert kind is not None
    span = answer_span(question, text, kind=kind, language=language)
    return text[span[0] : span[1]] if span else None


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        (
            "Wie lange dauerte das Gespräch?",
            "Das Gespräch am 29. Juli dauerte rund 25 Minuten und betraf 3 Schiffe.",
            "25 Minuten",
        ),
        ("Wie viele Jahre war er fort?", "Er war zwei Wochen krank und drei Jahre fort.", "drei Jahre"),
        ("Wie lange dauert es?", "Es dauert fünf bis zehn Jahre.", "fünf bis zehn Jahre"),
        ("Wie lange war es in Betrieb?", "Es war 10 Tage lang in Betrieb.", "10 Tage"),
        ("Wie viele Gefangene kamen frei?", "Am 1. August kamen 26 Gefangene aus sieben Ländern frei.", "26 Gefangene"),
        ("Aus wie vielen Ländern kamen sie?", "Am 1. August kamen 26 Gefangene aus sieben Ländern.", "sieben Ländern"),
        ("Welcher Prozentsatz war es?", "Es waren 12 Betriebe, also 5,7 Prozent.", "5,7 Prozent"),
        ("Wie alt ist Reed?", "Der 30-jährige Reed sprach.", "30-jährige"),
        ("Wann starb er?", "Er starb im Februar 2024 in Haft.", "Februar 2024"),
        ("In welchem Jahr starb er?", "Er starb am Montag, vermutlich 1943.", "1943"),
        ("Wann im Jahr 2022 kam er?", "Von 2022 an gerechnet kam er am 3. Mai 2023.", "3. Mai 2023"),
        ("Um wie viel Uhr begann es?", "Am 1. August begann es um 14.30 Uhr mit 12 Gästen.", "14.30 Uhr"),
    ],
)
def test_the_one_mention_that_fits_is_the_answer(question: str, text: str, words: str) -> None:
    assert _words(question, text) == words


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Wann wurde er verhaftet?", "Er wurde 2018 verhaftet und 2020 verurteilt."),
        ("Wie lange dauerte es?", "Es dauerte lange."),
        ("Wie viele Menschen kamen?", "Drei Busse brachten 40 Gäste."),
        ("Wie viele Menschen kehrten zurück?", "16 Menschen gingen, acht kehrten zurück."),
        ("Wie viele Menschen kamen?", "Er bekam 16 Jahre."),
        ("Wann im Jahr 2022 kam er?", "Er kam 2022."),
        ("Wie viele der 26 Gefangenen kamen?", "Die 26 Gefangenen kamen."),
    ],
)
def test_where_it_is_not_clear_nothing_is_shown(question: str, text: str) -> None:
    assert _words(question, text) is None


def test_an_english_question_over_a_german_sentence_meets_it_in_the_unit() -> None:
    assert _words("How many minutes did it last?", "Es dauerte 25 Minuten mit 3 Pausen.") == "25 Minuten"
    assert _words("When did he die?", "Er starb im Februar 2024.") == "Februar 2024"
    assert _words("How many planes took part?", "Es waren sieben Flugzeuge beteiligt.") == "sieben Flugzeuge"


def test_a_when_that_joins_two_clauses_asks_for_no_time() -> None:
    assert asked_kind("What happens when a number is multiplied?") is None
    assert asked_kind("When did he die?") == asked_kind("In what year did he die?") == "time"
