"""What differs between two versions of a text: both can be read from it, whatever they are."""

from __future__ import annotations

import random
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

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


def _counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many comparisons each search for a match may take, as they are made."""
    taken: list[int] = []
    search = SequenceMatcher.find_longest_match

    def count(self: SequenceMatcher[str], alo: int, ahi: int, blo: int, bhi: int) -> Any:
        taken.append(sum(1 + len(self.b2j.get(piece, ())) for piece in self.a[alo:ahi]))
        return search(self, alo, ahi, blo, bhi)

    monkeypatch.setattr(SequenceMatcher, "find_longest_match", count)
    return taken


@pytest.mark.parametrize(
    "pieces",
    [
        [f"Satz {number % 20} steht hier oft. " for number in range(8_000)],
        [f"{'ab'[number * number % 7 % 2]} " for number in range(40_000)],
        [f"Satz {number} steht hier. " for number in range(8_000)],
    ],
    ids=["sentences that repeat", "words that repeat", "sentences of their own"],
)
def test_whatever_was_shuffled_no_more_than_so_many_comparisons_are_made(
    monkeypatch: pytest.MonkeyPatch, pieces: list[str]
) -> None:
    taken, shuffled = _counted(monkeypatch), random.Random(1).sample(pieces, len(pieces))
    text_diff("".join(pieces), "".join(shuffled), steps=100_000)
    assert sum(taken) <= 2 * 100_000


def test_without_a_step_what_differs_is_all_removed_and_all_added() -> None:
    assert text_diff("Am Anfang. Eins zwei drei.", "Am Anfang. Vier zwei fünf.", steps=0) == (
        Edit("same", "Am Anfang. "),
        Edit("removed", "Eins zwei drei"),
        Edit("added", "Vier zwei fünf"),
        Edit("same", "."),
    )


def test_in_a_very_long_text_every_changed_sentence_is_found() -> None:
    before = [f"Im Absatz {number} geht es um die Sache {number * 7 % 97}. " for number in range(12_000)]
    after = [f"Ganz neu ist {at}. " if at % 50 == 0 else sentence for at, sentence in enumerate(before)]
    edits = text_diff("".join(before), "".join(after))
    same = sum(len(edit.text) for edit in edits if edit.kind == "same")
    assert same > len("".join(before)) * 0.97


def test_where_every_sentence_was_reworded_the_common_words_are_found() -> None:
    after = "".join(f"Neu: {sentence}" for sentence in FILLING)
    same = sum(len(edit.text) for edit in text_diff("".join(FILLING), after) if edit.kind == "same")
    assert same > len("".join(FILLING)) // 2
