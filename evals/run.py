"""Cases -> rows: each one put to the archive, and what it did scored."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from evals.scorers import score_case
from evals.types import Case, Observation, Quote, Row
from rag.archive import Archive
from rag.types import Answer, Article, Citation
from rag.weights import Weights

_HITS = 50
_CONTEXT = 240


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
    answer, seconds = None, None
    if case.kind == "question":
        started = time.perf_counter()
        answer = archive.ask(case.text, list(case.history), **within)
        seconds = time.perf_counter() - started
    understood = answer.understood if answer else None
    hits = archive.search(understood or case.text, _HITS, **within)
    cited = {citation.article_id for citation in (*answer.citations, *answer.nearest)} if answer else set()
    texts = {id: articles[id].text for id in cited}
    seen = Observation(tuple(hits), _relevant(archive, case), answer, texts=texts)
    row = Row(
        case,
        score_case(case, seen),
        passages=tuple(hit.passage.id for hit in hits),
        relevant=tuple(sorted(seen.relevant)),
        seconds=seconds,
    )
    return row if answer is None else _answered(row, answer, articles)


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
