"""What the answer says, after normalisation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.scorers.answers import score, token_f1, tokens
from tests.evals.seen import CASE, FIRST, RIGHT, abstained, answered


def test_german_spellings_meet() -> None:
    assert tokens("Die Straße der Häfen") == tokens("STRASSE Haefen,")
    assert tokens("1.234,5 Mio.") == ["1.234,5", "mio"]


@pytest.mark.parametrize(
    ("said", "expected", "f1"),
    [
        (["a", "b", "c"], ["b"], 2 * (1 / 3) * 1 / (1 / 3 + 1)),
        (["a", "a"], ["a", "b"], 0.5),
        (["a"], ["a"], 1.0),
        (["a"], ["b"], 0.0),
        ([], [], 0.0),
    ],
)
def test_f1_is_the_harmonic_mean_of_precision_and_recall(said: list[str], expected: list[str], f1: float) -> None:
    assert token_f1(said, expected) == pytest.approx(f1)


def test_an_answer_is_contained_word_for_word_and_f1_takes_the_best_fit() -> None:
    scores = score(replace(CASE, answers=("198", "wurde 1987")), answered(RIGHT))
    assert scores["answer contained"].value == 1.0
    assert scores["answer F1"].value == pytest.approx(2 * 2 / (4 + 2))  # es wurde 1987 gebaut / wurde 1987
    assert score(CASE, answered(FIRST))["answer contained"].value == 0.0
    assert score(replace(CASE, answers=("198",)), answered(RIGHT))["answer contained"].value == 0.0


def test_an_abstention_says_nothing_and_a_case_without_answers_is_not_scored() -> None:
    assert {one.value for one in score(CASE, abstained(RIGHT)).values()} == {0.0}
    for case in (replace(CASE, answers=()), replace(CASE, without=("gold",)), replace(CASE, answerable=False)):
        assert {one.value for one in score(case, answered(RIGHT)).values()} == {None}
