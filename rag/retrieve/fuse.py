"""Scores of several searches -> one score. By value, not by rank: a weak search then costs little."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

Scores = Mapping[str, float]


def standardise(scores: Scores, *, over: Iterable[str]) -> dict[str, float]:
    """`z(x) = (x - mean) / standard deviation` over the candidates `over`.

    A candidate without a score counts as the lowest that there is. Where all score alike, every z is 0.
    """
    ids = list(over)
    lowest = min((scores[id] for id in ids if id in scores), default=0.0)
    values = np.array([scores.get(id, lowest) for id in ids], dtype=float)
    deviation = values.std() if ids else 0.0
    if deviation < 1e-9:
        return dict.fromkeys(ids, 0.0)
    return dict(zip(ids, ((values - values.mean()) / deviation).tolist(), strict=True))


def weighted_sum(parts: Mapping[str, Scores], weights: Mapping[str, float], id: str) -> float:
    """`Σ weight · part` for one candidate."""
    return sum(weight * parts[name].get(id, 0.0) for name, weight in weights.items())
