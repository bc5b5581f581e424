"""Where the words of a question are found: in a sentence, around it, and in the passages that a search found."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from rag.retrieve.question import Question
from rag.text.align import Aligner, Row
from rag.text.asked import WORD_KINDS
from rag.types import Article, Sentence


class Alignment:
    """One question among the sentences of some articles. A row says how well each word of the question is found."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._aligner = Aligner([word.text for word in question.words], language=question.language)
        self._nothing: Row = np.zeros(len(question.words))
        self._rows: dict[tuple[str, int], Row] = {}
        self._titles: dict[str, Row] = {}
        kinds = np.array([WORD_KINDS.index(word.kind) for word in question.words], dtype=int)
        self._of_kind: NDArray[np.float64] = np.eye(len(WORD_KINDS))[kinds].reshape(-1, len(WORD_KINDS))

    def add(self, article: Article, sentences: Iterable[Sentence]) -> None:
        """Takes in sentences of an article, and its title."""
        if article.id not in self._titles:
            self._titles[article.id] = self._aligner.row(article.title or "", language=article.language)
        for sentence in sentences:
            key = (article.id, sentence.index)
            if key not in self._rows:
                text = article.text[sentence.start : sentence.end]
                self._rows[key] = self._aligner.row(text, language=article.language)

    def row(self, article_id: str, index: int) -> Row:
        """Of one sentence; all 0 where it was not taken in."""
        return self._rows.get((article_id, index), self._nothing)

    def best(self, article_id: str, indexes: Iterable[int], *, title: bool = False) -> Row:
        """Of several sentences together, and of the title if asked: each word where it is found best."""
        rows = [self.row(article_id, index) for index in indexes]
        if title:
            rows.append(self._titles.get(article_id, self._nothing))
        return np.max(rows, axis=0) if rows else self._nothing

    def shares(self, row: Row, *, language: str | None) -> dict[str, float]:
        """The share of the question's weight that is found, by kind of word; together at most 1."""
        found = (self._question.weights(language) * row) @ self._of_kind
        return dict(zip(WORD_KINDS, found.tolist(), strict=True))

    def asked(self, *, language: str | None) -> dict[str, float]:
        """The share of the question's weight that its words of each kind have; together 1."""
        return self.shares(np.ones(len(self._question.words)), language=language)
