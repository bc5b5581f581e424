"""Examples -> the weights of the four steps, each fitted on what the ones before it give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from evals.fit.examples import Example
from evals.fit.logit import Matrix, Vector, conditional_logit, logistic
from evals.scorers.citations import meets
from rag.answer.abstain import confidence, confidence_signs
from rag.answer.choose import Candidate, choose_sentences
from rag.answer.read import PASSAGES_READ as PASSAGES_BY_READER
from rag.answer.within import PASSAGES_READ
from rag.retrieve.search import Found, reordered
from rag.text.asked import WORD_KINDS
from rag.types import Hit
from rag.weights import StepWeights, Weighing, Weights, is_same_language

Step = Literal["search", "passage", "sentence", "confidence", "sentence_read", "confidence_read"]
Half = Literal["same", "other"]
Signs = Mapping[Step, tuple[str, ...]]

_SENTENCE = ("passage", "kind", "nearness above", *WORD_KINDS, *(f"{kind} around" for kind in WORD_KINDS))
_CONFIDENCE = (
    *("around", "nearness", "nearest lead", "lead", "fused lead", "unrivalled", "sentence", "size", "constant"),
    *(f"{kind} missing" for kind in WORD_KINDS),
)
SIGNS: Signs = {
    "search": ("grams", "stems", "dense", "nearest"),
    "passage": ("grams", "dense", "cosine above", "nearest", "nearest above", "best sentence", *WORD_KINDS),
    "sentence": _SENTENCE,
    "confidence": _CONFIDENCE,
    "sentence_read": (*_SENTENCE, "read"),
    "confidence_read": (*_CONFIDENCE, "read best", "read"),
}
# A noun is only told from other words in German, so that questions in the other language say nothing of its weight.
_TIED = {"noun": "other", "noun around": "other around", "noun missing": "other missing"}


# What the examples of each kind count together in the fit of the confidence: as many can be answered as cannot, and a
# topic that is absent counts twice as much as a detail.
_COUNTS = {
    **{"whole": 3.0, "whole, article out": 1.0, "whole, group out": 2.0},
    **dict.fromkeys(("one topic", "one topic, article out", "few topics", "few topics, article out"), 0.75),
    **dict.fromkeys(("two articles", "two articles, article out"), 0.5),
}


@dataclass(frozen=True, slots=True)
class Read:
    """An example under some weights: its sentences, best first, how sure it is, and what is right of it."""

    example: Example
    articles: tuple[bool, ...]
    sentences: tuple[bool, ...]
    confidence: float


def fit_weights(examples: Sequence[Example], before: Weights, signs: Signs = SIGNS) -> Weights:
    """Weights for these signs; those of a half that no example belongs to stay as they were.

    Those of `search` are fitted on what the ones before them put first, so a second fit may find a little more.
    """
    return Weights(*(_fit_half(examples, before, half, signs) for half in ("same", "other")))


def fit_read(examples: Sequence[Example], before: Weights, signs: Signs = SIGNS) -> Weights:
    """What a reader's word counts beside the other signs in choosing and deciding; all other weights stay."""

    def half(name: Half, steps: StepWeights) -> StepWeights:
        own, asked = _of_half(examples, name)
        return _fit_answer(own, asked, steps, name, signs, read=True) if asked else steps

    return Weights(half("same", before.same), half("other", before.other))


def read_examples(examples: Iterable[Example], weights: Weights) -> list[Read]:
    """What the archive would have made of each example with these weights."""
    return [_read(example, weights) for example in examples]


def half_of(example: Example) -> Half:
    """Whether the question's language is that of the article found first."""
    first = example.found.hits[0].article.language if example.found.hits else None
    return "same" if is_same_language(first, example.found.question.asked_in) else "other"


def _of_half(examples: Sequence[Example], half: Half) -> tuple[list[Example], list[Example]]:
    """Those of a half for which anything was found, and those of them that were asked of the whole archive."""
    own = [example for example in examples if example.found.hits and half_of(example) == half]
    return own, [example for example in own if example.kind == "whole"]


def _fit_half(examples: Sequence[Example], before: Weights, half: Half, signs: Signs) -> StepWeights:
    own, asked = _of_half(examples, half)
    steps = before.same if half == "same" else before.other
    if not asked:
        return steps
    columns = _columns(signs["search"], half)
    steps = replace(steps, search=columns.weigh(conditional_logit([_choice(columns, e, e.found.hits) for e in asked])))
    columns = _columns(signs["passage"], half)
    passages = [_choice(columns, e, e.found.aligned) for e in asked]
    steps = replace(steps, passage=columns.weigh(conditional_logit(passages)))
    steps = _fit_answer(own, asked, steps, half, signs, read=False)
    return _fit_answer(own, asked, steps, half, signs, read=True) if all(e.readings is not None for e in own) else steps


def _fit_answer(
    own: Sequence[Example], asked: Sequence[Example], steps: StepWeights, half: Half, signs: Signs, *, read: bool
) -> StepWeights:
    """The weights that choose the sentence and decide whether to answer, without or with what a reader read."""
    names: tuple[Step, Step] = ("sentence_read", "confidence_read") if read else ("sentence", "confidence")
    columns = _columns(signs[names[0]], half)
    chosen = [(e, _candidates(e, _both(steps), read=read)) for e in asked]
    sentences = [(columns.of([c.signs for c in some]), _right(_holds(e, c) for c in some)) for e, some in chosen]
    steps = replace(steps, **{names[0]: columns.weigh(conditional_logit(sentences))})
    columns = _columns(signs[names[1]], half)
    sure = logistic(
        columns.of([_confidence_signs(example, _both(steps), read=read) for example in own]),
        _right(example.case.answerable is True for example in own),
        counts=_counts(own),
    )
    return replace(steps, **{names[1]: columns.weigh(sure)})


def _candidates(example: Example, weights: Weights, *, read: bool = True) -> list[Candidate]:
    """The sentences of the passages that are looked at for an answer, the first of them as the reader read them."""
    best = _best(example, weights)
    readings = None
    if read and example.readings is not None:
        first = {(s.article_id, s.index) for hit in best.hits[:PASSAGES_BY_READER] for s in hit.passage.sentences}
        readings = {key: odds for key, odds in example.readings.items() if key in first}
    return choose_sentences(best, weights, readings)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Signs as columns of a matrix, those that are tied added up in one."""

    groups: tuple[tuple[str, ...], ...]

    def of(self, signs: Sequence[Mapping[str, float]]) -> Matrix:
        return np.array([[sum(one[name] for name in group) for group in self.groups] for one in signs])

    def weigh(self, fitted: Iterable[float]) -> Weighing:
        return {
            name: round(float(weight), 3) for group, weight in zip(self.groups, fitted, strict=True) for name in group
        }


def _columns(names: Sequence[str], half: Half) -> _Columns:
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(_TIED.get(name, name) if half == "other" else name, []).append(name)
    return _Columns(tuple(tuple(group) for group in groups.values()))


def _both(steps: StepWeights) -> Weights:
    return Weights(steps, steps)


def _best(example: Example, weights: Weights) -> Found:
    """The passages that would be read for an answer."""
    ordered = reordered(example.found, weights)
    return replace(ordered, hits=ordered.hits[:PASSAGES_READ])


def _confidence_signs(example: Example, weights: Weights, *, read: bool) -> Mapping[str, float]:
    candidates = _candidates(example, weights, read=read)
    return confidence_signs(_best(example, weights), candidates, articles=example.articles)


def _read(example: Example, weights: Weights) -> Read:
    best = _best(example, weights)
    candidates = _candidates(example, weights)
    by_article = {hit.article.id: _is_gold(example, hit) for hit in reordered(example.found, weights).hits}
    return Read(
        example,
        tuple(by_article.values()),
        tuple(_holds(example, candidate) for candidate in candidates),
        confidence(best, candidates, weights, articles=example.articles),
    )


def _counts(examples: Sequence[Example]) -> Vector:
    sizes = Counter(example.kind for example in examples)
    return np.array([_COUNTS[example.kind] / sizes[example.kind] for example in examples])


def _choice(columns: _Columns, example: Example, hits: Sequence[Hit]) -> tuple[Matrix, Vector]:
    return columns.of([hit.parts for hit in hits]), _right(_is_gold(example, hit) for hit in hits)


def _is_gold(example: Example, hit: Hit) -> bool:
    return any(evidence.article_id == hit.article.id for evidence in example.case.within_reach)


def _holds(example: Example, candidate: Candidate) -> bool:
    return meets(candidate.article.id, candidate.sentence.start, candidate.sentence.end, example.case.spans)


def _right(values: Iterable[bool]) -> Vector:
    return np.array(list(values), dtype=float)
