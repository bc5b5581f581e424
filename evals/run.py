"""Cases -> rows: each one put to the archive, and what it did scored."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from evals.scorers import score_case
from evals.scorers.citations import citations_of
from evals.types import Case, Checked, Observation, Quote, Row
from rag.archive import Archive
from rag.retrieve.search import MAX_QUESTION_CHARACTERS
from rag.types import Answer, Article, Check, Citation, QuotationStatus
from rag.weights import Weights

_HITS = 50
_CONTEXT = 240
_WORST_FIRST: tuple[QuotationStatus, ...] = ("absent", "altered", "exact")


def run_cases(
    archive: Archive,
    cases: Iterable[Case],
    articles: Mapping[str, Article],
    weights: Callable[[Case], Weights] | None = None,
) -> Iterator[Row]:
    """One row a case, in their order. A case that crashes is a row with its error, not the end of the run.

    `articles` are the archive's own, by id. `weights` says which weights a case is asked with, else the archive's.
    """
    own = archive.weights
    try:
        for case in cases:
            try:
                archive.weights = weights(case) if weights else own
                yield _run(archive, case, articles)
            except Exception as error:
                yield Row(case, error=f"{type(error).__name__}: {error}")
    finally:
        archive.weights = own


def _run(archive: Archive, case: Case, articles: Mapping[str, Article]) -> Row:
    within: Any = {**asdict(case.filters), "without": case.without}
    answer, check = None, None
    started = time.perf_counter()
    if case.kind == "question":
        answer = archive.ask(case.text, list(case.history), **within)
    else:
        check = archive.check(case.text, **within)
    seconds = time.perf_counter() - started
    understood = answer.understood if answer else None
    hits = archive.search((understood or case.text)[:MAX_QUESTION_CHARACTERS], _HITS, **within)
    cited = {citation.article_id for citation in (*answer.citations, *answer.nearest)} if answer else set()
    cited |= {citation.article_id for citation in citations_of(check)} if check else set()
    texts = {id: articles[id].text for id in cited}
    checked = checked_of(check) if check else None
    seen = Observation(tuple(hits), _relevant(archive, case), answer, checked, check, texts)
    row = Row(
        case,
        score_case(case, seen),
        checked=checked,
        passages=tuple(hit.passage.id for hit in hits),
        relevant=tuple(sorted(seen.relevant)),
        seconds=seconds,
    )
    return _answered(row, answer, articles) if answer else _decided(row, check, articles) if check else row


def checked_of(check: Check) -> Checked:
    """What of a check is scored; of a text of several claims, over all of them."""
    parts = check.parts or (check,)
    quotes = [quote for part in parts for quote in part.quotes]
    statuses = {quote.status for quote in quotes}
    against = [finding.kind for part in parts for finding in part.findings if not finding.agrees]
    return Checked(
        check.verdict,
        next((status for status in _WORST_FIRST if status in statuses), None),
        next((quote.speaker for quote in quotes if quote.speaker), None),
        check.reason,
        check.confidence,
        tuple(dict.fromkeys(against)),
    )


def _decided(row: Row, check: Check, articles: Mapping[str, Article]) -> Row:
    evidence = [one for part in (check.parts or (check,)) for one in part.evidence]
    deciding = [one.citation for one in evidence if one.stance != "neither"]
    others = [one.citation for one in evidence if one.stance == "neither"]
    return replace(row, answer=check.message, citations=_quotes(deciding, articles), nearest=_quotes(others, articles))


def _answered(row: Row, answer: Answer, articles: Mapping[str, Article]) -> Row:
    return replace(
        row,
        understood=answer.understood,
        answer=answer.text,
        abstained=answer.abstained,
        reason=answer.reason,
        confidence=answer.confidence,
        citations=_quotes(answer.citations, articles),
        nearest=_quotes(answer.nearest, articles),
    )


def _quotes(citations: Sequence[Citation], articles: Mapping[str, Article]) -> tuple[Quote, ...]:
    return tuple(_quote(citation, articles[citation.article_id].text) for citation in citations)


def _quote(citation: Citation, text: str) -> Quote:
    return Quote(
        citation.article_id,
        citation.title,
        citation.source,
        citation.published,
        citation.start,
        citation.end,
        citation.quote,
        before=_tail(text[: citation.start]),
        after=_head(text[citation.end :]),
    )


def _tail(text: str) -> str:
    """The last words, with `…` for what is left out."""
    return text if len(text) <= _CONTEXT else "… " + text[-_CONTEXT:].partition(" ")[2]


def _head(text: str) -> str:
    """The first words, with `…` for what is left out."""
    return text if len(text) <= _CONTEXT else text[:_CONTEXT].rpartition(" ")[0] + " …"


def _relevant(archive: Archive, case: Case) -> frozenset[str]:
    """Ids of the passages that a piece of evidence touches."""
    touched: set[str] = set()
    for span in case.spans:
        touched |= {
            p.id for p in archive.passages(span.article_id) if p.start < (span.end or 0) and (span.start or 0) < p.end
        }
    return frozenset(touched)
