"""Articles -> all that the indexes hold of them, made without touching the indexes: what takes long in taking in."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rag.errors import BelegError
from rag.index.words import Unit
from rag.models.embedder import Embedder, Vectors
from rag.text.passages import split_passages
from rag.text.sentences import split_sentences
from rag.text.speech import find_speech
from rag.text.tokens import grams, stems
from rag.types import Article, Failure, Passage, Sentence, Speech

_log = logging.getLogger(__name__)

_CONTEXT_CHARACTERS = 1_000
_REASON_CHARACTERS = 300
# So much is written at once, while questions wait.
_PIECE_ARTICLES = 8
_PIECE_CHARACTERS = 40_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article, ready to be written.

    `vectors` are those of its sentences, shape (sentences, dimensions), `passage_vectors` their means in each passage.
    """

    article: Article
    passages: tuple[Passage, ...]
    vectors: Vectors
    passage_vectors: Vectors
    passage_units: tuple[Unit, ...]
    sentence_units: tuple[Unit, ...]
    speeches: tuple[Speech, ...]


def pieces(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles, a few at a time: at most 8, and no more once they have 40,000 characters."""
    piece: list[Article] = []
    size = 0
    for article in articles:
        piece.append(article)
        size += len(article.text)
        if size >= _PIECE_CHARACTERS or len(piece) == _PIECE_ARTICLES:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def prepare(articles: Sequence[Article], *, embedder: Embedder) -> list[Prepared]:
    """Splits, embeds and tokenises the articles, and finds who says what in them. Safe in several threads at once."""
    split = [_split(article) for article in articles]
    texts = [
        article.text[sentence.start : sentence.end]
        for article, passages in zip(articles, split, strict=True)
        for sentence in _sentences(passages)
    ]
    vectors, prepared = embedder.embed_passages(texts), []
    for article, passages in zip(articles, split, strict=True):
        count = len(_sentences(passages))
        own, vectors = vectors[:count], vectors[count:]
        prepared.append(
            Prepared(
                article,
                tuple(passages),
                own,
                _means(own, [len(passage.sentences) for passage in passages]),
                tuple(_passage_units(article, passages)),
                tuple(_sentence_units(article, passages)),
                tuple(_speeches(article, passages)),
            )
        )
    return prepared


def prepare_each(articles: Sequence[Article], *, embedder: Embedder) -> tuple[list[Prepared], list[Failure]]:
    """Those articles that can be prepared, in order, and why the others cannot be: one's fault costs no other.

    What is no article's fault is raised: OSError, MemoryError, and what Beleg raises on purpose, such as an InputError
    for a model that cannot be loaded.
    """
    try:
        return prepare(articles, embedder=embedder), []
    except (BelegError, OSError, MemoryError):
        raise
    except Exception as error:
        if len(articles) > 1:
            each = [prepare_each([article], embedder=embedder) for article in articles]
            return [one for prepared, _ in each for one in prepared], [one for _, failed in each for one in failed]
        article = articles[0]
        _log.warning("The article %r cannot be made ready for searching.", article.id, exc_info=True)
        reason = f"it cannot be made ready for searching: {type(error).__name__}: {error}"
        return [], [Failure(article.origin or article.id, reason[:_REASON_CHARACTERS])]


def _split(article: Article) -> list[Passage]:
    return split_passages(split_sentences(article.id, article.text, language=article.language))


def _sentences(passages: Sequence[Passage]) -> list[Sentence]:
    return [sentence for passage in passages for sentence in passage.sentences]


def _means(vectors: Vectors, counts: Sequence[int]) -> Vectors:
    """The unit mean of each run of so many rows, shape (len(counts), dimensions)."""
    if not counts:
        return vectors[:0]
    sums = np.add.reduceat(vectors, np.cumsum([0, *counts[:-1]]))
    means: Vectors = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    return means


def _passage_units(article: Article, passages: Sequence[Passage]) -> Iterator[Unit]:
    title = article.title or ""
    for passage in passages:
        start, end = context_span(passage, passages)
        text = f"{article.text[start:end]} {title}"
        yield Unit(passage.id, article.id, grams(text), stems(text, language=article.language))


def _sentence_units(article: Article, passages: Sequence[Passage]) -> Iterator[Unit]:
    for sentence in _sentences(passages):
        text = article.text[sentence.start : sentence.end]
        yield Unit(f"{article.id}#{sentence.index}", article.id, grams(text), stems(text, language=article.language))


def _speeches(article: Article, passages: Sequence[Passage]) -> list[Speech]:
    return find_speech(article.id, article.text, _sentences(passages), language=article.language)


def context_span(passage: Passage, passages: Sequence[Passage]) -> tuple[int, int]:
    """The passage with its nearer neighbours, as long as the whole stays within 1,000 characters."""
    low = high = passage.index
    while True:
        options: list[tuple[int, int, int]] = []
        if low > 0:
            options.append((passage.start - passages[low - 1].start, low - 1, high))
        if high + 1 < len(passages):
            options.append((passages[high + 1].end - passage.end, low, high + 1))
        fitting = [option for option in options if _length(passages, option[1], option[2]) <= _CONTEXT_CHARACTERS]
        if not fitting:
            return passages[low].start, passages[high].end
        _, low, high = min(fitting)


def _length(passages: Sequence[Passage], low: int, high: int) -> int:
    return passages[high].end - passages[low].start
