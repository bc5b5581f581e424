"""What a search would have found in texts of a test's own, without an index."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rag.retrieve.align import Alignment
from rag.retrieve.fuse import Scale
from rag.retrieve.question import Question
from rag.retrieve.search import Found, align_hit
from rag.text.sentences import split_sentences
from rag.types import Article, Hit, Passage


def question(text: str) -> Question:
    """As in an archive of a thousand sentences where every token occurs in ten."""
    return Question.read(text, lambda _field, tokens: dict.fromkeys(tokens, 10), sentences=1_000)


def hit(text: str, *, id: str = "a", score: float = 1.0, title: str | None = None, language: str = "de") -> Hit:
    """An article of one passage, found with this score."""
    article = Article(id, text, title=title, language=language)
    sentences = tuple(split_sentences(id, text, language=language))
    parts = {"grams": score, "stems": score, "dense": score, "nearest": score, "fused": score}
    parts |= {"cosine": 0.85, "nearest cosine": 0.9, "cosine above": 0.05, "nearest above": 0.1}
    return Hit(Passage(id, 0, 0, len(text), sentences), score, parts, article)


def found(text: str, hits: Sequence[Hit]) -> Found:
    """The question `text` with these hits, in this order."""
    asked = question(text)
    alignment = Alignment(asked)
    nearness = {(s.article_id, s.index): 0.9 for one in hits for s in one.passage.sentences}
    hits = [align_hit(one, alignment, [one.passage]) for one in hits]
    return Found(asked, tuple(hits), alignment, np.zeros(1, dtype=np.float32), nearness, {"nearest": Scale(0.8, 0.05)})
