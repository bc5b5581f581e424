"""Whether the archive holds the answer: a confidence from three readable signs, and the reason where it is too low."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from rag.answer.choose import Candidate, Question
from rag.text.tokens import grams
from rag.types import Hit, Reason

_LOOKED_AT = 3
_CONTEXT_SENTENCES_CHARACTERS = 400
_TOPIC_COVERAGE = 0.45

# Logistic regression over XQuAD-de among Wikinews, each question with its article there and with its whole group taken
# out; five folds by group: AUROC .947 (German), .792 (English over German). See evals/README.md.
_SAME_LANGUAGE = {"passage": 7.34, "sentence": 6.76, "cosine": 6.93, "constant": -10.27}
_OTHER_LANGUAGE = {"passage": 2.69, "sentence": 4.15, "cosine": 8.82, "constant": -4.56}


def confidence(question: Question, hits: Sequence[Hit], candidates: Sequence[Candidate]) -> float:
    """How sure it is that the hits hold the answer, 0 to 1: `1 / (1 + e^-(Σ weight · sign + constant))`.

    The signs: the share of the question's weight in 4-grams in the best of the first three passages with its
    surroundings, the same in the best sentence, and the best cosine of the first three passages.
    """
    if not hits or not candidates:
        return 0.0
    signs = {
        "passage": topic_coverage(question, hits),
        "sentence": max(candidate.gram_coverage for candidate in candidates),
        "cosine": max(hit.parts.get("dense", 0.0) for hit in hits[:_LOOKED_AT]),
        "constant": 1.0,
    }
    return _logistic(_weights(question, hits[0]), signs)


def topic_coverage(question: Question, hits: Sequence[Hit]) -> float:
    """The share of the question's weight in the best of the first three passages with its surroundings, 0 to 1."""
    return max((question.grams.coverage(grams(_surroundings(hit))) for hit in hits[:_LOOKED_AT]), default=0.0)


def reason_for(question: Question, hits: Sequence[Hit], *, articles: int, matching: int) -> Reason:
    """Why there is no answer, the most basic reason first."""
    if articles == 0:
        return "empty_archive"
    if not question.grams.weights:
        return "not_understood"
    if matching == 0:
        return "outside_filters"
    return "not_answered" if topic_coverage(question, hits) >= _TOPIC_COVERAGE else "nothing_on_topic"


MESSAGES: Mapping[str, Mapping[Reason, str]] = {
    "de": {
        "empty_archive": "Das Archiv ist leer. Bitte zuerst Artikel aufnehmen.",
        "not_understood": "Die Frage enthält keine Wörter, nach denen sich suchen lässt.",
        "outside_filters": "Kein Artikel im Archiv erfüllt die gewählten Filter.",
        "nothing_on_topic": "Dazu wurde im Archiv nichts gefunden.",
        "not_answered": "Das Archiv berührt das Thema, aber eine Antwort auf diese Frage wurde darin nicht gefunden.",
    },
    "en": {
        "empty_archive": "The archive is empty. Add articles first.",
        "not_understood": "The question has no words to search for.",
        "outside_filters": "No article in the archive matches the chosen filters.",
        "nothing_on_topic": "Nothing about this was found in the archive.",
        "not_answered": "The archive touches on the topic, but an answer to this question was not found in it.",
    },
}


def _weights(question: Question, hit: Hit) -> Mapping[str, float]:
    return _SAME_LANGUAGE if hit.article.language == question.language else _OTHER_LANGUAGE


def _surroundings(hit: Hit) -> str:
    start = max(0, hit.passage.start - _CONTEXT_SENTENCES_CHARACTERS)
    return f"{hit.article.title or ''} {hit.article.text[start : hit.passage.end + _CONTEXT_SENTENCES_CHARACTERS]}"


def _logistic(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    return 1.0 / (1.0 + math.exp(-sum(weight * signs[name] for name, weight in weights.items())))
