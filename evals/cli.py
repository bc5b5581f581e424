"""Measure an archive's answers. Exit status: 0 done, 1 a case crashed or the gate is not met, 2 wrong usage."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.compare import compare_runs, difference_table, read_run
from evals.gate import fallen_short, read_gate
from evals.leave_out import leave_out_articles, leave_out_groups, read_groups
from evals.report import aggregate, table
from evals.run import run_cases
from evals.suites import read_suite
from evals.types import Case, Row
from rag.errors import BelegError, InputError

DONE, FAILED, WRONG_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except BelegError as error:
        print(f"beleg-eval: {error}", file=sys.stderr)
        return WRONG_USAGE if isinstance(error, InputError) else FAILED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="beleg-eval", description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="ask every question of the suites and score the answers", allow_abbrev=False)
    run.add_argument("suites", nargs="+", type=Path, metavar="SUITE", help="JSONL files of questions")
    run.add_argument("--corpus", nargs="+", type=Path, default=[], metavar="PATH", help="articles to take in first")
    run.add_argument("--data", type=Path, metavar="DIR", help="the archive to use and keep (else a temporary one)")
    run.add_argument("--question", default="question", metavar="FIELD", help="the field that holds the question")
    run.add_argument(
        "--leave-out",
        choices=["article", "group"],
        help="ask each question again with the articles that answer it, or their whole groups, out of reach",
    )
    run.add_argument("--groups", type=Path, metavar="FILE", help="JSONL with the id and group of each article")
    run.add_argument("--gate", type=Path, metavar="FILE", help="JSON: the least value of each metric, else exit 1")
    run.set_defaults(run=_run)
    run.add_argument("--out", type=Path, metavar="DIR", help="write rows.jsonl and summary.json into this folder")
    compare = commands.add_parser("compare", help="what changed from one run to another", allow_abbrev=False)
    compare.add_argument("first", type=Path, metavar="RUN", help="a folder that --out wrote")
    compare.add_argument("second", type=Path, metavar="RUN", help="another, over the same cases")
    compare.set_defaults(run=_compare)
    for command in (run, compare):
        command.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _run(options: argparse.Namespace) -> int:
    from tqdm.auto import tqdm

    from rag.archive import Archive
    from rag.as_json import to_json

    cases = [case for suite in options.suites for case in read_suite(suite, question=options.question)]
    gate = read_gate(options.gate) if options.gate else {}
    cases += _left_out(cases, options.leave_out, options.groups)
    if options.data is None and not options.corpus:
        raise InputError("There is nothing to ask: name an archive with --data, or articles with --corpus.")
    with TemporaryDirectory(prefix="beleg-eval-") as scratch, Archive.open(options.data or scratch) as archive:
        report = archive.ingest(options.corpus, progress=not options.json)
        for failure in report.failed:
            print(f"beleg-eval: {failure.where}: {failure.reason}", file=sys.stderr)
        counted = tqdm(run_cases(archive, cases), total=len(cases), unit="case", disable=True if options.json else None)
        rows: list[Row] = list(counted)
        status = archive.status()
    figures = aggregate(rows)
    short = fallen_short(figures, gate)
    summary = {
        "cases": len(rows),
        "articles": status.articles,
        "model": status.model,
        "version": status.version,
        "figures": figures,
    }
    if options.out:
        _write(options.out, rows, to_json(summary))
    print(to_json(summary) if options.json else table(figures, rows))
    for line in short:
        print(f"beleg-eval: {line}", file=sys.stderr)
    return FAILED if short or report.failed or any(row.error for row in rows) else DONE


def _compare(options: argparse.Namespace) -> int:
    from rag.as_json import to_json

    differences = compare_runs(read_run(options.first), read_run(options.second))
    print(to_json({"differences": differences}) if options.json else difference_table(differences))
    return DONE


def _left_out(cases: list[Case], what: str | None, groups: Path | None) -> list[Case]:
    if what == "article":
        return leave_out_articles(cases)
    if what == "group":
        if groups is None:
            raise InputError("--leave-out group needs --groups FILE: JSONL with the id and group of each article.")
        return leave_out_groups(cases, read_groups(groups))
    return []


def _write(folder: Path, rows: Sequence[Row], summary: str) -> None:
    import json

    from rag.as_json import as_plain

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps(as_plain(row), ensure_ascii=False) for row in rows)
        (folder / "rows.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        (folder / "summary.json").write_text(f"{summary}\n", encoding="utf-8")
    except OSError as error:
        raise BelegError(f"The run cannot be written to {str(folder)!r}: {error.strerror}.") from error


if __name__ == "__main__":
    sys.exit(main())
