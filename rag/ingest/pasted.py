"""Text that a person pasted, with what they know of it -> one Article."""

from __future__ import annotations

from datetime import date

from rag.errors import ArticleError
from rag.ingest.admit import admit
from rag.ingest.fields import build_article, is_web_address
from rag.types import Article, Failure

PASTED = "pasted text"


def read_pasted(
    text: str,
    *,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    published: str | date | None = None,
    language: str | None = None,
    max_characters: int,
) -> Article | Failure:
    """The article, fit to be taken in, or why not. Its id is made of the address, else of title and text.

    `published` is YYYY-MM-DD or DD.MM.YYYY. A field of white space alone counts as not given.
    """
    address = (url or "").strip()
    try:
        if address and not is_web_address(address):
            raise ArticleError(
                f"url {address[:80]!r} is not a web address: it begins with https:// or http:// and names a site"
            )
        article = build_article(
            text,
            origin=PASTED,
            title=title,
            url=address,
            source=source,
            published=published.strip() if isinstance(published, str) else published,
            language=language,
        )
    except ArticleError as error:
        return Failure(PASTED, str(error))
    return admit(article, max_characters=max_characters)
