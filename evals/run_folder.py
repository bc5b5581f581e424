"""A run on disk, so that it can be gone on with, read again and compared.

`run.json`: what it was run with. `rows.jsonl`: a row a case, written as they come. `summary.json`, `summary.md`,
`report.html`, and `articles.run`, `articles.qrels`, `passages.run`, `passages.qrels` for trec_eval: written at the end.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from evals.types import Case, Row
from rag.errors import BelegError, InputError

_ROW = TypeAdapter(Row)

Identity = Mapping[str, Any]


class RunFolder:
    """A folder that one run is written to, and gone on with where an earlier try was cut off."""

    def __init__(self, folder: Path, identity: Identity) -> None:
        """Opens or makes it. Raises InputError where another run lies there, BelegError where it cannot be written."""
        self._folder = folder
        self._rows = folder / "rows.jsonl"
        known = read_identity(folder) if (folder / "run.json").exists() else None
        wanted = json.loads(json.dumps(identity))
        if known is not None and (
            different := [key for key in {**known, **wanted} if known.get(key) != wanted.get(key)]
        ):
            raise InputError(
                f"{str(folder)!r} holds another run: its {different[0]} is {known.get(different[0])!r}, "
                f"not {wanted.get(different[0])!r}. Name a new folder, or delete it."
            )
        if known is None and folder.exists() and any(folder.iterdir()):
            raise InputError(f"{str(folder)!r} holds something that is no run (no run.json). Name a new folder.")
        self.write("run.json", json.dumps(wanted, ensure_ascii=False, indent=2) + "\n")

    def done(self, cases: Sequence[Case]) -> dict[str, Row]:
        """The rows that are there of these cases, by case id. A last line that was cut off is dropped from the file."""
        if not self._rows.exists():
            return {}
        *lines, cut_off = self._rows.read_text(encoding="utf-8", errors="replace").split("\n")
        if cut_off:
            self.write("rows.jsonl", "".join(f"{line}\n" for line in lines))
        rows = {row.case.id: row for row in _parse(lines, self._rows)}
        return {case.id: rows[case.id] for case in cases if case.id in rows and rows[case.id].error is None}

    def add(self, row: Row) -> None:
        """Writes one more row and has the system keep it."""
        self._writing(lambda: _append(self._rows, _line(row)))

    def write_rows(self, rows: Sequence[Row]) -> None:
        """All rows, in the order of the cases."""
        self.write("rows.jsonl", "".join(map(_line, rows)))

    def write(self, name: str, text: str) -> None:
        """A file, whole or not at all."""
        self._writing(lambda: _replace(self._folder / name, text))

    def _writing(self, write: Callable[[], None]) -> None:
        try:
            write()
        except OSError as error:
            raise BelegError(f"The run cannot be written to {str(self._folder)!r}: {error.strerror}.") from error


def read_whole_run(folder: Path) -> list[Row]:
    """The rows of a finished run. Raises InputError for a folder that holds none, or one that was cut off."""
    try:
        expected = json.loads((folder / "summary.json").read_text(encoding="utf-8"))["cases"]
        lines = (folder / "rows.jsonl").read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise InputError(
            f"{str(folder)!r} is not a whole run (rows.jsonl and summary.json): {error}. "
            "The same `beleg-eval run` with its --out goes on where it was cut off."
        ) from error
    rows = _parse(lines, folder / "rows.jsonl")
    if len(rows) != expected:
        raise InputError(f"The run {str(folder)!r} was cut off: {len(rows)} of {expected} cases are there.")
    return rows


def trec_files(rows: Sequence[Row]) -> dict[str, str]:
    """Runs and qrels in TREC's form, over articles and passages, by file name; blanks in ids become `_`."""
    lines: dict[str, list[str]] = {
        f"{unit}.{kind}": [] for unit in ("articles", "passages") for kind in ("run", "qrels")
    }
    for row in rows:
        if not row.case.within_reach or row.error:
            continue
        articles = [passage.rsplit("#", 1)[0] for passage in row.passages]
        gold = [evidence.article_id for evidence in row.case.within_reach]
        for unit, found, relevant in (("articles", articles, gold), ("passages", row.passages, row.relevant)):
            ranking = list(dict.fromkeys(found)) if relevant else []
            case, ids = _token(row.case.id), [_token(id) for id in ranking]
            for rank, id in enumerate(ids, start=1):
                lines[f"{unit}.run"].append(f"{case} Q0 {id} {rank} {len(ids) - rank + 1} beleg\n")
            lines[f"{unit}.qrels"] += [f"{case} 0 {_token(id)} 1\n" for id in dict.fromkeys(relevant)]
    return {name: "".join(text) for name, text in lines.items()}


def read_identity(folder: Path) -> dict[str, Any]:
    """What a run was run with. Raises InputError."""
    try:
        read = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"{str(folder / 'run.json')!r} cannot be read: {error}") from error
    if not isinstance(read, dict):
        raise InputError(f"{str(folder / 'run.json')!r} is not a JSON object.")
    return read


def _parse(lines: Sequence[str], path: Path) -> list[Row]:
    rows = []
    for number, line in enumerate(lines, start=1):
        try:
            rows.append(_ROW.validate_json(line))
        except ValidationError as error:
            raise InputError(f"{path}:{number}: not a row of a run: {error.errors()[0]['msg']}") from error
    return rows


def _line(row: Row) -> str:
    return _ROW.dump_json(row).decode() + "\n"


def _append(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(line)
        file.flush()


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.part")
    half.write_text(text, encoding="utf-8")
    os.replace(half, path)  # noqa: PTH105


def _token(id: str) -> str:
    return "_".join(id.split())
