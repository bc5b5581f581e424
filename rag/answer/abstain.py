"""Whether the archive holds the answer: a confidence from five readable signs, and the reason where it is too low."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from rag.answer.choose import Candidate, Question
from rag.text.tokens import grams
from rag.types import Hit, Reason

_LOOKED_AT = 3
_RIVALS = slice(5, 10)
_CONTEXT_CHARACTERS = 400
_TOPIC_COVERAGE = 0.45
_FEWEST_ARTICLES = 2

# Logistic regression over XQuAD-de among Wikinews: each question with the answering article there and taken out, alone
# or with its group, in archives of few articles on its topic, of few on others, and of all 1,238; five folds by group.
# The constants put the shipped threshold at 0.5. See evals/README.md.
_SAME_LANGUAGE = {"grams": 7.55, "stems": 3.01, "cosine": 2.20, "lead": 0.257, "size": -0.491, "constant": -5.28}
_OTHER_LANGUAGE = {"grams": 2.97, "stems": 0.72, "cosine": 3.59, "lead": 0.180, "size": -0.115, "constant": -2.70}


def confidence(question: Question, hits: Sequence[Hit], candidates: Sequence[Candidate], *, articles: int) -> float:
    """How sure it is that the hits hold the answer, 0 to 1: `1 / (1 + e^-(Σ weight · sign + constant))`.

    The signs: `grams` and `stems`, the largest share of the question's weight in a sentence with its neighbours;
    `cosine`, the best of the first three passages; `lead`, the best passage's score above the mean of the sixth to the
    tenth, 0 where there are none; `size`, the natural logarithm of the number of `articles` searched, at least 2:
    the more there is, the more of a question is found by chance.
    """
    if not hits or not candidates:
        return 0.0
    rivals = [hit.score for hit in hits[_RIVALS]]
    signs = {
        "grams": max(candidate.signs["grams around"] for candidate in candidates),
        "stems": max(candidate.signs["stems around"] for candidate in candidates),
        "cosine": max(hit.parts.get("dense", 0.0) for hit in hits[:_LOOKED_AT]),
        "lead": hits[0].score - sum(rivals) / len(rivals) if rivals else 0.0,
        "size": math.log(max(_FEWEST_ARTICLES, articles)),
        "constant": 1.0,
    }
    weights = _SAME_LANGUAGE if hits[0].article.language == question.language else _OTHER_LANGUAGE
    return 1.0 / (1.0 + math.exp(-sum(weight * signs[name] for name, weight in weights.items())))


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


def _surroundings(hit: Hit) -> str:
    start = max(0, hit.passage.start - _CONTEXT_CHARACTERS)
    return f"{hit.article.title or ''} {hit.article.text[start : hit.passage.end + _CONTEXT_CHARACTERS]}"
