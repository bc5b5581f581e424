"""How a sentence is weighed as evidence."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pytest

from rag.answer.choose import Question, Rarity, choose_sentences
from rag.text.sentences import split_sentences
from rag.types import Article, Hit, Passage


def _question(text: str) -> Question:
    """As in an archive of a thousand sentences where every token occurs in ten."""
    return Question.read(text, lambda _field, tokens: dict.fromkeys(tokens, 10), sentences=1_000)


def _hit(text: str, *, id: str = "a", score: float = 1.0) -> Hit:
    article = Article(id, text, language="de")
    sentences = tuple(split_sentences(id, text, language="de"))
    return Hit(Passage(id, 0, 0, len(text), sentences), score, {"dense": 0.5}, article)


def _best(question: str, *texts: str) -> str:
    hits = [_hit(text, id=f"a{number}") for number, text in enumerate(texts)]
    return choose_sentences(_question(question), hits)[0].text


def test_rarity_is_the_inverse_document_frequency_with_a_cap_on_function_words() -> None:
    rarity = Rarity.of({"turm": 10, "der": 10}, sentences=1_000, content=["turm"])
    # ln(1 + (1000 - 10 + .5) / (10 + .5)) = ln(95.33) = 4.557
    assert rarity.weights["turm"] == pytest.approx(math.log(1 + 990.5 / 10.5))
    assert rarity.weights["der"] == 1.0


def test_coverage_is_the_share_of_the_questions_weight() -> None:
    rarity = Rarity({"a": 3.0, "b": 1.0})
    assert rarity.coverage(["a", "x", "a"]) == 0.75
    assert rarity.coverage([]) == 0.0
    assert Rarity({}).coverage(["a"]) == 0.0


def test_the_sentence_that_holds_the_question_comes_first() -> None:
    text = "Das Wetter war gut. Der Leuchtturm auf Sandholm wurde von Maurern gebaut. Niemand kam."
    assert _best("Wer hat den Leuchtturm auf Sandholm gebaut?", text).startswith("Der Leuchtturm")


def test_among_sentences_on_the_topic_the_one_with_what_is_asked_for_comes_first() -> None:
    text = "Das Gespräch der Minister war offen. Das Gespräch der Minister dauerte 25 Minuten."
    assert "25 Minuten" in _best("Wie lange war das Gespräch der Minister?", text)


def test_a_neighbour_that_names_the_topic_counts_for_a_sentence_that_does_not() -> None:
    with_topic = "Der Leuchtturm auf Sandholm ist alt. Er wurde 1912 gebaut."
    without = "Das Brot ist alt. Er wurde 1912 gebaut."
    candidates = choose_sentences(
        _question("Wann wurde der Leuchtturm auf Sandholm gebaut?"),
        [_hit(without, id="ohne"), _hit(with_topic, id="mit")],
    )
    built = [candidate.article.id for candidate in candidates if candidate.text == "Er wurde 1912 gebaut."]
    assert built == ["mit", "ohne"]


def test_a_sentence_of_a_better_passage_comes_first_where_all_else_is_equal() -> None:
    text = "Der Leuchtturm steht."
    hits = [
        _hit(text, id="schlecht", score=0.1),
        _hit(text, id="gut", score=3.0),
        _hit("Nichts davon.", id="x", score=0),
    ]
    assert choose_sentences(_question("Leuchtturm?"), hits)[0].article.id == "gut"


def test_the_score_adds_up_from_its_signs() -> None:
    [candidate] = choose_sentences(_question("Leuchtturm"), [_hit("Der Leuchtturm steht.")])
    assert candidate.signs == pytest.approx(
        {"passage": 0.0, "kind": 0.0, "grams": 1.0, "stems": 1.0, "grams around": 1.0, "stems around": 1.0}
    )
    assert candidate.score == pytest.approx(3.39 + 2.28 + 2.58 + 0.94)


def test_no_hits_give_no_sentences() -> None:
    assert choose_sentences(_question("Leuchtturm"), []) == []


def test_a_question_asks_for_the_frequencies_of_its_own_tokens() -> None:
    asked: dict[str, set[str]] = {}

    def frequencies(field: str, tokens: Iterable[str]) -> dict[str, int]:
        asked[field] = set(tokens)
        return dict.fromkeys(asked[field], 1)

    question = Question.read("Wo ist Bout?", frequencies, sentences=10)
    assert question.language == "de"
    assert {"_bou", "bout", "out_"} <= asked["grams"]
    assert asked["stems"] == question.stems.weights.keys()
