"""What differs between two versions of a text: both can be read from it, whatever they are."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rag.text.text_diff import text_diff
from rag.text.word_diff import Edit

FILLING = [f"Satz {number} handelt von der Sache {number * 7 % 97}. " for number in range(600)]


def test_a_changed_word_in_a_long_text_is_the_only_edit() -> None:
    before = "".join(FILLING)
    after = before.replace("Satz 300 handelt", "Satz 300 erzählt")
    edits = [edit for edit in text_diff(before, after) if edit.kind != "same"]
    assert edits == [Edit("removed", "handelt"), Edit("added", "erzählt")]


def test_a_sentence_that_was_put_in_is_one_addition() -> None:
    after = [*FILLING[:9], "Das ist neu. ", *FILLING[9:]]
    assert [edit for edit in text_diff("".join(FILLING), "".join(after)) if edit.kind != "same"] == [
        Edit("added", "Das ist neu. ")
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("Alles gleich.", "Alles gleich."),
        ("", "Neu."),
        ("Alt.", ""),
        ("Eins. Zwei. Drei.", "Drei. Zwei. Eins."),
        ("".join(FILLING), "".join(f"Neu: {sentence}" for sentence in FILLING)),
        ("".join(FILLING), "Ganz anders. " * 500),
        ("Gleich. " * 3_000, "Gleich. " * 1_500 + "Anders. " + "Gleich. " * 1_500),
        ("wort " * 9_000, "wort " * 8_000 + "ende"),
        ("Zeile\n\nZeile\n", " \n Zeile"),
    ],
)
def test_both_texts_can_be_put_together_again_and_no_two_edits_of_a_kind_follow_each_other(
    before: str, after: str
) -> None:
    edits = text_diff(before, after)
    assert "".join(edit.text for edit in edits if edit.kind != "added") == before
    assert "".join(edit.text for edit in edits if edit.kind != "removed") == after
    assert all(edit.text for edit in edits)
    assert all(one.kind != other.kind for one, other in pairwise(edits))


def test_where_every_sentence_was_reworded_the_common_words_are_found() -> None:
    after = "".join(f"Neu: {sentence}" for sentence in FILLING)
    same = sum(len(edit.text) for edit in text_diff("".join(FILLING), after) if edit.kind == "same")
    assert same > len("".join(FILLING)) // 2
