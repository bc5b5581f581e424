"""Whether the cited sentences are the evidence, and whether they are there at all."""

from __future__ import annotations

from collections.abc import Sequence

from evals.types import Case, Evidence, Observation, Score
from rag.types import Check, Citation

METRICS = (
    "sentence first",
    "sentence in three",
    "best sentence",
    "citation precision",
    "citation recall",
    "citations valid",
)


def score(case: Case, seen: Observation) -> dict[str, Score]:
    """How the cited sentences meet the evidence: one of the two holds the other, at its place.

    `sentence first` / `in three`: 1 where the first / one of the first three cited sentences meets evidence; an
    abstention is 0. `best sentence`: the same of the first sentence, be it an answer or only the nearest.
    `citation precision`: the share of the cited sentences that meet evidence. `citation recall`: the share of the
    evidence that is met. `citations valid`: the share of all citations, the nearest included, for which
    `article.text[start:end] == quote`; of a claim, that is all that is scored of its evidence and its quotations.
    """
    valid = {"citations valid": _valid(seen)}
    if seen.answer is None:
        return dict.fromkeys(METRICS, Score(None, "a claim is not answered")) | valid
    if not case.spans:
        return dict.fromkeys(METRICS, Score(None, "there are no words of evidence within reach")) | valid
    cited, nearest = seen.answer.citations, seen.answer.nearest
    return {
        "sentence first": _any_meets(cited[:1], case.spans),
        "sentence in three": _any_meets(cited[:3], case.spans),
        "best sentence": _any_meets((*cited, *nearest)[:1], case.spans),
        "citation precision": _precision(cited, case.spans),
        "citation recall": _recall(cited, case.spans),
        **valid,
    }


def _any_meets(citations: Sequence[Citation], spans: Sequence[Evidence]) -> Score:
    if not citations:
        return Score(0.0, "nothing was cited")
    meeting = next((citation for citation in citations if _meets(citation, spans)), None)
    return Score(1.0, f"[{meeting.marker}] is evidence") if meeting else Score(0.0, f"expected {spans[0].quote!r}")


def _precision(citations: Sequence[Citation], spans: Sequence[Evidence]) -> Score:
    if not citations:
        return Score(None, "nothing was cited")
    right = [citation.marker for citation in citations if _meets(citation, spans)]
    return Score(len(right) / len(citations), f"{len(right)} of {len(citations)} cited sentences are evidence")


def _recall(citations: Sequence[Citation], spans: Sequence[Evidence]) -> Score:
    met = [span for span in spans if any(_meets(citation, [span]) for citation in citations)]
    return Score(len(met) / len(spans), f"{len(met)} of {len(spans)} pieces of evidence are cited")


def _valid(seen: Observation) -> Score:
    answered = (*seen.answer.citations, *seen.answer.nearest) if seen.answer else ()
    cited = (*answered, *(citations_of(seen.check) if seen.check else ()))
    if not cited:
        return Score(None, "nothing was cited")
    broken = [c for c in cited if not c.quote or seen.texts.get(c.article_id, "")[c.start : c.end] != c.quote]
    return Score(1 - len(broken) / len(cited), f"{len(broken)} of {len(cited)} broken")


def citations_of(check: Check) -> list[Citation]:
    """All that a check cites: its evidence, the sentences that hold its quotations, and those of its parts."""
    own = [one.citation for one in check.evidence]
    quoting = [c for one in check.quotes for c in (one.citation, *(place.citation for place in one.others)) if c]
    return [*own, *quoting, *(citation for part in check.parts for citation in citations_of(part))]


def meets(article_id: str, start: int, end: int, spans: Sequence[Evidence]) -> bool:
    """Whether a piece of an article is evidence: it holds one of the spans, or lies in one."""
    return any(article_id == span.article_id and _one_holds_the_other(start, end, span) for span in spans)


def _meets(citation: Citation, spans: Sequence[Evidence]) -> bool:
    return meets(citation.article_id, citation.start, citation.end, spans)


def _one_holds_the_other(start: int, end: int, span: Evidence) -> bool:
    assert span.start is not None
    assert span.end is not None
    return (start <= span.start and span.end <= end) or (span.start <= start and end <= span.end)
