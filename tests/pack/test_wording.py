"""What packs say, in both languages."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from string import Formatter
from typing import get_args

import pytest

from rag.pack.wording import WORDING, review_line, utc_time, wording
from rag.types import Word
from tests.pack.packs import REVIEWED, review


def test_both_languages_say_the_same_with_the_same_blanks() -> None:
    def blanks(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text)} - {None}

    assert WORDING["de"].keys() == WORDING["en"].keys()
    assert {key for key, text in WORDING["de"].items() if blanks(text) != blanks(WORDING["en"][key])} == set()


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_word_on_a_statement_has_a_name_of_its_own(language: str) -> None:
    assert len({wording(language)[f"word.{word}"] for word in get_args(Word)}) == len(get_args(Word))


def test_a_review_says_who_said_what_and_when() -> None:
    said = review(0, "wrong", name=" Erika\n Muster", note=" Nein,\r\n{name}. ")
    line = "Als falsch markiert von Erika Muster am 2026-11-23 09:15 UTC: Nein, {name}."
    assert review_line(said, "de") == line
    assert review_line(review(0, name="", note=" "), "de") == "Geprüft am 2026-11-23 09:15 UTC"
    whole = "The result as a whole: checked by Erika Muster at 2026-11-23 09:15 UTC"
    assert review_line(review(None), "en") == whole


def test_a_moment_of_another_zone_is_told_in_utc() -> None:
    assert utc_time(REVIEWED.astimezone(timezone(timedelta(hours=2))), "de") == "2026-11-23 09:15 UTC"
    assert utc_time(datetime(2026, 11, 23, 9, 15), "de") == "2026-11-23 09:15 UTC"
    assert utc_time(None, "en") == "unknown"
