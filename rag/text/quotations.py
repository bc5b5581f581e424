"""Text -> what stands in quotation marks in it, with offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.text.unicode import WIDTHLESS

# Opening mark -> what may close it. A text that mixes its marks is read too: „so", "so“, „so”.
_CLOSED_BY = {
    "„": '“”"‟',
    "‟": '”“"',
    "“": '”"“',
    "”": "”",
    '"': '"“”',
    "«": "»",
    "»": "«»",
    "‚": "‘’'",
    "‛": "’'",
    "‘": "’'‘",
    "'": "'’‘",
    "‹": "›",
    "›": "‹›",
}
_APOSTROPHE = "'"
_ALWAYS_OPENS = set("„‟‚‛")
_SINGLE = set("‚‛‘’'")
# Two apostrophes in a row are the italics of a wiki, or a mark of seconds.
_MARK = re.compile(f"(?<!')'(?!')|[{''.join(set(''.join(_CLOSED_BY) + ''.join(_CLOSED_BY.values())) - {_APOSTROPHE})}]")
_PARAGRAPH = re.compile(r"(?:[^\n]++|\n(?![^\S\n]*\n))++")
_FIRST = re.compile(r"\s*(\S)")
# Letters that were left out, no quotation: 's ist, 'ne, '68, 'tis.
_ELISION = re.compile(r"['’‘](?:s|n|ne|nen|nem|ner|m|em|ran|rein|rauf|raus|tis|twas|cause|til|\d\ds?|\d\der)\b", re.I)
_POSSESSIVE = re.compile(r"[sxzßc]['’]\s\w", re.IGNORECASE)
_SINGLE_CLOSES = re.compile(r"(?<=\S)['’‘](?!\w)")
_SINGLE_OPENS = re.compile(r"(?<![\w.,!?…])['‘‚](?=\w)")
# Marks that may be open at once. More are no quotations, and looking through them all would take its time.
_DEEPEST = 8
_POSSESSIVE_REACH = 500


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in quotation marks: `text[start:end]`, and `text[outer_start:outer_end]` with their marks.

    `level` counts the quotations around it, from 0. `close` is "" where the quotation goes on in the next paragraph,
    which opens it anew.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    open: str
    close: str
    level: int


def find_quotations(text: str) -> list[Quoted]:
    """The quotations of a text in the order in which they begin, nested ones too.

    Knows „…“ „…” “…” "…" »…« «…» and the single marks. Apostrophes, marks of inches and feet, and marks without a
    partner in their paragraph are no quotation, nor is a pair with nothing in it. A quotation of several paragraphs,
    each of which opens it anew, is one item a paragraph.
    """
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(text) if not match[0].isspace()]
    found: list[Quoted] = []
    for number, (start, end) in enumerate(paragraphs, start=1):
        following = paragraphs[number][0] if number < len(paragraphs) else len(text)
        found += _in_paragraph(text, start, end, opens_anew=_first_mark(text, following))
    return found


def _first_mark(text: str, start: int) -> str:
    """The mark that the text begins with from there on, or ""."""
    rest = _FIRST.match(text, start)
    return rest[1] if rest and rest[1] in _CLOSED_BY else ""


def _in_paragraph(text: str, start: int, end: int, *, opens_anew: str) -> list[Quoted]:
    waiting: list[int] = []  # where the marks stand that are still open
    pairs: list[tuple[int, int]] = []
    for at in (match.start() for match in _MARK.finditer(text, start, end)):
        partner = _closed(text, at, waiting, start=start, end=end)
        if partner is not None:
            del waiting[waiting.index(partner) :]
            pairs.append((partner, at))
        elif _opens(text, at, start=start, end=end):
            waiting = [*waiting, at][-_DEEPEST:]
    found = [_quoted(text, opened, at, close=text[at]) for opened, at in pairs]
    if waiting and text[waiting[0]] == opens_anew and text[waiting[0]] not in _SINGLE:
        found.append(_quoted(text, waiting[0], end, close=""))
    return list(_with_levels(sorted((q for q in found if q.start < q.end), key=lambda q: (q.start, -q.outer_end))))


def _closed(text: str, at: int, waiting: list[int], *, start: int, end: int) -> int | None:
    """Which of the open marks the one at `at` closes: the last that it fits."""
    mark, after = text[at], text[at + 1] if at + 1 < end else " "
    if mark in _ALWAYS_OPENS:
        return None
    fitting = [opened for opened in waiting if mark in _CLOSED_BY[text[opened]]]
    if not fitting:
        return None
    if _begins_word(text, at, start=start) and after.isalnum():
        return None
    if mark in _SINGLE and (after.isalnum() or _is_possessive(text, at, end=end)):
        return None
    exact = [opened for opened in fitting if mark == _CLOSED_BY[text[opened]][0]]
    return (exact or fitting)[-1]


def _opens(text: str, at: int, *, start: int, end: int) -> bool:
    mark, after = text[at], text[at + 1] if at + 1 < end else " "
    if mark in _ALWAYS_OPENS:
        return True
    if mark not in _CLOSED_BY:
        return False
    if mark in "«»‹›":
        return _begins_word(text, at, start=start) or not after.isspace()
    return _begins_word(text, at, start=start) and not after.isspace() and not _ELISION.match(text, at)


def _begins_word(text: str, at: int, *, start: int) -> bool:
    """Whether what stands before can have a quotation after it: white space, a bracket, a dash, an opening mark."""
    before = text[at - 1] if at > start else " "
    return before.isspace() or before in f"([{{/–—-:=>{WIDTHLESS}" or (before in _CLOSED_BY and before != "”")


def _is_possessive(text: str, at: int, *, end: int) -> bool:
    """Whether a mark after an s is an apostrophe, since the quotation is closed further on: 'Hans' Buch ist da'."""
    if not _POSSESSIVE.match(text, at - 1):
        return False
    end = min(end, at + _POSSESSIVE_REACH)
    closing, opening = _SINGLE_CLOSES.search(text, at + 1, end), _SINGLE_OPENS.search(text, at + 1, end)
    return closing is not None and (opening is None or closing.start() < opening.start())


def _quoted(text: str, opened: int, closed: int, *, close: str) -> Quoted:
    inside = text[opened + 1 : closed]
    start = opened + 1 + len(inside) - len(inside.lstrip())
    end = max(start, opened + 1 + len(inside.rstrip()))
    return Quoted(start, end, opened, closed + len(close) if close else end, text[opened], close, 0)


def _with_levels(found: list[Quoted]) -> Iterator[Quoted]:
    around: list[Quoted] = []
    for quoted in found:
        around = [outer for outer in around if outer.end >= quoted.end]
        yield replace(quoted, level=len(around))
        around.append(quoted)
