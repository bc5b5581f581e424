"""Files -> rows checked against a model, each with the place it came from."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from rag.errors import InputError

Model = TypeVar("Model", bound=BaseModel)


def read_text(path: Path) -> str:
    """The file's text, unpacked where it ends in `.gz`. Raises InputError where it cannot be read as UTF-8."""
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8-sig")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8-sig") as file
        ):
            return file.read()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise InputError(f"{str(path)!r} cannot be read: {error}") from error


def read_rows(path: Path, model: type[Model]) -> Iterator[tuple[str, Model]]:
    """The rows of a JSONL file with `file:line`; blank lines are passed over."""
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            yield f"{path}:{number}", parse(line, model, f"{path}:{number}")


def parse(text: str, model: type[Model], where: str) -> Model:
    """One value from JSON. Raises InputError that names the place and each field that is wrong."""
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        raise InputError("; ".join(_said(problem, where) for problem in error.errors()[:5])) from error


def _said(problem: object, where: str) -> str:
    assert isinstance(problem, dict)
    field = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "json_invalid":
        return f"{where}: not JSON: {problem['ctx']['error']}"
    if problem["type"] == "extra_forbidden":
        return f"{where}: {field}: there is no such field"
    return f"{where}: {field}: {problem['msg']}" if field else f"{where}: {problem['msg']}"
