"""Two small models, against what is known of them."""

from __future__ import annotations

import numpy as np
import pytest

from evals.fit.logit import conditional_logit, logistic
from rag.errors import InputError


def test_a_sign_that_tells_right_from_wrong_gets_weight_and_one_that_does_not_gets_none() -> None:
    draw = np.random.default_rng(0)
    choices = []
    for _ in range(300):
        signs = draw.normal(size=(5, 2))
        right = np.zeros(5)
        right[np.argmax(2.0 * signs[:, 0] + draw.gumbel(size=5))] = 1  # Gumbel noise makes the logit exact
        choices.append((signs, right))
    weights = conditional_logit(choices)
    assert weights == pytest.approx([2.0, 0.0], abs=0.35)


def test_choices_that_tell_nothing_change_nothing() -> None:
    telling = (np.array([[1.0], [0.0]]), np.array([1.0, 0.0]))
    also = (np.array([[0.0], [1.0], [0.5]]), np.array([1.0, 0.0, 0.0]))
    nothing = [(np.array([[5.0], [6.0]]), np.array(right)) for right in ([0.0, 0.0], [1.0, 1.0])]
    assert conditional_logit([telling, also, *nothing]) == pytest.approx(conditional_logit([telling, also]))


def test_the_constant_alone_gives_the_share_that_is_so() -> None:
    signs = np.ones((4, 1))
    [constant] = logistic(signs, np.array([1.0, 1.0, 1.0, 0.0]), counts=np.ones(4))
    assert 1 / (1 + np.exp(-constant)) == pytest.approx(0.75, abs=1e-4)
    [constant] = logistic(signs, np.array([1.0, 1.0, 1.0, 0.0]), counts=np.array([1.0, 1.0, 1.0, 3.0]))
    assert 1 / (1 + np.exp(-constant)) == pytest.approx(0.5, abs=1e-4)


def test_the_scale_of_a_sign_does_not_matter() -> None:
    draw = np.random.default_rng(0)
    signs = np.column_stack([draw.normal(size=200), np.ones(200)])
    so = (signs[:, 0] + draw.logistic(size=200) > 0).astype(float)
    weights = logistic(signs, so, counts=np.ones(200))
    scaled = logistic(signs * [1000.0, 1.0], so, counts=np.ones(200))
    assert scaled * [1000.0, 1.0] == pytest.approx(weights, rel=1e-3)


def test_nothing_to_fit_on_is_said() -> None:
    with pytest.raises(InputError, match="nothing to fit on"):
        conditional_logit([(np.array([[5.0], [6.0]]), np.zeros(2))])
