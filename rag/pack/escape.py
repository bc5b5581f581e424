"""Text of an article, of a claim or of anyone else, as Markdown that shows it as text and nothing else."""

from __future__ import annotations

import re

from rag.text.unicode import WIDTHLESS, escape, escape_obeyed

_PUNCTUATION = re.compile(r"[\\`*_\[\]<>&|~$#]")
# What begins a list, a heading's underline or a rule at the head of a line.
_OPENS = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+=]))")
# What some readers of Markdown make links of without being asked.
_BARE_LINK = re.compile(r"(?<=[^\W\d_]):(?=//)|\bwww\.(?=\w)|(?<=\w)@(?=\w)|\b(?:mailto|xmpp):", re.IGNORECASE)
# Line and paragraph separators, widths of nothing, and letters that no font shows.
_UNSEEN = re.compile(rf"[{WIDTHLESS}\u2028\u2029\U000e0000-\U000e007f]")
_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*", re.IGNORECASE)


def as_text(text: str) -> str:
    """The text on one line, so that any reader of Markdown shows it letter by letter.

    What is not to be seen (controls, marks of direction, widths of nothing) is shown as an escape such as `\\u202e`.
    """
    shown = " ".join(_UNSEEN.sub(lambda found: escape(found.group()), escape_obeyed(text)).split())
    shown = _PUNCTUATION.sub(lambda found: f"\\{found.group()}", shown)
    shown = _OPENS.sub(r"\1\\", shown)
    return _BARE_LINK.sub(lambda found: _apart(found.group()), shown)


def as_address(url: str) -> str:
    """A web address as a link that shows where it leads; anything else as text."""
    return f"<{url}>" if _PLAIN_ADDRESS.fullmatch(url) else as_text(url)


def _apart(link: str) -> str:
    """Its punctuation as character references, which no reader takes for a link's."""
    return re.sub(r"[:.@]", lambda found: f"&#{ord(found.group())};", link)
