"""A claim's verdict."""

from __future__ import annotations

from dataclasses import replace

from evals.scorers.verdicts import score
from evals.types import Observation
from tests.evals.seen import CASE, checked

CLAIM = replace(CASE, kind="claim", verdict="refuted")


def test_the_verdict_is_right_or_not_and_says_both() -> None:
    assert score(CLAIM, checked("refuted"))["verdict right"].value == 1.0
    wrong = score(CLAIM, checked("supported"))["verdict right"]
    assert (wrong.value, wrong.explanation) == (0.0, "expected refuted, got supported")


def test_a_claim_that_was_not_checked_waits_unscored() -> None:
    waiting = score(CLAIM, Observation(()))["verdict right"]
    assert (waiting.value, waiting.explanation) == (None, "the claim was not checked")
    assert score(CASE, checked("refuted"))["verdict right"].value is None
