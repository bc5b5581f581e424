"""Question files -> cases. A bad row is named by file, line and field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.types import Case, Span
from rag.errors import InputError


def read_suite(path: Path, *, question: str = "question") -> list[Case]:
    """The cases of a JSONL file, one a line.

    A row has `id`, the question under the name that `question` gives, `gold_passages` (ids of articles that answer it)
    and `answers` (objects with `text` and `start`, characters into the `article` named there, else into the first of
    the ids).
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The suite {str(path)!r} cannot be read: {error}") from error
    cases = [case for number, line in enumerate(lines, start=1) for case in _row(line, f"{path}:{number}", question)]
    if not cases:
        raise InputError(f"The suite {str(path)!r} has no rows.")
    return cases


def _row(line: str, where: str, question: str) -> Iterator[Case]:
    if not line.strip():
        return
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: not JSON: {error}") from error
    if not isinstance(row, dict):
        raise InputError(f"{where}: not a JSON object")
    evidence = _field(row, "gold_passages", list, where)
    if not evidence or not all(isinstance(id, str) for id in evidence):
        raise InputError(f"{where}: gold_passages must name at least one article, as text")
    answers = [_answer(answer, evidence[0], where) for answer in _field(row, "answers", list, where)]
    yield Case(
        _field(row, "id", str, where), _field(row, question, str, where), tuple(evidence), tuple(dict.fromkeys(answers))
    )


def _answer(answer: object, article_id: str, where: str) -> Span:
    if not isinstance(answer, dict):
        raise InputError(f"{where}: answers must hold objects with text and start")
    text, start = _field(answer, "text", str, where), _field(answer, "start", int, where)
    return Span(_field({"article": article_id} | answer, "article", str, where), start, start + len(text), text)


def _field(row: dict[str, Any], name: str, kind: type, where: str) -> Any:
    if name not in row:
        raise InputError(f"{where}: the field {name} is missing")
    if not isinstance(row[name], kind):
        raise InputError(f"{where}: {name} is not {kind.__name__} but {type(row[name]).__name__}")
    return row[name]
