"""Evidence, and what is rejected -> the place in the archive where its words stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from evals.types import Case, Evidence
from rag.errors import InputError
from rag.types import Article

_TRIMMED = 20  # characters
_MOST_NAMED = 20  # rows


def locate_evidence(cases: Sequence[Case], articles: Mapping[str, Article]) -> list[Case]:
    """The cases with every quote at its place. A quote without a start counts wherever it stands in its article.

    So it is with rejected sentences: of one that is no longer in the corpus, a case could not fail. Raises InputError
    that names the case, the article and the words which are not in the corpus, and every other row of which that is so.
    """
    located: list[Case] = []
    faults: dict[str, InputError] = {}
    for case in cases:
        try:
            evidence = tuple(_located(case.evidence, articles, f"{case.where}: evidence of {case.id!r}"))
            rejected = tuple(_located(case.rejected, articles, f"{case.where}: rejected of {case.id!r}"))
        except InputError as error:
            faults.setdefault(case.where or repr(case.id), error)
        else:
            located.append(replace(case, evidence=evidence, rejected=rejected))
    if faults:
        raise InputError(_said_of_all(faults))
    return located


def _said_of_all(faults: Mapping[str, InputError]) -> str:
    """The first in full, and where the others are."""
    first, *others = faults
    if not others:
        return str(faults[first])
    named = ", ".join(others[:_MOST_NAMED]) + (", …" if len(others) > _MOST_NAMED else "")
    return f"{faults[first]} The rows to correct or delete are {len(faults)}: {first}, {named}."


def _located(pieces: Sequence[Evidence], articles: Mapping[str, Article], what: str) -> Iterator[Evidence]:
    for evidence in pieces:
        article = articles.get(evidence.article_id)
        if article is None:
            raise InputError(
                f"{what}: the corpus has no article {evidence.article_id!r}. Take it in, or delete the row."
            )
        if evidence.quote is None:
            yield evidence
            continue
        starts = _starts(article.text, evidence)
        if not starts:
            place = "" if evidence.start is None else f" at character {evidence.start}"
            raise InputError(
                f"{what}: the article {article.id!r} does not say {evidence.quote!r}{place}. "
                "Correct the row, or delete it."
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
