"""Sentences -> passages: runs of whole sentences, of a length that is read at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from rag.types import Passage, Sentence

# See "Passages" in evals/README.md.
MOST_CHARACTERS = 800


def split_passages(sentences: Sequence[Sentence], *, most: int = MOST_CHARACTERS) -> list[Passage]:
    """Consecutive sentences, packed greedily while the passage has at most so many characters.

    No sentence is cut and none is in two passages. One that is longer by itself is a passage alone.
    """
    passages: list[Passage] = []
    run: list[Sentence] = []
    for sentence in sentences:
        if run and sentence.end - run[0].start > most:
            passages.append(_passage(len(passages), run))
            run = []
        run.append(sentence)
    if run:
        passages.append(_passage(len(passages), run))
    return passages


def _passage(index: int, run: Sequence[Sentence]) -> Passage:
    return Passage(run[0].article_id, index, run[0].start, run[-1].end, tuple(run))
