"""Pairs made from the grammar: what they say, and whether the label is due."""

from __future__ import annotations

import re
from collections import defaultdict
from random import Random

import pytest

from evals.train.examples import Pair
from evals.train.frames import Maker

PAIRS = list(Maker(Random(7)).pairs(6000))
E, C, N, NOT_E = "entailment", "contradiction", "neutral", "not_entailment"
# Of a claim that tells it plainly.
DUE = {
    "retold": {E},
    "opposite": {C},
    "negated": {C},
    "other time": {C},
    "another did it": {N},
    "another thing": {N},
    "added": {N},
    "another deed": {N},
    "almost": {C},
    "not": {C},
    "never": {C},
    "false": {C},
    "label": {C},
    "denied": {C},
    "supposed": {N},
    "hedged": {N},
    "rumour": {N},
    "may": {N},
    "wants": {N},
    "hopes": {N},
    "condition": {N},
    "open": {N},
    "accused": {N},
    "asks": {N},
    "question": {N},
    "demands": {N},
    "denies": {NOT_E},
    "rejects": {NOT_E},
    "two, one of them": {E},
    "two, mixed": {NOT_E},
    "two, another did it": {NOT_E},
    "instead, right": {E},
    "instead, wrong": {C},
    "relative, right": {E},
    "relative": {N},
    "until": {C},
    "until, was": {E},
    "since": {E},
    "since, gone": {C},
    "amounts, from to": {E, C},
    "amounts, by to": {E, C},
    "amounts, to": {E, C, N},
    "amounts, by": {E, C, N},
    "counts": {E, C, N},
    "comparison": {E, C},
    "who counted": {E, C, N},
    "corrected, right": {E},
    "corrected, wrong": {C},
    "pronoun": {E},
    "pronoun, another": {N},
    "roles, right": {E},
    "roles, either": {E},
    "roles, swapped": {C, NOT_E},
}
# Of a claim that says no more than the sentence, or the contrary of it.
GUARDED = {
    "almost": {E},
    "not": {E},
    "never": {E},
    "false": {E},
    "label": {E},
    "denied": {E},
    "supposed": {E},
    "hedged": {E},
    "rumour": {E},
    "hopes": {E},
    "wants": {E, NOT_E},
    "may": {N},
    "condition": {N},
    "open": {N},
    "accused": {N},
    "asks": {N},
    "question": {N},
    "demands": {N},
    "denies": {NOT_E},
    "rejects": {NOT_E},
}


def _kind(pair: Pair) -> str:
    return pair.kind.removeprefix("frame ")


def _is_guarded(pair: Pair) -> bool:
    guarded = re.search(r"\bnicht\b|\bsoll\b|^Angeblich\b|, ", pair.claim)
    return _kind(pair) in GUARDED and guarded is not None


def test_the_same_seed_gives_the_same_pairs_and_another_one_others() -> None:
    one, same, other = (list(Maker(Random(seed)).pairs(200)) for seed in (1, 1, 2))
    assert one == same != other


def test_every_kind_is_made_and_has_the_labels_that_are_due() -> None:
    plain: dict[str, set[str]] = defaultdict(set)
    guarded: dict[str, set[str]] = defaultdict(set)
    for pair in PAIRS:
        (guarded if _is_guarded(pair) else plain)[_kind(pair)].add(pair.label)
    assert plain == DUE
    assert guarded == GUARDED


def test_sentences_are_whole() -> None:
    for pair in PAIRS:
        for text in filter(None, (pair.claim, pair.sentence, pair.before, pair.after)):
            assert not re.search(r"[{}]|  |^ | $| [.,;?]", text), text
            assert re.match(r"[A-ZÄÖÜ]|\d", text), text
            assert text.endswith((".", "?")) or text == "Behauptung:", text


def test_some_pairs_stand_among_other_sentences_and_some_alone() -> None:
    bare = [pair for pair in PAIRS if not pair.before and not pair.after]
    assert 0.3 < len(bare) / len(PAIRS) < 0.6


def test_another_time_is_none_that_the_sentence_may_mean() -> None:
    """In May 1995 is no contradiction to in May."""
    month = re.compile(r"\bim (?!Jahr)([A-ZÄ]\w+)( \d{4})?", re.I)
    for pair in PAIRS:
        told, claimed = month.search(pair.sentence), month.search(pair.claim)
        if _kind(pair) == "other time" and told and claimed:
            assert told[1] != claimed[1], pair


def test_what_did_not_happen_on_a_day_is_not_claimed_of_any_day() -> None:
    when = re.compile(r"am \w+tag|vor zwei Jahren|in der vergangenen Woche|im Jahr \d+", re.I)
    for pair in PAIRS:
        if _kind(pair) in {"almost", "not", "never", "false", "label", "denied"}:
            told = when.search(pair.sentence)
            assert not told or told[0].lower() in pair.claim.lower(), pair


def test_no_meeting_is_told_in_the_passive() -> None:
    assert not [pair for pair in PAIRS if re.search(r"wurde von .* getroffen", pair.claim)]


@pytest.mark.parametrize("kind", ["until", "since, gone"])
def test_what_is_no_longer_done_or_still_is_contradicts(kind: str) -> None:
    for pair in PAIRS:
        if _kind(pair) == kind:
            assert ("nicht mehr" in pair.claim) == (kind == "since, gone")
            assert pair.sentence != pair.claim


def test_a_pronoun_stands_for_whom_the_sentence_before_names() -> None:
    for pair in PAIRS:
        if _kind(pair) == "pronoun":
            assert pair.sentence.split()[0] in {"Er", "Sie"}
            assert set(re.findall(r"\w+", pair.before)) & set(re.findall(r"[A-Z]\w+", pair.claim)), pair
