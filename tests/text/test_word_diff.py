"""What differs between two wordings."""

from __future__ import annotations

import pytest

from rag.text.word_diff import Edit, mark_edits, word_diff


def test_words_that_differ_stand_side_by_side() -> None:
    edits = word_diff("Es dauerte rund 45 Minuten.", "Es dauerte rund 25 Minuten, hieß es.")
    assert mark_edits(edits) == "Es dauerte rund [-45-]{+25+} Minuten{+, hieß es+}."


def test_a_number_is_one_word() -> None:
    assert mark_edits(word_diff("5,7 Prozent", "7,5 Prozent")) == "[-5,7-]{+7,5+} Prozent"


def test_the_same_wording_is_one_run() -> None:
    assert word_diff("Ein Satz.", "Ein Satz.") == (Edit("same", "Ein Satz."),)
    assert word_diff("", "") == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "neu"), ("alt", ""), ("a\n\tb  c", "a b c"), ("„Ja“, sagte er.", "»Ja«, sagte sie!"), ("🙂 x_1", "x_1 🙂🙂")],
)
def test_nothing_is_lost_on_either_side(before: str, after: str) -> None:
    edits = word_diff(before, after)
    assert "".join(edit.text for edit in edits if edit.kind != "added") == before
    assert "".join(edit.text for edit in edits if edit.kind != "removed") == after
