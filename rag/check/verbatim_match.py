"""A quotation among the words of an article: word for word, or the run of words that comes closest to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate, pairwise

from rag.text.function_words import FUNCTION_WORDS
from rag.text.verbatim import Token, Verbatim, split_tokens
from rag.types import Change, Span

# Something is left out („Wir […] gehen“) or put in („sie [die Regierung] geht“) there.
_GAP = re.compile(r"(?<!\w)\[[^\[\]]*\](?!\w)|\(\s*(?:…|\.{2,})\s*\)|…|\.{3,}")
_LONGEST_GAP = 60
_MOST_WINDOWS = 6
_MARKS_AT_AN_END = re.compile(r"[.!?]\W*+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word of a quotation. `forms` are those that it is found as: „[D]as“ as "das", „werde[n]“ as "werde" too."""

    token: Token
    forms: tuple[str, ...]
    any_case: bool

    def meets(self, token: Token) -> bool:
        return (token.folded if self.any_case else token.form) in self.forms


@dataclass(frozen=True, slots=True)
class Pattern:
    """A quotation as it is looked up: its pieces, between which words may be left out. Offsets are the claim's."""

    pieces: tuple[tuple[Wanted, ...], ...]
    language: str

    @property
    def words(self) -> tuple[Wanted, ...]:
        return tuple(wanted for piece in self.pieces for wanted in piece)

    def content(self, words: Sequence[Wanted]) -> int:
        """How many of the words are no function words."""
        held = FUNCTION_WORDS.get(self.language, frozenset())
        return sum(wanted.token.folded not in held for wanted in words)


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens of an article, `tokens[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Close:
    """The run closest to a quotation: `share` of the longer of the two are `kept`, the words in their order."""

    run: Run
    share: float
    kept: tuple[Wanted, ...]
    changes: tuple[Change, ...]


def read_pattern(claim: str, span: Span, *, language: str) -> Pattern:
    """Reads the quotation that the span of the claim is. The case of a piece's first letter does not count."""
    pieces, at = [], span.start
    for gap in _GAP.finditer(claim, span.start, span.end):
        pieces.append(_piece(claim, at, gap.start()))
        at = gap.end()
    pieces.append(_piece(claim, at, span.end))
    return Pattern(tuple(piece for piece in pieces if piece), language)


def count_gaps(claim: str, span: Span) -> int:
    """How often the quotation that the span of the claim is says that something is left out or put in."""
    return sum(1 for _ in _GAP.finditer(claim, span.start, span.end))


def find_exact(pattern: Pattern, text: Verbatim) -> Iterator[Run]:
    """The runs that have the words of the quotation, each piece whole, within one paragraph; no two overlap.

    Takes the time of the places that its pieces stand at, whatever they have in common: each is looked at once.
    """
    if not all(any(form.casefold() in text.places for form in wanted.forms) for wanted in pattern.words):
        return
    ends: Mapping[int, int] | None = None  # of the pieces from one on: where they begin -> where the last ends
    for piece in reversed(pattern.pieces):
        ends = dict(_piece_ends(piece, text, ends))
    at = 0
    for start, end in (ends or {}).items():
        if start >= at:
            yield Run(start, end)
            at = end


def find_closest(pattern: Pattern, text: Verbatim, *, claim: str, article: str, least: float) -> Iterator[Close]:
    """The runs that have most of the words, at most a few; none where their share is sure to be less than `least`."""
    words = pattern.words
    own = [wanted.forms[0].casefold() for wanted in words]
    for low, high in _windows(pattern, own, text, fewest=least * len(words)):
        blocks = [b for b in _matcher(own, [t.folded for t in text.tokens[low:high]]).get_matching_blocks() if b.size]
        if not blocks:
            continue
        first, last = blocks[0], blocks[-1]
        run = Run(low + first.b, low + last.b + last.size)
        kept = tuple(wanted for block in blocks for wanted in words[block.a : block.a + block.size])
        left_out = _left_out(pattern, blocks)
        share = len(kept) / max(len(words), run.end - run.start - left_out)
        run = _widened(run, first.a, len(words) - last.a - last.size, text, article)
        changes = _changes(pattern, text.tokens[run.start : run.end], claim, article)
        if changes:
            yield Close(run, share, kept, changes)


def _piece(claim: str, start: int, end: int) -> tuple[Wanted, ...]:
    return tuple(_wanted(claim, token, first=not at) for at, token in enumerate(split_tokens(claim, start, end)))


def _wanted(claim: str, token: Token, *, first: bool) -> Wanted:
    written = claim[token.start : token.end]
    if "[" not in written and "]" not in written:
        return Wanted(token, (token.folded if first else token.form,), any_case=first)
    own = re.sub(r"^\w+\]|\[\w+$|\[\w+\]", "", written)  # without what was put in
    return Wanted(token, (token.folded, *(split.folded for split in split_tokens(own))), any_case=True)


def _piece_ends(
    piece: Sequence[Wanted], text: Verbatim, following: Mapping[int, int] | None
) -> Iterator[tuple[int, int]]:
    """Where a piece and those after it begin and end: `following` says it of the next, None where it is the last."""
    starts = sorted({at for form in piece[0].forms for at in text.places.get(form.casefold(), ())})
    next_starts = list(following or ())
    for start in starts:
        end = _match_piece(piece, text, start)
        if end is None or following is None:
            if end is not None:
                yield start, end
            continue
        place = bisect_left(next_starts, end)
        if place == len(next_starts) or next_starts[place] >= end + _LONGEST_GAP:
            continue
        if text.paragraph[next_starts[place]] == text.paragraph[start]:
            yield start, following[next_starts[place]]


def _match_piece(piece: Sequence[Wanted], text: Verbatim, start: int) -> int | None:
    at = start
    for place, wanted in enumerate(piece):
        if at >= len(text.tokens):
            return None
        if not wanted.meets(text.tokens[at]):
            resumed = text.resumes.get(at - 1) if place else None  # „...“, sagte er, „...“
            if resumed is None or not wanted.meets(text.tokens[resumed]):
                return None
            at = resumed
        at += 1
    return at


def _windows(pattern: Pattern, own: Sequence[str], text: Verbatim, *, fewest: float) -> Iterator[tuple[int, int]]:
    """Stretches of the article that have at least so many of the words, best first, no two overlapping by half."""
    sought = Counter(own)
    if sum(min(count, len(text.places.get(word, ()))) for word, count in sought.items()) < fewest:
        return
    width = 2 * len(own) + (_LONGEST_GAP if len(pattern.pieces) > 1 else 0)
    counts = _shared(sought, text, width)
    taken: list[int] = []
    for count, at in sorted(((count, at) for at, count in enumerate(counts) if count >= fewest), key=_best_first):
        if len(taken) == _MOST_WINDOWS:
            return
        if count and all(abs(at - other) > len(own) // 2 for other in taken):
            taken.append(at)
            yield at, min(at + width, len(text.tokens))


def _best_first(one: tuple[int, int]) -> tuple[int, int]:
    return -one[0], one[1]


def _shared(sought: Counter[str], text: Verbatim, width: int) -> list[int]:
    """Of the words sought, each as often as it is, how many stand among the `width` tokens from each one on."""
    forms = [token.folded for token in text.tokens]
    held: Counter[str] = Counter()
    counts, shared = [], 0
    for at in range(1 - width, len(forms)):
        entering = at + width - 1
        if entering < len(forms) and (form := forms[entering]) in sought:
            shared += held[form] < sought[form]
            held[form] += 1
        if at >= 0:
            counts.append(shared)
            if (form := forms[at]) in sought:
                held[form] -= 1
                shared -= held[form] < sought[form]
    return counts


def _borders(pattern: Pattern) -> set[int]:
    """The places among the words where the quotation says that something is left out."""
    return set(accumulate(len(piece) for piece in pattern.pieces[:-1]))


def _left_out(pattern: Pattern, blocks: Sequence[Match]) -> int:
    """How many words of the run lie where the quotation says that something is left out."""
    borders = _borders(pattern)
    pairs = pairwise(blocks)
    return sum(two.b - one.b - one.size for one, two in pairs if two.a == one.a + one.size and two.a in borders)


def _changes(pattern: Pattern, run: Sequence[Token], claim: str, article: str) -> tuple[Change, ...]:
    """What reads otherwise, but for what the quotation says is left out."""
    words, borders = pattern.words, _borders(pattern)
    own = [wanted.forms[0].casefold() for wanted in words]
    changes = []
    for kind, low, high, first, last in _matcher(own, [token.folded for token in run]).get_opcodes():
        if kind == "equal":
            pairs = zip(words[low:high], run[first:last], strict=True)
            changes += [_change([w.token], [token], claim, article) for w, token in pairs if not w.meets(token)]
        elif kind != "insert" or low not in borders:
            changes.append(_change([w.token for w in words[low:high]], run[first:last], claim, article))
    return tuple(changes)


def _widened(run: Run, before: int, after: int, text: Verbatim, article: str) -> Run:
    """With as many words at either end as the quotation has more there, of the same quotation and sentence."""
    start, end = run.start, run.end
    while before and start and _goes_on(start - 1, text, article) and _same_place(start - 1, start, text):
        start, before = start - 1, before - 1
    while after and end < len(text.tokens) and _goes_on(end - 1, text, article) and _same_place(end - 1, end, text):
        end, after = end + 1, after - 1
    return Run(start, end)


def _same_place(one: int, other: int, text: Verbatim) -> bool:
    return text.quotation[one] == text.quotation[other] and text.paragraph[one] == text.paragraph[other]


def _goes_on(at: int, text: Verbatim, article: str) -> bool:
    """Whether no sentence ends between this token and the next."""
    marks = _MARKS_AT_AN_END.finditer(article, text.tokens[at].end, text.tokens[at + 1].start + 1)
    return not any(any(map(str.isspace, run[0])) for run in marks)


def _matcher(one: Sequence[str], other: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, one, other, autojunk=False)


def _change(own: Sequence[Token], other: Sequence[Token], claim: str, article: str) -> Change:
    here, there = _span(own), _span(other)
    return Change(
        here, claim[here.start : here.end] if here else "", there, article[there.start : there.end] if there else ""
    )


def _span(tokens: Sequence[Token]) -> Span | None:
    return Span(tokens[0].start, tokens[-1].end) if tokens else None
