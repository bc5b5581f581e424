"""Where the reader is told that an answer stands, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from evals.train.questions import Asked
from evals.train.reader import report, span_pieces
from rag.models.trained_reader import write_passage

SENTENCES = ("Er ist rot .", "Gebaut wurde er im Jahr 1912 .")


class _Words:
    """A tokenizer whose pieces are words."""

    begin, end = 0, 2

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        return [[10 + len(word) for word in text.split()] for text in texts]


@pytest.mark.parametrize(
    ("answers", "span", "pieces"),
    [
        ((1,), (1, 14, 28), (13, 15)),
        ((1,), (1, 0, 6), (10, 10)),
        ((1,), None, None),
        ((), None, (0, 0)),
        ((1,), (7, 0, 6), None),
    ],
)
def test_the_words_that_answer_are_found_among_the_pieces(
    answers: tuple[int, ...], span: tuple[int, int, int] | None, pieces: tuple[int, int] | None
) -> None:
    asked = Asked("Wann ?", "", SENTENCES, answers, span)
    written = write_passage(_Words(), asked.question, asked.before, asked.sentences)  # type: ignore[arg-type]
    assert span_pieces(_Words(), asked, written) == pieces  # type: ignore[arg-type]


def test_a_report_tells_the_first_sentence_and_which_passage_answers() -> None:
    there, not_there = Asked("?", "", ("a", "b"), (1,), kind="made"), Asked("?", "", ("a",), (), kind="made, beside")
    assert report([there, not_there], [[0.1, 0.9], [0.4]]) == "made first 1.000 of 1, told 1.000"
    assert report([there, not_there], [[0.3, 0.1], [0.4]]) == "made first 0.000 of 1, told 0.000"
