"""A web address -> the articles of its page. Nothing is fetched unless the configuration allows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.errors import ArticleError
from rag.ingest.encoding import decode
from rag.ingest.fetch_config import FetchConfig
from rag.ingest.formats import read_text, reader_by_content_type
from rag.ingest.networks import Resolve, resolve_host
from rag.types import Article, Failure

_ADDRESS = re.compile(r"\s*[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_address(source: str) -> bool:
    """Whether it names its scheme, as https://beispiel.example/a does, and so is no path."""
    return _ADDRESS.match(source) is not None


def read_address(address: str, *, config: FetchConfig, resolve: Resolve = resolve_host) -> Iterator[Article | Failure]:
    """The articles of the page at an http or https address, or the Failure that says why there are none.

    An article's `origin` is the address as given; its `url` the one after all redirects, or the canonical one that the
    page states. Of pages in a format other than HTML see `rag.ingest.formats`.
    """
    origin = address.strip()
    try:
        if not config.allowed:
            raise ArticleError(
                "addresses are not fetched: BELEG_FETCH=true allows it, and then Beleg reaches for the network"
            )
        from rag.ingest.fetch import fetch_page

        page = fetch_page(origin, config=config, resolve=resolve)
        reader = reader_by_content_type(page.content_type, path=page.path)
        if not page.data.strip():
            raise ArticleError("the page is empty")
        yield from read_text(reader, decode(page.data, stated=page.charset), origin=origin, address=page.url)
    except ArticleError as error:
        yield Failure(origin, str(error))
