"""Words with a known meaning in the other language: countries, languages, months and the like, as the CLDR has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

_PARTS = ("territories", "languages", "currencies")
_CALENDAR = ("months", "days")


def translations(word: str, *, source: str, target: str) -> tuple[str, ...]:
    """What a word means in the other language; nothing where it is not known. "Germany" -> "Deutschland".

    Source: the Unicode Common Locale Data Repository, as babel brings it.
    """
    return _dictionary(source, target).get(word.casefold(), ()) if source != target else ()


@cache
def _dictionary(source: str, target: str) -> Mapping[str, tuple[str, ...]]:
    from babel import Locale

    known: dict[str, dict[str, None]] = {}
    for one, other in _pairs(Locale(source), Locale(target)):
        words = other.split()
        if " " not in one and len(words) == 1 and not one[0].isdigit() and one.casefold() != other.casefold():
            known.setdefault(one.casefold(), {})[words[0]] = None
    return {word: tuple(meanings) for word, meanings in known.items()}


def _pairs(source: Any, target: Any) -> Iterator[tuple[str, str]]:
    for part in _PARTS:
        mine, theirs = getattr(source, part), getattr(target, part)
        yield from ((mine[key], theirs[key]) for key in mine if key in theirs)
    for part in _CALENDAR:
        mine, theirs = getattr(source, part)["format"]["wide"], getattr(target, part)["format"]["wide"]
        yield from ((mine[key], theirs[key]) for key in mine)
