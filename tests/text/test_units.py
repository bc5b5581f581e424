"""Units, money and scales by CLDR."""

from __future__ import annotations

from decimal import Decimal

from rag.text.units import measures, scales, symbols, units


def test_both_languages_call_a_unit_by_one_name() -> None:
    assert units("de")["minuten"] == units("en")["minutes"] == "minute"
    assert units("de")["rubel"] == units("en")["rubles"] == "ruble"
    assert symbols("de")["km"] == units("en")["kilometres"] == "kilometer"


def test_a_german_billion_is_a_thousand_english_ones() -> None:
    assert scales("de")["billion"] == 1_000 * scales("en")["billion"] == Decimal(10) ** 12
    assert scales("de")["mrd."] == scales("de")["milliarden"] == Decimal(10) ** 9


def test_an_abbreviation_that_is_a_word_is_none() -> None:
    assert not {"in", "st", "T", "J", "B"} & symbols("de").keys()


def test_a_unit_measures_something_and_what_is_only_counted_does_not() -> None:
    assert measures()[units("de")["kilometern"]] == {"length"}
    assert measures()[symbols("de")["€"]] == {"money"}
    assert measures()["pound"] == {"money", "mass"}
    assert measures()[units("de")["prozent"]] == {"percent"}
    assert not {"point", "item", "mensch"} & measures().keys()
