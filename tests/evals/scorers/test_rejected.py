"""Cited sentences against those that a person crossed out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.scorers import score_case
from evals.scorers.rejected import score
from evals.types import Case, Evidence, Observation, Score
from tests.evals.seen import CASE, FIRST, GOLD, LAST, RIGHT, abstained, answered, checked, citation

CROSSED_OUT = Case("r", "Wann?", rejected=(GOLD,), answerable=None)


def _score(seen: Observation, case: Case = CROSSED_OUT) -> Score:
    return score(case, seen)["rejected avoided"]


def test_a_rejected_sentence_among_the_cited_ones_is_a_miss_that_names_it() -> None:
    missed = _score(answered(FIRST, RIGHT))
    assert (missed.value, missed.explanation) == (0.0, "[2] is rejected: 'Es wurde 1987 gebaut.' (gold)")
    assert _score(answered(FIRST, LAST)).value == 1.0


@pytest.mark.parametrize(
    ("words", "start", "avoided"),
    [("1987", 34, 0.0), ("Es wurde 1987 gebaut. Niemand wohnt darin.", 25, 0.0), ("gebaut. N", 39, 1.0)],
)
def test_it_is_met_within_a_cited_sentence_and_around_it_as_evidence_is(words: str, start: int, avoided: float) -> None:
    assert _score(answered(RIGHT), replace(CROSSED_OUT, rejected=(Evidence("gold", words, start),))).value == avoided


def test_the_same_words_of_another_article_are_not_rejected() -> None:
    assert _score(answered(citation(25, 46, article="other"))).value == 1.0


def test_an_abstention_cites_nothing_even_where_a_rejected_sentence_is_nearest() -> None:
    assert _score(abstained(RIGHT)).value == 1.0


def test_it_is_unscored_where_nothing_within_reach_is_rejected_and_for_a_claim() -> None:
    assert _score(answered(RIGHT), CASE).value is None
    out_of_reach = replace(CROSSED_OUT, without=("gold",))
    assert _score(answered(LAST), out_of_reach) == Score(None, "no sentence within reach is rejected")
    assert _score(checked("refuted")).value is None


def _scored(case: Case, seen: Observation) -> dict[str, float]:
    return {name: one.value for name, one in score_case(case, seen).items() if one.value is not None}


@pytest.mark.parametrize("seen", [answered(LAST), abstained(LAST)])
def test_of_a_question_with_nothing_but_rejected_sentences_nothing_else_is_expected(seen: Observation) -> None:
    assert _scored(CROSSED_OUT, seen) == {"rejected avoided": 1.0, "citations valid": 1.0}


def test_of_a_question_that_can_be_answered_somehow_only_answering_is_expected() -> None:
    case = Case("y", "Wann?", answerable=True)
    assert _scored(case, answered(LAST)) == {"answered": 1.0, "citations valid": 1.0}
    assert _scored(case, abstained()) == {"answered": 0.0}


def test_evidence_is_scored_beside_what_is_rejected() -> None:
    scored = _scored(replace(CASE, rejected=(Evidence("gold", "Niemand wohnt darin.", 47),)), answered(RIGHT, LAST))
    assert (scored["citation precision"], scored["rejected avoided"]) == (0.5, 0.0)
