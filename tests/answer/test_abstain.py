"""When the archive does not say."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from rag.answer.abstain import MESSAGES, confidence, reason_for
from rag.answer.choose import choose_sentences
from rag.types import Reason
from tests.answer.test_choose import _hit, _question

QUESTION = _question("Wer hat den Leuchtturm auf Sandholm gebaut?")
HOLDING = _hit("Den Leuchtturm auf Sandholm haben Maurer gebaut.")
FOREIGN = _hit("Die Bäckerin verkauft heute Brot.")


def _confidence(*hits: object, articles: int = 10) -> float:
    return confidence(QUESTION, hits, choose_sentences(QUESTION, hits), articles=articles)  # type: ignore[arg-type]


def test_confidence_is_the_logistic_of_its_signs() -> None:
    everything = _question("Leuchtturm")
    hit = replace(_hit("Der Leuchtturm steht."), parts={"dense": 0.5})
    value = confidence(everything, [hit], choose_sentences(everything, [hit]), articles=100)
    total = 7.55 + 3.01 + 2.20 * 0.5 + 0.257 * 0 - 0.491 * math.log(100) - 5.28
    assert value == pytest.approx(1 / (1 + math.exp(-total)))


def test_what_holds_the_question_is_surer_than_what_does_not() -> None:
    assert _confidence(HOLDING) > 0.8
    assert _confidence(FOREIGN) < 0.2


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
        ("Wer baute?", [], 5, 0, "outside_filters"),
        ("Wer hat den Leuchtturm auf Sandholm gestrichen?", [HOLDING], 5, 5, "not_answered"),
        ("Wie hoch war die Inflation in Portugal?", [HOLDING], 5, 5, "nothing_on_topic"),
    ],
)
def test_the_reason_is_the_most_basic_one(
    text: str, hits: list[object], articles: int, matching: int, expected: Reason
) -> None:
    assert reason_for(_question(text), hits, articles=articles, matching=matching) == expected  # type: ignore[arg-type]


def test_every_reason_has_words_in_both_languages() -> None:
    assert MESSAGES["de"].keys() == MESSAGES["en"].keys() == set(Reason.__args__)  # type: ignore[attr-defined]
