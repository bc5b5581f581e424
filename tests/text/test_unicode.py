"""What can be written down, and what must not reach a screen as it is."""

from __future__ import annotations

import json
import re

import pytest

from rag.text.sentences import split_sentences
from rag.text.unicode import UNSEEN, escape_obeyed, is_unicode


def test_half_a_character_cannot_be_written_down() -> None:
    assert is_unicode("Straße 🙂")
    assert not is_unicode("\ud83d")


@pytest.mark.parametrize("code", ["ad", "200b", "200d", "200f", "61c", "202e", "2060", "2066", "2069", "feff"])
def test_what_shows_nothing_is_known_and_belongs_to_no_sentence(code: str) -> None:
    unseen = chr(int(code, 16))
    assert re.fullmatch(f"[{UNSEEN}]", unseen)
    [sentence] = split_sentences("a", f"{unseen}Der Turm ist hoch.{unseen}", language="de")
    assert (sentence.start, sentence.end) == (1, 19)


@pytest.mark.parametrize("seen", ["a", "-", "–", " ", "\u00a0", "\n", "🙂"])
def test_what_shows_something_or_is_white_space_is_not_unseen(seen: str) -> None:
    assert not re.search(f"[{UNSEEN}]", seen)


def test_what_would_be_obeyed_is_escaped_as_json_does_and_the_rest_stays() -> None:
    text = "a\tb\n\x1b[2J\u202e\x9b\u200f Straße 👨‍👩‍👧"
    escaped = escape_obeyed(text)
    assert escaped == "a\tb\n\\u001b[2J\\u202e\\u009b\\u200f Straße 👨‍👩‍👧"
    forbidden = "x\x1b"
    assert json.loads(f'"{escape_obeyed(forbidden)}"') == forbidden
