"""Article text -> sentences with offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.text.ends import marks_start
from rag.text.unicode import UNSEEN
from rag.types import Sentence

_MAX_CHARACTERS = 1_200
_PART_CHARACTERS = 3_000
_LETTER = re.compile(r"[^\W\d_]")
_DETERMINERS = (
    "der|die|das|den|dem|des|am|im|zum|zur|vom|beim|ein|eine|einen|einem|einer|eines|sein|seine|seinen|seinem|seiner|"
    "seines|ihr|ihre|ihren|ihrem|ihrer|ihres|jeder|jede|jedes|jeden|jedem|dieser|diese|dieses|diesen|diesem|bis|und|"
    "oder|sowie|ab|seit|nach|vor|unser|unsere|unserem|unseren|unserer"
)
# German writes ordinals with a full stop: "Die 3. Auflage", "Der 1. FC". No splitter measured keeps all of them whole.
_OPEN_ORDINAL = re.compile(rf"(?:^|\s|[(„\"»])(?:{_DETERMINERS})\s+\d{{1,3}}\.$", re.IGNORECASE)
# Titles and the like, after which a name or a number follows.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(„\"»])(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Rev|Capt|Col|Gen|Gov|Lt|Rep|Sen|Sgt|vs|Hr|Hrn|Frl|Nr|Ziff|vgl|bzw|ca|sog)\.$"
)
# Such words end a sentence's last characters, so many at the most.
_LOOK_BACK = 60
_OPENERS = "„»\"“'‚(["
_CLOSERS = re.compile(r"\s*[\"“”»«'’)\]]+(?=\s|$)")
# A sentence that begins with a year: "in Vergessenheit. 1960 benannte". Five letters before it are no abbreviation.
_YEAR_OPENS = re.compile(r"(?<=[^\W\d_]{5}\.)\s+(?=(?:1\d|20)\d\d\s[^\W\d_A-ZÄÖÜ])")
# A unit's symbol takes no full stop: "weniger als 1 g. Die Spielerin". To splitters it is an abbreviation.
_UNIT_CLOSES = re.compile(r"\d\s?(?:[km]?g|[kcm]?m|[lths]|ha|°C|%)\.\s+(?=[„“»«‚\"'(\[]*[A-ZÄÖÜ])")
_SEEN = re.compile(rf"[^\s{UNSEEN}]")
_BREAK = re.compile(r"\n\s*\n")


def split_sentences(article_id: str, text: str, *, language: str | None) -> list[Sentence]:
    """The sentences of `text`, in order, as character offsets (end exclusive).

    `text[s.start:s.end]` is the sentence; it neither begins nor ends with white space or with characters that
    show nothing (zero widths, marks of direction). Pieces without a letter are left out. A run of more than 1,200
    characters without an end (tables, minutes, transcripts) is cut at white space, so that a citation stays readable.
    """
    spans = _repair(text, list(_boundaries(text, language or "de")))
    spans = [piece for start, end in spans for piece in _cut_where_one_ends(text, start, end)]
    pieces = [piece for start, end in spans for piece in _bounded(text, start, end)]
    kept = [_trim(text, start, end) for start, end in pieces if _LETTER.search(text, start, end)]
    return [Sentence(article_id, index, start, end) for index, (start, end) in enumerate(kept)]


def _boundaries(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where the splitter ends sentences. It takes the square of a text's marks, so it gets a part at a time.

    A part ends at an empty line; without one, its last sentence, which goes on behind it, begins the next part.
    """
    import sentencex

    start = 0
    while start < len(text):
        end = _end_of_part(text, start)
        found = sentencex.get_sentence_boundaries(language, text[start:end])
        spans = [(start + one["start_index"], start + one["end_index"]) for one in found]
        if end < len(text) and len(spans) > 1 and not text.endswith("\n\n", start, end):
            end = spans.pop()[0]
        yield from spans
        start = end


def _end_of_part(text: str, start: int) -> int:
    if len(text) - start <= _PART_CHARACTERS:
        return len(text)
    most = start + _PART_CHARACTERS
    if (line := text.rfind("\n\n", start + 1, most)) > 0:
        return line + 2
    return max((text.rfind(space, start + 1, most) + 1 for space in (" ", "\n")), default=0) or most


def _repair(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans with what the splitter took for an end and is none, each looked at from its end: they may grow long."""
    repaired: list[tuple[int, int]] = []
    known = 0  # up to there the last span has no empty line
    for start, end in spans:
        if not repaired or _BREAK.search(text, max(known, repaired[-1][0]), repaired[-1][1]):
            repaired.append((start, end))
            continue
        first, last = repaired.pop()
        seen = max(first, marks_start(text, "", end=last))  # without the white space at its end
        if _goes_on(text, first, seen) and text[start:end].strip():
            repaired.append((first, end))
            known = seen
            continue
        border = start
        opener = first + len(text[first:seen].rstrip(_OPENERS))
        if first < opener < seen and text[opener - 1].isspace():
            border = last = opener
        elif (closer := _CLOSERS.match(text, start, end)) and _closes(text[first:last], closer.group().strip()):
            border = last = closer.end()
        repaired += [(first, last), (border, end)]
    return repaired


def _goes_on(text: str, first: int, end: int) -> bool:
    """Whether a span ends in a full stop that is no sentence's: of an ordinal, or of a title."""
    cut = max(first, end - _LOOK_BACK)
    # Cut within a word, its rest is no word.
    ending = ("" if cut == first else "_") + text[cut:end]
    return bool(_OPEN_ORDINAL.search(ending) or _ABBREVIATION.search(ending))


def _closes(before: str, mark: str) -> bool:
    """Whether a quotation mark or bracket at the head of a sentence belongs to the one before."""
    return before.count('"') % 2 == 1 or mark in {"“", "”", "«", "’", ")", "]"}


def _cut_where_one_ends(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = sorted(m.end() for pattern in (_YEAR_OPENS, _UNIT_CLOSES) for m in pattern.finditer(text, start, end))
    return list(zip([start, *cuts], [*cuts, end], strict=True))


def _bounded(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    while end - start > _MAX_CHARACTERS:
        cut = max(text.rfind("\n", start, start + _MAX_CHARACTERS), text.rfind("; ", start, start + _MAX_CHARACTERS))
        if cut <= start + _MAX_CHARACTERS // 2:
            cut = text.rfind(" ", start, start + _MAX_CHARACTERS)
        cut = cut + 1 if cut > start else start + _MAX_CHARACTERS
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    first = _SEEN.search(text, start, end)
    while end > start and not _SEEN.match(text, end - 1):
        end -= 1
    return first.start() if first else start, end
