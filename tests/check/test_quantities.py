from datetime import date

import pytest

from rag.check.compare import Claimed
from rag.check.match import match_words
from rag.check.quantities import compare_dates, compare_figures, compare_numbers
from rag.check.reading import read_text


def outcomes(claim: str, sentence: str, *, of=compare_numbers, language: str = "de", anchor: date | None = None):
    claimed = Claimed(claim, language=language)
    match = match_words(claimed.reading, read_text(sentence, language=language, anchor=anchor), claimed.aligner)
    return [
        (one.outcome, claim[slice(*one.claim)], sentence[slice(*one.source)] if one.source else None)
        for one in of(match)
    ]


@pytest.mark.parametrize(
    ("said", "source", "outcome"),
    [
        ("25 Minuten", "25 Minuten", "agrees"),
        ("fünfundzwanzig Minuten", "25 Minuten", "agrees"),
        ("eine Stunde", "60 Minuten", "agrees"),
        ("45 Minuten", "25 Minuten", "differs"),
        ("25 Stunden", "25 Minuten", "differs"),
        ("25 Minuten", "rund 25 Minuten", "agrees"),
        ("rund 25 Minuten", "26 Minuten", "agrees"),
        ("rund 25 Minuten", "rund 24 Minuten", "differs"),
        ("26 Minuten", "rund 25 Minuten", "open"),
        ("mehr als 20 Minuten", "25 Minuten", "agrees"),
        ("20 Minuten", "mehr als 25 Minuten", "differs"),
        ("30 Minuten", "mehr als 25 Minuten", "open"),
        ("mehr als 60 Minuten", "mehr als 40 Minuten", "open"),
        ("mehr als 40 Minuten", "mehr als 60 Minuten", "open"),
        ("bis zu 20 Minuten", "25 Minuten", "differs"),
    ],
)
def test_durations(said, source, outcome):
    assert outcomes(f"Das Gespräch dauerte {said}.", f"Das Gespräch dauerte {source}.")[0][0] == outcome


@pytest.mark.parametrize(
    ("said", "source", "outcome"),
    [
        ("5,7 Prozent", "5.7 Prozent", "agrees"),
        ("5,7 Prozent", "5,68 Prozent", "agrees"),
        ("7,5 Prozent", "5,7 Prozent", "differs"),
        ("3 Prozent", "3 Prozentpunkte", "differs"),
        ("1,2 Mio. Euro", "1.200.000 Euro", "agrees"),
        ("2 Millionen Euro", "2 Milliarden Euro", "differs"),
        ("2 Millionen Euro", "2 Millionen Dollar", "differs"),
    ],
)
def test_shares_and_money(said, source, outcome):
    assert outcomes(f"Der Preis stieg um {said}.", f"Der Preis stieg um {source}.")[0][0] == outcome


def test_the_words_that_limit_a_number_belong_to_it():
    assert outcomes("Es dauerte 45 Minuten.", "Es dauerte rund 25 Minuten.") == [
        ("differs", "45 Minuten", "rund 25 Minuten")
    ]


def test_of_two_numbers_of_one_kind_the_one_in_the_same_clause_counts():
    sentence = "Russland ließ 16 Menschen gehen, acht Menschen kehrten zurück."
    assert outcomes("Russland ließ acht Menschen gehen.", sentence) == [("differs", "acht Menschen", "16 Menschen")]
    assert outcomes("Russland ließ 16 Menschen gehen.", sentence)[0][0] == "agrees"
    assert outcomes("Russland ließ 17 Menschen gehen, acht Menschen kehrten zurück.", sentence) == [
        ("differs", "17 Menschen", "16 Menschen"),
        ("agrees", "acht Menschen", "acht Menschen"),
    ]


def test_an_age_is_no_duration():
    found = outcomes("Sie wurde zu neun Jahren verurteilt.", "Das Gericht verurteilte die 31-Jährige.")
    assert found == [("open", "neun Jahren", None)]


def test_a_number_that_the_sentence_lacks_stays_open():
    assert outcomes("Es kamen 25 Gäste.", "Es kamen viele Gäste.") == [("open", "25 Gäste", None)]


@pytest.mark.parametrize(
    ("said", "source", "outcome"),
    [
        ("am 3. August 2022", "am 1. August", "differs"),
        ("am 1. August 2022", "am 1. August", "agrees"),
        ("im August 2022", "am 1. August", "agrees"),
        ("am 1. August", "am Montag, dem 1. August", "agrees"),
        ("2022", "am 1. August", "agrees"),
        ("2021", "am 1. August", "differs"),
        ("am 1. August 2022", "2022", "open"),
        ("am Montag", "am Montag", "agrees"),
        ("am 1.8.2022", "am Montag", "agrees"),
        ("am 2. August 2022", "am Montag", "differs"),
    ],
)
def test_days_are_told_from_the_articles_date(said, source, outcome):
    found = outcomes(
        f"Das Schiff lief {said} aus.", f"Das Schiff lief {source} aus.", of=compare_dates, anchor=date(2022, 8, 2)
    )
    assert found[0][0] == outcome


def test_a_date_that_the_sentence_lacks_stays_open():
    assert outcomes("Am 1. August lief das Schiff aus.", "Das Schiff lief aus.", of=compare_dates) == [
        ("open", "1. August", None)
    ]


def test_ordinals_and_times_of_day_count_too():
    assert outcomes("Es begann um 14.30 Uhr.", "Es begann um 15.30 Uhr.", of=compare_figures) == [
        ("differs", "14.30", "15.30")
    ]
    assert outcomes("Die 16. Messe begann.", "Die 15. Messe begann.", of=compare_figures)[0][0] == "differs"
    assert outcomes("Die 15. Messe begann.", "Die 15. Messe begann.", of=compare_figures) == []


def test_units_without_a_number_differ_too():
    found = outcomes("Seit Wochen wird verhandelt.", "Seit Monaten wird verhandelt.", of=compare_figures)
    assert found == [("differs", "Wochen", "Monaten")]
    found = outcomes("Es geht um Millionen Euro.", "Es geht um Milliarden Euro.", of=compare_figures)
    assert found == [("differs", "Millionen", "Milliarden")]


@pytest.mark.parametrize(
    ("said", "source", "outcome"),
    [
        ("mehr als 25 Minuten", "25 Minuten", "open"),
        ("knapp 25 Minuten", "25 Minuten", "open"),
        ("mindestens 25 Minuten", "25 Minuten", "agrees"),
        ("bis zu 25 Minuten", "25 Minuten", "agrees"),
        ("mehr als 25 Minuten", "mehr als 25 Minuten", "agrees"),
    ],
)
def test_what_is_more_or_less_than_a_number_is_not_that_number(said, source, outcome):
    assert outcomes(f"Das Gespräch dauerte {said}.", f"Das Gespräch dauerte {source}.")[0][0] == outcome


@pytest.mark.parametrize(
    ("said", "source", "outcome"),
    [
        ("vor dem 1. August", "am 1. August", "open"),
        ("bis zum 1. August", "am 1. August", "open"),
        ("am 1. August", "seit dem 1. August", "open"),
        ("seit dem 1. August", "seit dem 1. August", "agrees"),
        ("Anfang August", "am 1. August", "agrees"),
        ("Ende August", "am 1. August", "differs"),
        ("Mitte August", "am 1. August", "differs"),
    ],
)
def test_before_a_day_or_in_another_part_of_its_month_is_another_time(said, source, outcome):
    found = outcomes(
        f"Das Schiff lief {said} aus.", f"Das Schiff lief {source} aus.", of=compare_dates, anchor=date(2022, 8, 2)
    )
    assert found[0][0] == outcome
