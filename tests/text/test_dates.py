"""Dates with their spans and the days that they may mean."""

from __future__ import annotations

from datetime import date

import pytest

from rag.text.dates import clock_times, find_dates

ANCHOR = date(2022, 7, 28)  # a Thursday


def _one(text: str, language: str = "de", anchor: date | None = None) -> tuple[str, date | None, date | None]:
    [mention] = find_dates(text, language=language, anchor=anchor)
    return text[mention.start : mention.end], mention.first, mention.last


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("24. Februar 2022", date(2022, 2, 24), date(2022, 2, 24)),
        ("24.02.2022", date(2022, 2, 24), date(2022, 2, 24)),
        ("2022-02-24", date(2022, 2, 24), date(2022, 2, 24)),
        ("Donnerstag, dem 24. Februar 2022", date(2022, 2, 24), date(2022, 2, 24)),
        ("1. bis 3. August 2022", date(2022, 8, 1), date(2022, 8, 3)),
        ("Februar 2022", date(2022, 2, 1), date(2022, 2, 28)),
        ("Ende Februar 2024", date(2024, 2, 16), date(2024, 2, 29)),
        ("Jänner 2022", date(2022, 1, 1), date(2022, 1, 31)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("Sommer 1521", date(1521, 1, 1), date(1521, 12, 31)),
        ("1950er Jahren", date(1950, 1, 1), date(1959, 12, 31)),
        ("90er Jahren", date(1990, 1, 1), date(1999, 12, 31)),
        ("19. Jahrhundert", date(1801, 1, 1), date(1900, 12, 31)),
    ],
)
def test_german_dates_are_the_days_from_the_first_to_the_last(written: str, first: date, last: date) -> None:
    assert _one(f"Das war im {written}, hieß es.") == (written, first, last)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("Feb. 24, 2022", date(2022, 2, 24), date(2022, 2, 24)),
        ("Thursday, February 24th, 2022", date(2022, 2, 24), date(2022, 2, 24)),
        ("24 February 2022", date(2022, 2, 24), date(2022, 2, 24)),
        ("Sept. 2022", date(2022, 9, 1), date(2022, 9, 30)),
        ("summer of 2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("1950s", date(1950, 1, 1), date(1959, 12, 31)),
        ("19th century", date(1801, 1, 1), date(1900, 12, 31)),
        ("02/24/2022", date(2022, 2, 24), date(2022, 2, 24)),
        ("24/02/2022", date(2022, 2, 24), date(2022, 2, 24)),
        ("03/04/2022", date(2022, 3, 4), date(2022, 4, 3)),
    ],
)
def test_english_dates_are_the_days_from_the_first_to_the_last(written: str, first: date, last: date) -> None:
    assert _one(f"It was in {written}, they said.", "en") == (written, first, last)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("am 24. Februar", date(2022, 2, 24)),
        ("am 24.02.", date(2022, 2, 24)),
        ("am 28. August", date(2022, 8, 28)),
        ("am Montag", date(2022, 7, 25)),
        ("am Donnerstagabend", date(2022, 7, 28)),
        ("gestern", date(2022, 7, 27)),
        ("Übermorgen", date(2022, 7, 30)),
    ],
)
def test_what_has_no_year_is_read_from_the_day_of_the_article(text: str, day: date) -> None:
    assert _one(text, anchor=ANCHOR)[1:] == (day, day)


def test_what_lies_at_most_half_a_year_back_is_past_else_it_is_soon_or_unknown() -> None:
    december = date(2022, 12, 8)
    assert _one("im Juni", anchor=december)[1:] == (date(2022, 6, 1), date(2022, 6, 30))
    assert _one("im Dezember", anchor=december)[1:] == (date(2022, 12, 1), date(2022, 12, 31))
    assert _one("am 8. Januar", anchor=december)[1] == date(2023, 1, 8)
    assert _one("am 9. Januar", anchor=december)[1] is None
    assert _one("im April", anchor=december)[1] is None
    assert _one("on February 29", "en", anchor=date(2023, 3, 1))[1] is None


def test_two_mentions_whose_year_is_unknown_agree_where_day_and_month_do() -> None:
    text = "am 17. Februar, im Februar, am 18. Februar"
    day, month, next_day = find_dates(text, language="de", anchor=date(2022, 12, 8))
    assert day.agrees(day)
    assert day.agrees(month)
    assert not day.agrees(next_day)


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Es war Dienstag, dem 1. November.", "de", "Dienstag, dem 1. November"),
        ("Das war am 1. Nov. in Rom.", "de", "1. Nov."),
        ("It was in February.", "en", "February"),
    ],
)
def test_the_full_stop_of_the_sentence_is_not_the_date_s(text: str, language: str, words: str) -> None:
    assert _one(text, language)[0] == words


def test_around_new_year_the_nearest_year_is_meant() -> None:
    assert _one("am 30. Dezember", anchor=date(2023, 1, 2))[1] == date(2022, 12, 30)
    assert _one("am 2. Januar", anchor=date(2022, 12, 30))[1] == date(2023, 1, 2)


def test_without_an_anchor_it_stays_partial() -> None:
    [mention] = find_dates("am 24. Februar", language="de")
    assert (mention.first, mention.last, mention.month, mention.day) == (None, None, 2, 24)
    [mention] = find_dates("am Montag", language="de")
    assert (mention.first, mention.month, mention.day) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2000 Menschen kamen.", "de"),
        ("Es kostet 1998 Euro.", "de"),
        ("seit 2000 Jahren", "de"),
        ("2000 people came.", "en"),
        ("May he come, and march on.", "en"),
        ("am 31. Februar.", "de"),
        ("Die 3. Auflage, § 2022, AS-2022", "de"),
        ("um 12 Uhr", "de"),
        ("Guten Morgen", "de"),
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str, language: str) -> None:
    days = [mention for mention in find_dates(text, language=language, anchor=ANCHOR) if mention.first == mention.last]
    assert days == []
    assert not any(mention.year and mention.month is None for mention in find_dates(text, language=language))


def test_years_that_a_number_could_be_are_told_by_the_words_around() -> None:
    text = "Er wurde 2008 in Bangkok festgenommen, im Jahr 2012 verurteilt, war zwischen 2012 und 2022 in Haft (2022)."
    found = [text[m.start : m.end] for m in find_dates(text, language="de")]
    assert found == ["2008", "2012", "2012", "2022", "2022"]


def test_dates_agree_where_one_holds_the_other_or_nothing_differs() -> None:
    text = "2022, Februar 2022, 24. Februar 2022, 25. Februar 2022"
    year, month, day, next_day = find_dates(text, language="de")
    [partial] = find_dates("am 24. Februar", language="de")
    assert year.agrees(month)
    assert day.agrees(year)
    assert not day.agrees(next_day)
    assert partial.agrees(day)
    assert partial.agrees(month)
    assert not partial.agrees(next_day)


def test_times_of_day_have_their_span() -> None:
    text = "um 12 Uhr, um 14.30 Uhr, bei 3:08; at 8 p.m."
    assert [text[start:end] for start, end in clock_times(text)] == ["12 Uhr", "14.30 Uhr", "3:08", "8 p.m."]
