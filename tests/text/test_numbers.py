"""Numbers with their spans, values and units."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rag.text.numbers import find_numbers, is_range, limited_start


def _read(text: str, language: str = "de") -> list[tuple[str, Decimal, str | None]]:
    return [(text[n.unit_start : n.unit_end], n.value, n.unit) for n in find_numbers(text, language=language)]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5,7", "5.7"),
        ("5.7", "5.7"),
        ("0.123", "0.123"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("1.234,56", "1234.56"),
        ("500 000", "500000"),
        ("500\u202f000", "500000"),
        ("1,2 Mio.", "1200000"),
        ("3 Milliarden", "3000000000"),
        ("1 Billion", "1000000000000"),
        ("eine Million", "1000000"),
        ("zwei Millionen fünfhunderttausend", "2500000"),
        ("fünfundzwanzig", "25"),
        ("neuneinhalb", "9.5"),
        ("anderthalb", "1.5"),
        ("6½", "6.5"),
        ("½", "0.5"),
        ("−3,5", "-3.5"),
    ],
)
def test_german_numbers_have_their_value_and_their_exact_span(written: str, value: str) -> None:
    text = f"Es waren {written}, hieß es."
    [number] = find_numbers(text, language="de")
    assert text[number.start : number.end] == written
    assert number.value == Decimal(value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,234", "1234"),
        ("1.234", "1.234"),
        ("5 billion", "5000000000"),
        ("a million", "1000000"),
        ("twenty-five", "25"),
        ("three hundred and five", "305"),
        ("five and a half", "5.5"),
    ],
)
def test_english_numbers_are_read_as_english_writes_them(written: str, value: str) -> None:
    text = f"It was {written}, they said."
    [number] = find_numbers(text, language="en")
    assert text[number.start : number.end] == written
    assert number.value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "language", "unit"),
    [
        ("25 Minuten", "de", "minute"),
        ("fünfundzwanzig Minuten", "de", "minute"),
        ("25 minutes", "en", "minute"),
        ("zehn Jahren", "de", "year"),
        ("31-Jährige", "de", "year"),
        ("120tägige", "de", "day"),
        ("25-year", "en", "year"),
        ("12 %", "de", "%"),
        ("12%", "en", "%"),
        ("12 Prozent", "de", "%"),
        ("12 per cent", "en", "%"),
        ("5 €", "de", "euro"),
        ("€5", "en", "euro"),
        ("5 Euro", "de", "euro"),
        ("1 Mrd. US-Dollar", "de", "dollar"),
        ("$3 million", "en", "dollar"),
        ("1 Mio. Rubel", "de", "ruble"),
        ("60 km/h", "de", "kilometer-per-hour"),
        ("20 Mio. Tonnen", "de", "tonne"),
        ("25km", "de", "kilometer"),
    ],
)
def test_a_unit_has_one_name_in_words_and_signs_and_in_both_languages(text: str, language: str, unit: str) -> None:
    [number] = find_numbers(f"{text} later", language=language)
    assert number.unit == unit
    assert f"{text} later"[number.unit_start : number.unit_end] == text


def test_what_is_counted_is_the_unit_in_any_form_and_behind_adjectives() -> None:
    [(_, _, one)] = _read("Es kamen 26 Gefangene.")
    [(_, _, other)] = _read("die Rückkehr von 24 Gefangenen")
    assert one == other is not None
    assert _read("Dort warten 16 weitere Schiffe.") == [("16 weitere Schiffe", Decimal(16), "schiff")]
    assert _read("There were two other Americans.", "en")[0][0] == "two other Americans"
    assert _read("Acht kehrten zurück.") == [("Acht", Decimal(8), None)]


@pytest.mark.parametrize(
    "text",
    [
        "Am 24.02.2022 um 14.30 Uhr war es im Jahr 2022 noch der 1. August.",
        "Die 3. Auflage erschien 1998.",
        "Der Test AS-206 lief über 5G.",
        "Das Spiel endete 3:2.",
        "Nach § 218 und Nr. 5",
        "ein Mann und eine Frau",
        "Die Elf gewann.",
        "Version 1.2.3 ist da.",
    ],
)
def test_dates_times_ordinals_and_names_are_no_quantities(text: str) -> None:
    assert _read(text) == []


def test_one_counts_before_a_unit_of_time_only() -> None:
    assert _read("Eine Woche später kam ein Mann.") == [("Eine Woche", Decimal(1), "week")]
    assert _read("One of them stayed for one hour.", "en") == [("one hour", Decimal(1), "hour")]


@pytest.mark.parametrize(
    "text", ["fünf bis zehn Jahre", "5–10 Jahre", "zwischen 5 und 10 Jahren", "von 5 auf 10 Jahre"]
)
def test_both_ends_of_a_range_have_its_unit(text: str) -> None:
    assert [(value, unit) for _, value, unit in _read(text)] == [(Decimal(5), "year"), (Decimal(10), "year")]


def test_two_numbers_in_a_list_are_no_range() -> None:
    text = "5 und 10 Jahre"
    assert not is_range(text, (0, 1), (6, 8))
    assert [unit for _, _, unit in _read(text)] == [None, "year"]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("rund 25 Minuten", "about"),
        ("mehr als 25 Minuten", "at least"),
        ("bis zu 25 Minuten", "at most"),
        ("nicht mehr als 25 Minuten", "at most"),
        ("nicht weniger als 25 Minuten", "at least"),
        ("fast $ 25", "at most"),
        ("nach 25 Minuten", None),
    ],
)
def test_the_words_before_limit_a_number(text: str, bound: str | None) -> None:
    assert [number.bound for number in find_numbers(text, language="de")] == [bound]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Es dauerte mindestens 25 Minuten", "de", "mindestens 25"),
        ("Es dauerte bis zu 25 Minuten", "de", "bis zu 25"),
        ("Es dauerte etwa mehr als 25 Minuten", "de", "etwa mehr als 25"),
        ("Es dauerte zwischen 25 Minuten", "de", "zwischen 25"),
        ("Es dauerte nach 25 Minuten", "de", "25"),
        ("It took not more than 25 minutes", "en", "not more than 25"),
        ("It took nearly 25 minutes", "en", "nearly 25"),
    ],
)
def test_a_number_begins_with_the_words_that_limit_it(text: str, language: str, words: str) -> None:
    [number] = find_numbers(text, language=language)
    assert text[limited_start(text, number.start, language=language) : number.end] == words


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "written",
    [
        "1.000.000.000.000.000.000.000.000.000.000",
        "1,000,000,000,000,000,000,000,000,000,000",
        "1 000 000 000 000 000 000 000 000 000 000",
        "1" * 400,
        "0," + "1" * 400,
        "999999999999999999999 Millionen",
        "999999999999999999999 million",
    ],
)
def test_more_digits_than_anything_has_are_no_number_and_the_next_one_is_read(written: str, language: str) -> None:
    found = find_numbers(f"{written} Euro; 25 Euro.", language=language)
    assert [number.value for number in found if number.unit == "euro"][-1] == 25
    assert all(number.value < 10**24 for number in found)


def test_twenty_four_digits_are_a_number() -> None:
    assert _read(f"{'9' * 24} Euro.") == [(f"{'9' * 24} Euro", Decimal("9" * 24), "euro")]
