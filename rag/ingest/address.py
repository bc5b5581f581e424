"""A web address -> the articles of its page. Nothing is fetched unless the configuration allows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.errors import ArticleError
from rag.ingest.encoding import decode
from rag.ingest.formats import read_text, reader_by_content_type
from rag.ingest.networks import Resolve, resolve_host
from rag.types import Article, Failure

_ADDRESS = re.compile(r"\s*[a-z][a-z0-9+.-]+://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FetchConfig:
    """Whether pages are fetched, from where, and how long and large at most.

    `private`: servers in loopback, private and other networks that are not public are reached too. `connect_seconds`
    is for looking one server's name up, and again for one connection, `read_seconds` for the next bytes,
    `whole_seconds` for all of that until a page is there, with its redirects.
    `bytes` counts both as they come and as they are unpacked.
    """

    allowed: bool = False
    private: bool = False
    bytes: int = 10_000_000
    redirects: int = 5
    connect_seconds: float = 10.0
    read_seconds: float = 10.0
    whole_seconds: float = 30.0


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
