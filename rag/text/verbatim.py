"""Words for comparing texts word for word: each with where it stands, and without what only typesetting changes."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.text.quotations import find_quotations

# Soft hyphens, zero widths, joiners, marks of direction: they show nothing.
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_MARKS = "\u0300-\u036f"
# Signs that say something by themselves: "5 %" is not "5 $".
# Square brackets within a word are a part of it: „[D]as Land“, „mit Probleme[n]“.
_TOKEN = re.compile(rf"(?:[^\W_][{_UNSEEN}{_MARKS}]*|(?<=\w)[\[\]](?=\w))+|[%‰€$£¥°§&]")
_INVISIBLE = re.compile(rf"[{_UNSEEN}\[\]]")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
# So many words may stand between two quotations that are one, interrupted: „...“, sagte er am Montag, „...“.
_LONGEST_INTERRUPTION = 12


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign of a text, `text[start:end]`. `form`: its NFKC without brackets and what shows nothing."""

    form: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        return self.form.casefold()


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A text's tokens, and what they stand in.

    `paragraph` numbers the paragraph of each, `quotation` the outermost quotation of each, -1 outside of any.
    `resumes` tells of the last token of a quotation where its sentence goes on with the next: the place of that one's
    first token.
    """

    tokens: tuple[Token, ...]
    paragraph: tuple[int, ...]
    quotation: tuple[int, ...]
    resumes: dict[int, int]


def split_tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, with places in `text`. Punctuation, quotation marks and dashes are none."""
    found = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return [Token(_form(match[0]), match.start(), match.end()) for match in found]


@lru_cache(maxsize=512)
def read_verbatim(text: str) -> Verbatim:
    """The tokens of a whole text."""
    tokens = split_tokens(text)
    breaks = [match.start() for match in _PARAGRAPH.finditer(text)]
    spans = [(quoted.outer_start, quoted.outer_end) for quoted in find_quotations(text) if quoted.level == 0]
    quotation = _numbers_of(tokens, spans)
    paragraph = [bisect_left(breaks, token.start) for token in tokens]
    return Verbatim(tuple(tokens), tuple(paragraph), tuple(quotation), _resumptions(text, tokens, quotation, paragraph))


def _form(word: str) -> str:
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", word))


def _numbers_of(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[int]:
    numbers, at = [], 0
    for token in tokens:
        while at < len(spans) and spans[at][1] <= token.start:
            at += 1
        numbers.append(at if at < len(spans) and spans[at][0] <= token.start else -1)
    return numbers


def _resumptions(
    text: str, tokens: Sequence[Token], quotation: Sequence[int], paragraph: Sequence[int]
) -> dict[int, int]:
    """Quotations between which there is one clause, without the end of a sentence."""
    found: dict[int, int] = {}
    last = None
    for at, number in enumerate(quotation):
        if number < 0:
            continue
        if last is not None and quotation[last] != number and at - last <= _LONGEST_INTERRUPTION:
            between = text[tokens[last].end : tokens[at].start]
            if at - last > 1 and paragraph[last] == paragraph[at] and not re.search(r"[.!?:;]\W*\s|\n", between[2:]):
                found[last] = at
        last = at
    return found
