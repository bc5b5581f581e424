"""Figures against thresholds."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.gate import fallen_short, read_gate
from evals.types import Figure
from rag.errors import InputError

FIGURES = {
    "answered": Figure(0.8, 0.7, 0.9, 10),
    "sentence first": Figure(0.5, 0.4, 0.6, 10),
    "abstained": None,
    "risk-coverage area": Figure(0.3, 0.2, 0.4, 10),
}


def test_what_falls_short_or_was_not_scored_is_named_with_both_numbers() -> None:
    assert fallen_short(FIGURES, {"answered": 0.8, "sentence first": 0.6, "abstained": 0.1}) == [
        "sentence first is 0.500; at least 0.600 is asked for",
        "abstained was not scored; at least 0.100 is asked for",
    ]
    assert fallen_short(FIGURES, {}) == []


def test_where_less_is_better_the_threshold_is_the_most() -> None:
    assert fallen_short(FIGURES, {"risk-coverage area": 0.3}) == []
    assert fallen_short(FIGURES, {"risk-coverage area": 0.2}) == [
        "risk-coverage area is 0.300; at most 0.200 is asked for"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "cannot be read"),
        ("[]", "not a JSON object"),
        ('{"answered": "x"}', "numbers"),
        ('{"answered": true}', "numbers"),
        ('{"x": 1}', "none of"),
    ],
)
def test_a_gate_that_cannot_be_used_is_refused_before_anything_runs(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "gate.json").write_text(text)
    with pytest.raises(InputError, match=said):
        read_gate(tmp_path / "gate.json")


def test_the_gate_of_this_repository_can_be_used() -> None:
    assert read_gate(Path(__file__).parents[2] / "evals" / "gate.json")
