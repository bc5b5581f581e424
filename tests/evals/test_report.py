"""Figures carry their count and an interval, and unknown is not zero."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evals.report import aggregate, area_under_curve, summarise, table
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


def test_the_area_under_the_curve_counts_pairs_and_half_the_ties() -> None:
    # pairs: .9 > .5, .9 > .2, .5 = .5 (half), .5 > .2: 3.5 of 4
    assert area_under_curve(np.array([0.9, 0.5]), np.array([0.5, 0.2])) == 0.875


def test_abstention_is_balanced_over_answerable_and_unanswerable_cases() -> None:
    unanswerable = replace(CASE, without=("a",))
    rows = [
        *(Row(CASE, {"answered": Score(1.0)}, confidence=0.9) for _ in range(3)),
        Row(CASE, {"answered": Score(0.0)}, confidence=0.4),
        *(Row(unanswerable, {"abstained": Score(float(n > 0))}, confidence=0.1 + 0.5 * (n == 0)) for n in range(2)),
    ]
    figures = aggregate(rows)
    balanced, area = figures["abstention balanced"], figures["abstention AUROC"]
    assert balanced is not None
    assert area is not None
    assert (balanced.mean, balanced.cases) == ((0.75 + 0.5) / 2, 6)
    assert balanced.low <= balanced.mean <= balanced.high
    assert area.mean == 7 / 8
    assert aggregate(rows[:4])["abstention balanced"] is None


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
    assert "article first" not in shown
    assert "1 cases crashed; the first: q: ValueError: x" in shown
    assert "median 0.200" in shown
