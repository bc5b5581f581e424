"""Figures carry their count and an interval, and unknown is not zero."""

from __future__ import annotations

import pytest

from evals.report import aggregate, summarise, table
from evals.types import Case, Row, Score

CASE = Case("q", "?", ("a",))


def test_a_figure_is_the_mean_within_its_interval() -> None:
    figure = summarise([1.0] * 70 + [0.0] * 30)
    assert figure is not None
    assert figure.mean == pytest.approx(0.7)
    # The normal approximation: 0.7 ± 1.96 · sqrt(0.7 · 0.3 / 100) = 0.61 .. 0.79
    assert figure.low == pytest.approx(0.61, abs=0.02)
    assert figure.high == pytest.approx(0.79, abs=0.02)
    assert figure.cases == 100


def test_the_same_scores_give_the_same_interval() -> None:
    assert summarise([1.0, 0.0, 1.0]) == summarise([1.0, 0.0, 1.0])


def test_unscored_and_crashed_cases_are_left_out_of_the_mean() -> None:
    rows = [
        Row(CASE, {"sentence first": Score(1.0)}, seconds=0.1),
        Row(CASE, {"sentence first": Score(None, "no answer named")}, seconds=0.3),
        Row(CASE, error="ValueError: x"),
    ]
    figures = aggregate(rows)
    assert figures["sentence first"] is not None
    assert (figures["sentence first"].mean, figures["sentence first"].cases) == (1.0, 1)
    assert figures["article first"] is None
    shown = table(figures, rows)
    assert "not scored" in shown
    assert "1 cases crashed; the first: q: ValueError: x" in shown
    assert "median 0.200" in shown
