"""What the CLDR knows of both languages."""

from __future__ import annotations

import pytest

from rag.text.translate import translations


@pytest.mark.parametrize(
    ("word", "source", "meaning"),
    [
        ("Germany", "en", "Deutschland"),
        ("RUSSIA", "en", "Russland"),
        ("Tuesday", "en", "Dienstag"),
        ("March", "en", "März"),
        ("Ungarn", "de", "Hungary"),
    ],
)
def test_countries_and_days_are_known_both_ways(word: str, source: str, meaning: str) -> None:
    assert translations(word, source=source, target="en" if source == "de" else "de") == (meaning,)


def test_other_words_and_the_same_language_give_nothing() -> None:
    assert translations("lighthouse", source="en", target="de") == ()
    assert translations("Germany", source="en", target="en") == ()
