"""Words for comparing texts word for word: each with where it stands, and without what only typesetting changes."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from rag.text.quotations import find_quotations

# Soft hyphens, zero widths, joiners, marks of direction: they show nothing.
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_MARKS = "\u0300-\u036f"
# Signs that say something by themselves: "5 %" is not "5 $".
# Square brackets within a word are a part of it: „[D]as Land“, „mit Probleme[n]“.
_TOKEN = re.compile(rf"(?:[^\W_][{_UNSEEN}{_MARKS}]*|(?<=\w)[\[\]](?=\w))+|[%‰€$£¥°§&]")
_INVISIBLE = re.compile(rf"[{_UNSEEN}\[\]]")
# The marks between two words from the first on that may end a sentence.
_ENDING = re.compile(r"[.!?:;]\W*+")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
# So many words may stand between two quotations that are one, interrupted: „...“, sagte er am Montag, „...“.
_LONGEST_INTERRUPTION = 12
# Texts that were read are kept up to so many characters in all: one takes some forty times its own size.
_MOST_KEPT = 1_000_000


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
    first token. `places` are those of each word, by its case-folded form.
    """

    tokens: tuple[Token, ...]
    paragraph: tuple[int, ...]
    quotation: tuple[int, ...]
    resumes: dict[int, int]
    places: Mapping[str, Sequence[int]]


def split_tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, with places in `text`. Punctuation, quotation marks and dashes are none."""
    found = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return [Token(_form(match[0]), match.start(), match.end()) for match in found]


class Kept:
    """The texts that were read last, of at most so many characters in all; the very last one however long it is."""

    def __init__(self, characters: int) -> None:
        self._most = characters
        self._held = 0
        self._read: OrderedDict[str, Verbatim] = OrderedDict()
        self._guard = Lock()

    def __len__(self) -> int:
        return len(self._read)

    def get(self, text: str) -> Verbatim | None:
        with self._guard:
            if text in self._read:
                self._read.move_to_end(text)
            return self._read.get(text)

    def put(self, text: str, read: Verbatim) -> None:
        with self._guard:
            if text not in self._read:
                self._held += len(text)
            self._read[text] = read
            while self._held > self._most and len(self._read) > 1:
                self._held -= len(self._read.popitem(last=False)[0])


_KEPT = Kept(_MOST_KEPT)


def read_verbatim(text: str) -> Verbatim:
    """The tokens of a whole text."""
    read = _KEPT.get(text)
    if read is None:
        read = _read(text)
        _KEPT.put(text, read)
    return read


def _read(text: str) -> Verbatim:
    tokens = split_tokens(text)
    breaks = [match.start() for match in _PARAGRAPH.finditer(text)]
    spans = [(quoted.outer_start, quoted.outer_end) for quoted in find_quotations(text) if quoted.level == 0]
    quotation = _numbers_of(tokens, spans)
    paragraph = [bisect_left(breaks, token.start) for token in tokens]
    places: dict[str, list[int]] = {}
    for at, token in enumerate(tokens):
        places.setdefault(token.folded, []).append(at)
    resumes = _resumptions(text, tokens, quotation, paragraph)
    return Verbatim(tuple(tokens), tuple(paragraph), tuple(quotation), resumes, places)


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
            if at - last > 1 and paragraph[last] == paragraph[at] and not _ends_within(between[2:]):
                found[last] = at
        last = at
    return found


def _ends_within(between: str) -> bool:
    """Whether a line or a sentence ends there: a mark, and white space among what follows before the next word."""
    return "\n" in between or any(any(map(str.isspace, marks[0])) for marks in _ENDING.finditer(between))
