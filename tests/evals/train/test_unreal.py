"""What is told as a plan, a rumour or a denial."""

from __future__ import annotations

from random import Random

from evals.train.draw import Draw
from evals.train.unreal import told_as_unreal

DRAW = Draw(Random(3))
PAIRS = [told_as_unreal(DRAW) for _ in range(4000)]


def test_only_who_plans_it_or_will_do_it_plans_it() -> None:
    planning = (" will ", " plant,", " beabsichtigt,", " hat angekündigt,", " hat vor,")
    for pair in PAIRS:
        if pair.kind in {"frame wants", "frame hopes"} and " plant," in pair.claim:
            assert (pair.label == "entailment") == any(word in pair.sentence for word in planning), pair


def test_a_hope_entails_the_same_hope() -> None:
    hopes = [pair for pair in PAIRS if " hofft," in pair.sentence and "," in pair.claim]
    assert hopes
    assert all(" hofft," in pair.claim and pair.label == "entailment" for pair in hopes)


def test_a_denial_stands_in_the_sentence_or_behind_it() -> None:
    denials = DRAW.words["denials"]
    for pair in PAIRS:
        if pair.kind == "frame denied":
            assert any(pair.after == denial or pair.sentence.endswith(f". {denial}") for denial in denials)


def test_most_claims_are_plain() -> None:
    guarded = [pair for pair in PAIRS if pair.kind == "frame almost" and pair.label == "entailment"]
    every = [pair for pair in PAIRS if pair.kind == "frame almost"]
    assert 0.15 < len(guarded) / len(every) < 0.3
