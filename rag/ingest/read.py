"""Paths -> articles and failures, in a stable order. One bad file loses none of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from os import fspath
from pathlib import Path

from rag.errors import ArticleError
from rag.ingest.html import read_html
from rag.ingest.jsonl import read_jsonl
from rag.ingest.markdown import read_markdown
from rag.ingest.plain import read_plain
from rag.types import Article, Failure

Reader = Callable[[Path], Iterator[Article | Failure]]

READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
}


def read_articles(paths: Iterable[str | Path]) -> Iterator[Article | Failure]:
    """Every article under the paths. A folder is read with all below it, but for hidden files and a README."""
    for path in paths:
        for file in list_files(Path(fspath(path))):
            yield from read_file(file)


def list_files(path: Path) -> list[Path]:
    """The files that a path stands for: itself, or those in a folder whose format has a reader, sorted."""
    if not path.is_dir():
        return [path]
    return sorted(
        file
        for file in path.rglob("*")
        if file.suffix.lower() in READERS
        and file.stem.upper() != "README"
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
        and file.is_file()
    )


def read_file(path: Path) -> Iterator[Article | Failure]:
    """The articles of one file, or the Failure that says why there are none."""
    reader = READERS.get(path.suffix.lower())
    try:
        if not path.exists():
            raise ArticleError("there is no such file or folder")
        if reader is None:
            formats = ", ".join(sorted(READERS))
            raise ArticleError(f"the ending {path.suffix!r} has no reader; there is one for {formats}")
        yield from reader(path)
    except ArticleError as error:
        yield Failure(str(path), str(error))
    except OSError as error:
        yield Failure(str(path), f"the file cannot be read: {error.strerror}")
