"""Whether a text can be written down."""

from __future__ import annotations


def is_unicode(text: str) -> bool:
    """Whether the text has no lone surrogates, such as Python makes of bytes that it cannot decode."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
