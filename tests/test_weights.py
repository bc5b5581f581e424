"""Weights as data."""

from __future__ import annotations

import json

import pytest

from rag.errors import InputError
from rag.weights import shipped_weights, weighted, weights_from


def test_the_shipped_weights_come_back_from_json_as_they_were() -> None:
    weights = shipped_weights()
    again = weights_from(json.loads(json.dumps(weights.as_data())))
    assert again == weights
    assert again.fingerprint == weights.fingerprint


def test_another_weight_is_another_fingerprint() -> None:
    data = shipped_weights().as_data()
    data["same"]["passage"]["grams"] += 0.001
    assert weights_from(data).fingerprint != shipped_weights().fingerprint


def test_a_question_in_the_articles_language_has_weights_of_its_own() -> None:
    weights = shipped_weights()
    assert weights.of("de", "de") is weights.of("en", "en") is weights.same
    assert weights.of("de", "en") is weights.of(None, "de") is weights.of("fr", None) is weights.other
    assert weights.of(None, None) is weights.other


def test_the_sum_is_over_the_signs_that_have_a_weight() -> None:
    assert weighted({"a": 2.0, "b": 3.0, "c": 100.0}, {"a": 0.5, "b": -1.0}) == -2.0


@pytest.mark.parametrize("data", [None, [], {}, {"same": {}}, {"same": 3, "other": 4}])
def test_what_are_no_weights_is_refused(data: object) -> None:
    with pytest.raises(InputError, match="no weights"):
        weights_from(data)
