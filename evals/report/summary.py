"""Rows -> what every report says: figures, cuts, curves and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evals.cuts import cut
from evals.intervals import mean_figure
from evals.metrics import aggregate, altered, confident_losses, confusion, reliability, risk_coverage, unscored, values
from evals.scorers.retrieval import DEPTHS
from evals.types import VERDICTS, Altered, Figure, Reliability, Row
from rag.types import Verdict

_CURVE_POINTS = 100
_BINS = 24

# What is said of each cut.
CUT_METRICS = (
    "article first",
    "article in five",
    "answered",
    "abstained",
    "sentence first",
    "sentence in three",
    "rejected avoided",
    "answer contained",
    "verdict right",
)

Curve = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a run. Curves are points (x, y); `histogram` gives a bin's upper edge in seconds and its count."""

    cases: int
    crashed: tuple[str, ...]
    figures: Mapping[str, Figure | None]
    cuts: Mapping[str, Mapping[str, Figure | None]]
    cut_sizes: Mapping[str, int]
    recall: Mapping[str, Curve]
    risk_coverage: Curve
    shipped: tuple[float, float] | None
    reliability: Sequence[Reliability]
    histogram: Curve
    confusion: Mapping[Verdict, Mapping[Verdict, int]]
    altered: Sequence[Altered]
    unscored: Mapping[str, int]
    run: Mapping[str, Any]


def summarise(rows: Sequence[Row], run: Mapping[str, Any]) -> Summary:
    """Folds the rows. `run` is what they were run with."""
    figures = aggregate(rows)
    by_cut = cut(rows)
    return Summary(
        cases=len(rows),
        crashed=tuple(f"{row.case.id}: {row.error}" for row in rows if row.error),
        figures=figures,
        cuts={name: {m: mean_figure(values(some, m)) for m in CUT_METRICS} for name, some in by_cut.items()},
        cut_sizes={name: len(some) for name, some in by_cut.items()},
        recall={unit: _recall(figures, unit) for unit in ("article", "passage") if figures[f"{unit} recall@1"]},
        risk_coverage=_risk_coverage(rows),
        shipped=_shipped(rows),
        reliability=reliability(rows),
        histogram=_histogram([r.seconds for r in rows if r.seconds is not None and r.case.kind == "question"]),
        confusion=confusion(rows),
        altered=altered(rows),
        unscored=unscored(rows),
        run=run,
    )


def confusion_table(counts: Mapping[Verdict, Mapping[Verdict, int]]) -> list[tuple[str, list[int]]]:
    """One row for each expected verdict, and its counts in the order of `VERDICTS`."""
    return [(want, [counts[want][got] for got in VERDICTS]) for want in VERDICTS] if counts else []


def _recall(figures: Mapping[str, Figure | None], unit: str) -> Curve:
    found = ((depth, figures[f"{unit} recall@{depth}"]) for depth in DEPTHS)
    return [(float(depth), figure.value) for depth, figure in found if figure is not None]


def _risk_coverage(rows: Sequence[Row]) -> Curve:
    losses = confident_losses(rows)
    if not len(losses):
        return []
    points = risk_coverage(losses)
    chosen = np.unique(np.linspace(0, len(points) - 1, _CURVE_POINTS).astype(int))
    return [(float(coverage), float(risk)) for coverage, risk in points[chosen]]


def _shipped(rows: Sequence[Row]) -> tuple[float, float] | None:
    """Coverage and risk at the threshold that the run answered by."""
    asked = [(row, row.scores["best sentence"].value) for row in rows if row.confidence is not None]
    known = [(row, value) for row, value in asked if value is not None or row.case.answerable is False]
    answered = [0.0 if value is None or not row.case.answerable else value for row, value in known if not row.abstained]
    return (len(answered) / len(known), 1 - sum(answered) / len(answered)) if answered else None


def _histogram(seconds: Sequence[float]) -> Curve:
    if not seconds:
        return []
    counts, edges = np.histogram(seconds, bins=_BINS, range=(0.0, float(np.percentile(seconds, 99)) or 1.0))
    return [(float(edge), float(count)) for edge, count in zip(edges[1:], counts, strict=True)]
