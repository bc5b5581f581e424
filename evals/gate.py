"""Figures against thresholds: which fell short."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from evals.report import METRICS
from evals.types import Figure
from rag.errors import InputError


def read_gate(path: Path) -> dict[str, float]:
    """The least value of each metric: a JSON object."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"The gate {str(path)!r} cannot be read: {error}") from error
    if not isinstance(read, dict) or not all(isinstance(least, int | float) for least in read.values()):
        raise InputError(f"The gate {str(path)!r} is not a JSON object of metrics and numbers.")
    if unknown := sorted(read.keys() - set(METRICS)):
        raise InputError(f"The gate {str(path)!r} names {unknown[0]!r}, which is none of: {', '.join(METRICS)}.")
    return {metric: float(least) for metric, least in read.items()}


def fallen_short(figures: Mapping[str, Figure | None], gate: Mapping[str, float]) -> list[str]:
    """A line for each metric below its threshold, or not scored at all."""
    lines = []
    for metric, least in gate.items():
        figure = figures[metric]
        if figure is None:
            lines.append(f"{metric} was not scored; at least {least:.3f} is asked for")
        elif figure.mean < least:
            lines.append(f"{metric} is {figure.mean:.3f}; at least {least:.3f} is asked for")
    return lines
