"""Whether a text can be written down, and what of it must not reach a screen as it is."""

from __future__ import annotations

import json
import re

# Each is what stands between a pattern's brackets.
DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
WIDTHLESS = "\u200b\u2060\u2061\u2062\u2063\u2064\u2065\ufeff"
# They have a use: within words, in some scripts and in emoji of several parts.
_JOINERS = "\u00ad\u200c\u200d"
# What shows nothing, white space aside.
UNSEEN = WIDTHLESS + _JOINERS + DIRECTIONS
# What a terminal or a page obeys and does not show: control characters other than tab and line feed, and marks of
# direction.
_OBEYED = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{DIRECTIONS}]")


def is_unicode(text: str) -> bool:
    """Whether the text has no lone surrogates, such as Python makes of bytes that it cannot decode."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def escape(characters: str) -> str:
    """As JSON escapes them, so that JSON stays JSON."""
    return json.dumps(characters)[1:-1]


def escape_obeyed(text: str) -> str:
    """The text with each character that would be obeyed and not shown escaped. Tabs and line feeds stay."""
    return _OBEYED.sub(lambda found: escape(found.group()), text)
