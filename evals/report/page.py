"""A summary and its rows -> one HTML file that needs nothing else: no network, no script but its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.report.summary import CUT_METRICS, Summary, confusion_table
from evals.scorers import CASE_METRICS
from evals.types import VERDICTS, Row

# A case has failed where one of these is 0 or it crashed.
_MUST_HOLD = (
    "sentence first",
    "answered",
    "abstained",
    "citations valid",
    "rejected avoided",
    "verdict right",
    "quotation right",
    "speaker right",
)


def as_page(summary: Summary, rows: Sequence[Row]) -> str:
    """The report. Every text of a case is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2").render(
        summary=summary,
        rows=[_shown(row) for row in rows],
        cut_metrics=[name for name in CUT_METRICS if any(figures[name] for figures in summary.cuts.values())],
        confusion=confusion_table(summary.confusion),
        verdicts=VERDICTS,
        tags=sorted({tag for row in rows for tag in row.case.tags}),
    )


def failed(row: Row) -> bool:
    """Whether something that must hold of the case does not; of a question without words of evidence, an abstention."""
    if row.error:
        return True
    scores = (row.scores[name].value for name in _MUST_HOLD if name in row.scores)
    return any(value is not None and value < 1.0 for value in scores)


def _shown(row: Row) -> Mapping[str, Any]:
    scores = [(name, row.scores[name]) for name in CASE_METRICS if name in row.scores]
    return {
        "row": row,
        "case": row.case,
        "failed": failed(row),
        "shown": row.citations or row.nearest,
        "scores": [(name, score) for name, score in scores if score.value is not None],
        "open": row.case.kind == "claim" and row.checked is None,
    }
