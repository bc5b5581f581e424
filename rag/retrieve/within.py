"""A question and filters -> what is found within them, on the scale of the whole archive, and how far they reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from rag.index.articles import Reach
from rag.retrieve.rerank import Reranker, rerank
from rag.retrieve.search import ALIGNED, Found, HybridSearch
from rag.types import Filters


@dataclass(frozen=True, slots=True)
class Within:
    """What was found. `reach` is that of the filters, `everything` that of a search without them.

    What is kept out of reach (`Filters.without`) is in neither.
    """

    found: Found
    reach: Reach
    everything: Reach


def search_within(
    search: HybridSearch,
    reach_of: Callable[[Filters], Reach],
    query: str,
    *,
    k: int,
    filters: Filters,
    reranker: Reranker | None = None,
    depth: int = 0,
) -> Within:
    """The `k` best passages within the filters; the first `depth` in a re-ranker's order, where there is one."""
    reach = everything = reach_of(filters)
    whole = None
    if filters.names:
        everything = reach_of(Filters(without=filters.without))
        whole = search.search(query, k=k, allowed=everything.ids)
    if reranker is None:
        return Within(search.search(query, k=k, allowed=reach.ids, whole=whole), reach, everything)
    found = search.search(query, k=max(k, depth), allowed=reach.ids, whole=whole, aligned=max(ALIGNED, depth))
    hits = tuple(rerank(query, found.hits, reranker, first=depth)[:k])
    return Within(replace(found, hits=hits), reach, everything)
