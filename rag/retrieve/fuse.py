"""Scores of several searches -> one scale, so that they can be added up: by value, not by rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """Mean and standard deviation of a search's scores."""

    mean: float
    deviation: float


def scale_of(scores: Scores, *, over: Iterable[str]) -> Scale:
    """Over the candidates `over`, of whom one without a score counts as the lowest that there is."""
    values = np.array(list(_completed(scores, over).values()), dtype=float)
    return Scale(float(values.mean()), float(values.std())) if values.size else Scale(0.0, 0.0)


def standardise(scores: Scores, *, over: Iterable[str], scale: Scale | None = None) -> dict[str, float]:
    """`z(x) = (x - mean) / standard deviation` of each candidate, on its own scale or another search's.

    A candidate without a score counts as the lowest that there is. Where all score alike, every z is 0.
    """
    values = _completed(scores, over)
    scale = scale or scale_of(values, over=values)
    if scale.deviation < 1e-9:
        return dict.fromkeys(values, 0.0)
    return {id: (value - scale.mean) / scale.deviation for id, value in values.items()}


def _completed(scores: Scores, over: Iterable[str]) -> dict[str, float]:
    ids = list(over)
    lowest = min((scores[id] for id in ids if id in scores), default=0.0)
    return {id: scores.get(id, lowest) for id in ids}
