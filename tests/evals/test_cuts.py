"""The same rows by tag, language and question word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.cuts import cut, question_word
from evals.types import Row
from tests.evals.seen import CASE


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Wer war es?", "wer"),
        ("Mit wem sprach er?", "wer"),
        ("In welchem Jahr?", "welch"),
        ("Wie viele Tore fielen?", "wie viele"),
        ("Wie heißt sie?", "wie"),
        ("Seit wann gilt das?", "wann"),
        ("How long did it last?", "how long"),
        ("To whom was it given?", "who"),
        ("Nenne die Häfen.", None),
    ],
)
def test_what_a_question_asks_with(question: str, word: str | None) -> None:
    assert question_word(question) == word


def test_a_row_is_in_every_cut_that_fits() -> None:
    german = Row(replace(CASE, text="Wer war es?", tags=("name", "german")))
    english = Row(replace(CASE, text="What is it called in that city?", kind="claim"))
    assert cut([german, english]) == {
        "asks: wer": [german],
        "language: de": [german],
        "language: en": [english],
        "tag: german": [german],
        "tag: name": [german],
    }
