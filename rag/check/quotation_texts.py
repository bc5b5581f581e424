"""What the quotations of a claim are looked up in: a few articles, or an archive."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from rag.index.articles import ArticleStore
from rag.index.derived import DerivedIndex, article_ids
from rag.index.tables import INDEXED
from rag.text.sentences import split_sentences
from rag.text.tokens import grams, stems
from rag.types import Article, Sentence, Speech

_K = 50


class Texts(Protocol):
    """What quotations are looked up in."""

    def find(self, words: str) -> Sequence[Article]:
        """The articles that are most likely to hold these words, the likeliest first."""

    def sentences(self, article_ids: Iterable[str]) -> Mapping[str, Sequence[Sentence]]:
        """Those of articles, in their order."""

    def speeches(self, article_ids: Iterable[str]) -> Mapping[str, Sequence[Speech]]:
        """What the articles give to whom; no key where that is nothing."""


class ListedTexts:
    """A few articles, all of which are looked through: for tests, and for text that no archive holds."""

    def __init__(self, articles: Sequence[Article], speeches: Sequence[Speech] = ()) -> None:
        self._articles = {article.id: article for article in articles}
        self._speeches = speeches

    def find(self, words: str) -> Sequence[Article]:
        return list(self._articles.values()) if words else []

    def sentences(self, article_ids: Iterable[str]) -> Mapping[str, Sequence[Sentence]]:
        articles = [self._articles[id] for id in article_ids]
        return {one.id: split_sentences(one.id, one.text, language=one.language) for one in articles}

    def speeches(self, article_ids: Iterable[str]) -> Mapping[str, Sequence[Speech]]:
        return {id: [speech for speech in self._speeches if speech.article_id == id] for id in article_ids}


class IndexedTexts:
    """The articles of an archive, of the `allowed` ones only, if named. `language` is that of the claim.

    What was fetched once is kept: one is made for each claim.
    """

    def __init__(
        self,
        store: ArticleStore,
        index: DerivedIndex,
        *,
        language: str,
        allowed: Collection[str] | None = None,
    ) -> None:
        self._store = store
        self._index = index
        self._language = language
        self._allowed = allowed
        self._articles: dict[str, Article | None] = {}
        self._sentences: dict[str, Sequence[Sentence]] = {}
        self._speeches: dict[str, Sequence[Speech]] = {}

    def find(self, words: str) -> Sequence[Article]:
        """Those of the 50 sentences and the 50 passages with the highest BM25 for the words' stems and 4-grams.

        Each word counts once, however often it stands there.
        """
        once = " ".join(dict.fromkeys(words.split()))
        scores: dict[str, float] = {}
        for index in (self._index.sentences, self._index.passages):
            for found in (
                index.search("stems", stems(once, language=self._language), k=_K, article_ids=self._allowed),
                index.search("grams", grams(once), k=_K, article_ids=self._allowed),
            ):
                best = max(found.values(), default=1.0) or 1.0
                for id, score in found.items():
                    article_id = id.rpartition("#")[0]
                    scores[article_id] = max(scores.get(article_id, 0.0), score / best)
        ids = article_ids(f"{id}#" for id in scores)
        if new := [id for id in ids if id not in self._articles]:
            self._articles |= dict.fromkeys(new) | self._store.many(new, state=INDEXED)
        articles = {id: article for id in ids if (article := self._articles[id])}
        return [articles[id] for id in sorted(articles, key=lambda id: (-scores[id], id))]

    def sentences(self, article_ids: Iterable[str]) -> Mapping[str, Sequence[Sentence]]:
        ids = list(article_ids)
        if new := [id for id in ids if id not in self._sentences]:
            passages = self._store.passages(new)
            self._sentences |= {id: [s for passage in passages.get(id, ()) for s in passage.sentences] for id in new}
        return {id: self._sentences[id] for id in ids}

    def speeches(self, article_ids: Iterable[str]) -> Mapping[str, Sequence[Speech]]:
        ids = list(article_ids)
        if new := [id for id in ids if id not in self._speeches]:
            found = self._store.speeches(new)
            self._speeches |= {id: found.get(id, ()) for id in new}
        return {id: self._speeches[id] for id in ids}
