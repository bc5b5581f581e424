"""Article text -> sentences with offsets."""

from __future__ import annotations

import re

from rag.text.unicode import UNSEEN
from rag.types import Sentence

_MAX_CHARACTERS = 1_200
_LETTER = re.compile(r"[^\W\d_]")
_DETERMINERS = (
    "der|die|das|den|dem|des|am|im|zum|zur|vom|beim|ein|eine|einen|einem|einer|eines|sein|seine|seinen|seinem|seiner|"
    "seines|ihr|ihre|ihren|ihrem|ihrer|ihres|jeder|jede|jedes|jeden|jedem|dieser|diese|dieses|diesen|diesem|bis|und|"
    "oder|sowie|ab|seit|nach|vor|unser|unsere|unserem|unseren|unserer"
)
# German writes ordinals with a full stop: "Die 3. Auflage", "Der 1. FC". No splitter measured keeps all of them whole.
_OPEN_ORDINAL = re.compile(rf"(?:^|\s|[(„\"»])(?:{_DETERMINERS})\s+\d{{1,3}}\.\s*$", re.IGNORECASE)
# Titles and the like, after which a name or a number follows.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(„\"»])(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Rev|Capt|Col|Gen|Gov|Lt|Rep|Sen|Sgt|vs|Hr|Hrn|Frl|Nr|Ziff|vgl|bzw|ca|sog)\.\s*$"
)
_DANGLING_OPENER = re.compile(r"(?<=\s)[„»\"“'‚(\[]+\s*$")
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
    import sentencex

    boundaries = sentencex.get_sentence_boundaries(language or "de", text)
    spans = _repair(text, [(b["start_index"], b["end_index"]) for b in boundaries])
    spans = [piece for start, end in spans for piece in _cut_where_one_ends(text, start, end)]
    pieces = [piece for start, end in spans for piece in _bounded(text, start, end)]
    kept = [_trim(text, start, end) for start, end in pieces if _LETTER.search(text, start, end)]
    return [Sentence(article_id, index, start, end) for index, (start, end) in enumerate(kept)]


def _repair(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    repaired: list[tuple[int, int]] = []
    for start, end in spans:
        if not repaired or _BREAK.search(text, *repaired[-1]):
            repaired.append((start, end))
            continue
        first, last = repaired.pop()
        before = text[first:last]
        if (_OPEN_ORDINAL.search(before) or _ABBREVIATION.search(before)) and text[start:end].strip():
            repaired.append((first, end))
            continue
        border = start
        if opener := _DANGLING_OPENER.search(before):
            border = last = first + opener.start()
        elif (closer := _CLOSERS.match(text, start, end)) and _closes(before, closer.group().strip()):
            border = last = closer.end()
        repaired += [(first, last), (border, end)]
    return repaired


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
    seen = [match.start() for match in _SEEN.finditer(text, start, end)]
    return seen[0], seen[-1] + 1
