"""Hits -> an Answer without a language model: one to three source sentences, verbatim, or an abstention."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from rag.answer.abstain import confidence, message, reason_for
from rag.answer.choose import Candidate, choose_sentences
from rag.answer.differ import Account, differing_accounts
from rag.answer.read import PASSAGES_READ, Reader, Readings, ReadSpan, SpanReader, TrainedReader, read_hits
from rag.answer.span import answer_span, answer_value, asked_kind
from rag.cite import cite
from rag.retrieve.question import Question
from rag.retrieve.search import Found
from rag.text.tokens import words
from rag.types import Answer, Citation, Filters, Sentence, Span, Statement
from rag.weights import Weights

MAX_STATEMENTS = 3
NEAREST = 3
# A further sentence is shown where it is at least half as likely to hold the answer as the first; scores are log odds.
_COMPARABLE = math.log(2)
# How likely the words must be that the reader marks.
_SURE_WORDS = 0.5


def extract_answer(
    found: Found,
    weights: Weights,
    *,
    min_confidence: float,
    articles: int,
    matching: int,
    searched: int,
    filters: Filters,
    reader: Reader | None = None,
) -> Answer:
    """The answer in the sources' own words; below `min_confidence` an abstention with the nearest sentences.

    `articles` are there in all, `matching` within the filters, `searched` if there were none. The `reader`
    that comes with Beleg is one more sign of each sentence and of whether to answer. Another brings the sentences to
    the front in which it finds the answer likelier than none, best first, and says where in them the answering words
    stand; whether to answer is decided without it.
    """
    question = found.question
    readings = reader.read(question.text, found.hits[:PASSAGES_READ]) if isinstance(reader, TrainedReader) else None
    candidates = choose_sentences(found, weights, readings)
    sure = confidence(found, candidates, weights, articles=searched)
    if not candidates or not question.understood or sure < min_confidence:
        reason = reason_for(found, articles=articles, matching=matching)
        return Answer(
            question=question.text,
            text=message(reason, language=question.language, filters=filters),
            language=question.language,
            abstained=True,
            reason=reason,
            confidence=sure,
            nearest=nearest_sentences(candidates),
        )
    read = _read(found, reader) if reader and not isinstance(reader, TrainedReader) else {}
    if read:
        candidates.sort(key=lambda c: -read[_key(c.sentence)].score if _key(c.sentence) in read else math.inf)
    accounts = _best(differing_accounts(question.text, candidates), candidates[0])
    marks = {**_marks(candidates, readings or {}), **{key: Span(span.start, span.end) for key, span in read.items()}}
    return _quote(question, _select(candidates, accounts), sure, marks, differing=bool(accounts))


def answered_elsewhere(abstention: Answer, wider: Answer, filters: Filters) -> Answer:
    """An abstention within filters that says what there is outside: `wider` answers the same question without them."""
    return replace(
        abstention,
        text=message("outside_filters", language=abstention.language, filters=filters, elsewhere=True),
        reason="outside_filters",
        nearest=wider.citations[:NEAREST],
    )


def _best(accounts: Sequence[Account], first: Candidate) -> list[Account]:
    """Up to three accounts, the likeliest, with that of the first candidate among them; in their own order."""

    def rank(account: Account) -> tuple[bool, float]:
        return first not in account.candidates, -max(candidate.score for candidate in account.candidates)

    best = sorted(accounts, key=rank)[:MAX_STATEMENTS]
    return [account for account in accounts if account in best]


def _select(candidates: Sequence[Candidate], accounts: Sequence[Account]) -> list[list[Candidate]]:
    """Up to three statements, each with all candidates that say it word for word: one agency text in two papers.

    Where the sources differ, one statement for each of their accounts, in the accounts' order: by its newest article.
    """
    if accounts:
        newest = [sorted(account.candidates, key=_published, reverse=True) for account in accounts]
        return [[c for c in some if words(c.text) == words(some[0].text)] for some in newest]
    best = max(candidate.score for candidate in candidates)
    groups: dict[tuple[str, ...], list[Candidate]] = {}
    for candidate in candidates:
        key = tuple(words(candidate.text))
        if key in groups:
            groups[key].append(candidate)
        elif len(groups) < MAX_STATEMENTS and (candidate is candidates[0] or candidate.score >= best - _COMPARABLE):
            groups[key] = [candidate]
    return list(groups.values())


def _read(found: Found, reader: SpanReader) -> dict[tuple[str, int], ReadSpan]:
    """By sentence the best span that the reader finds likelier than that there is no answer."""
    spans = [span for span in read_hits(found.question.text, found.hits, reader) if span and span.score > 0]
    return {_key(span.sentence): span for span in sorted(spans, key=lambda span: span.score)}


def _marks(candidates: Sequence[Candidate], readings: Readings) -> dict[tuple[str, int], Span]:
    """By sentence the words that answer, where the reader that comes with Beleg is sure enough of them."""
    sure = {key: one for key, one in readings.items() if one.end and one.probability >= _SURE_WORDS}
    return {
        key: Span(c.sentence.start + sure[key].start, c.sentence.start + sure[key].end)
        for c in candidates
        if (key := _key(c.sentence)) in sure
    }


def _key(sentence: Sentence) -> tuple[str, int]:
    return sentence.article_id, sentence.index


def _quote(
    question: Question,
    groups: Sequence[Sequence[Candidate]],
    sure: float,
    marks: Mapping[tuple[str, int], Span],
    *,
    differing: bool,
) -> Answer:
    """`marks`: where a reader sees the words that answer."""
    text = ""
    statements: list[Statement] = []
    citations: list[Citation] = []
    for group in groups:
        cited: list[Citation] = []
        for candidate in group:
            marker = len(citations) + len(cited) + 1
            article, sentence = candidate.article, candidate.sentence
            seen = None if differing else marks.get(_key(sentence))
            answer = seen or _marked(question.text, candidate, differing=differing)
            if citation := cite(article, sentence, marker=marker, score=candidate.score, answer=answer):
                cited.append(citation)
        if not cited:
            continue
        text += "\n\n" if text else ""
        start, end = len(text), len(text) + len(cited[0].quote)
        markers = tuple(citation.marker for citation in cited)
        text += cited[0].quote + " " + "".join(f"[{marker}]" for marker in markers)
        statements.append(Statement(cited[0].quote, start, end, markers, "quoted"))
        citations += cited
    return Answer(
        question=question.text,
        text=text,
        language=question.language,
        statements=tuple(statements),
        citations=tuple(citations),
        confidence=sure,
        differing=tuple(citation.marker for citation in citations) if differing else (),
    )


def _marked(question: str, candidate: Candidate, *, differing: bool) -> Span | None:
    """Where the words stand that answer, in the article; where sources differ, each one's value."""
    kind, text, language = asked_kind(question), candidate.text, candidate.article.language
    if kind is None:
        return None
    if differing:
        value = answer_value(question, text, kind=kind, language=language)
        found = (value.start, value.end) if value else None
    else:
        found = answer_span(question, text, kind=kind, language=language)
    start = candidate.sentence.start
    return Span(start + found[0], start + found[1]) if found else None


def _published(candidate: Candidate) -> date:
    return candidate.article.published or date.min


def nearest_sentences(candidates: Sequence[Candidate]) -> tuple[Citation, ...]:
    """The first sentence of each of the first three articles, where the candidates come best first."""
    by_article: dict[str, Candidate] = {}
    for candidate in candidates:
        by_article.setdefault(candidate.article.id, candidate)
    chosen = list(by_article.values())[:NEAREST]
    cited = (cite(c.article, c.sentence, marker=n, score=c.score) for n, c in enumerate(chosen, start=1))
    return tuple(citation for citation in cited if citation is not None)
