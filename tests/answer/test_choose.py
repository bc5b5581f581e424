"""How a sentence is weighed as evidence."""

from __future__ import annotations

import pytest

from rag.answer.choose import Candidate, choose_sentences
from rag.text.asked import WORD_KINDS
from rag.types import Hit
from rag.weights import StepWeights, Weights, shipped_weights
from tests.finding import found, hit


def _choose(question: str, *hits: Hit) -> list[Candidate]:
    return choose_sentences(found(question, hits), shipped_weights())


def test_the_sentence_that_holds_the_question_comes_first() -> None:
    text = "Das Wetter war gut. Der Leuchtturm auf Sandholm wurde von Maurern gebaut. Niemand kam."
    best = _choose("Wer hat den Leuchtturm auf Sandholm gebaut?", hit(text))[0]
    assert best.text.startswith("Der Leuchtturm")


def test_among_sentences_on_the_topic_the_one_with_what_is_asked_for_comes_first() -> None:
    text = "Das Gespräch der Minister war offen. Das Gespräch der Minister dauerte 25 Minuten."
    assert "25 Minuten" in _choose("Wie lange war das Gespräch der Minister?", hit(text))[0].text


def test_a_neighbour_that_names_the_topic_counts_for_a_sentence_that_does_not() -> None:
    with_topic = hit("Der Leuchtturm auf Sandholm ist alt. Er wurde 1912 gebaut.", id="mit")
    without = hit("Das Brot ist alt. Er wurde 1912 gebaut.", id="ohne")
    candidates = _choose("Wann wurde der Leuchtturm auf Sandholm gebaut?", without, with_topic)
    built = [candidate.article.id for candidate in candidates if candidate.text == "Er wurde 1912 gebaut."]
    assert built == ["mit", "ohne"]


def test_a_sentence_of_a_better_passage_comes_first_where_all_else_is_equal() -> None:
    text = "Der Leuchtturm steht."
    hits = [hit(text, id="schlecht", score=0.1), hit(text, id="gut", score=3.0)]
    assert _choose("Leuchtturm?", *hits)[0].article.id == "gut"


def test_the_score_adds_up_from_its_signs_weighed_by_whether_the_languages_agree() -> None:
    nothing = StepWeights({}, {}, {}, {})
    same = StepWeights({}, {}, {"passage": 2.0, "noun": 10.0, "noun around": 1.0}, {})
    other = StepWeights({}, {}, {"passage": 100.0}, {})
    hits = [hit("Der Leuchtturm steht.", score=1.5)]
    [candidate] = choose_sentences(found("Leuchtturm", hits), Weights(same, nothing))
    assert candidate.signs["noun"] == candidate.signs["noun around"] == pytest.approx(1.0)
    assert candidate.score == pytest.approx(2.0 * 1.5 + 10.0 + 1.0)
    [candidate] = choose_sentences(found("What is a Leuchtturm?", hits), Weights(nothing, other))
    assert candidate.score == pytest.approx(100.0 * 1.5)


def test_every_sign_is_named() -> None:
    [candidate] = _choose("Leuchtturm", hit("Der Leuchtturm steht."))
    assert candidate.signs.keys() == {
        "passage",
        "kind",
        "nearness",
        "nearness above",
        *WORD_KINDS,
        *(f"{kind} around" for kind in WORD_KINDS),
    }


def test_no_hits_give_no_sentences() -> None:
    assert _choose("Leuchtturm") == []
