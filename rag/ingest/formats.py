"""Which reader takes which format: by a file's ending, and by the content type of a page."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import PurePath
from typing import Protocol

from rag.errors import ArticleError
from rag.ingest.html import read_html
from rag.ingest.jsonl import read_jsonl
from rag.ingest.markdown import read_markdown
from rag.ingest.plain import read_plain
from rag.types import Article, Failure

_log = logging.getLogger(__name__)


class Reader(Protocol):
    """Decoded text -> its articles and failures. Raises ArticleError where there is none at all.

    `origin` is what the articles are said to come from; `identity` what one is known by without an address of its own,
    such as a file's path; `address` where the text was fetched from.
    """

    def __call__(
        self, text: str, *, origin: str, identity: str | None = None, address: str | None = None
    ) -> Iterator[Article | Failure]: ...


READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
}
CONTENT_TYPES: dict[str, Reader] = {
    "text/html": read_html,
    "application/xhtml+xml": read_html,
    "text/plain": read_plain,
    "text/markdown": read_markdown,
    "text/x-markdown": read_markdown,
    "application/jsonl": read_jsonl,
    "application/jsonlines": read_jsonl,
    "application/x-jsonlines": read_jsonl,
    "application/x-ndjson": read_jsonl,
    "application/ndjson": read_jsonl,
}
# What servers say of a file whose format they do not know: then its ending tells.
_UNTOLD = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream"})


def reader_by_ending(name: str) -> Reader:
    """The reader for a file of this name. Raises ArticleError, with the endings there are, where there is none."""
    ending = _ending(name)
    if reader := READERS.get(ending):
        return reader
    what = f"the ending {ending!r} has no reader" if ending else "the name has no ending that tells the format"
    raise ArticleError(f"{what}; there is one for {', '.join(sorted(READERS))}")


def reader_by_content_type(content_type: str, *, path: str) -> Reader:
    """The reader for a page of this type, `type/subtype` or "", at this path of its address.

    Raises ArticleError, with the types there are, where there is none.
    """
    if content_type in _UNTOLD and (reader := READERS.get(_ending(path))):
        return reader
    if reader := CONTENT_TYPES.get(content_type or "text/html"):
        return reader
    raise ArticleError(
        f"the address gives {content_type}, which has no reader; there is one for text/html, text/plain, text/markdown "
        "and application/jsonl"
    )


def read_text(
    reader: Reader, text: str, *, origin: str, identity: str | None = None, address: str | None = None
) -> Iterator[Article | Failure]:
    """What the reader finds. Raises ArticleError alone: a foreign parser may choke on a text in ways of its own."""
    try:
        yield from reader(text, origin=origin, identity=identity, address=address)
    except ArticleError:
        raise
    except Exception as error:
        _log.debug("%s", origin, exc_info=True)
        raise ArticleError(f"its format cannot be read: {type(error).__name__}") from error


def _ending(name: str) -> str:
    return PurePath(name.strip()).suffix.lower()
