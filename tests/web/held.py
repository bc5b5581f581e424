"""Articles by hand for what is drawn of evidence, as they are now and as they were."""

from __future__ import annotations

from collections.abc import Iterable

from rag.errors import UnknownArticle
from rag.types import Article


class Held:
    """Holds these articles now, and in earlier versions those of `earlier`."""

    def __init__(self, *now: Article, earlier: Iterable[Article] = ()) -> None:
        self._now = {article.id: article for article in now}
        self._versions = {(article.id, article.content_hash): article for article in (*earlier, *now)}

    def article(self, article_id: str) -> Article:
        if article_id not in self._now:
            raise UnknownArticle(f"no article {article_id!r}")
        return self._now[article_id]

    def version(self, article_id: str, content_hash: str) -> Article | None:
        return self._versions.get((article_id, content_hash))
