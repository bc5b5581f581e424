"""Hits -> the sentences in them, scored by how well they bear on the question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rag.answer.read import Readings, reading_of
from rag.retrieve.search import Found
from rag.text.expected import expected_kind, holds_kind
from rag.types import Article, Sentence
from rag.weights import Weights, weighted


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


def choose_sentences(found: Found, weights: Weights, readings: Readings | None = None) -> list[Candidate]:
    """Every sentence of the hits, best first: `score = Σ weight · sign`, the log odds of holding the answer.

    The signs: `passage`, the score of its hit; `kind`, 1 where the question asks for an amount, a duration or a time
    and the sentence holds one; `number`, `name`, `noun`, `other`, `function`, the share of the question's weight in
    words of each kind that the sentence holds; the same `around` it, with its neighbours, which hold the topic where
    the sentence has only the answer; `nearness`, the similarity of the sentence's vector to the question's, and how
    far it is above the mean of the nearest sentences of all passages found, `nearness above`; and, where a reader gave
    its `readings`, `read`, the log odds by it: the weights are then those of `sentence_read`.
    """
    question, alignment = found.question, found.alignment
    kind = expected_kind(question.text)
    candidates = []
    for hit in found.hits:
        article, language = hit.article, hit.article.language
        steps = weights.of(language, question.asked_in)
        step = steps.sentence if readings is None else steps.sentence_read
        for sentence in hit.passage.sentences:
            text = article.text[sentence.start : sentence.end]
            nearness = found.nearness[article.id, sentence.index]
            near = range(sentence.index - 1, sentence.index + 2)
            around = alignment.shares(alignment.best(article.id, near), language=language)
            signs: dict[str, float] = {
                "passage": hit.score,
                "nearness": nearness,
                "nearness above": nearness - found.scales["nearest"].mean,
                "kind": float(kind is not None and holds_kind(text, kind)),
                **alignment.shares(alignment.row(article.id, sentence.index), language=language),
                **{f"{kind_of_word} around": share for kind_of_word, share in around.items()},
            }
            if readings is not None:
                signs["read"] = reading_of(readings, sentence)
            candidates.append(Candidate(article, sentence, weighted(signs, step), signs))
    return sorted(candidates, key=lambda c: (-c.score, c.article.id, c.sentence.index))
