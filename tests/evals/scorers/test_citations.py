"""Cited sentences against the evidence."""

from __future__ import annotations

from dataclasses import replace

from evals.scorers.citations import score
from evals.types import Case, Evidence, Observation
from tests.evals.seen import CASE, FIRST, GOLD, LAST, RIGHT, abstained, answered, citation


def _value(metric: str, seen: Observation, case: Case = CASE) -> float | None:
    return score(case, seen)[metric].value


def test_the_first_and_the_first_three_sentences() -> None:
    seen = answered(FIRST, RIGHT)
    assert (_value("sentence first", seen), _value("sentence in three", seen)) == (0.0, 1.0)
    assert _value("sentence first", answered(RIGHT, FIRST)) == 1.0


def test_precision_and_recall_by_sentence() -> None:
    case = replace(CASE, evidence=(GOLD, Evidence("gold", "Niemand wohnt darin.", 47), Evidence("b", "x", 0)))
    seen = answered(FIRST, RIGHT)  # one of two cited is evidence; one of three pieces of evidence is cited
    assert (_value("citation precision", seen, case), _value("citation recall", seen, case)) == (1 / 2, 1 / 3)


def test_a_sentence_meets_words_within_it_and_a_passage_around_it_but_not_one_that_it_overlaps() -> None:
    for words, start, met in (
        ("1987", 34, 1.0),
        ("Es wurde 1987 gebaut. Niemand wohnt darin.", 25, 1.0),
        ("gebaut. N", 39, 0.0),
    ):
        case = replace(CASE, evidence=(Evidence("gold", words, start),))
        assert _value("sentence first", answered(RIGHT), case) == met


def test_the_same_words_in_another_article_or_at_another_place_are_not_evidence() -> None:
    assert _value("sentence first", answered(citation(25, 46, article="other"))) == 0.0
    assert _value("sentence first", answered(LAST)) == 0.0


def test_an_abstention_is_a_miss_but_its_nearest_sentence_is_the_best_one() -> None:
    seen = abstained(RIGHT)
    assert (_value("sentence first", seen), _value("best sentence", seen)) == (0.0, 1.0)
    assert _value("citation precision", seen) is None


def test_a_quote_that_is_not_at_its_offsets_is_counted_as_broken() -> None:
    assert _value("citations valid", answered(RIGHT, replace(FIRST, quote="anders"))) == 0.5
    assert _value("citations valid", abstained(replace(FIRST, end=23))) == 0.0
    assert _value("citations valid", answered(citation(0, 24, article="nowhere"))) == 0.0
    assert _value("citations valid", answered()) is None


def test_without_words_within_reach_only_validity_is_scored() -> None:
    for case in (replace(CASE, without=("gold",)), replace(CASE, evidence=(Evidence("gold"),))):
        scores = score(case, answered(RIGHT))
        assert [name for name, one in scores.items() if one.value is not None] == ["citations valid"]
