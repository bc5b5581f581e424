"""The marks that a text ends with."""

from __future__ import annotations

import pytest

from rag.text.ends import marks_start


@pytest.mark.parametrize(
    ("text", "start"), [("Wer kam?", 7), ("Wer kam ? !\n", 7), ("Wer kam", 7), ("Wer? Was.", 9), ("?? ", 0), ("", 0)]
)
def test_the_run_begins_behind_the_last_word(text: str, start: int) -> None:
    assert marks_start(text, "?!") == start


def test_what_stands_behind_the_end_does_not_count() -> None:
    assert marks_start("Ja! Nein?", "?!", end=4) == 2
