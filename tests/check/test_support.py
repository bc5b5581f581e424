"""The one standard of support: what a judge says counts where nothing exact speaks against it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.check.compare import Comparison, Exact
from rag.check.judge import Judgement
from rag.check.support import UNCALIBRATED, shipped_standard, support_signs
from rag.types import Stance

FOR, AGAINST, NEITHER = Judgement(0.98, 0.01, 0.01), Judgement(0.01, 0.98, 0.01), Judgement(0.02, 0.02, 0.96)


def _compared(**exact: bool) -> Comparison:
    return Comparison("neither", 0.9, (), exact=Exact(**exact))


@pytest.mark.parametrize(("judgement", "stance"), [(FOR, "for"), (AGAINST, "against"), (NEITHER, "neither")])
def test_a_sure_judge_gives_the_stance(judgement: Judgement, stance: Stance) -> None:
    assert UNCALIBRATED.decide(judgement, _compared()).stance == stance


def test_a_judge_that_is_as_sure_of_nothing_gives_none() -> None:
    found = UNCALIBRATED.decide(Judgement(0.4, 0.35, 0.25), _compared())
    assert (found.stance, found.probability, found.vetoed) == ("neither", None, None)


@pytest.mark.parametrize("exact", ["differs", "lacking", "unnamed", "asks"])
def test_what_is_exact_forbids_support(exact: str) -> None:
    found = UNCALIBRATED.decide(FOR, _compared(**{exact: True}))
    assert (found.stance, found.vetoed) == ("neither", "for")


@pytest.mark.parametrize(("exact", "stance"), [("differs", "against"), ("lacking", "against"), ("unnamed", "neither")])
def test_a_number_that_differs_does_not_forbid_refuting_and_another_one_named_does(exact: str, stance: Stance) -> None:
    assert UNCALIBRATED.decide(AGAINST, _compared(**{exact: True})).stance == stance


@pytest.mark.parametrize(
    ("words", "judgement", "stance", "vetoed"),
    [
        ("for", FOR, "for", None),
        ("against", AGAINST, "against", None),
        ("for", AGAINST, "neither", "for"),
        ("against", FOR, "neither", "against"),
        ("neither", FOR, "neither", None),
        ("for", NEITHER, "neither", "for"),
    ],
)
def test_with_words_both_must_take_a_side(words: Stance, judgement: Judgement, stance: Stance, vetoed: Stance) -> None:
    both = replace(UNCALIBRATED, with_words=True)
    found = both.decide(judgement, Comparison(words, 0.9, ()))
    assert (found.stance, found.vetoed) == (stance, vetoed)


def test_the_shipped_standard_weighs_only_signs_that_there_are() -> None:
    signs = support_signs(FOR)
    for weights in shipped_standard().weights.values():
        assert weights.keys() <= signs.keys()
    assert all(0.5 <= least < 1 for least in shipped_standard().least.values())


def test_more_of_the_claim_entailed_is_more_likely_support() -> None:
    likely = [
        UNCALIBRATED.decide(Judgement(p, (1 - p) / 2, (1 - p) / 2), _compared()).probability for p in (0.6, 0.8, 0.95)
    ]
    assert likely == sorted(likely)
