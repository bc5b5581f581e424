"""Question rows over passages that are kept in a file of their own, in one language or in several.

A row has `id`, the question under a name of its own, `gold_passages` (article ids) and `answers` (`text` and `start`,
characters into the first of them).
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from evals.formats.lines import read_rows
from evals.types import Case, Evidence, Suite
from rag.errors import InputError


class _Answer(BaseModel):
    text: str
    start: int


class _Row(BaseModel):
    model_config = ConfigDict(extra="allow")

    id: str
    gold_passages: list[str] = Field(min_length=1)
    answers: list[_Answer] = Field(min_length=1)


def read_passage_rows(path: Path, *, question: str = "question") -> Suite:
    """The suite, with the question taken from the field named. Raises InputError by file, line and field."""
    return Suite(tuple(_case(row, question, where) for where, row in read_rows(path, _Row)))


def _case(row: _Row, question: str, where: str) -> Case:
    text = (row.model_extra or {}).get(question)
    if not isinstance(text, str) or not text.strip():
        raise InputError(f"{where}: {question}: there is no question in this field")
    first, *others = row.gold_passages
    return Case(
        row.id,
        text,
        answers=tuple(dict.fromkeys(answer.text for answer in row.answers)),
        evidence=(
            *dict.fromkeys(Evidence(first, answer.text, answer.start) for answer in row.answers),
            *(Evidence(other) for other in others),
        ),
        where=where,
    )
