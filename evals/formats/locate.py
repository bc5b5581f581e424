"""Evidence -> the place in the archive where its words stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from evals.types import Case, Evidence
from rag.errors import InputError
from rag.types import Article

_TRIMMED = 20  # characters


def locate_evidence(cases: Sequence[Case], articles: Mapping[str, Article]) -> list[Case]:
    """The cases with every quote at its place. A quote without a start counts wherever it stands in its article.

    Raises InputError that names the case, the article and the words which are not in the corpus.
    """
    return [replace(case, evidence=tuple(_located(case, articles))) for case in cases]


def _located(case: Case, articles: Mapping[str, Article]) -> Iterator[Evidence]:
    for evidence in case.evidence:
        article = articles.get(evidence.article_id)
        if article is None:
            raise InputError(
                f"{case.where}: evidence of {case.id!r}: the corpus has no article {evidence.article_id!r}"
            )
        if evidence.quote is None:
            yield evidence
            continue
        starts = _starts(article.text, evidence)
        if not starts:
            place = "" if evidence.start is None else f" at character {evidence.start}"
            raise InputError(
                f"{case.where}: evidence of {case.id!r}: the article {article.id!r} does not say "
                f"{evidence.quote!r}{place}"
            )
        yield from (replace(evidence, start=start) for start in starts)


def _starts(text: str, evidence: Evidence) -> list[int]:
    """Where the quote stands: everywhere, or where its start says. Ingest may have trimmed white space before it."""
    quote = evidence.quote or ""
    starts = []
    at = text.find(quote)
    while at >= 0:
        starts.append(at)
        at = text.find(quote, at + 1)
    if evidence.start is None or not starts:
        return starts
    said = evidence.start
    nearest = min(starts, key=lambda start: abs(start - said))
    return [nearest] if abs(nearest - said) <= _TRIMMED else []
