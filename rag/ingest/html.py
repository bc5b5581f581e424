"""A web page -> its main text as one Article, by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from rag.errors import ArticleError
from rag.ingest.fields import build_article
from rag.types import Article, Failure

# Of a page without an article, the extractor gives what it has: a menu, a button.
_SENTENCE_END = re.compile(r"\w[.!?…]")
_EDITION = re.compile(r"^(?:www|m|mobile|mobil|amp)\.")


def read_html(
    text: str, *, origin: str, identity: str | None = None, address: str | None = None
) -> Iterator[Article | Failure]:
    """One article. Title, site, address, date and language are taken where the page's own mark-up states them."""
    yield parse_html(text, origin=origin, identity=identity, address=address)


def parse_html(page: str, *, origin: str, identity: str | None = None, address: str | None = None) -> Article:
    """The page's article. Raises ArticleError where the extractor finds no main text.

    Of a page from an address, the mark-up may state another address of the same site only: the new text of a known
    address replaces the old one.
    """
    import trafilatura
    from lxml import html
    from trafilatura.settings import Document

    found = trafilatura.bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    text = found.text or "" if isinstance(found, Document) else ""
    if not isinstance(found, Document) or not _SENTENCE_END.search(text):
        raise ArticleError("no article text was found in the page")
    return build_article(
        "\n\n".join(line for line in text.splitlines() if line.strip()),
        origin=origin,
        identity=identity,
        title=found.title,
        url=found.url if address is None or _same_site(found.url, address) else address,
        source=found.sitename,
        published=found.date,
        language=html.document_fromstring(page.encode()).get("lang"),
    )


def _same_site(stated: str | None, address: str) -> bool:
    """Whether both are on one host, but for the parts that name its edition: www, m, amp."""
    one, other = (_EDITION.sub("", urlsplit(url or "").hostname or "") for url in (stated, address))
    return one != "" and one == other
