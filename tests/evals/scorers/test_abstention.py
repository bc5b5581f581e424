"""Answered where it can be, abstained where it cannot."""

from __future__ import annotations

from dataclasses import replace

from evals.scorers.abstention import score
from tests.evals.seen import CASE, RIGHT, abstained, answered, checked


def test_an_answerable_case_is_scored_by_whether_it_was_answered() -> None:
    for seen, value in ((answered(RIGHT), 1.0), (abstained(), 0.0)):
        assert {name: one.value for name, one in score(CASE, seen).items()} == {"answered": value, "abstained": None}


def test_an_unanswerable_case_is_scored_by_whether_it_was_abstained_from() -> None:
    case = replace(CASE, answerable=False)
    for seen, value in ((answered(RIGHT), 0.0), (abstained(), 1.0)):
        assert {name: one.value for name, one in score(case, seen).items()} == {"answered": None, "abstained": value}


def test_a_case_that_may_or_may_not_be_answerable_is_neither() -> None:
    for seen in (answered(RIGHT), abstained()):
        assert {one.value for one in score(replace(CASE, answerable=None), seen).values()} == {None}


def test_a_claim_is_neither() -> None:
    assert {one.value for one in score(CASE, checked("refuted")).values()} == {None}
