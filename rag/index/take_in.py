"""Prepared articles -> the stores: which are new, which replace one with their id or address, which are the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from rag.index.articles import ArticleStore
from rag.index.derived import DerivedIndex
from rag.index.prepare import Prepared
from rag.index.tables import INDEXED
from rag.types import Article, IngestReport


def changed_articles(articles: Sequence[Article], *, store: ArticleStore) -> list[Article]:
    """Those that are not there as they are, and indexed."""
    indexed = store.many([article.id for article in articles], state=INDEXED)
    return [article for article in articles if not _same(indexed.get(article.id), article)]


def take_in(
    prepared: Sequence[Prepared],
    *,
    store: ArticleStore,
    index: DerivedIndex,
    is_identity: Callable[[str], bool],
    coming: Collection[str],
) -> IngestReport:
    """Writes what has changed, in place of what has the same id or address, and says what became of each article.

    `is_identity` tells an address that is one article's own; an article in `coming` is not replaced for its address,
    since it will be taken in itself. Others may have written since the articles were prepared: what is there now
    decides. Nobody may search or write meanwhile.
    """
    articles = [one.article for one in prepared]
    known = store.many([article.id for article in articles])
    changed = changed_articles(articles, store=store)
    ids = {article.id for article in changed}
    others = {article.id: _others_with_address(article, store, is_identity) for article in changed}
    taken_over = {old: id for id, olds in others.items() for old in olds if old not in coming}
    if changed:
        store.put(changed, taken_over=taken_over)
        index.write([one for one in prepared if one.article.id in ids])
        index.remove(list(taken_over))
    updated = [id for id in (article.id for article in changed) if id in known or others[id]]
    return IngestReport(
        added=tuple(article.id for article in changed if article.id not in updated),
        updated=tuple(updated),
        unchanged=tuple(article.id for article in articles if article.id not in ids),
        replaced=tuple(sorted(taken_over)),
    )


def joined(one: IngestReport, other: IngestReport) -> IngestReport:
    """What became of the articles of both; in the time of the first."""
    return replace(
        one,
        added=one.added + other.added,
        updated=one.updated + other.updated,
        unchanged=one.unchanged + other.unchanged,
        failed=one.failed + other.failed,
        replaced=one.replaced + other.replaced,
    )


def _same(known: Article | None, new: Article) -> bool:
    """Whether nothing that a reader could see has changed. Where the file lies does not count."""
    return known is not None and replace(known, origin=None) == replace(new, origin=None)


def _others_with_address(article: Article, store: ArticleStore, is_identity: Callable[[str], bool]) -> list[str]:
    if article.url is None or not is_identity(article.url):
        return []
    return [known for known in store.with_address(article.url) if known != article.id]
