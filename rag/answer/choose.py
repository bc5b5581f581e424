"""Hits -> the sentences in them, scored by how well they bear on the question."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag.index.words import Field
from rag.retrieve.fuse import standardise
from rag.text.expected import expected_kind, holds_kind
from rag.text.function_words import content_text
from rag.text.language import question_language
from rag.text.tokens import grams, stems
from rag.types import Article, Hit, Sentence

# Conditional logit over XQuAD-de among Wikinews, five folds by group, questions in both languages: evals/README.md.
_SAME_LANGUAGE = {
    **{"passage": 1.16, "kind": 1.69, "grams": 3.39, "stems": 2.28},
    **{"grams around": 2.58, "stems around": 0.94},
}
_OTHER_LANGUAGE = {
    **{"passage": 0.86, "kind": 2.25, "grams": 4.69, "stems": 2.04},
    **{"grams around": 2.86, "stems around": 1.67},
}
_FUNCTION_WORD_CAP = 1.0


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
                token: min(
                    math.log(1 + (sentences - n + 0.5) / (n + 0.5)),
                    math.inf if token in telling else _FUNCTION_WORD_CAP,
                )
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
    """A sentence that may answer. `signs` are what its score adds up from."""

    article: Article
    sentence: Sentence
    score: float
    signs: Mapping[str, float]

    @property
    def text(self) -> str:
        return self.article.text[self.sentence.start : self.sentence.end]


def choose_sentences(question: Question, hits: Sequence[Hit]) -> list[Candidate]:
    """Every sentence of the hits, best first: `score = Σ weight · sign`, the log odds of holding the answer.

    The signs: `passage`, the standardised score of its passage; `kind`, 1 where the question asks for an amount, a
    duration or a time and the sentence holds one; `grams` and `stems`, the share of the question's weight that the
    sentence holds, 0 to 1; and the same `around` it, with its neighbours, which hold the topic where the sentence has
    only the answer.
    """
    places = [(hit, sentence) for hit in hits for sentence in hit.passage.sentences]
    keys = [(sentence.article_id, sentence.index) for _, sentence in places]
    texts = [hit.article.text[sentence.start : sentence.end] for hit, sentence in places]
    gram_sets = {key: set(grams(text)) for key, text in zip(keys, texts, strict=True)}
    stem_sets = {
        key: set(stems(text, language=hit.article.language))
        for key, text, (hit, _) in zip(keys, texts, places, strict=True)
    }
    passages = standardise({hit.passage.id: hit.score for hit in hits}, over=[hit.passage.id for hit, _ in places])
    kind = expected_kind(question.text)
    candidates = []
    for key, text, (hit, sentence) in zip(keys, texts, places, strict=True):
        signs = {
            "passage": passages[hit.passage.id],
            "kind": float(kind is not None and holds_kind(text, kind)),
            "grams": question.grams.coverage(gram_sets[key]),
            "stems": question.stems.coverage(stem_sets[key]),
            "grams around": question.grams.coverage(_with_neighbours(gram_sets, key)),
            "stems around": question.stems.coverage(_with_neighbours(stem_sets, key)),
        }
        weights = _SAME_LANGUAGE if hit.article.language == question.language else _OTHER_LANGUAGE
        score = sum(weight * signs[name] for name, weight in weights.items())
        candidates.append(Candidate(hit.article, sentence, score, signs))
    return sorted(candidates, key=lambda c: (-c.score, c.article.id, c.sentence.index))


def _with_neighbours(sets: Mapping[tuple[str, int], set[str]], key: tuple[str, int]) -> set[str]:
    article_id, index = key
    return set().union(*(sets.get((article_id, index + step), set()) for step in (-1, 0, 1)))
