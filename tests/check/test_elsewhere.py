"""What a sentence says of something or somebody else."""

from __future__ import annotations

import pytest

from rag.check.compare import Claimed
from rag.check.elsewhere import in_another_clause, in_its_clause, names_of_others, titles_of_others
from rag.check.match import Match, match_words
from rag.check.quantities import compare_dates, compare_numbers
from rag.check.reading import read_text


def matched(claim: str, sentence: str, language: str = "de") -> Match:
    claimed = Claimed(claim, language=language)
    return match_words(claimed.reading, read_text(sentence, language=language), claimed.aligner)


def words(match: Match, places: frozenset[int]) -> set[str]:
    return {match.claim.tokens[at].text for at in places}


SENTENCE = "Griner wurde am 17. Februar festgenommen und am 4. August verurteilt."


@pytest.mark.parametrize(("claim", "outcome"), [("am 4. August", "agrees"), ("am 17. Februar", "open")])
def test_a_date_counts_only_in_the_clause_of_what_happened(claim: str, outcome: str):
    match = matched(f"Griner wurde {claim} verurteilt.", SENTENCE)
    [date] = compare_dates(match)
    assert in_its_clause(match, date).outcome == outcome


@pytest.mark.parametrize(("name", "outcome"), [("Jaschin", "agrees"), ("Orlow", "open")])
def test_a_number_counts_only_for_the_one_whom_it_stands_beside(name: str, outcome: str):
    sentence = "Jaschin wurde zu acht Jahren verurteilt, Orlow zu zwei Jahren."
    match = matched(f"{name} wurde zu acht Jahren verurteilt.", sentence)
    [number] = compare_numbers(match)
    assert in_its_clause(match, number).outcome == outcome


def test_a_place_of_another_clause_is_apart():
    match = matched("Griner wurde in Chimki festgenommen.", "Griner wurde festgenommen und in Chimki verurteilt.")
    assert words(match, in_another_clause(match)) == {"Chimki"}
    match = matched("Griner wurde in Chimki verurteilt.", "Griner wurde festgenommen und in Chimki verurteilt.")
    assert in_another_clause(match) == frozenset()


def test_a_name_beside_somebody_else_is_apart():
    sentence = "Für Tschornomorsk unterschrieb Kubrakow, für Scheremetjewo der Minister Schoigu."
    m = matched("Für Tschornomorsk unterschrieb Schoigu.", sentence)
    assert words(m, names_of_others(m)) == {"Tschornomorsk"}
    m = matched("Für Tschornomorsk unterschrieb Kubrakow.", sentence)
    assert names_of_others(m) == frozenset()


def test_an_office_of_somebody_else_is_apart():
    sentence = "President Biden and Vice President Harris were waiting."
    m = matched("President Biden was waiting.", sentence, "en")
    assert titles_of_others(m) == frozenset()
    m = matched("Minister Schoigu schwieg.", "Der Minister Kubrakow sprach, Schoigu schwieg.")
    assert words(m, titles_of_others(m)) == {"Minister"}
