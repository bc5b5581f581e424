"""Whether the archive holds the answer: a confidence from readable signs, and the reason where it is too low."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean

from rag.answer.choose import Candidate
from rag.retrieve.search import Found
from rag.text.asked import WORD_KINDS
from rag.text.language import known_language
from rag.types import Filters, Hit, Reason
from rag.weights import Weights, weighted

_LOOKED_AT = 3
_RIVALS = slice(5, 10)
_TOPIC_COVERAGE = 0.45
_FEWEST_ARTICLES = 2


def confidence(found: Found, candidates: Sequence[Candidate], weights: Weights, *, articles: int) -> float:
    """How sure it is that the hits hold the answer, 0 to 1: `1 / (1 + e^-(Σ weight · sign))`; see `confidence_signs`.

    The weights' constant puts the shipped threshold at 0.5.
    """
    if not found.hits or not candidates:
        return 0.0
    steps = weights.of(found.hits[0].article.language, found.question.asked_in)
    step = steps.confidence_read if "read" in candidates[0].signs else steps.confidence
    return 1.0 / (1.0 + math.exp(-weighted(confidence_signs(found, candidates, articles=articles), step)))


def confidence_signs(found: Found, candidates: Sequence[Candidate], *, articles: int) -> dict[str, float]:
    """What the confidence adds up from. There must be a hit and a candidate.

    `around`, the largest share of the question's weight in a sentence with its neighbours; `number missing`, `name
    missing` and so on, the share of it in words of each kind that the best passage does not hold with its surroundings;
    `nearness`, the largest similarity of a sentence to the question, and `nearest lead`, how far that of the best
    passage is above the mean of the sixth to the tenth of the whole archive; `lead`, the same of the passages' scores,
    before any re-ranking, and `fused lead`, of the fused ones; all three 0 where there are none; `unrivalled`, 1 where
    there are none; `sentence`, the best sentence's score; `size`, the natural logarithm of the number of `articles` of
    the whole archive, at least 2: the more there is, the more of a question is found by
    chance; `constant`, 1. Where a reader has read: `read best`, the log odds of the sentence that it likes best, and
    `read`, those of the best sentence.
    """
    hits = found.hits
    rivals = (found.whole or found).hits
    best = hits[0]
    asked = found.alignment.asked(language=best.article.language)
    read = [candidate.signs["read"] for candidate in candidates if "read" in candidate.signs]
    return {
        "around": max(sum(c.signs[f"{kind} around"] for kind in WORD_KINDS) for c in candidates),
        **{f"{kind} missing": asked[kind] - best.parts[kind] for kind in WORD_KINDS},
        "nearness": max(candidate.signs["nearness"] for candidate in candidates),
        "nearest lead": _lead(hits, rivals, lambda hit: hit.parts["nearest cosine"]),
        "lead": _lead(hits, rivals, lambda hit: hit.parts.get("before", hit.score)),
        "fused lead": _lead(hits, rivals, lambda hit: hit.parts["fused"]),
        "unrivalled": float(len(rivals) <= _RIVALS.start),
        "sentence": candidates[0].score,
        "size": math.log(max(_FEWEST_ARTICLES, articles)),
        "constant": 1.0,
        **({"read best": max(read), "read": read[0]} if read else {}),
    }


def reason_for(found: Found, *, articles: int, matching: int) -> Reason:
    """Why there is no answer, the most basic reason first. What lies outside the filters is not looked at here."""
    if articles == 0:
        return "empty_archive"
    if not found.question.understood:
        return "not_understood"
    if matching == 0:
        return "outside_filters"
    if topic_coverage(found.hits) >= _TOPIC_COVERAGE:
        return "not_answered"
    return "nothing_on_topic" if known_language(found.question.text) else "not_understood"


def topic_coverage(hits: Sequence[Hit]) -> float:
    """The share of the question's weight in the best of the first three passages with its surroundings, 0 to 1."""
    return max((sum(hit.parts[kind] for kind in WORD_KINDS) for hit in hits[:_LOOKED_AT]), default=0.0)


def message(reason: Reason, *, language: str, filters: Filters, elsewhere: bool = False) -> str:
    """One sentence for a person. `elsewhere`: an answer was found outside the filters."""
    told = _MESSAGES[language][reason]
    if reason != "outside_filters":
        return told
    if not filters.names:
        return _NONE_LEFT[language]
    named = ", ".join(dict.fromkeys(_FILTERS[language][name] for name in filters.names))
    return (_ELSEWHERE[language] if elsewhere else told).format(filters=named)


_MESSAGES: Mapping[str, Mapping[Reason, str]] = {
    "de": {
        "empty_archive": "Das Archiv ist leer. Bitte zuerst Artikel aufnehmen.",
        "not_understood": "Die Frage wurde nicht verstanden. Am besten gelingt das auf Deutsch oder Englisch.",
        "outside_filters": "Kein Artikel im Archiv erfüllt die gewählten Filter ({filters}).",
        "nothing_on_topic": "Dazu wurde im Archiv nichts gefunden.",
        "not_answered": "Das Archiv berührt das Thema, aber eine Antwort auf diese Frage wurde darin nicht gefunden.",
    },
    "en": {
        "empty_archive": "The archive is empty. Add articles first.",
        "not_understood": "The question was not understood. German and English ones are understood best.",
        "outside_filters": "No article in the archive matches the chosen filters ({filters}).",
        "nothing_on_topic": "Nothing about this was found in the archive.",
        "not_answered": "The archive touches on the topic, but an answer to this question was not found in it.",
    },
}
_NONE_LEFT = {
    "de": "Es ist kein Artikel übrig, in dem gesucht werden könnte.",
    "en": "No article is left to be searched.",
}
_ELSEWHERE = {
    "de": "Innerhalb der gewählten Filter ({filters}) fand sich keine Antwort, wohl aber außerhalb.",
    "en": "No answer was found within the chosen filters ({filters}), but there is one outside of them.",
}
_FILTERS = {
    "de": {"language": "Sprache", "source": "Quelle", "since": "Zeitraum", "until": "Zeitraum", "articles": "Artikel"},
    "en": {"language": "language", "source": "source", "since": "dates", "until": "dates", "articles": "articles"},
}


def _lead(hits: Sequence[Hit], rivals: Sequence[Hit], score: Callable[[Hit], float]) -> float:
    """The best score of the hits above the mean of the sixth to the tenth best of the rivals."""
    behind = sorted(map(score, rivals), reverse=True)[_RIVALS]
    return max(map(score, hits)) - fmean(behind) if behind else 0.0
