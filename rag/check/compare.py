"""A claim and one sentence -> what in them agrees and differs, and which way the sentence speaks of the claim.

A sentence speaks for a claim where it holds all that the claim says and nothing differs; against it, where it holds all
but what differs. Whatever is less clear speaks neither way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.check.lexicon import is_limiting
from rag.check.match import Match, match_words
from rag.check.names import Renamed, name_runs, names_change_places, renamed, shortened, without_preposition
from rag.check.quantities import Compared, Span, compare_dates, compare_figures, compare_numbers
from rag.check.reading import Reading, Token, read_text
from rag.check.turns import Turn, degrees, denied, opposite_words
from rag.text.align import Aligner
from rag.types import FindingKind, Stance

# The share of the claim's words that may be missing where a sentence speaks for it, and where it speaks against it.
_MISSING_FOR = 0.15
_MISSING_AGAINST = 0.15
# So much of what is found must be in the sentence itself; the rest may be in what stands before it.
_OWN = 0.5
_IN_CONTEXT = 0.8
# Another name in the same place is another event, unless so many words are the same in the same order.
_SAME_SENTENCE = 6
# How well a word has to be found in what stands around (`rag.text.align.Aligner`).
NAMED = 0.72
_WEIGHTS = {"name": 1.5, "noun": 1.0, "other": 1.0, "number": 1.0, "function": 0.0}
_QUESTION = re.compile(r"\?[\"“”»«)\s]*$")


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that claim and sentence both speak of; spans are characters of each, None where it is not said."""

    kind: FindingKind
    agrees: bool
    claim: Span | None
    source: Span | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which way a sentence speaks of a claim. `bearing` is the share of the claim that it speaks of, 0 to 1."""

    stance: Stance
    bearing: float
    found: tuple[Found, ...]


class Claimed:
    """A claim, ready to be compared with many sentences."""

    def __init__(self, text: str, *, language: str) -> None:
        self.reading = read_text(text, language=language)
        self.aligner = Aligner([token.text for token in self.reading.tokens], language=self.reading.language)


def compare(
    claimed: Claimed,
    sentence: str,
    *,
    language: str | None,
    before: Sequence[str] = (),
    title: str | None = None,
    published: date | None = None,
) -> Comparison:
    """Compares a claim with a sentence; `before` are those before it, the nearest first, which hold its topic."""
    theirs = read_text(sentence, language=language, anchor=published)
    match = match_words(claimed.reading, theirs, claimed.aligner)
    around = [read_text(text, language=language, anchor=published) for text in before]
    days = [day for one in around for day in one.dates]
    quantities = [*compare_numbers(match), *compare_dates(match, days), *compare_figures(match)]
    turns = [*opposite_words(match), *denied(match), *degrees(match)]
    context = _in_context(claimed, match, around, title) | shortened(match)
    turned = {turn.claim for turn in turns if turn.claim is not None}
    unknown = frozenset(
        at
        for at, token in enumerate(claimed.reading.tokens)
        if token.content and at not in match.pairs and at not in context and at not in turned
    )
    unknown -= {at for one in quantities if one.source for at in claimed.reading.covered(*one.claim)}
    names = renamed(match, unknown)
    unknown -= {at for one in names for at in one.claim}
    spoken = turned | {at for one in names for at in one.claim}
    shares = _Shares.of(match, context, unknown, quantities, spoken - match.pairs.keys())
    compared = _Compared(match, quantities, turns, names, unknown, shares)
    stance = _stance(compared)
    if stance == "neither" and not _is_about_it(compared):
        return Comparison(stance, shares.bearing, ())
    found = [
        *(Found(one.kind, one.outcome == "agrees", one.claim, one.source) for one in quantities if one.source),
        *(_turn_found(match, turn) for turn in turns),
        *(Found("name", False, _span(match.claim, one.claim), _span(match.sentence, one.source)) for one in names),
        *_same_names(match),
    ]
    return Comparison(stance, shares.bearing, tuple(one for one in found if one.agrees or stance != "for"))


@dataclass(frozen=True, slots=True)
class _Shares:
    """Of the claim's weight: what the sentence holds itself, what it speaks of in any way, and what is missing."""

    own: float
    bearing: float
    missing: float

    @classmethod
    def of(
        cls,
        match: Match,
        context: frozenset[int],
        unknown: frozenset[int],
        quantities: Sequence[Compared],
        turned: set[int],
    ) -> _Shares:
        weights = [_weight(token) for token in match.claim.tokens]
        total = sum(weights) + len(quantities) or 1.0
        spoken = sum(one.outcome != "open" for one in quantities)
        own = sum(weights[at] for at in (*match.pairs, *turned)) + spoken
        around = sum(weights[at] for at in context) * _IN_CONTEXT
        missing = sum(weights[at] for at in unknown)
        return cls(own / total, max(0.0, min(1.0, (own + around) / total)), missing / total)


def _weight(token: Token) -> float:
    return _WEIGHTS[token.kind] if token.content else 0.0


@dataclass(frozen=True, slots=True)
class _Compared:
    """All that a claim and a sentence were compared in. `unknown` are the claim's words that are found nowhere."""

    match: Match
    quantities: Sequence[Compared]
    turns: Sequence[Turn]
    names: Sequence[Renamed]
    unknown: frozenset[int]
    shares: _Shares

    @property
    def differs(self) -> bool:
        return bool(self.turns or self.names or any(one.outcome == "differs" for one in self.quantities))

    @property
    def some_open(self) -> bool:
        return any(one.outcome == "open" for one in self.quantities)


def _stance(compared: _Compared) -> Stance:
    if not _is_about_it(compared):
        return "neither"
    if not compared.differs:
        return "for" if _holds_all(compared) else "neither"
    return "against" if _holds_the_rest(compared) else "neither"


def _is_about_it(compared: _Compared) -> bool:
    """Whether the sentence tells something of the claim's topic by itself, and each name has its role."""
    match, tokens = compared.match, compared.match.claim.tokens
    return (
        not _QUESTION.search(match.sentence.text)
        and compared.shares.own >= _OWN
        and not names_change_places(match)
        and not any(tokens[at].kind == "name" for at in compared.unknown)
        and _holds_predicate(match, compared.turns)
    )


def _holds_all(compared: _Compared) -> bool:
    """Whether nothing that the claim says is missing but a verb or the like, in whose place nothing else stands."""
    claim, sentence = compared.match.claim, compared.match.sentence
    held = {token.key for token in sentence.tokens}
    return (
        not compared.some_open
        and not any(is_limiting(t.text, language=claim.language) and t.key not in held for t in claim.tokens)
        and not any(_is_replaced(compared.match, at) for at in compared.unknown)
        and compared.shares.missing <= _MISSING_FOR
    )


def _holds_the_rest(compared: _Compared) -> bool:
    """Whether the sentence holds what the claim says but for what surely differs."""
    same_event = any(one.outcome == "agrees" for one in compared.quantities)
    if not all(turn.sure or (turn.kind == "direction" and same_event) for turn in compared.turns):
        return False
    if compared.shares.missing > _MISSING_AGAINST:
        return False
    if {turn.kind for turn in compared.turns} >= {"direction", "negation"}:  # "stieg nicht" and "sank" may be the same
        return False
    if compared.names and not (same_event or len(compared.match.anchors) >= _SAME_SENTENCE):
        return False
    others_differ = any(one.outcome != "agrees" for one in compared.quantities)
    if compared.names and (compared.unknown or len(compared.names) > 1 or others_differ):
        return False
    return not compared.some_open


def _holds_predicate(match: Match, turns: Sequence[Turn]) -> bool:
    """Whether the sentence itself says what the claim does of its topic: one of its verbs, else one of its nouns."""
    tokens = match.claim.tokens
    telling = [at for at, token in enumerate(tokens) if token.content and token.kind == "other"]
    telling = telling or [at for at, token in enumerate(tokens) if token.content]
    turned = {turn.claim for turn in turns}
    return not telling or any(at in match.pairs or at in turned for at in telling)


def _is_replaced(match: Match, place: int) -> bool:
    """Whether the sentence has something else in that word's place, or the word is a noun that the sentence lacks."""
    tokens = match.sentence.tokens
    return match.claim.tokens[place].kind != "other" or any(
        tokens[at].content and at not in match.matched for at in match.opposite(place)
    )


def _in_context(claimed: Claimed, match: Match, around: Sequence[Reading], title: str | None) -> frozenset[int]:
    """The claim's words that stand not in the sentence but before it.

    A name that may do or suffer what is told, only where the sentence names nobody else that it may speak of, and the
    nearest sentence that names anyone names it, or else the title. Of a name, its last word is enough.
    """
    claim, language = match.claim, match.sentence.language
    texts = [reading.text for reading in around] + ([title] if title else [])
    if not texts:
        return frozenset()
    held = [claimed.aligner.row(text, language=language) >= NAMED for text in texts]
    anywhere = frozenset(int(at) for row in held for at in row.nonzero()[0])
    found = {at for at in anywhere if claim.tokens[at].content and claim.tokens[at].kind != "name"}
    rivals = [at for at in without_preposition(match.sentence) if at not in match.matched]
    naming = next((n for n, reading in enumerate(around) if without_preposition(reading)), len(texts) - 1)
    bare = set(without_preposition(claim))
    for run in name_runs(claim):
        last = run[-1]
        if last in match.pairs:
            continue
        if last in anywhere if last not in bare else not rivals and held[naming][last]:
            found |= set(run)
    return frozenset(found - match.pairs.keys())


def _turn_found(match: Match, turn: Turn) -> Found:
    mine = None if turn.claim is None else match.claim.tokens[turn.claim]
    theirs = None if turn.source is None else match.sentence.tokens[turn.source]
    return Found(turn.kind, False, _place(mine), _place(theirs))


def _place(token: Token | None) -> Span | None:
    return (token.start, token.end) if token else None


def _same_names(match: Match) -> list[Found]:
    return [
        Found("name", True, (mine.start, mine.end), (theirs.start, theirs.end))
        for at, other in sorted(match.pairs.items())
        if (mine := match.claim.tokens[at]).kind == "name" and not mine.measured
        for theirs in [match.sentence.tokens[other]]
    ]


def _span(reading: Reading, places: range) -> Span:
    return reading.tokens[places[0]].start, reading.tokens[places[-1]].end
