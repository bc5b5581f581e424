"""A figure and how far it may be off: bootstrap over cases (Efron & Tibshirani 1993), 2,000 resamples, fixed seed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from evals.types import Figure

RESAMPLES = 2_000
_SEED = 0

Values = NDArray[np.float64]


def mean_figure(values: Iterable[float]) -> Figure | None:
    """The mean with the 2.5th and 97.5th percentiles of the resampled means; None where there are no values."""
    data = np.fromiter(values, dtype=float)
    if not data.size:
        return None
    generator = np.random.default_rng(_SEED)
    means = [float(generator.choice(data, data.size).mean()) for _ in range(RESAMPLES)]
    return figure_of(float(data.mean()), means, cases=data.size)


def folded_figure(cases: Values, fold: Callable[[Values], float]) -> Figure | None:
    """What `fold` makes of the cases, an array with one row for each, with the interval of resampling its rows."""
    if not len(cases):
        return None
    generator = np.random.default_rng(_SEED)
    folded = [fold(cases[generator.integers(0, len(cases), len(cases))]) for _ in range(RESAMPLES)]
    return figure_of(fold(cases), folded, cases=len(cases))


def two_sample_figure(
    ones: Iterable[float], others: Iterable[float], fold: Callable[[Values, Values], float]
) -> Figure | None:
    """A figure of two samples, each resampled by itself; None where one of them is empty."""
    one, other = np.fromiter(ones, dtype=float), np.fromiter(others, dtype=float)
    if not one.size or not other.size:
        return None
    generator = np.random.default_rng(_SEED)
    folded = [fold(generator.choice(one, one.size), generator.choice(other, other.size)) for _ in range(RESAMPLES)]
    return figure_of(fold(one, other), folded, cases=one.size + other.size)


def figure_of(value: float, resampled: Sequence[float], *, cases: int) -> Figure:
    """A value with the 2.5th and 97.5th percentiles of what resampling gave."""
    low, high = np.percentile(resampled, [2.5, 97.5])
    return Figure(value, float(low), float(high), int(cases))
