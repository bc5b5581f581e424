"""A quotation's status and its speaker."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.scorers.quotations import score
from evals.types import Observation
from tests.evals.seen import CASE, checked

CLAIM = replace(CASE, kind="claim", verdict="refuted", quotation="altered", speaker="Adrienne Watson")


def test_the_status_is_right_or_not() -> None:
    assert score(CLAIM, checked("refuted", "altered"))["quotation right"].value == 1.0
    assert score(CLAIM, checked("refuted", "exact"))["quotation right"].value == 0.0


@pytest.mark.parametrize(
    ("speaker", "value"), [("Watson", 1.0), ("adrienne watson", 1.0), ("Emma Watson", 0.0), (None, 0.0)]
)
def test_a_shorter_name_is_the_same_speaker_and_another_first_name_is_not(speaker: str | None, value: float) -> None:
    assert score(CLAIM, checked("refuted", "exact", speaker))["speaker right"].value == value


def test_what_is_not_expected_or_was_not_checked_is_not_scored() -> None:
    for case, seen in ((replace(CLAIM, quotation=None, speaker=None), checked("refuted")), (CLAIM, Observation(()))):
        assert {one.value for one in score(case, seen).values()} == {None}
