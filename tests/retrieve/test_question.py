"""A question as an archive reads it."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pytest

from rag.retrieve.question import Question, rarity
from tests.finding import question


def test_rarity_is_the_inverse_document_frequency() -> None:
    # ln(1 + (1000 - 10 + .5) / (10 + .5)) = ln(95.33) = 4.557
    assert rarity(10, of=1_000) == pytest.approx(4.557, abs=0.001)
    assert rarity(0, of=0) == pytest.approx(math.log(2))


def test_weights_are_shares_and_a_function_word_is_never_rare() -> None:
    read = question("Wer baute den Turm?")
    assert [word.kind for word in read.words] == ["function", "other", "function", "noun"]
    rare = math.log(1 + 990.5 / 10.5)
    assert read.weights("de") == pytest.approx(np.array([1.0, rare, 1.0, rare]) / (2 + 2 * rare))
    assert read.weights("en") == pytest.approx(read.weights("de"))  # every 4-gram is as frequent here


def test_the_frequencies_of_its_own_tokens_are_asked_for() -> None:
    asked: dict[str, set[str]] = {}

    def frequencies(field: str, tokens: Iterable[str]) -> dict[str, int]:
        asked[field] = set(tokens)
        return dict.fromkeys(asked[field], 1)

    read = Question.read("Wo ist Bout?", frequencies, sentences=10)
    assert read.language == "de"
    assert {"_bou", "bout", "out_"} <= asked["grams"]
    assert "bout" in asked["stems"]


def test_function_words_alone_are_not_understood() -> None:
    assert question("Wer ist Bout?").understood
    assert not question("Wer ist das?").understood
    assert not question("???").understood


def test_it_says_the_words_that_it_knows_in_the_other_language() -> None:
    assert question("What happened in Russia in May?").translated == "Russland Mai"
    assert question("Was geschah in Ankara?").translated == ""


def test_an_aside_weighs_half() -> None:
    weights = question("Turm (Mole)").weights("de")
    assert weights == pytest.approx([2 / 3, 1 / 3])
