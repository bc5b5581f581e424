"""Sources as they are given, files, folders, addresses, articles -> those to take in, each once, and what cannot be."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike

from rag.ingest.admit import admit, last_of_each
from rag.ingest.fetch_config import FetchConfig
from rag.ingest.read import read_articles
from rag.types import Article, Failure, IngestReport

Source = str | PathLike[str] | Article


def gather(sources: Iterable[Source], *, fetch: FetchConfig, max_characters: int) -> tuple[list[Article], IngestReport]:
    """The articles in the form in which they are kept; of several with one id or address the last.

    The report has what `failed`, and in `replaced` the ids that gave way to a later one.
    """
    read: list[Article | Failure] = []
    for source in sources:
        read += [source] if isinstance(source, Article) else read_articles([source], fetch=fetch)
    found = [item if isinstance(item, Failure) else admit(item, max_characters=max_characters) for item in read]
    articles = last_of_each([item for item in found if isinstance(item, Article)])
    kept = {article.id for article in articles}
    return articles, IngestReport(
        failed=tuple(item for item in found if isinstance(item, Failure)),
        replaced=tuple({item.id: None for item in found if isinstance(item, Article) and item.id not in kept}),
    )
