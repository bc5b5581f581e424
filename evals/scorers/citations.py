"""Whether the cited sentences hold the answer, and whether they are there at all."""

from __future__ import annotations

from evals.types import Case, Observation, Score
from rag.types import Citation


def first_cited(case: Case, seen: Observation) -> Score:
    """1 where the first cited sentence holds an accepted answer, at its place. An abstention is 0."""
    return _holds(case, seen, within=1)


def three_cited(case: Case, seen: Observation) -> Score:
    """1 where one of the first three cited sentences holds an accepted answer, at its place. An abstention is 0."""
    return _holds(case, seen, within=3)


def valid_citations(case: Case, seen: Observation) -> Score:
    """The share of citations, the nearest of an abstention included, for which `article.text[start:end] == quote`."""
    articles = {hit.article.id: hit.article for hit in seen.hits}
    cited = (*seen.answer.citations, *seen.answer.nearest)
    if not cited:
        return Score(None, "nothing was cited")
    broken = [c for c in cited if articles[c.article_id].text[c.start : c.end] != c.quote or not c.quote]
    return Score(1 - len(broken) / len(cited), f"{len(broken)} of {len(cited)} broken")


def _holds(case: Case, seen: Observation, *, within: int) -> Score:
    if not case.answers or not case.answerable:
        return Score(None, "the case names no answer" if case.answerable else "not answerable")
    citations = seen.answer.citations[:within]
    holding = next((citation for citation in citations if _has_answer(citation, case)), None)
    if holding is not None:
        return Score(1.0, f"[{holding.marker}] holds it")
    return Score(0.0, "abstained" if seen.answer.abstained else f"expected {case.answers[0].text!r}")


def _has_answer(citation: Citation, case: Case) -> bool:
    return any(
        citation.article_id == answer.article_id and citation.start <= answer.start and answer.end <= citation.end
        for answer in case.answers
    )
