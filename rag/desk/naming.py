"""What was typed -> the name of the conversation that it begins; and names and other words that a person gives."""

from __future__ import annotations

import re

from rag.errors import InputError
from rag.text.unicode import DIRECTIONS, WIDTHLESS, escape_obeyed, is_unicode

MAX_NAME_CHARACTERS = 120

_CUT = 60
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_UNSEEN = re.compile(rf"[{DIRECTIONS}{WIDTHLESS}]+")


def name_for(typed: str) -> str:
    """The first words of what was typed, on one line, cut at a word after 60 characters at the most."""
    line = one_line(typed) or escape_obeyed(typed.strip())
    if len(line) <= _CUT:
        return line
    return (line[: _CUT + 1].rpartition(" ")[0].rstrip(" ,;:-–") or line[:_CUT]) + "…"


def one_line(text: str) -> str:
    """The text on one line, without what would be obeyed and not shown, such as marks of direction."""
    return " ".join(_CONTROLS.sub(" ", _UNSEEN.sub("", text)).split())


def check_text(what: str, given: str, *, most: int) -> str:
    """What a person gave, without white space around it. Raises InputError, which calls it `what`, for over `most`."""
    if not is_unicode(given):
        raise InputError(f"{what} is not valid Unicode: it holds half a character. Type it again.")
    stripped = given.strip()
    if len(stripped) > most:
        raise InputError(f"{what} has {len(stripped):,} characters; at most {most:,} are taken. Shorten it.")
    return stripped


def check_name(given: str) -> str:
    """The name of a conversation as it is kept. Raises InputError where it is empty or too long."""
    name = check_text("The name", one_line(given), most=MAX_NAME_CHARACTERS)
    if not name:
        raise InputError("The name is empty. Give the conversation one that you will know it by.")
    return name
