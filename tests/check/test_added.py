"""What a written statement says beyond the sentence that it cites is seen, also where a check would let it pass."""

from __future__ import annotations

import pytest

from rag.check.added import added

CALL = "Antony Blinken telefonierte am 29. Juli 2022 mit Sergej Lawrow."


def _words(statement: str, sentence: str, *, before: str = "", language: str = "de") -> list[str]:
    found = added(statement, sentence, before, language=language, of=language)
    return [statement[span.start : span.end] for span in found]


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (CALL, CALL),
        ("Am 29. Juli 2022 hat Antony Blinken mit Sergej Lawrow telefoniert.", CALL),
        ("Das Gespräch dauerte 25 Minuten.", "Das Gespräch dauerte rund 25 Minuten."),
        ("Das Gespräch hat rund 25 Minuten gedauert.", "Das Gespräch dauerte 25 Minuten."),
        ("Griner wird zu neun Jahren verurteilt.", "Griner wurde zu neun Jahren verurteilt."),
        ("Er kann kommen.", "Er könne kommen, sagte sie."),
        ("Der Preis stieg am Flughafen Wnukowo.", "Der Preis stieg auf dem Flughafen Wnukowo."),
    ],
)
def test_what_the_sentence_says_adds_nothing(statement: str, sentence: str) -> None:
    assert _words(statement, sentence) == []


@pytest.mark.parametrize("adverb", ["heimlich", "erneut", "auch", "lange", "angeblich", "erfolglos", "zweimal"])
def test_adverbs_are_added(adverb: str) -> None:
    assert _words(f"Antony Blinken telefonierte am 29. Juli 2022 {adverb} mit Sergej Lawrow.", CALL) == [adverb]


@pytest.mark.parametrize("modal", ["will", "könnte", "sollte", "muss", "wird", "darf", "würde"])
def test_modal_verbs_and_the_future_are_added(modal: str) -> None:
    assert _words(f"Blinken {modal} mit Lawrow telefonieren.", CALL) == [modal]


def test_an_english_future_condition_or_aim_is_added() -> None:
    sentence = "The swap took place at an airport."
    assert _words("The swap would take place at an airport.", sentence, language="en") == ["would"]
    assert "to" in _words("The swap was planned to take place at an airport.", sentence, language="en")


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("Das Schiff fuhr weiter.", "Das Schiff darf weiterfahren und könnte weiter fahren."),
        ("Moskau ist zurückgekehrt.", "Danach werde Moskau zurückkehren."),
    ],
)
def test_what_the_sentence_leaves_open_may_not_be_left_out(statement: str, sentence: str) -> None:
    assert _words(statement, sentence)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("25 Minuten", "mehr als 25 Minuten"),
        ("25 Minuten", "weniger als 25 Minuten"),
        ("mindestens 25 Minuten", "25 Minuten"),
        ("bis zu 25 Minuten", "25 Minuten"),
    ],
)
def test_a_limit_that_was_put_in_or_left_out_is_seen(said: str, source: str) -> None:
    assert _words(f"Das Gespräch dauerte {said}.", f"Das Gespräch dauerte {source}.") == [said]


@pytest.mark.parametrize("sign", ["≠", ">", "≥", "<"])
def test_mathematical_signs_are_added(sign: str) -> None:
    assert _words(f"Das Gespräch dauerte {sign} 25 Minuten.", "Das Gespräch dauerte 25 Minuten.") == [sign]


def test_a_name_behind_another_preposition_is_another_thing() -> None:
    sentence = "Yaroshenko was arrested in Liberia and taken to Texas."
    assert _words("Yaroshenko was arrested in Texas.", sentence, language="en") == ["Texas"]


def test_beside_a_quotation_only_plain_verbs_of_saying_may_differ() -> None:
    sentence = "„Wir geben nicht auf“, fügte Biden hinzu."
    assert _words("Biden sagte: „Wir geben nicht auf“.", sentence) == []
    assert _words("Biden spottete: „Wir geben nicht auf“.", sentence) == ["spottete"]


def test_what_stands_before_the_sentence_is_not_added() -> None:
    before = "Das geheime Gespräch begann um zwölf."
    assert _words("Das geheime Gespräch dauerte 25 Minuten.", "Es dauerte 25 Minuten.", before=before) == []


def test_of_two_languages_limits_and_words_that_leave_it_open_are_told() -> None:
    found = added("Razoni could leave Odessa.", "Razoni verließ Odessa.", "", language="en", of="de")
    assert [(span.start, span.end) for span in found] == [(7, 12)]
