"""Figures and how far they may be off."""

from __future__ import annotations

import numpy as np
import pytest

from evals.intervals import folded_figure, mean_figure, two_sample_figure


def test_a_figure_is_the_mean_within_its_interval() -> None:
    figure = mean_figure([1.0] * 70 + [0.0] * 30)
    assert figure is not None
    assert figure.value == pytest.approx(0.7)
    # The normal approximation: 0.7 ± 1.96 · sqrt(0.7 · 0.3 / 100) = 0.61 .. 0.79
    assert figure.low == pytest.approx(0.61, abs=0.02)
    assert figure.high == pytest.approx(0.79, abs=0.02)
    assert figure.cases == 100


def test_the_same_scores_give_the_same_interval() -> None:
    assert mean_figure([1.0, 0.0, 1.0]) == mean_figure([1.0, 0.0, 1.0])


def test_a_fold_is_resampled_by_case() -> None:
    cases = np.column_stack([np.arange(50.0), np.arange(50.0)])
    figure = folded_figure(cases, lambda sample: float(np.abs(sample[:, 0] - sample[:, 1]).sum()))
    assert figure is not None
    assert (figure.value, figure.low, figure.high, figure.cases) == (0.0, 0.0, 0.0, 50)  # pairs stay together


def test_two_samples_are_resampled_each_by_itself() -> None:
    figure = two_sample_figure([1.0, 1.0], [0.0, 0.0, 0.0], lambda a, b: float(a.mean() - b.mean()))
    assert figure is not None
    assert (figure.value, figure.low, figure.high, figure.cases) == (1.0, 1.0, 1.0, 5)


def test_without_cases_there_is_no_figure() -> None:
    assert mean_figure([]) is None
    assert folded_figure(np.empty((0, 2)), lambda sample: 0.0) is None
    assert two_sample_figure([1.0], [], lambda a, b: 0.0) is None
