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
# Of a page with more tags than an article's has (opening and closing ones), only those that part its text are kept:
# the extractor takes the square of what stands beside one another within a paragraph. Half a megabyte of links in one
# took it two seconds, three megabytes fifteen.
_MANY_TAGS = 12_000
_PARTING = frozenset(
    """html head title meta link script style body main article section header footer nav aside div p h1 h2 h3 h4 h5 h6
    ul ol li dl dt dd blockquote pre br hr figure figcaption table caption thead tbody tfoot tr td th form fieldset
    button select option textarea noscript template iframe object svg time abbr address""".split()
)
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
        _without_inline(page) if page.count("<") > _MANY_TAGS else page,
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


def _without_inline(page: str) -> str:
    """The page with the text of its links, emphases and the like, and without their tags."""
    from lxml import etree, html

    tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    inline = {tag for element in tree.iter() if isinstance(tag := element.tag, str)} - _PARTING
    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction, *inline)
    return str(etree.tostring(tree, encoding="unicode", method="html"))


def _same_site(stated: str | None, address: str) -> bool:
    """Whether both are on one host, but for the parts that name its edition: www, m, amp."""
    one, other = (_EDITION.sub("", urlsplit(url or "").hostname or "") for url in (stated, address))
    return one != "" and one == other
