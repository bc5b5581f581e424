"""Runs of whole sentences that fit a window."""

from __future__ import annotations

import pytest

from rag.text.passages import split_passages
from rag.types import Sentence


def _sentences(count: int) -> list[Sentence]:
    return [Sentence("a", number, number * 10, number * 10 + 9) for number in range(count)]


@pytest.mark.parametrize(
    ("lengths", "runs"),
    [
        ([], []),
        ([5], [[0]]),
        ([5, 5, 5], [[0, 1], [2]]),
        ([10, 10], [[0], [1]]),
        ([4, 30, 4, 4], [[0], [1], [2, 3]]),
        ([0, 10, 0], [[0, 1, 2]]),
    ],
)
def test_sentences_are_packed_up_to_the_window_and_never_cut(lengths: list[int], runs: list[list[int]]) -> None:
    passages = split_passages(_sentences(len(lengths)), lengths, window=10)
    assert [[sentence.index for sentence in passage.sentences] for passage in passages] == runs
    for number, passage in enumerate(passages):
        assert passage.index == number
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)
        assert passage.id == f"a#{number}"


def test_a_length_for_each_sentence_is_needed() -> None:
    with pytest.raises(ValueError, match="zip"):
        split_passages(_sentences(2), [1], window=10)
