"""Hits -> the sentences in them, scored by how well they bear on the question."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag.index.words import Field
from rag.retrieve.fuse import standardise, weighted_sum
from rag.text.expected import expected_kind, holds_kind
from rag.text.function_words import content_text
from rag.text.language import question_language
from rag.text.tokens import grams, stems
from rag.types import Article, Hit, Sentence

_K1, _B = 1.2, 0.5
# Measured on XQuAD-de among Wikinews; a sentence's own vector added nothing on German questions: see evals/README.md.
_KIND_BONUS = 2.0
_CAP = 1.0
_SAME_LANGUAGE = {"passage": 1.5, "grams": 1.0, "stems": 1.0, "grams around": 0.5, "stems around": 0.5}
_OTHER_LANGUAGE = {"passage": 1.5, "grams": 1.0, "grams around": 0.5}


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare each of a question's tokens is: `idf = ln(1 + (N - n + 0.5) / (n + 0.5))`, n of N sentences hold it.

    A function word weighs at most 1, however rare it seems: in an archive of few articles any word is rare.
    """

    weights: Mapping[str, float]

    @classmethod
    def of(cls, frequencies: Mapping[str, int], *, sentences: int, content: Iterable[str]) -> Rarity:
        """`content` are the tokens of the question's content words."""
        telling = set(content)
        return cls(
            {
                token: min(math.log(1 + (sentences - n + 0.5) / (n + 0.5)), math.inf if token in telling else _CAP)
                for token, n in frequencies.items()
            }
        )

    def coverage(self, tokens: Iterable[str]) -> float:
        """The share of the question's weight that these tokens hold, 0 to 1."""
        present = set(tokens)
        total = sum(self.weights.values())
        return sum(weight for token, weight in self.weights.items() if token in present) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the rarity of its tokens in this archive."""

    text: str
    language: str
    grams: Rarity
    stems: Rarity

    @classmethod
    def read(
        cls, text: str, frequencies: Callable[[Field, Iterable[str]], Mapping[str, int]], *, sentences: int
    ) -> Question:
        """`frequencies(field, tokens)` tells in how many of the `sentences` each token of a field occurs."""
        language = question_language(text)
        telling = content_text(text, language=language)
        return cls(
            text,
            language,
            Rarity.of(frequencies("grams", grams(text)), sentences=sentences, content=grams(telling)),
            Rarity.of(
                frequencies("stems", stems(text, language=language)),
                sentences=sentences,
                content=stems(telling, language=language),
            ),
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer. The coverages are the share of the question's weight in the sentence."""

    article: Article
    sentence: Sentence
    hit: Hit
    score: float
    gram_coverage: float
    stem_coverage: float

    @property
    def text(self) -> str:
        return self.article.text[self.sentence.start : self.sentence.end]


def choose_sentences(question: Question, hits: Sequence[Hit]) -> list[Candidate]:
    """Every sentence of the hits, best first.

    The score adds standardised parts: the passage's score, BM25 of the question's 4-grams and stems in the sentence,
    and the same in the sentence with its neighbours, which holds the topic where the sentence has only the answer.
    Where the question asks for an amount, a duration or a time, a sentence that holds one gains 2.
    """
    places = [(hit, sentence) for hit in hits for sentence in hit.passage.sentences]
    keys = [f"{sentence.article_id}#{sentence.index}" for _, sentence in places]
    gram_bags = _bags(places, keys, lambda text, _article: grams(text))
    stem_bags = _bags(places, keys, lambda text, article: stems(text, language=article.language))
    parts = {
        "passage": dict(zip(keys, (hit.score for hit, _ in places), strict=True)),
        "grams": _bm25(question.grams, gram_bags),
        "stems": _bm25(question.stems, stem_bags),
        "grams around": _bm25(question.grams, _with_neighbours(places, gram_bags)),
        "stems around": _bm25(question.stems, _with_neighbours(places, stem_bags)),
    }
    standard = {name: standardise(scores, over=keys) for name, scores in parts.items()}
    kind = expected_kind(question.text)
    candidates = [
        Candidate(
            article=hit.article,
            sentence=sentence,
            hit=hit,
            score=weighted_sum(standard, weights_for(question, hit.article), key)
            + (_KIND_BONUS if kind and holds_kind(hit.article.text[sentence.start : sentence.end], kind) else 0.0),
            gram_coverage=question.grams.coverage(gram_bags[key]),
            stem_coverage=question.stems.coverage(stem_bags[key]),
        )
        for key, (hit, sentence) in zip(keys, places, strict=True)
    ]
    return sorted(candidates, key=lambda c: (-c.score, c.article.id, c.sentence.index))


def weights_for(question: Question, article: Article) -> Mapping[str, float]:
    return _SAME_LANGUAGE if article.language == question.language else _OTHER_LANGUAGE


def _bags(
    places: Sequence[tuple[Hit, Sentence]], keys: Sequence[str], tokens: Callable[[str, Article], list[str]]
) -> dict[str, Counter[str]]:
    return {
        key: Counter(tokens(hit.article.text[sentence.start : sentence.end], hit.article))
        for key, (hit, sentence) in zip(keys, places, strict=True)
    }


def _with_neighbours(
    places: Sequence[tuple[Hit, Sentence]], bags: Mapping[str, Counter[str]]
) -> dict[str, Counter[str]]:
    around: dict[str, Counter[str]] = {}
    for _, sentence in places:
        neighbours = (f"{sentence.article_id}#{sentence.index + step}" for step in (-1, 0, 1))
        around[f"{sentence.article_id}#{sentence.index}"] = sum((bags[n] for n in neighbours if n in bags), Counter())
    return around


def _bm25(rarity: Rarity, bags: Mapping[str, Counter[str]]) -> dict[str, float]:
    """Okapi BM25 of each bag, k1 = 1.2 and b = 0.5, with the mean length of these bags."""
    lengths = {key: bag.total() for key, bag in bags.items()}
    mean = sum(lengths.values()) / len(lengths) if lengths else 1.0
    return {
        key: sum(
            weight * bag[token] * (_K1 + 1) / (bag[token] + _K1 * (1 - _B + _B * lengths[key] / (mean or 1.0)))
            for token, weight in rarity.weights.items()
            if token in bag
        )
        for key, bag in bags.items()
    }
