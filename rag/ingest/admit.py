"""Articles as they were read -> those that can be stored, found and cited from, in the form in which they are kept."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rag.ingest.fields import is_article_address
from rag.text.language import detect_language, language_code
from rag.text.sentences import split_sentences
from rag.text.unicode import is_unicode
from rag.types import Article, Failure

_log = logging.getLogger(__name__)


def admit(article: Article, *, max_characters: int) -> Article | Failure:
    """The article, if it can be stored and cited from, else why not: whatever is wrong with it costs no other."""
    try:
        return _admit(article, max_characters=max_characters)
    except (OSError, MemoryError):  # no article's fault
        raise
    except Exception as error:
        _log.warning("The article %r cannot be read.", article.id, exc_info=True)
        return Failure(article.origin or article.id, f"its text cannot be read: {type(error).__name__}")


def _admit(article: Article, *, max_characters: int) -> Article | Failure:
    where = article.origin or article.id
    if not article.id.strip() or len(article.id) > 500 or not article.id.isprintable():
        return Failure(where, f"the id {article.id[:80]!r} is empty, too long or not printable")
    if len(article.text) > max_characters:
        return Failure(
            where,
            f"the article has {len(article.text):,} characters; at most {max_characters:,} are taken "
            "(BELEG_MAX_ARTICLE_CHARACTERS)",
        )
    for name in ("text", "title", "url", "source", "language"):
        if not is_unicode(getattr(article, name) or ""):
            return Failure(where, f"the {name} is not valid Unicode: it holds half a character")
    if not split_sentences(article.id, article.text, language=article.language):
        return Failure(where, "there is no sentence in the text")
    if isinstance(article.published, datetime):
        article = replace(article, published=article.published.date())
    if article.origin and not is_unicode(article.origin):  # a file name in another encoding
        article = replace(article, origin=article.origin.encode(errors="backslashreplace").decode())
    return _with_language(article)


def last_of_each(articles: Sequence[Article]) -> list[Article]:
    """Of several with one id, and then of several with one address, the last."""
    by_id = {article.id: article for article in articles}
    by_address = {(a.url, "") if is_article_address(a.url) else ("", a.id): a for a in by_id.values()}
    return list(by_address.values())


def _with_language(article: Article) -> Article | Failure:
    """The article with its language as filters name it, detected where it is not given; else why not."""
    if article.language is None:
        language = detect_language(article.text)
        return replace(article, language=language, guessed=(*article.guessed, "language")) if language else article
    if code := language_code(article.language):
        return replace(article, language=code)
    return Failure(article.origin or article.id, f"language {article.language[:80]!r} is not a code such as de or en")
