"""One spelling for the sounds that German and English write differently, so that related words look alike."""

from __future__ import annotations

from functools import lru_cache

# In this order: "sch" before "ch", "ck" before "c".
_SAME_SOUND = (
    ("sch", "sh"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("qu", "kw"),
    ("c", "k"),
    ("y", "i"),
    ("z", "ts"),
    ("ä", "a"),
    ("ö", "o"),
    ("ü", "u"),
)


@lru_cache(maxsize=200_000)
def fold_spelling(word: str) -> str:
    """A case-folded word in the common spelling: "physics" -> "fisiks", "Physik" -> "fisik"."""
    for written, common in _SAME_SOUND:
        word = word.replace(written, common)
    return word
