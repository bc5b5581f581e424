"""A BEIR folder (Thakur et al. 2021): corpus.jsonl, queries.jsonl, qrels/*.tsv."""

from __future__ import annotations

import csv
from pathlib import Path

from pydantic import BaseModel, Field

from evals.formats.lines import read_rows, read_text
from evals.types import Case, Evidence, Suite
from rag.errors import InputError
from rag.types import Article


class _Document(BaseModel):
    id: str = Field(alias="_id")
    text: str
    title: str | None = None


class _Query(BaseModel):
    id: str = Field(alias="_id")
    text: str


def read_beir(folder: Path) -> Suite:
    """Queries with at least one relevant document become cases; documents become articles.

    Reads `qrels/test.tsv`, or the only file there. Evidence is a whole article: only what is found can be scored.
    Raises InputError by file, line and field.
    """
    articles = [
        Article(document.id, document.text, title=document.title or None, origin=where)
        for where, document in read_rows(folder / "corpus.jsonl", _Document)
    ]
    relevant = _relevant(_qrels_file(folder))
    cases = []
    for where, query in read_rows(folder / "queries.jsonl", _Query):
        if found := relevant.pop(query.id, None):
            cases.append(Case(query.id, query.text, evidence=tuple(Evidence(id) for id in found), where=where))
    if relevant:
        raise InputError(f"{folder}/queries.jsonl: there is no query {next(iter(relevant))!r}, which the qrels name")
    return Suite(tuple(cases), tuple(articles))


def _qrels_file(folder: Path) -> Path:
    files = sorted((folder / "qrels").glob("*.tsv"))
    test = [file for file in files if file.name == "test.tsv"]
    if len(chosen := test or files) != 1:
        raise InputError(f"{folder}/qrels has no test.tsv, and {len(files)} other files to choose from")
    return chosen[0]


def _relevant(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for number, row in enumerate(csv.reader(read_text(path).splitlines(), delimiter="\t"), start=1):
        if number == 1 and row[:2] == ["query-id", "corpus-id"]:
            continue
        try:
            query, document, grade = row[0], row[1], int(row[2])
        except (IndexError, ValueError) as error:
            raise InputError(f"{path}:{number}: not a query-id, a corpus-id and a whole number") from error
        if grade > 0:
            found.setdefault(query, []).append(document)
    return found
