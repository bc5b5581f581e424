"""What was found within filters -> the answer; where there is none, whether there is one outside of them."""

from __future__ import annotations

from dataclasses import replace

from rag.answer.extract import answered_elsewhere, extract_answer
from rag.answer.read import Reader
from rag.retrieve.search import Found
from rag.retrieve.within import Within
from rag.types import Answer, Filters
from rag.weights import Weights

# So many of the first passages are read for an answer.
PASSAGES_READ = 10


def answer_within(
    within: Within, weights: Weights, *, min_confidence: float, filters: Filters, reader: Reader | None = None
) -> Answer:
    """The answer within the filters. An abstention says where there is an answer outside of them."""

    def extract(found: Found) -> Answer:
        return extract_answer(
            replace(found, hits=found.hits[:PASSAGES_READ]),
            weights,
            min_confidence=min_confidence,
            articles=within.reach.indexed,
            matching=within.reach.matching,
            searched=within.everything.matching,
            filters=filters,
            reader=reader,
        )

    answer = replace(extract(within.found), undated=within.reach.undated)
    if not answer.abstained or within.found.whole is None or not within.reach.matching:
        return answer
    wider = extract(within.found.whole)
    inside = {citation.article_id for citation in wider.citations} & (within.reach.ids or frozenset())
    return answer if wider.abstained or inside else answered_elsewhere(answer, wider, filters)
