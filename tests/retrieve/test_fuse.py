"""Scores made comparable and added."""

from __future__ import annotations

import pytest

from rag.retrieve.fuse import scale_of, standardise


def test_a_standard_score_is_the_distance_from_the_mean_in_standard_deviations() -> None:
    # mean 4, deviations -2 0 2, standard deviation sqrt(8 / 3) = 1.633
    assert standardise({"a": 2.0, "b": 4.0, "c": 6.0}, over="abc") == pytest.approx(
        {"a": -1.2247, "b": 0.0, "c": 1.2247}, abs=1e-4
    )


def test_a_candidate_without_a_score_counts_as_the_lowest() -> None:
    assert standardise({"a": 3.0, "b": 1.0}, over="abc") == standardise({"a": 3.0, "b": 1.0, "c": 1.0}, over="abc")


@pytest.mark.parametrize("scores", [{}, {"a": 5.0, "b": 5.0}, {"a": 5.0}])
def test_where_all_score_alike_nobody_gains(scores: dict[str, float]) -> None:
    assert standardise(scores, over="ab") == {"a": 0.0, "b": 0.0}


def test_no_candidates_have_no_scores() -> None:
    assert standardise({"a": 1.0}, over="") == {}


def test_scores_may_be_standardised_on_the_scale_of_another_search() -> None:
    scale = scale_of({"a": 2.0, "b": 4.0, "c": 6.0}, over="abc")
    assert (scale.mean, scale.deviation) == pytest.approx((4.0, (8 / 3) ** 0.5))
    assert standardise({"b": 4.0, "c": 6.0}, over="bc", scale=scale) == pytest.approx(
        {"b": 0.0, "c": 2.0 / (8 / 3) ** 0.5}
    )
