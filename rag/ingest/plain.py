"""Plain text -> one Article."""

from __future__ import annotations

from collections.abc import Iterator

from rag.ingest.encoding import clean
from rag.ingest.fields import build_article
from rag.types import Article, Failure

_TITLE_CHARACTERS = 160


def read_plain(
    text: str, *, origin: str, identity: str | None = None, address: str | None = None
) -> Iterator[Article | Failure]:
    """One article. A first line that stands alone, is short and does not end as a sentence does is its title."""
    title, body = _split_title(clean(text))
    yield build_article(body, title=title, url=address, origin=origin, identity=identity)


def _split_title(text: str) -> tuple[str | None, str]:
    first, _, rest = text.partition("\n")
    alone = rest.startswith("\n") and rest.strip()
    if alone and len(first) <= _TITLE_CHARACTERS and first[-1] not in '.!?:;,…"“”«»':
        return first.strip(), rest.strip()
    return None, text
