"""What can be written down, and what must not reach a screen as it is."""

from __future__ import annotations

import json

from rag.text.unicode import escape_obeyed, is_unicode


def test_half_a_character_cannot_be_written_down() -> None:
    assert is_unicode("Straße 🙂")
    assert not is_unicode("\ud83d")


def test_what_would_be_obeyed_is_escaped_as_json_does_and_the_rest_stays() -> None:
    text = "a\tb\n\x1b[2J\u202e\x9b\u200f Straße 👨‍👩‍👧"
    escaped = escape_obeyed(text)
    assert escaped == "a\tb\n\\u001b[2J\\u202e\\u009b\\u200f Straße 👨‍👩‍👧"
    forbidden = "x\x1b"
    assert json.loads(f'"{escape_obeyed(forbidden)}"') == forbidden
