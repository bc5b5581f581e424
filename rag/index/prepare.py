"""Articles -> all that the indexes hold of them, made without touching the indexes: what takes long in taking in."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from rag.errors import BelegError
from rag.index.words import Unit
from rag.models.embedder import Embedder, Vectors
from rag.text.passages import split_passages
from rag.text.sentences import split_sentences
from rag.text.speech import find_speech
from rag.text.tokens import grams, stems
from rag.types import Article, Failure, Passage, Sentence, Speech

Given = TypeVar("Given")
Made = TypeVar("Made")

_log = logging.getLogger(__name__)

_CONTEXT_CHARACTERS = 1_000
_REASON_CHARACTERS = 300
_NO_ARTICLES_FAULT = (BelegError, OSError, MemoryError)
# So much is written at once, while questions wait.
_PIECE_ARTICLES = 8
_PIECE_CHARACTERS = 40_000


@dataclass(frozen=True, slots=True)
class Reading:
    """All that an article is made of, but for vectors. The sentences are those of the passages, in order."""

    article: Article
    passages: tuple[Passage, ...]
    passage_units: tuple[Unit, ...]
    sentence_units: tuple[Unit, ...]
    speeches: tuple[Speech, ...]

    @property
    def sentences(self) -> list[str]:
        text = self.article.text
        return [text[sentence.start : sentence.end] for sentence in _sentences(self.passages)]

    @property
    def embedded(self) -> list[str]:
        """What is embedded: its sentences, and behind them its title, if it has one."""
        return [*self.sentences, *([self.article.title] if self.article.title else [])]

    @property
    def counts(self) -> list[int]:
        """How many sentences each passage has."""
        return [len(passage.sentences) for passage in self.passages]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article, ready to be written: what it is made of, and its vectors.

    `sentence_vectors` has shape (sentences, dimensions), `title_vectors` (1 or 0, dimensions), and `passage_vectors`
    are the unit means of each passage's sentences.
    """

    reading: Reading
    sentence_vectors: Vectors
    title_vectors: Vectors
    passage_vectors: Vectors

    @property
    def article(self) -> Article:
        return self.reading.article


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


def prepare(articles: Sequence[Article], *, embedder: Embedder) -> tuple[list[Prepared], list[Failure]]:
    """Those articles that can be made ready, in order, and why the others cannot be: one's fault costs no other.

    Splits them, tokenises and embeds them, and finds who says what in them. Safe in several threads at once. What is no
    article's fault is raised: OSError, MemoryError, what Beleg raises on purpose, and a model that embeds nothing more.
    """
    readings, failed = _tried([(article, article) for article in articles], _read)
    texts = [reading.embedded for reading in readings]
    try:
        vectors = embedder.embed_passages([text for some in texts for text in some])
    except _NO_ARTICLES_FAULT:
        raise
    except Exception:
        embedder.embed_passages(["Beleg"])
        pairs = [(reading.article, reading) for reading in readings]
        prepared, worse = _tried(pairs, lambda one: _prepared(one, embedder.embed_passages(one.embedded)))
        return prepared, failed + worse
    ends = np.cumsum([len(some) for some in texts])[:-1]
    apart = np.split(vectors, ends) if readings else []
    return [_prepared(reading, own) for reading, own in zip(readings, apart, strict=True)], failed


def _tried(given: Sequence[tuple[Article, Given]], make: Callable[[Given], Made]) -> tuple[list[Made], list[Failure]]:
    """What is made of each article, and of which nothing can be."""
    made, failed = [], []
    for article, one in given:
        try:
            made.append(make(one))
        except _NO_ARTICLES_FAULT:
            raise
        except Exception as error:
            _log.warning("The article %r cannot be made ready for searching.", article.id, exc_info=True)
            reason = f"it cannot be made ready for searching: {type(error).__name__}: {error}"
            failed.append(Failure(article.origin or article.id, reason[:_REASON_CHARACTERS]))
    return made, failed


def _read(article: Article) -> Reading:
    passages = split_passages(split_sentences(article.id, article.text, language=article.language))
    return Reading(
        article,
        tuple(passages),
        tuple(_passage_units(article, passages)),
        tuple(_sentence_units(article, passages)),
        tuple(find_speech(article.id, article.text, _sentences(passages), language=article.language)),
    )


def _prepared(reading: Reading, vectors: Vectors) -> Prepared:
    sentences = sum(reading.counts)
    own, title = vectors[:sentences], vectors[sentences:]
    return Prepared(reading, own, title, _means(own, reading.counts))


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
