"""`beleg-eval fit`: collects examples, fits, cross-validates, and writes weights, folds and figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from evals.fit.crossed import Figures, figures_of, fit_folds, fit_read_folds, read_crossed, without_sign
from evals.fit.examples import Example, small_archives, whole_archive
from evals.fit.folds import Fold, write_folds
from evals.fit.steps import SIGNS, Read, Step, fit_read, fit_weights
from evals.report.text import as_cell
from evals.types import Case
from rag.archive import Archive
from rag.errors import BelegError
from rag.weights import Weights


def fit_and_report(
    archive: Archive,
    cases: Sequence[Case],
    groups: Mapping[str, str],
    before: Weights,
    *,
    folds: int,
    ablate: bool,
    out: Path,
    kept: Sequence[Fold] | None = None,
) -> str:
    """Writes `weights.json`, `folds.json` and `figures.md` into a folder; returns the last.

    With the folds that are `kept`, only what a reader adds is fitted, over the weights of before and of these folds.
    """
    with _written_to(out):
        out.mkdir(parents=True, exist_ok=True)
    examples = list(_collect(archive, cases, groups))
    weights = fit_weights(examples, before) if kept is None else fit_read(examples, before)
    crossed = fit_folds(examples, before, folds=folds) if kept is None else fit_read_folds(examples, kept)
    with _written_to(out):
        (out / "weights.json").write_text(json.dumps(weights.as_data(), indent=1) + "\n", encoding="utf-8")
        write_folds(out / "folds.json", crossed)
    reads = read_crossed(examples, crossed)
    tables = [_table({"all signs": figures_of(some)}, f"Questions in {lang}") for lang, some in _by_language(reads)]
    if ablate:
        tables += _ablation(examples, before, folds=folds)
    report = "\n\n".join(tables) + "\n"
    with _written_to(out):
        (out / "figures.md").write_text(report, encoding="utf-8")
    return report


@contextmanager
def _written_to(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BelegError(f"The weights cannot be written to {str(folder)!r}: {error.strerror}.") from error


def _collect(archive: Archive, cases: Sequence[Case], groups: Mapping[str, str]) -> Iterator[Example]:
    from tqdm.auto import tqdm

    articles = {article.id: article for article in archive.articles()}
    sources = (
        whole_archive(archive, cases, groups),
        small_archives(cases, groups, articles, archive.embedder, archive.reader),
    )
    for source in sources:
        yield from tqdm(source, desc="examples", unit=" examples", disable=None)


def _by_language(reads: Sequence[Read]) -> Iterator[tuple[str, list[Read]]]:
    """The questions of each language by themselves."""
    languages = dict.fromkeys(read.example.found.question.language for read in reads)
    for language in languages:
        yield language, [read for read in reads if read.example.found.question.language == language]


def _ablation(examples: Sequence[Example], before: Weights, *, folds: int) -> list[str]:
    """A table a language: the figures without each sign, everything fitted again."""
    from tqdm.auto import tqdm

    named: list[tuple[str, Step, str]] = [("nothing", "passage", "")]
    named += [(f"{step}: {sign}", step, sign) for step, signs in SIGNS.items() for sign in signs if sign != "constant"]
    rows: dict[str, dict[str, Figures]] = {}
    for name, step, sign in tqdm(named, desc="signs", unit=" signs", disable=None):
        crossed = fit_folds(examples, before, folds=folds, signs=without_sign(SIGNS, step, sign))
        for language, some in _by_language(read_crossed(examples, crossed)):
            rows.setdefault(language, {})[name] = figures_of(some)
    return [_table(figures, f"Questions in {language}, without") for language, figures in rows.items()]


def _table(rows: Mapping[str, Figures], title: str) -> str:
    columns = list(dict.fromkeys(name for figures in rows.values() for name in figures))
    lines = [f"| {title} | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for name, figures in rows.items():
        cells = (as_cell(figure) if (figure := figures.get(column)) else "" for column in columns)
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)
