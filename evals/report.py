"""Rows -> figures with intervals, and how they read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from evals.scorers import SCORERS
from evals.types import Figure, Row

_RESAMPLES = 2_000
_SEED = 0


def aggregate(rows: Sequence[Row]) -> dict[str, Figure | None]:
    """Each metric's figure over the cases that it could be given for; None where there is none."""
    return {
        name: summarise(
            [score.value for row in rows if (score := row.scores.get(name)) is not None and score.value is not None]
        )
        for name in SCORERS
    }


def summarise(values: Iterable[float]) -> Figure | None:
    """Mean and the 2.5th and 97.5th percentiles of the means of 2,000 resamples with replacement, with a fixed seed."""
    data = np.fromiter(values, dtype=float)
    if not data.size:
        return None
    generator = np.random.default_rng(_SEED)
    means = [float(generator.choice(data, data.size).mean()) for _ in range(_RESAMPLES)]
    low, high = np.percentile(means, [2.5, 97.5])
    return Figure(float(data.mean()), float(low), float(high), int(data.size))


def table(figures: Mapping[str, Figure | None], rows: Sequence[Row]) -> str:
    """The figures for a person, one a line, and how long a question took."""
    lines = [f"{name:<18} {_figure_text(figure)}" for name, figure in figures.items()]
    seconds = [row.seconds for row in rows if row.seconds is not None]
    if seconds:
        median, slow = np.percentile(seconds, [50, 95])
        lines.append(f"{'seconds to ask':<18} median {median:.3f}, 95th percentile {slow:.3f}")
    crashed = [row for row in rows if row.error]
    lines += [f"{len(crashed)} cases crashed; the first: {crashed[0].case.id}: {crashed[0].error}"] if crashed else []
    return "\n".join(lines)


def _figure_text(figure: Figure | None) -> str:
    if figure is None:
        return "not scored"
    return f"{figure.mean:.3f}  [{figure.low:.3f}, {figure.high:.3f}]  {figure.cases} cases"
