"""Runs of whole sentences of a length that is read at a glance."""

from __future__ import annotations

import pytest

from rag.text.passages import split_passages
from rag.types import Sentence


def _sentences(lengths: list[int]) -> list[Sentence]:
    """One behind the other, with a space between."""
    sentences, start = [], 0
    for number, length in enumerate(lengths):
        sentences.append(Sentence("a", number, start, start + length))
        start += length + 1
    return sentences


@pytest.mark.parametrize(
    ("lengths", "runs"),
    [
        ([], []),
        ([5], [[0]]),
        ([4, 5, 5], [[0, 1], [2]]),
        ([10, 10], [[0], [1]]),
        ([4, 30, 4, 4], [[0], [1], [2, 3]]),
    ],
)
def test_sentences_are_packed_up_to_the_most_and_never_cut(lengths: list[int], runs: list[list[int]]) -> None:
    passages = split_passages(_sentences(lengths), most=10)
    assert [[sentence.index for sentence in passage.sentences] for passage in passages] == runs
    for number, passage in enumerate(passages):
        assert passage.index == number
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)
        assert passage.id == f"a#{number}"
