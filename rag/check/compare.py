"""A claim and one sentence -> what in them agrees and differs, and which way the sentence speaks of the claim.

A sentence speaks for a claim where it holds all that the claim says and nothing differs; against it, where it holds all
but what differs. Whatever is less clear speaks neither way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.check.context import NAMED, Around, found_around
from rag.check.elsewhere import in_another_clause, in_its_clause, names_of_others, titles_of_others
from rag.check.lexicon import is_limiting
from rag.check.match import Match, match_words
from rag.check.names import Renamed, name_runs, renamed, roles_unclear
from rag.check.quantities import Compared, Span, compare_dates, compare_figures, compare_numbers
from rag.check.reading import Reading, Token, read_text
from rag.check.turns import Turn, degrees, denied, opposite_words
from rag.text.align import Aligner
from rag.text.ends import marks_start
from rag.types import FindingKind, Stance

# The share of the claim's words that may be missing where a sentence speaks for it or against it.
_MISSING = 0.15
# So much of the claim must be in the sentence itself; the rest may be in what stands before it.
_OWN = 0.5
_IN_CONTEXT = 0.8
# So many words of its own, in one order, make a sentence the one that a claim repeats.
REPEATED = 4
_WEIGHTS = {"name": 1.5, "noun": 1.0, "other": 1.0, "number": 1.0, "function": 0.0}
# What such a claim tells of may have happened more than once.
_ANY = frozenset("ein eine einen einem einer einige mehrere viele manche a an some several many another".split())
# "Das erste Schiff lief am 1. aus" says nothing of the last one.
_ONE_OF_A_ROW = ("erst", "letzt", "first", "last", "ältest", "jüngst", "oldest", "youngest")
_ANOTHER_TIME = 400  # days: what happened so much earlier or later happened another time


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that claim and sentence both speak of; spans are characters of each, None where it is not said."""

    kind: FindingKind
    agrees: bool
    claim: Span | None
    source: Span | None


@dataclass(frozen=True, slots=True)
class Exact:
    """What no judge may overrule: a number or date that `differs`, one that is `lacking` here and around, a name too.

    `asks`: the sentence is a question, and says nothing.
    """

    differs: bool = False
    lacking: bool = False
    unnamed: bool = False
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which way a sentence speaks of a claim. `bearing` is the share of the claim that it speaks of, 0 to 1.

    `repeats`: the claim says it in the same words. `named`: it holds, or refers back to, someone whom the claim names.
    `exact` is what can be told for sure, `differing` the numbers and dates that surely differ, whatever it is about.
    """

    stance: Stance
    bearing: float
    found: tuple[Found, ...]
    repeats: bool = False
    named: bool = False
    exact: Exact = Exact()
    differing: tuple[Found, ...] = ()


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
    article: str | None = None,
    published: date | None = None,
) -> Comparison:
    """Compares a claim with a sentence; `before` are those before it in the `article`, the nearest first."""

    def read(text: str) -> Reading:
        return read_text(text, language=language, anchor=published)

    match = match_words(claimed.reading, read(sentence), claimed.aligner)
    around = Around([read(text) for text in before], read(title) if title else None, article)
    repeats = _repeats(match)
    quantities = [*compare_numbers(match), *compare_dates(match), *compare_figures(match)]
    if not repeats:
        quantities = [in_its_clause(match, one) for one in quantities]
    turns = [*opposite_words(match), *denied(match), *degrees(match)]
    context = found_around(match, claimed.aligner, around)
    turned = {turn.claim for turn in turns if turn.claim is not None}
    elsewhere = titles_of_others(match) | names_of_others(match)
    elsewhere |= frozenset() if repeats else in_another_clause(match)
    unknown = elsewhere | frozenset(
        at
        for at, token in enumerate(claimed.reading.tokens)
        if token.content and at not in match.pairs and at not in context and at not in turned
    )
    unknown -= {at for one in quantities if one.source for at in claimed.reading.covered(*one.claim)}
    names = renamed(match, unknown)
    unknown -= {at for one in names for at in one.claim}
    spoken = turned | {at for one in names for at in one.claim}
    shares = _Shares.of(match, context, unknown, quantities, spoken - match.pairs.keys())
    compared = _Compared(match, quantities, turns, names, unknown, shares, repeats)
    stance = _stance(compared)
    exact = _exact(match, quantities, claimed.aligner, [read(text) for text in (*before, title or "") if text])
    named = any(run[-1] in match.pairs or run[-1] in context for run in name_runs(match.claim))
    differing = tuple(Found(one.kind, False, one.claim, one.source) for one in quantities if one.outcome == "differs")
    if stance == "neither" and not _is_about_it(compared):
        return Comparison(stance, shares.bearing, (), repeats, named, exact, differing)
    found = [
        *(Found(one.kind, one.outcome == "agrees", one.claim, one.source) for one in quantities if _tells(one)),
        *(_turn_found(match, turn) for turn in turns),
        *(Found("name", False, _span(match.claim, one.claim), _span(match.sentence, one.source)) for one in names),
        *_same_names(match),
    ]
    told = tuple(one for one in found if one.agrees or stance != "for")
    return Comparison(stance, shares.bearing, told, repeats, named, exact, differing)


def _exact(match: Match, quantities: Sequence[Compared], aligner: Aligner, around: Sequence[Reading]) -> Exact:
    """What is told for sure; the names and numbers may stand in what is before the sentence, or in the title."""
    rows = [aligner.row(one.text, language=match.sentence.language) for one in around]
    claim, readings = match.claim, [match.sentence, *around]
    values = {number.value for reading in readings for number in reading.numbers}
    days = [day for reading in readings for day in reading.dates]
    lacking = any(number.value not in values for number in claim.numbers)
    lacking |= any(not any(one.agrees(day) for day in days) for one in claim.dates)
    return Exact(
        differs=any(one.outcome == "differs" for one in quantities),
        lacking=lacking,
        unnamed=any(
            token.kind == "name"
            and token.content
            and not token.measured
            and at not in match.pairs
            and not any(row[at] >= NAMED for row in rows)
            for at, token in enumerate(claim.tokens)
        ),
        asks=_asks(match.sentence.text),
    )


def _tells(one: Compared) -> bool:
    return one.source is not None and one.outcome != "open"


def _repeats(match: Match) -> bool:
    """Whether the claim says it in the sentence's own words, but for one thing or two."""
    tokens = match.claim.tokens
    content = [at for at, token in enumerate(tokens) if token.content]
    same = [at for at in content if at in match.anchors]
    if any(tokens[at].kind == "name" and at in match.pairs and at not in match.anchors for at in content):
        return False  # in another place, it may have another role
    if len(same) < REPEATED or len(content) - len(same) > _left_out(len(content)):
        return False
    places = [match.anchors[at] for at in same]
    span = range(min(places), max(places) + 1)
    skipped = [at for at in span if at not in match.matched and match.sentence.tokens[at].content]
    return len(skipped) <= _left_out(len(span))


def _left_out(of: int) -> int:
    return max(2, of // 5)


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
    repeats: bool

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


def _asks(sentence: str) -> bool:
    return sentence[: marks_start(sentence, '"“”»«)')].endswith("?")


def _is_about_it(compared: _Compared) -> bool:
    """Whether the sentence tells something of the claim's topic by itself, and each name has its role."""
    match, tokens = compared.match, compared.match.claim.tokens
    return (
        not _asks(match.sentence.text)
        and compared.shares.own >= _OWN
        and (compared.repeats or not roles_unclear(match))
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
        and compared.shares.missing <= _MISSING
    )


def _holds_the_rest(compared: _Compared) -> bool:
    """Whether the sentence holds what the claim says but for what surely differs, of the same event."""
    match, quantities = compared.match, compared.quantities
    same_event = any(one.outcome == "agrees" for one in quantities)
    differing = [one for one in quantities if one.outcome == "differs"]
    if not all(turn.sure or (turn.kind == "direction" and same_event) for turn in compared.turns):
        return False
    if compared.shares.missing > _MISSING or compared.some_open:
        return False
    kinds = {turn.kind for turn in compared.turns}
    if kinds >= {"direction", "negation"} or (differing and "negation" in kinds):  # what is denied may differ
        return False
    if compared.names and (compared.unknown or len(compared.names) > 1 or differing or not same_event):
        return False
    return compared.repeats or not (differing and _may_be_another_event(match, compared.turns, differing))


def _may_be_another_event(match: Match, turns: Sequence[Turn], differing: Sequence[Compared]) -> bool:
    """Whether the claim may tell of another event than the sentence: any such, one of a row, one at another time."""
    tokens = match.claim.tokens
    if tokens[0].text.casefold() in _ANY:
        return True
    if any(turn.claim is not None and tokens[turn.claim].text.lower().startswith(_ONE_OF_A_ROW) for turn in turns):
        return True
    if any(one.kind == "number" and not _is_number(match, one) for one in differing):
        return True
    return any(one.kind == "date" and _is_another_time(match, one) for one in differing)


def _is_number(match: Match, one: Compared) -> bool:
    """Whether it is a quantity, not a score, an ordinal or a time of day."""
    return any(number.start < one.claim[1] and one.claim[0] < number.end for number in match.claim.numbers)


def _is_another_time(match: Match, one: Compared) -> bool:
    mine = next((day.first for day in match.claim.dates if (day.start, day.end) == one.claim), None)
    theirs = next((day.first for day in match.sentence.dates if (day.start, day.end) == one.source), None)
    return mine is not None and theirs is not None and abs((mine - theirs).days) > _ANOTHER_TIME


def _holds_predicate(match: Match, turns: Sequence[Turn]) -> bool:
    """Whether the sentence itself says what the claim does of its topic: one of its verbs.

    Of a claim without any ("X ist Y"), it must hold its names and nouns in one clause.
    """
    tokens, others = match.claim.tokens, match.sentence.tokens
    turned = {turn.claim for turn in turns}
    telling = [at for at, token in enumerate(tokens) if token.content and token.kind == "other"]
    if telling:
        return any(at in match.pairs or at in turned for at in telling)
    held = [others[match.pairs[at]].clause for at, token in enumerate(tokens) if token.content and at in match.pairs]
    return len(set(held)) <= 1


def _is_replaced(match: Match, place: int) -> bool:
    """Whether the sentence has something else in that word's place, or the word is a noun that the sentence lacks."""
    tokens = match.sentence.tokens
    return match.claim.tokens[place].kind != "other" or any(
        tokens[at].content and at not in match.matched for at in match.opposite(place)
    )


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
