"""JSON lines -> Articles, one a line.

The keys: `text`, and where known `id`, `title`, `url`, `source`, `published` (or `date`) and `language`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from rag.errors import ArticleError
from rag.ingest.fields import build_article
from rag.types import Article, Failure


def read_jsonl(
    text: str,
    *,
    origin: str,
    identity: str | None = None,
    address: str | None = None,
) -> Iterator[Article | Failure]:
    """The articles in the lines' order, each known by its own fields. A line that is none is a Failure with its number.

    `identity` and `address` are those of all lines together, so of none.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{origin}:{number}"
        try:
            yield _record(line, where)
        except ArticleError as error:
            yield Failure(where, f"line {number}: {error}")


def _record(line: str, where: str) -> Article:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of thousands of digits
        raise ArticleError(f"not JSON: {error}") from error
    if not isinstance(record, dict):
        raise ArticleError(f"not a JSON object but {type(record).__name__}")
    return build_article(
        record.get("text"),
        origin=where,
        id=record.get("id"),
        title=record.get("title"),
        url=record.get("url"),
        source=record.get("source"),
        published=record.get("published", record.get("date")),
        language=record.get("language"),
    )
