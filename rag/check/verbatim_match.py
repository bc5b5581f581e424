"""A quotation among the words of an article: word for word, or the run of words that comes closest to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
_SENTENCE_ENDS = re.compile(r"[.!?]\W*\s")


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


def find_exact(pattern: Pattern, text: Verbatim) -> Iterator[Run]:
    """Every run that has the words of the quotation, each piece whole, within one paragraph."""
    for start in range(len(text.tokens)):
        end = _match(pattern.pieces, text, start)
        if end is not None:
            yield Run(start, end)


def find_closest(pattern: Pattern, text: Verbatim, *, claim: str, article: str) -> Iterator[Close]:
    """The runs that have most of the words, at most a few, without those that have none in common."""
    words = pattern.words
    for low, high in _windows(pattern, text):
        own = [wanted.forms[0].casefold() for wanted in words]
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


def _match(pieces: Sequence[Sequence[Wanted]], text: Verbatim, start: int) -> int | None:
    """Where the match ends that begins there; None where there is none."""
    end = _match_piece(pieces[0], text, start) if pieces else None
    if end is None or len(pieces) == 1:
        return end
    for at in range(end, min(end + _LONGEST_GAP, len(text.tokens))):
        if text.paragraph[at] != text.paragraph[start]:
            return None
        if (last := _match(pieces[1:], text, at)) is not None:
            return last
    return None


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


def _windows(pattern: Pattern, text: Verbatim) -> Iterator[tuple[int, int]]:
    """Stretches of the article that have most of the words, best first, no two of which overlap by half."""
    words = pattern.words
    width = 2 * len(words) + (_LONGEST_GAP if len(pattern.pieces) > 1 else 0)
    sought = {form.casefold() for wanted in words for form in wanted.forms}
    sums = [0, *accumulate(token.folded in sought for token in text.tokens)]
    counts = [(sums[min(at + width, len(sums) - 1)] - sums[at], at) for at in range(len(text.tokens))]
    taken: list[int] = []
    for count, at in sorted(counts, key=lambda one: (-one[0], one[1])):
        if count < len(words) / 2 or len(taken) == _MOST_WINDOWS:
            return
        if all(abs(at - other) > len(words) // 2 for other in taken):
            taken.append(at)
            yield at, min(at + width, len(text.tokens))


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
    return not _SENTENCE_ENDS.search(article, text.tokens[at].end, text.tokens[at + 1].start + 1)


def _matcher(one: Sequence[str], other: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, one, other, autojunk=False)


def _change(own: Sequence[Token], other: Sequence[Token], claim: str, article: str) -> Change:
    here, there = _span(own), _span(other)
    return Change(
        here, claim[here.start : here.end] if here else "", there, article[there.start : there.end] if there else ""
    )


def _span(tokens: Sequence[Token]) -> Span | None:
    return Span(tokens[0].start, tokens[-1].end) if tokens else None
