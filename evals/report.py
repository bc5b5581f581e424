"""Rows -> figures with intervals, and how they read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from evals.scorers import SCORERS
from evals.types import Figure, Row

_RESAMPLES = 2_000
_SEED = 0

Values = NDArray[np.float64]

# Every figure of a report, in its order.
BALANCED, AUROC = "abstention balanced", "abstention AUROC"
METRICS = (*SCORERS, BALANCED, AUROC)


def aggregate(rows: Sequence[Row]) -> dict[str, Figure | None]:
    """Each metric's figure over the cases that it could be given for; None where there is none.

    Where there are unanswerable cases too: `abstention balanced`, the mean of `answered` and `abstained`, and
    `abstention AUROC`, how often an answerable case has more confidence than an unanswerable one.
    """
    figures = {name: summarise(_values(rows, name)) for name in SCORERS}
    answered, abstained = _values(rows, "answered"), _values(rows, "abstained")
    figures[BALANCED] = compare(answered, abstained, lambda a, b: float(a.mean() + b.mean()) / 2)
    sure = [row.confidence for row in rows if row.case.answerable and row.confidence is not None]
    unsure = [row.confidence for row in rows if not row.case.answerable and row.confidence is not None]
    figures[AUROC] = compare(sure, unsure, area_under_curve)
    return figures


def summarise(values: Iterable[float]) -> Figure | None:
    """Mean and the 2.5th and 97.5th percentiles of the means of 2,000 resamples with replacement, with a fixed seed."""
    data = np.fromiter(values, dtype=float)
    if not data.size:
        return None
    generator = np.random.default_rng(_SEED)
    means = [float(generator.choice(data, data.size).mean()) for _ in range(_RESAMPLES)]
    return figure_of(float(data.mean()), means, cases=data.size)


def compare(ones: Iterable[float], others: Iterable[float], fold: Callable[[Values, Values], float]) -> Figure | None:
    """A figure of two samples, each resampled by itself; None where one of them is empty."""
    one, other = np.fromiter(ones, dtype=float), np.fromiter(others, dtype=float)
    if not one.size or not other.size:
        return None
    generator = np.random.default_rng(_SEED)
    folded = [fold(generator.choice(one, one.size), generator.choice(other, other.size)) for _ in range(_RESAMPLES)]
    return figure_of(fold(one, other), folded, cases=one.size + other.size)


def figure_of(value: float, resampled: Sequence[float], *, cases: int) -> Figure:
    """A value with the 2.5th and 97.5th percentiles of what resampling gave."""
    low, high = np.percentile(resampled, [2.5, 97.5])
    return Figure(value, float(low), float(high), int(cases))


def area_under_curve(higher: Values, lower: Values) -> float:
    """The share of pairs in which the value of `higher` is the larger, ties counted half: Mann-Whitney U / (n1 n2)."""
    ordered = np.sort(lower)
    below = np.searchsorted(ordered, higher, side="left")
    up_to = np.searchsorted(ordered, higher, side="right")
    return float((below + up_to).sum() / 2 / (higher.size * lower.size))


def table(figures: Mapping[str, Figure | None], rows: Sequence[Row]) -> str:
    """The figures for a person, one a line, and how long a question took. What was not scored is left out."""
    lines = [f"{name:<20} {_figure_text(figure)}" for name, figure in figures.items() if figure is not None]
    seconds = [row.seconds for row in rows if row.seconds is not None]
    if seconds:
        median, slow = np.percentile(seconds, [50, 95])
        lines.append(f"{'seconds to ask':<20} median {median:.3f}, 95th percentile {slow:.3f}")
    crashed = [row for row in rows if row.error]
    lines += [f"{len(crashed)} cases crashed; the first: {crashed[0].case.id}: {crashed[0].error}"] if crashed else []
    return "\n".join(lines)


def _values(rows: Sequence[Row], metric: str) -> list[float]:
    scores = (row.scores.get(metric) for row in rows)
    return [score.value for score in scores if score is not None and score.value is not None]


def _figure_text(figure: Figure) -> str:
    return f"{figure.mean:.3f}  [{figure.low:.3f}, {figure.high:.3f}]  {figure.cases} cases"
