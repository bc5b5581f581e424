"""Batches of texts of about one length."""

from __future__ import annotations

from random import Random

from evals.train.examples import STEP, Pair, by_length, counted

LENGTHS = [Random(number).randint(4, 300) for number in range(500)]
TOKENS = 1024


def _filled(length: int) -> int:
    return -(-length // STEP) * STEP


def test_each_text_is_in_one_batch() -> None:
    batches = by_length(LENGTHS, tokens=TOKENS, random=Random(1))
    assert sorted(at for batch in batches for at in batch) == list(range(len(LENGTHS)))


def test_no_batch_holds_more_tokens_than_it_may() -> None:
    for batch in by_length(LENGTHS, tokens=TOKENS, random=Random(1)):
        assert len(batch) * max(_filled(LENGTHS[at]) for at in batch) <= TOKENS


def test_a_text_that_is_longer_than_a_batch_is_alone() -> None:
    assert sorted(by_length([2000, 2000], tokens=TOKENS, random=Random(1))) == [[0], [1]]


def test_batches_come_in_few_shapes() -> None:
    """Of each length a full batch holds as many texts; only what is left over when a length ends goes to the next."""
    batches = by_length([32] * 70 + [64] * 70, tokens=TOKENS, random=Random(1))
    assert sorted(len(batch) for batch in batches) == [12, 16, 16, 16, 16, 32, 32]


def test_the_same_seed_gives_the_same_order_and_another_one_another() -> None:
    one, same, other = (by_length(LENGTHS, tokens=TOKENS, random=Random(seed)) for seed in (1, 1, 2))
    assert one == same != other


def test_nothing_gives_no_batch() -> None:
    assert by_length([], tokens=TOKENS, random=Random(1)) == []


def test_pairs_are_counted_by_kind_and_label() -> None:
    pairs = [Pair("a", "b", "neutral", kind="y"), Pair("a", "b", "entailment", kind="x")] * 2
    assert counted(pairs) == {"x entailment": 2, "y neutral": 2}
