"""Paths and addresses -> articles and failures, in a stable order. One bad file loses none of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike, fspath
from pathlib import Path

from rag.errors import ArticleError
from rag.ingest.address import is_address, read_address
from rag.ingest.encoding import decode
from rag.ingest.fetch_config import FetchConfig
from rag.ingest.formats import READERS, read_text, reader_by_ending
from rag.text.unicode import escape_obeyed
from rag.types import Article, Failure


def read_articles(
    sources: Iterable[str | PathLike[str]], *, fetch: FetchConfig | None = None
) -> Iterator[Article | Failure]:
    """Every article under the paths and addresses. Without `fetch`, no address is fetched.

    A folder is read with all below it, but for hidden files and a README.
    """
    for source in sources:
        if isinstance(source, str) and is_address(source):
            yield from read_address(source, config=fetch or FetchConfig())
        else:
            for file in list_files(Path(fspath(source))):
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


def read_file(path: Path, *, name: str | None = None) -> Iterator[Article | Failure]:
    """The articles of one file, or the Failure that says why there are none.

    `name` is what a person knows an uploaded file by, where the path is only where it lies meanwhile: it tells the
    format, and articles and failures name it. Names are not unique, so such an article is known by its content.
    """
    origin = str(path) if name is None else _presentable(name)
    identity = str(path.resolve()) if name is None else None
    try:
        if not path.exists():
            raise ArticleError("there is no such file or folder")
        reader = reader_by_ending(origin)
        yield from read_text(reader, decode(path.read_bytes()), origin=origin, identity=identity)
    except ArticleError as error:
        yield Failure(origin, str(error))
    except OSError as error:
        yield Failure(origin, f"the file cannot be read: {error.strerror}")


def _presentable(name: str) -> str:
    """A file's name as another machine gives it, fit to be kept and shown."""
    written = name.encode("utf-8", "backslashreplace").decode()
    return escape_obeyed(" ".join(written.split())) or "a file without a name"
