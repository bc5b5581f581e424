"""When the archive does not say."""

from __future__ import annotations

import math
from datetime import date

import pytest

from rag.answer.abstain import confidence, confidence_signs, message, reason_for
from rag.answer.choose import choose_sentences
from rag.types import Filters, Hit, Reason
from rag.weights import StepWeights, Weights, shipped_weights
from tests.finding import found, hit

QUESTION = "Wer hat den Leuchtturm auf Sandholm gebaut?"
HOLDING = hit("Den Leuchtturm auf Sandholm haben Maurer gebaut.")
FOREIGN = hit("Die Bäckerin verkauft heute Brot.")


def _confidence(*hits: Hit, articles: int = 10, question: str = QUESTION) -> float:
    weights = shipped_weights()
    search = found(question, hits)
    return confidence(search, choose_sentences(search, weights), weights, articles=articles)


def test_confidence_is_the_logistic_of_its_weighted_signs() -> None:
    steps = StepWeights({}, {}, {"passage": 1.0}, {"nearness": 2.0, "size": -0.5, "constant": 0.25})
    search = found(QUESTION, [HOLDING])
    candidates = choose_sentences(search, Weights(steps, steps))
    total = 2.0 * 0.9 - 0.5 * math.log(100) + 0.25
    sure = confidence(search, candidates, Weights(steps, steps), articles=100)
    assert sure == pytest.approx(1 / (1 + math.exp(-total)))


def test_the_signs_say_what_is_missing_and_how_far_the_best_leads() -> None:
    hits = [hit("Den Leuchtturm haben Maurer gebaut.", id="best", score=5.0)]
    hits += [hit("Brot.", id=f"x{n}", score=float(-n)) for n in range(9)]
    search = found(QUESTION, hits)
    signs = confidence_signs(search, choose_sentences(search, shipped_weights()), articles=10)
    assert signs["name missing"] == pytest.approx(search.alignment.asked(language="de")["name"])  # Sandholm
    assert signs["noun missing"] == pytest.approx(0.0)
    assert signs["lead"] == pytest.approx(5.0 - (-4 - 5 - 6 - 7 - 8) / 5)
    assert signs["size"] == pytest.approx(math.log(10))


def test_what_holds_the_question_is_surer_than_what_does_not() -> None:
    assert _confidence(HOLDING) > 0.7
    assert _confidence(FOREIGN) < 0.3


def test_a_missing_name_makes_it_less_sure() -> None:
    assert _confidence(hit("Den Leuchtturm auf Nordholm haben Maurer gebaut.")) < _confidence(HOLDING)


def test_the_same_find_is_less_sure_in_a_larger_archive() -> None:
    assert _confidence(HOLDING, articles=10) > _confidence(HOLDING, articles=100_000)


def test_an_archive_of_one_article_is_judged_as_one_of_two() -> None:
    assert _confidence(HOLDING, articles=1) == _confidence(HOLDING, articles=2)


def test_no_hits_are_no_confidence() -> None:
    assert _confidence() == 0.0


@pytest.mark.parametrize(
    ("text", "hits", "articles", "matching", "expected"),
    [
        ("Wer baute?", [], 0, 0, "empty_archive"),
        ("???", [FOREIGN], 1, 1, "not_understood"),
        ("Wer war das?", [FOREIGN], 1, 1, "not_understood"),
        ("asdf qwertz yxcvb", [FOREIGN], 1, 1, "not_understood"),
        ("Kto zbudował latarnię morską?", [FOREIGN], 1, 1, "not_understood"),
        ("Wer baute?", [], 5, 0, "outside_filters"),
        ("Wer hat den Leuchtturm auf Sandholm gestrichen?", [HOLDING], 5, 5, "not_answered"),
        ("Wie hoch war die Inflation in Portugal?", [HOLDING], 5, 5, "nothing_on_topic"),
    ],
)
def test_the_reason_is_the_most_basic_one(
    text: str, hits: list[Hit], articles: int, matching: int, expected: Reason
) -> None:
    assert reason_for(found(text, hits), articles=articles, matching=matching) == expected


def test_every_reason_has_words_in_both_languages() -> None:
    reasons: tuple[Reason, ...] = Reason.__args__  # type: ignore[attr-defined]
    for reason in reasons:
        told = {message(reason, language=language, filters=Filters(source="X")) for language in ("de", "en")}
        assert len(told) == 2


def test_the_filters_that_nothing_matches_are_named_once() -> None:
    filters = Filters(source="X", since=date(2022, 1, 1), until=date(2022, 1, 2))
    assert "(Quelle, Zeitraum)" in message("outside_filters", language="de", filters=filters)
    elsewhere = message("outside_filters", language="en", filters=filters, elsewhere=True)
    assert "(source, dates)" in elsewhere
    assert "outside of them" in elsewhere
