"""The tokens that the lexical index holds."""

from __future__ import annotations

import pytest

from rag.text.tokens import grams, plain_number, stems, words


def test_grams_are_overlapping_and_padded_by_word() -> None:
    assert grams("Bout am") == ["_bou", "bout", "out_", "_am_"]
    assert grams("a") == ["_a_"]
    assert grams("!?") == []


def test_a_part_of_a_compound_shares_its_grams() -> None:
    assert set(grams("austausch")) - {"_aus"} <= set(grams("Gefangenenaustausch"))


@pytest.mark.parametrize(
    ("one", "other"),
    [("STRASSE", "Straße"), ("ÜBER", "über"), ("u\u0308ber", "über"), ("ﬁnden", "finden"), ("Ⅻ", "XII")],
)
def test_spellings_of_one_word_meet(one: str, other: str) -> None:
    assert words(one) == words(other)
    assert grams(one) == grams(other)


def test_numbers_stay_whole() -> None:
    assert words("7,5 Prozent, 1.234,50 Euro am 24.02.2022 um 10:30") == [
        *("7,5", "prozent", "1.234,50", "euro", "am", "24.02.2022", "um", "10:30")
    ]


@pytest.mark.parametrize(
    ("one", "other"), [("dauerte", "gedauert"), ("Häuser", "Haus"), ("ging", "gegangen"), ("Kündigung", "Kündigungen")]
)
def test_german_inflections_share_a_stem(one: str, other: str) -> None:
    assert stems(one, language="de") == stems(other, language="de")


def test_english_is_stemmed_as_english_and_an_unknown_language_as_german() -> None:
    assert stems("houses", language="en") == stems("house", language="en")
    assert stems("Häuser", language=None) == stems("Häuser", language="fr") == stems("Häuser", language="de")


def test_tokens_hold_no_white_space() -> None:
    text = "Ein\u00a0Text\u2028mit\tallerlei\u3000Raum 🙂 e\u0301"
    assert not any(token.split() != [token] for token in [*grams(text), *stems(text, language="de")])


@pytest.mark.parametrize(
    ("written", "plain"),
    [("5.000", "5000"), ("5,000", "5000"), ("1.234.567", "1234567"), ("6,2", "6.2"), ("6.2", "6.2"), ("abc", "abc")],
)
def test_a_number_has_one_form_however_it_is_written(written: str, plain: str) -> None:
    assert plain_number(written) == plain
