"""The numbers and dates of a claim against those that a sentence has in their place: agreeing, differing, or open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from rag.check.match import Match
from rag.check.reading import Reading
from rag.text.ages import is_age
from rag.text.dates import DateMention
from rag.text.function_words import DETERMINERS
from rag.text.numbers import Number, limited_start
from rag.text.units import measures, scales, units
from rag.types import FindingKind

Outcome = Literal["agrees", "differs", "open"]
Span = tuple[int, int]

# "rund 25" may be 23 or 27.
_ABOUT = Decimal("0.1")
_LONGEST_WORD = 40
# Units of one kind that are no multiple of one another by themselves, as CLDR does not have them.
_PERCENT = frozenset({"%", "permille", "prozentpunkt", "percentage point"})
# The number itself is none of "mehr als 25" and "fast 25", but one of "mindestens 25" and "bis zu 25".
_REACHED = re.compile(
    r"mindestens|wenigstens|zumindest|(?:nicht|no|not) \w+ (?:als|than)|ab|höchstens|maximal|bis zu|at (?:least|most)|"
    r"a (?:min|max)imum of|up to|upwards of",
    re.IGNORECASE,
)
# "Vor dem 29. Juli" is not "am 29. Juli".
_RELATIONS = {
    "de": frozenset("vor nach seit bis ab".split()),
    "en": frozenset("before after since until till by from".split()),
}
_BEFORE_DATE = re.compile(r"([^\W\d_]+)\W*$")
# By SI and the calendar: so many of the first unit named.
_FACTORS: dict[str, tuple[str, Decimal]] = {
    name: (base, Decimal(factor))
    for base, several in (
        ("second", {"second": "1", "minute": "60", "hour": "3600", "day": "86400", "week": "604800"}),
        ("month", {"month": "1", "quarter": "3", "year": "12", "decade": "120", "century": "1200"}),
        ("meter", {"millimeter": "0.001", "centimeter": "0.01", "meter": "1", "kilometer": "1000"}),
        ("gram", {"milligram": "0.001", "gram": "1", "kilogram": "1000", "tonne": "1000000"}),
    )
    for name, factor in several.items()
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A quantity or time of a claim, and what the sentence says in its place; `source` is None where it says nothing.

    Spans are characters, of the claim and of the sentence. `open`: neither agreeing nor differing is sure.
    """

    kind: FindingKind
    outcome: Outcome
    claim: Span
    source: Span | None


def compare_numbers(match: Match) -> list[Compared]:
    """Each number of the claim with the one of the sentence that stands in its place."""
    compared: list[Compared] = []
    for number in match.claim.numbers:
        span = _number_span(match.claim.text, number, match.claim.language)
        rival, sure = _number_in_place(match, number)
        if rival is None:
            compared.append(Compared("number", "open", span, None))
            continue
        source = _number_span(match.sentence.text, rival, match.sentence.language)
        outcome = _numbers_outcome(number, rival, same=match.claim.language == match.sentence.language)
        if outcome == "agrees" and number.value == rival.value and _leaves_out(match, span, number, rival):
            outcome = "open"
        if _same_words(match, span, source):
            outcome = "agrees"
        if outcome == "differs" and not sure:
            outcome = "open"
        compared.append(Compared("number", outcome, span, source))
    return compared


def compare_dates(match: Match) -> list[Compared]:
    """Each date of the claim with that of the sentence in its place."""
    compared: list[Compared] = []
    for day in match.claim.dates:
        mine = day.start, day.end
        rival = _date_in_place(match, day)
        if rival is None:
            compared.append(Compared("date", "open", mine, None))
            continue
        theirs = rival.start, rival.end
        outcome = "agrees" if _same_words(match, mine, theirs) else _dates_outcome(day, rival)
        if outcome == "agrees" and _relation(match.claim, day) != _relation(match.sentence, rival):
            outcome = "open"
        compared.append(Compared("date", outcome, mine, theirs))
    return compared


def compare_figures(match: Match) -> list[Compared]:
    """What else is in digits, such as ordinals and times of day, and units that no number stands before."""
    compared: list[Compared] = []
    tokens, others = match.claim.tokens, match.sentence.tokens
    for place, token in enumerate(tokens):
        if place in match.pairs or token.measured:
            continue
        unit = _unit(token.text, match.claim.language)
        if not token.text[0].isdigit() and unit is None:
            continue
        there = [at for at in match.opposite(place) if at not in match.matched]
        if unit is None:
            alike = [at for at in there if others[at].text[0].isdigit() and not others[at].measured]
        else:
            alike = [at for at in there if _of_one_kind(unit, _unit(others[at].text, match.sentence.language))]
        mine = token.start, token.end
        if len(alike) == 1 and (unit is None or unit != _unit(others[alike[0]].text, match.sentence.language)):
            compared.append(Compared("number", "differs", mine, (others[alike[0]].start, others[alike[0]].end)))
        elif token.text[0].isdigit():
            compared.append(Compared("number", "open", mine, None))
    return compared


def _unit(word: str, language: str) -> str | None:
    folded = word.casefold()
    scale = scales(language).get(folded) or scales(language).get(folded.removesuffix("en"))
    return f"10^{scale.adjusted()}" if scale else units(language).get(folded)


def _of_one_kind(unit: str, other: str | None) -> bool:
    if other is None:
        return False
    if unit.startswith("10^") or other.startswith("10^"):
        return unit.startswith("10^") and other.startswith("10^")
    return bool(measures().get(unit, frozenset()) & measures().get(other, frozenset()))


def _same_words(match: Match, mine: Span, theirs: Span) -> bool:
    """Whether both say it in the same words: "am Montag" has no day of its own in a claim."""
    return match.claim.text[slice(*mine)].casefold() == match.sentence.text[slice(*theirs)].casefold()


def _number_span(text: str, number: Number, language: str) -> Span:
    return limited_start(text, number.unit_start, language=language), number.unit_end


def _number_in_place(match: Match, number: Number) -> tuple[Number | None, bool]:
    """The number that stands where the claim's does, and whether that is sure: of several, its clause tells."""
    alike = [other for other in match.sentence.numbers if _same_kind(match, number, other)]
    if len(alike) == 1:
        return alike[0], _is_opposite(match, number, alike[0]) or _shares_clause(match, alike[0].start)
    best = _best_clause(match, alike, (number.start, number.end))
    if best is not None:
        return best, _is_opposite(match, number, best)
    there = [other for other in alike if _is_opposite(match, number, other)]
    equal = [other for other in alike if _numbers_outcome(number, other, same=True) == "agrees"]
    if len(there) == 1:
        return there[0], True
    return (equal[0], False) if len(equal) == 1 else (None, False)


def _leaves_out(match: Match, span: Span, number: Number, rival: Number) -> bool:
    """Whether a number that is limited in the claim alone leaves out that number itself: "mehr als 25" is not 25."""
    limit = match.claim.text[span[0] : number.unit_start].strip()
    return number.bound in ("at least", "at most") and rival.bound is None and not _REACHED.fullmatch(limit)


def _relation(reading: Reading, day: DateMention) -> str | None:
    """The word before a date by which it is not that day itself: "vor dem", "seit", "until"."""
    end = day.start
    while before := _BEFORE_DATE.search(reading.text, max(0, end - _LONGEST_WORD), end):
        word = before[1].casefold()
        if word not in DETERMINERS[reading.language] | {"zu", "zum", "zur"}:
            return word if word in _RELATIONS[reading.language] else None
        end = before.start()
    return None


def _is_opposite(match: Match, number: Number, other: Number) -> bool:
    return _covers(match, _opposite(match, (number.unit_start, number.unit_end)), other)


def _date_in_place(match: Match, day: DateMention) -> DateMention | None:
    dates = match.sentence.dates
    agreeing = [other for other in dates if _dates_outcome(day, other) == "agrees"]
    opposite = _opposite(match, (day.start, day.end))
    there = [other for other in dates if _covers(match, opposite, other)]
    if len(there) == 1:
        return there[0]
    if len(agreeing) == 1:
        return agreeing[0]
    if len(dates) == 1 and _shares_clause(match, dates[0].start):
        return dates[0]
    return None


def _opposite(match: Match, span: Span) -> range:
    """The sentence's tokens where the claim has these characters."""
    covered = match.claim.covered(*span)
    if not covered:
        return range(0)
    inside = [match.anchors[at] for at in covered if at in match.anchors]
    first, last = match.opposite(covered[0]), match.opposite(covered[-1])
    places = [*first, *last, *inside]
    return range(min(places), max(places) + 1) if places else range(0)


def _covers(match: Match, places: range, mention: Number | DateMention) -> bool:
    """Whether any of these tokens of the sentence belongs to the number or date."""
    end = mention.unit_end if isinstance(mention, Number) else mention.end
    covered = match.sentence.covered(mention.start, end)
    return bool(covered) and bool(set(covered) & set(places))


def _shares_clause(match: Match, start: int) -> bool:
    """Whether the clause there holds a word of the claim, or the sentence is one clause."""
    tokens = match.sentence.tokens
    covered = match.sentence.covered(start, start + 1)
    if not covered:
        return False
    clause = tokens[covered[0]].clause
    return any(tokens[at].clause == clause and tokens[at].content for at in match.matched) or tokens[-1].clause == 0


def _best_clause(match: Match, numbers: Sequence[Number], own: Span) -> Number | None:
    """The number whose clause holds the most words of the claim's own clause; None for a tie."""
    covered = match.claim.covered(*own)
    if not covered or not numbers:
        return None
    mine = match.claim.tokens[covered[0]].clause
    held = []
    for number in numbers:
        there = match.sentence.covered(number.start, number.end)
        clause = match.sentence.tokens[there[0]].clause if there else -1
        count = sum(
            match.claim.tokens[a].clause == mine and match.sentence.tokens[b].clause == clause
            for a, b in match.pairs.items()
            if match.claim.tokens[a].content
        )
        held.append((count, number))
    best = max(count for count, _ in held)
    first = [number for count, number in held if count == best]
    return first[0] if len(first) == 1 else None


def _same_kind(match: Match, one: Number, other: Number) -> bool:
    """Whether both count or measure the same kind of thing: units of one dimension, the same noun, or one unknown.

    How old someone is, is no other number of years.
    """
    if is_age(match.claim.text, one) != is_age(match.sentence.text, other):
        return False
    if one.unit is None or other.unit is None:
        known = one.unit or other.unit or ""
        return not measures().get(known)  # "acht" is no other number of grams
    if one.unit == other.unit:
        return True
    if one.unit in _PERCENT and other.unit in _PERCENT:
        return True
    return bool(measures().get(one.unit, frozenset()) & measures().get(other.unit, frozenset()))


def _numbers_outcome(claim: Number, source: Number, *, same: bool) -> Outcome:
    """Whether the source's number bears the claim's out: its range lies in the claim's, outside of it, or neither."""
    if claim.unit != source.unit:
        if claim.unit is None or source.unit is None:
            pass
        elif claim.unit in _FACTORS and source.unit in _FACTORS:
            (base, factor), (other, scale) = _FACTORS[claim.unit], _FACTORS[source.unit]
            if base != other:
                return "open" if claim.value != source.value else "differs"
            return _ranges_outcome(_in_base(claim, factor), _in_base(source, scale))
        elif measures().get(claim.unit) and measures().get(source.unit):
            return "differs" if claim.value == source.value else "open"
        elif claim.unit in _PERCENT and source.unit in _PERCENT:
            return "differs"
        elif same:
            return "open"
    return _ranges_outcome(claim, source)


def _in_base(number: Number, factor: Decimal) -> Number:
    return replace(number, value=number.value * factor)


def _ranges_outcome(claim: Number, source: Number) -> Outcome:
    """Of two numbers in one unit."""
    if claim.value == source.value and claim.bound in (None, "about", source.bound):
        return "agrees"
    if _rounds_to(source.value, claim.value):
        return "agrees"
    if claim.bound and claim.bound == source.bound:  # "mehr als 40" and "mehr als 20" may both be true
        return "differs" if claim.bound == "about" else "open"
    (least, most), (low, high) = _range(claim), _range(source)
    if least <= low and high <= most:
        return "agrees"
    return "differs" if most < low or high < least else "open"


def _range(number: Number) -> tuple[Decimal, Decimal]:
    low = high = number.value
    if number.bound == "about":
        return low - abs(low) * _ABOUT, high + abs(high) * _ABOUT
    if number.bound == "at least":
        return low, Decimal("Infinity")
    return (Decimal("-Infinity"), high) if number.bound == "at most" else (low, high)


def _rounds_to(value: Decimal, rounded: Decimal) -> bool:
    """Whether a number with fewer decimals is the other one rounded: 5,7 for 5,68."""
    exponent = rounded.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= 0:
        return False
    return value != rounded and value.quantize(rounded) == rounded


def _dates_outcome(claim: DateMention, source: DateMention) -> Outcome:
    """Agreeing, where the source's days lie in the claim's; differing, where none can be the same."""
    if claim.first and claim.last and source.first and source.last:
        if claim.first <= source.first and source.last <= claim.last:
            return "agrees"
        return "differs" if source.last < claim.first or claim.last < source.first else "open"
    if not claim.agrees(source):
        return "differs"
    if claim.month and source.month and claim.month == source.month and claim.day == source.day:
        return "agrees" if claim.first is None else "open"
    return _month_outcome(claim, source)


def _month_outcome(claim: DateMention, source: DateMention) -> Outcome:
    """Of a claim that names a month, or a part of it, without a year, and days of a known one."""
    first, last = source.first, source.last or source.first
    if claim.first or claim.day or not (first and last) or not first.month == claim.month == last.month:
        return "open"
    earliest, latest = claim.part or (1, 31)
    if earliest <= first.day and last.day <= latest:
        return "agrees"
    return "differs" if last.day < earliest or latest < first.day else "open"
