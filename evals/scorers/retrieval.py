"""Whether the search found the articles and the passages that hold the evidence, by ir-measures (trec_eval)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from evals.types import Case, Observation, Score

DEPTHS = (1, 3, 5, 10, 20)
_BY_RANK = (*(f"recall@{depth}" for depth in DEPTHS), "MRR", "nDCG@10")
METRICS = (
    "article first",
    "article in five",
    *(f"article {name}" for name in _BY_RANK),
    *(f"passage {name}" for name in _BY_RANK),
)


def score(case: Case, seen: Observation) -> dict[str, Score]:
    """How high evidence ranks among what was found.

    Of articles, an article ranks where its first passage does. Recall@k is the share of all that hold evidence which is
    among the first k; MRR the reciprocal rank of the first; nDCG@10 with gain 1 (Järvelin & Kekäläinen 2002).
    `article first` and `article in five` are 1 where any article that holds evidence is there. Passages need evidence
    with words.
    """
    if not case.within_reach:
        return dict.fromkeys(METRICS, Score(None, "there is no evidence within reach"))
    gold = list(dict.fromkeys(evidence.article_id for evidence in case.within_reach))
    passages = [hit.passage.id for hit in seen.hits]
    articles = list(dict.fromkeys(hit.article.id for hit in seen.hits))
    by_article = measure_ranking(articles, gold)
    scores = {
        "article first": Score(by_article["success@1"], _where(articles, gold, "articles")),
        "article in five": Score(by_article["success@5"], _where(articles, gold, "articles")),
    }
    scores |= {f"article {name}": Score(by_article[name], _where(articles, gold, "articles")) for name in _BY_RANK}
    if seen.relevant:
        relevant = sorted(seen.relevant)
        by_passage = measure_ranking(passages, relevant)
        said = _where(passages, relevant, "passages")
        return scores | {f"passage {name}": Score(by_passage[name], said) for name in _BY_RANK}
    return scores | {f"passage {name}": Score(None, "the evidence has no words") for name in _BY_RANK}


def measure_ranking(ranking: Sequence[str], relevant: Sequence[str]) -> dict[str, float]:
    """success@1, success@5, recall@k, MRR and nDCG@10 of one ranking, best first. At least one id must be relevant."""
    import ir_measures

    measures = _measures()
    # trec_eval orders by score and breaks ties by id: the rank itself is the score.
    found = [ir_measures.ScoredDoc("q", id, float(len(ranking) - rank)) for rank, id in enumerate(ranking)]
    if not found:
        return dict.fromkeys(measures, 0.0)
    truth = [ir_measures.Qrel("q", id, 1) for id in relevant]
    names = {measure: name for name, measure in measures.items()}
    return {names[one.measure]: float(one.value) for one in ir_measures.iter_calc(list(names), truth, found)}


@cache
def _measures() -> dict[str, Any]:
    from ir_measures import RR, R, Success, nDCG

    recalls = {f"recall@{depth}": R @ depth for depth in DEPTHS}
    return {"success@1": Success @ 1, "success@5": Success @ 5, **recalls, "MRR": RR, "nDCG@10": nDCG @ 10}


def _where(ranking: Sequence[str], relevant: Sequence[str], what: str) -> str:
    ranks = [str(rank) for rank, id in enumerate(ranking, start=1) if id in relevant]
    return f"{len(relevant)} to find, at rank {', '.join(ranks) or 'none'} of {len(ranking)} {what}"
