"""A summary for a terminal, and as Markdown for a CI log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.report.summary import CUT_METRICS, Summary, confusion_table
from evals.types import VERDICTS, Figure


def as_text(summary: Summary) -> str:
    """The figures, one a line; what was not scored is left out, and said where claims wait.

    Then what became of altered claims, a kind a line.
    """
    altered = [
        f"altered {one.kind:<14} not supported {as_cell(one.not_supported)}  refuted {as_cell(one.refuted)}  "
        f"with its finding {as_cell(one.named)}  {one.refuted.cases} claims"
        for one in summary.altered
    ]
    figures = figure_lines(summary.figures)
    return "\n".join([*([figures] if figures else []), *altered, *_notes(summary)])


def figure_lines(figures: Mapping[str, Figure | None]) -> str:
    """The figures that there are, one a line."""
    return "\n".join(
        f"{name:<22} {as_cell(figure)}  {figure.cases} cases" for name, figure in figures.items() if figure
    )


def as_markdown(summary: Summary) -> str:
    """Headline table, cuts, confusion, and what it was run with."""
    lines = [
        "# Evaluation",
        "",
        f"{summary.cases} cases.",
        "",
        "| metric | value [95 % interval] | cases |",
        "|---|---|---|",
    ]
    lines += [f"| {name} | {as_cell(figure)} | {figure.cases} |" for name, figure in summary.figures.items() if figure]
    lines += ["", *_cuts(summary)]
    if summary.reliability:
        lines += [
            "",
            "| confidence | cases | mean confidence | answerable | best sentence right |",
            "|---|---|---|---|---|",
        ]
        lines += [
            f"| {one.low:.1f} to {one.high:.1f} | {one.cases} | {one.confidence:.3f} | {one.answerable:.3f} "
            f"| {one.right:.3f} |"
            for one in summary.reliability
        ]
    if summary.confusion:
        lines += ["", f"| expected \\ got | {' | '.join(VERDICTS)} |", "|---" * (len(VERDICTS) + 1) + "|"]
        lines += [f"| {want} | {' | '.join(map(str, got))} |" for want, got in confusion_table(summary.confusion)]
    if summary.altered:
        lines += ["", "| altered | claims | not supported | refuted | refuted with its finding |", "|---" * 5 + "|"]
        lines += [
            f"| {one.kind} | {one.refuted.cases} | {as_cell(one.not_supported)} | {as_cell(one.refuted)} "
            f"| {as_cell(one.named)} |"
            for one in summary.altered
        ]
    lines += ["", *_notes(summary)]
    lines += ["", *(f"- {name}: {_plain(value)}" for name, value in summary.run.items())]
    return "\n".join(lines) + "\n"


def _cuts(summary: Summary) -> list[str]:
    shown = [name for name in CUT_METRICS if any(figures[name] for figures in summary.cuts.values())]
    if not shown:
        return []
    lines = [f"| cut | cases | {' | '.join(shown)} |", "|---" * (len(shown) + 2) + "|"]
    for name, figures in summary.cuts.items():
        cells = (as_cell(figure) if (figure := figures[metric]) else "" for metric in shown)
        lines.append(f"| {name.replace('|', '/')} | {summary.cut_sizes[name]} | {' | '.join(cells)} |")
    return lines


def _notes(summary: Summary) -> Sequence[str]:
    notes = [f"{count} claims were not scored: {reason}." for reason, count in summary.unscored.items()]
    if summary.crashed:
        notes.append(f"{len(summary.crashed)} cases crashed; the first: {summary.crashed[0]}")
    return notes


def as_cell(figure: Figure) -> str:
    """A figure with its interval."""
    return f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]"


def _plain(value: object) -> str:
    return ", ".join(f"{key} {item}" for key, item in value.items()) if isinstance(value, Mapping) else str(value)
