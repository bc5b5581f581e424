"""Other people's words as a language model is told them, and what it wrote as it can be read.

What is told is data: nothing in it may look like a mark by which a chat's roles, or our own lines, are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

from rag.text.unicode import DIRECTIONS, WIDTHLESS, escape_obeyed

# No letters or digits that read alike, and no vowels, so that no id is a word.
_LETTERS = "bcdfghjkmnpqrstvwxz"
_DIGITS = "23456789"
ID_LENGTH = 6
# What looks like an id of ours, or like a mark by which a chat's roles are told apart: "[INST]", "<|im_start|>". A
# server may read such marks as its own wherever they stand, so that a space takes them apart.
_BRACKETED = re.compile(r"[\[［【]\s*(/?(?:[A-Z_]{3,}|(?=\w*\d)(?=\w*[A-Za-z])\w{6}))\s*[\]］】]", re.ASCII)
_OPENS_MARK = re.compile(r"([<＜])(?=\S)")
_CLOSES_MARK = re.compile(r"(?<=\S)([>＞])")
_WIDTHLESS = re.compile(rf"[{WIDTHLESS}]")
# What some models think aloud before they answer.
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL | re.IGNORECASE)
# The same where the server took the opening mark away.
_THOUGHT_BEFORE = re.compile(r"\A.*</think>", re.DOTALL | re.IGNORECASE)
# Letters that show nothing and turn round what is beside them: what a person reads would not be what was checked.
_NOT_SHOWN = re.compile(rf"[{WIDTHLESS}{DIRECTIONS}]")


def one_line(text: str) -> str:
    """Somebody else's words without what a model's server, or the model, may take for a mark of its own."""
    line = escape_obeyed(" ".join(_WIDTHLESS.sub("", text).split()))
    line = _BRACKETED.sub(r"(\1)", line)
    return _CLOSES_MARK.sub(r" \1", _OPENS_MARK.sub(r"\1 ", line))


def fence_of(lines: Sequence[str]) -> str:
    """What none of the lines holds: it is made of all of them."""
    text = "\n".join(lines)
    fence = f"<<<{spelt_id(text)}>>>"
    while fence in text:
        fence = f"<<<{spelt_id(text + fence)}>>>"
    return fence


def spelt_id(seed: str) -> str:
    """An id that says nothing and is the same each time: a letter, four letters or digits, and a digit."""
    number = int.from_bytes(sha256(seed.encode("utf-8", "surrogatepass")).digest())
    signs = []
    for alphabet in (_LETTERS, *[_LETTERS + _DIGITS] * (ID_LENGTH - 2), _DIGITS):
        number, at = divmod(number, len(alphabet))
        signs.append(alphabet[at])
    return "".join(signs)


def without_thoughts(text: str) -> str:
    """What a model wrote without what it thought aloud before."""
    return _THOUGHT_BEFORE.sub("", _THOUGHT.sub("", text))


def only_shown(line: str) -> str:
    """The line without letters that show nothing, or turn round what is beside them."""
    return _NOT_SHOWN.sub("", line)
