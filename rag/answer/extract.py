"""Hits -> an Answer without a language model: one to three source sentences, verbatim, or an abstention."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from rag.answer.abstain import MESSAGES, confidence, reason_for
from rag.answer.choose import Candidate, choose_sentences
from rag.answer.cite import cite
from rag.retrieve.question import Question
from rag.retrieve.search import Found
from rag.text.tokens import words
from rag.types import Answer, Citation, Statement
from rag.weights import Weights

MAX_STATEMENTS = 3
NEAREST = 3
# A further sentence is shown where it is at least half as likely to hold the answer as the first; scores are log odds.
_COMPARABLE = log(2)


def extract_answer(found: Found, weights: Weights, *, min_confidence: float, articles: int, matching: int) -> Answer:
    """The answer in the sources' own words; below `min_confidence` an abstention with the nearest sentences.

    `articles` are there in all, `matching` within the filters.
    """
    question = found.question
    candidates = choose_sentences(found, weights)
    sure = confidence(found, candidates, weights, articles=matching)
    if not candidates or not question.understood or sure < min_confidence:
        reason = reason_for(found, articles=articles, matching=matching)
        return Answer(
            question=question.text,
            text=MESSAGES[question.language][reason],
            language=question.language,
            abstained=True,
            reason=reason,
            confidence=sure,
            nearest=_nearest(candidates),
        )
    return _quote(question, _select(candidates), sure)


def _select(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Up to three statements, each with all candidates that say it word for word: one agency text in two papers."""
    first = candidates[0]
    groups: dict[tuple[str, ...], list[Candidate]] = {}
    for candidate in candidates:
        key = tuple(words(candidate.text))
        if key in groups:
            groups[key].append(candidate)
        elif len(groups) < MAX_STATEMENTS and candidate.score >= first.score - _COMPARABLE:
            groups[key] = [candidate]
    return list(groups.values())


def _quote(question: Question, groups: Sequence[Sequence[Candidate]], sure: float) -> Answer:
    text = ""
    statements: list[Statement] = []
    citations: list[Citation] = []
    for group in groups:
        cited: list[Citation] = []
        for candidate in group:
            marker = len(citations) + len(cited) + 1
            if citation := cite(candidate.article, candidate.sentence, marker=marker, score=candidate.score):
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
    )


def _nearest(candidates: Sequence[Candidate]) -> tuple[Citation, ...]:
    by_article: dict[str, Candidate] = {}
    for candidate in candidates:
        by_article.setdefault(candidate.article.id, candidate)
    chosen = list(by_article.values())[:NEAREST]
    cited = (cite(c.article, c.sentence, marker=n, score=c.score) for n, c in enumerate(chosen, start=1))
    return tuple(citation for citation in cited if citation is not None)
