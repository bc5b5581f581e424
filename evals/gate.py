"""Figures against thresholds: which fell short."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from evals.metrics import LOWER_IS_BETTER, METRICS
from evals.types import Figure
from rag.errors import InputError


def read_gate(path: Path) -> dict[str, float]:
    """The threshold of each metric, a JSON object: the least value, or the most where less is better."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"The gate {str(path)!r} cannot be read: {error}") from error
    if not isinstance(read, dict) or not all(
        isinstance(least, int | float) and not isinstance(least, bool) for least in read.values()
    ):
        raise InputError(f"The gate {str(path)!r} is not a JSON object of metrics and numbers.")
    if unknown := sorted(read.keys() - set(METRICS)):
        raise InputError(f"The gate {str(path)!r} names {unknown[0]!r}, which is none of: {', '.join(METRICS)}.")
    return {metric: float(least) for metric, least in read.items()}


def fallen_short(figures: Mapping[str, Figure | None], gate: Mapping[str, float]) -> list[str]:
    """A line for each metric short of its threshold, or not scored at all."""
    lines = []
    for metric, threshold in gate.items():
        figure, most = figures[metric], metric in LOWER_IS_BETTER
        asked = f"at {'most' if most else 'least'} {threshold:.3f} is asked for"
        if figure is None:
            lines.append(f"{metric} was not scored; {asked}")
        elif figure.value > threshold if most else figure.value < threshold:
            lines.append(f"{metric} is {figure.value:.3f}; {asked}")
    return lines
