"""Sentences -> passages: runs of whole sentences that fit the embedder's window."""

from __future__ import annotations

from collections.abc import Sequence

from rag.types import Passage, Sentence


def split_passages(sentences: Sequence[Sentence], lengths: Sequence[int], *, window: int) -> list[Passage]:
    """Consecutive sentences, packed greedily while the sum of `lengths` (tokens) is at most `window` (tokens).

    No sentence is cut and none is in two passages. One that is longer than the window by itself is a passage alone.
    """
    passages: list[Passage] = []
    run: list[Sentence] = []
    used = 0
    for sentence, length in zip(sentences, lengths, strict=True):
        if run and used + length > window:
            passages.append(_passage(len(passages), run))
            run, used = [], 0
        run.append(sentence)
        used += length
    if run:
        passages.append(_passage(len(passages), run))
    return passages


def _passage(index: int, run: Sequence[Sentence]) -> Passage:
    return Passage(run[0].article_id, index, run[0].start, run[-1].end, tuple(run))
