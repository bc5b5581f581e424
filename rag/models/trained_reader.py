"""The reader that comes with Beleg: question and passage -> which sentences answer, and with which words.

What it was trained on and what it is worth is in `weights/READER.md`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.models.model_files import Dtype
from rag.models.shipped import ShippedModel

if TYPE_CHECKING:
    from torch import Tensor

    from rag.models.tokenizer import Tokenizer

# Most pieces of the question, of what stands before the passage, of one sentence, and of all.
_QUESTION, _BEFORE, _SENTENCE, _ALL = 64, 48, 160, 448
_BATCH = 4
_LONGEST_SPAN = 30


@dataclass(frozen=True, slots=True)
class Written:
    """`firsts` are the places of the sentences' first pieces, `marks` those of the marks behind them.

    A passage that is too long ends early: then there are fewer of both than sentences.
    """

    numbers: list[int]
    firsts: list[int]
    marks: list[int]


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """The log odds that a sentence answers, and the characters of it that do, with their probability."""

    log_odds: float
    start: int = 0
    end: int = 0
    probability: float = 0.0


def write_passage(tokenizer: Tokenizer, question: str, before: str, sentences: Sequence[str]) -> Written:
    """`<s> question </s> before </s> sentence </s> sentence </s> ...`."""
    asked, said, *parts = tokenizer.encode([question, before, *sentences])
    end = tokenizer.end
    numbers = [tokenizer.begin, *asked[:_QUESTION], end, *said[-_BEFORE:], end]
    firsts, marks = [], []
    for part in parts:
        kept = part[:_SENTENCE]
        if len(numbers) + len(kept) + 1 > _ALL:
            break
        firsts.append(len(numbers))
        numbers += [*kept, end]
        marks.append(len(numbers) - 1)
    return Written(numbers, firsts, marks)


def sentence_vectors(vectors: Tensor, texts: Sequence[Written]) -> Tensor:
    """The mean of each sentence's pieces, text by text: shape (sentences of all texts, hidden).

    vectors: (texts, pieces, hidden). The marks between the sentences tell them apart, and cannot be told apart
    themselves: what is read off them is the same for all sentences.
    """
    import torch

    means = [
        vectors[row, first : max(mark, first + 1)].mean(0)
        for row, text in enumerate(texts)
        for first, mark in zip(text.firsts, text.marks, strict=True)
    ]
    return torch.stack(means) if means else vectors[0, :0]


class TrainedReaderModel:
    """Loaded when first needed. Threads take turns, a batch at a time."""

    def __init__(self, *, device: str = "cpu", dtype: Dtype = "auto") -> None:
        self._model = ShippedModel("reader", setting="BELEG_READER", device=device, dtype=dtype)

    @property
    def fingerprint(self) -> str:
        return self._model.fingerprint

    def read(self, question: str, passages: Sequence[tuple[str, Sequence[str]]]) -> list[list[ReadSentence]]:
        """Of each passage, given as what is before it and its sentences: what was read, of a long one the first."""
        tokenizer = self._model.tokenizer
        written = [write_passage(tokenizer, question, *passage) for passage in passages]
        found: list[list[ReadSentence]] = [[] for _ in passages]
        longest_first = sorted(range(len(written)), key=lambda at: -len(written[at].numbers))
        for start in range(0, len(written), _BATCH):
            some = longest_first[start : start + _BATCH]
            with self._model.read([written[at].numbers for at in some]) as (vectors, heads):
                told = heads["sentence"](sentence_vectors(vectors, [written[at] for at in some]))
                odds = iter(self._model.checked(told[:, 0].cpu().numpy()))
                spans = self._model.checked(heads["span"](vectors).cpu().numpy())
            for row, at in enumerate(some):
                likely = _log_softmax(spans[row, : len(written[at].numbers)])
                found[at] = [
                    _read_sentence(tokenizer, sentence, float(next(odds)), likely[first:mark])
                    for sentence, first, mark in zip(
                        passages[at][1], written[at].firsts, written[at].marks, strict=False
                    )
                ]
        return found


def _log_softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Over the pieces of a text, of shape (pieces, 2)."""
    shifted = logits - logits.max(axis=0)
    likely: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum(axis=0))
    return likely


def _read_sentence(tokenizer: Tokenizer, sentence: str, log_odds: float, likely: NDArray[np.float32]) -> ReadSentence:
    """`likely` are log probabilities, of shape (pieces of the sentence, 2), that the answer begins or ends there."""
    words = list(re.finditer(r"\S+", sentence))
    of_piece = tokenizer.words_of_pieces(sentence)[: len(likely)]
    if not len(likely) or not words or (of_piece and of_piece[-1] >= len(words)):
        return ReadSentence(log_odds)
    sums = likely[:, 0][:, None] + likely[:, 1][None, :]
    length = np.arange(len(likely))[None, :] - np.arange(len(likely))[:, None]
    sums[(length < 0) | (length >= _LONGEST_SPAN)] = -np.inf
    first, last = np.unravel_index(int(sums.argmax()), sums.shape)
    start, end = words[of_piece[first]].start(), words[of_piece[last]].end()
    said = sentence[start:end]
    start += len(said) - len(said.lstrip("\"'„“”»«(["))
    end -= len(said) - len(said.rstrip("\"'„“”»«)].,;:!?"))
    return ReadSentence(log_odds, start, max(start, end), float(np.exp(sums[first, last])))
