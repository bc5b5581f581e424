"""Suites in any of the formats -> cases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from evals.formats.beir import read_beir
from evals.formats.fever import read_fever
from evals.formats.form import read_form
from evals.formats.lines import read_text
from evals.formats.passage_rows import read_passage_rows
from evals.formats.squad import read_squad
from evals.types import Suite
from rag.errors import InputError


def read_suite(path: Path, *, question: str = "question") -> Suite:
    """One suite: a BEIR folder, SQuAD JSON (`.json`), or JSON lines in the project's own form, FEVER's or passage rows.

    `question` is the field that passage rows hold the question in. Raises InputError by file, line and field.
    """
    suite = _read(path, question)
    if not suite.cases:
        raise InputError(f"The suite {str(path)!r} is empty.")
    return suite


def read_suites(paths: Sequence[Path], *, question: str = "question") -> Suite:
    """Several suites as one. Raises InputError where two cases have one id, or two articles."""
    suites = [read_suite(path, question=question) for path in paths]
    cases = [case for suite in suites for case in suite.cases]
    articles = [article for suite in suites for article in suite.articles]
    _refuse_twins([(case.id, case.where) for case in cases], "case")
    different = {(article.id, article.content_hash): article for article in articles}
    _refuse_twins([(article.id, article.origin or "") for article in different.values()], "article")
    groups = {id: group for suite in suites for id, group in suite.groups.items()}
    return Suite(tuple(cases), tuple(articles), groups)


def _read(path: Path, question: str) -> Suite:
    if path.is_dir():
        return read_beir(path)
    if path.suffix == ".json":
        return read_squad(path)
    keys = _first_keys(path)
    if "gold_passages" in keys:
        return read_passage_rows(path, question=question)
    if {"claim", "label"} <= keys:
        return read_fever(path)
    return read_form(path)


def _first_keys(path: Path) -> set[str]:
    """The fields of the first row, which tell the formats apart; none where it is no object."""
    line = next((line for line in read_text(path).split("\n") if line.strip()), "{}")
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        return set()  # read_form says where and why
    return set(row) if isinstance(row, dict) else set()


def _refuse_twins(named: Iterable[tuple[str, str]], what: str) -> None:
    seen: dict[str, str] = {}
    for id, where in named:
        if id in seen:
            raise InputError(f"{where}: id: another {what} is called {id!r} already, at {seen[id]}")
        seen[id] = where
