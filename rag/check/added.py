"""A statement and the sentence that speaks for it -> what the statement says beyond that sentence.

To check a claim, it is enough that a source says the same; what is written from a source is to add nothing to it. A
verb may be another one, since `rag.check.compare` has seen that nothing else stands in its place; adverbs, small words
that change what is told ("könnte", "auch"), limits of numbers and mathematical signs may not. Nor may it leave out what
the sentence leaves open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from rag.check.lexicon import is_denial, is_hedge, may_be_otherwise, only_says, qualifies
from rag.check.match import Match, match_words
from rag.check.names import name_runs, preposition_before
from rag.check.reading import Reading, read_text
from rag.text.align import Aligner
from rag.text.numbers import Number, limited_start
from rag.text.quotations import find_quotations
from rag.types import Span

# How well a word has to be found in what stands before the sentence (`rag.text.align.Aligner`).
_FOUND = 0.72
# They compare or reckon; "~" and "%" do not, and "|" and "-" are punctuation.
_SIGNS = re.compile(r"[<>=≠≤≥≮≯¬±×÷+^*√∞⁰¹²³⁴-⁹₀-₉]")
_FUTURE = frozenset("wird werden werde".split())
_CONDITIONAL = frozenset("würde würden".split())
_AIMS = frozenset({"zu", "to"})
_PASSIVE = frozenset("wurde wurden worden".split())
_ONE_PREPOSITION = {
    **{"im": "in", "ins": "in", "am": "in", "ans": "in", "vom": "von", "zum": "zu", "zur": "zu", "beim": "bei"},
    # Where something is: "am Flughafen", "auf dem Flughafen", "at the airport".
    **{"an": "in", "auf": "in", "aufs": "in", "at": "in", "on": "in", "inside": "in", "within": "in"},
}


def added(
    statement: str,
    sentence: str,
    before: str,
    *,
    language: str,
    of: str | None = None,
    published: date | None = None,
    reworded: bool = False,
) -> tuple[Span, ...]:
    """The places in the statement that say more than the sentence and what stands `before` it, in their order.

    `language` is the statement's, `of` the sentence's; of two languages only limits, signs and words that leave
    something open are told. `reworded`: a model has judged that the sentence says so, be it in other words.
    """
    mine = read_text(statement, language=language)
    theirs = read_text(sentence, language=of, anchor=published)
    aligner = Aligner([token.text for token in mine.tokens], language=mine.language)
    match = match_words(mine, theirs, aligner)
    found = [*_signs(match), *_limits(match)]
    if mine.language == theirs.language:
        around = aligner.row(before, language=of)
        near = frozenset(place for place in range(len(mine.tokens)) if around[place] >= _FOUND)
        found += [*_qualifiers(match), *_future(match), *_aims(match), *_left_out(match)]
        found += [] if reworded else [*_words(match, near), *_prepositions(match)]
    elif not any(_leaves_open(theirs, place) for place in range(len(theirs.tokens))):
        found += [_at(mine, place) for place in range(len(mine.tokens)) if _leaves_open(mine, place)]
    return tuple(sorted(found, key=lambda span: span.start))


def _words(match: Match, near: frozenset[int]) -> Iterator[Span]:
    """Words of the statement that stand nowhere, but verbs; beside a quotation, verbs too that do not just say it."""
    quoted = find_quotations(match.claim.text)
    for place, token in enumerate(match.claim.tokens):
        if not token.content or place in match.pairs or place in near or token.kind in ("name", "noun"):
            continue
        if any(one.start <= token.start < one.end for one in quoted) or is_denial(
            token.text, language=match.claim.language
        ):
            continue
        if not token.verb or (quoted and not only_says(token.text, language=match.claim.language)):
            yield _at(match.claim, place)


def _qualifiers(match: Match) -> Iterator[Span]:
    language = match.claim.language
    held = {qualifies(token.text, language=language) for token in match.sentence.tokens}
    quoted = find_quotations(match.claim.text)
    for place, token in enumerate(match.claim.tokens):
        kind = qualifies(token.text, language=language)
        inside = any(one.start <= token.start < one.end for one in quoted)
        if kind is not None and kind not in held and not inside and not token.measured:
            yield _at(match.claim, place)


def _future(match: Match) -> Iterator[Span]:
    """A German "wird" where the sentence has none: "wurde" may be told as "wird", but not as "wird werden"."""
    words = [token.text.casefold() for token in match.claim.tokens]
    held = {token.text.casefold() for token in match.sentence.tokens}
    places = [place for place, word in enumerate(words) if word in _FUTURE]
    if match.claim.language != "de" or held & (_FUTURE | _CONDITIONAL):
        return
    if len(places) > 1 or not held & _PASSIVE:
        yield from (_at(match.claim, place) for place in places[:1])


def _aims(match: Match) -> Iterator[Span]:
    """A "zu" or "to" by which the statement makes an aim of what the sentence tells: "was planned to take place"."""
    tokens, others = match.claim.tokens, match.sentence.tokens
    for place in range(1, len(tokens)):
        if tokens[place - 1].text.casefold() not in _AIMS:
            continue
        here = match.pairs.get(place)
        hangs = place > 1 and tokens[place - 2].verb and place - 2 not in match.pairs
        if (hangs and tokens[place - 1].text == "to") or (
            here is not None and tokens[place].verb and not (here and others[here - 1].text.casefold() in _AIMS)
        ):
            yield _at(match.claim, place - 1)


def _left_out(match: Match) -> Iterator[Span]:
    """The statement's verb, where the sentence has it with "darf", "könnte" or "wird", and the statement does not."""
    language, others = match.sentence.language, match.sentence.tokens
    mine = {token.text.casefold() for token in match.claim.tokens}
    if mine & (_FUTURE | _CONDITIONAL) or any(may_be_otherwise(word, language=language) for word in mine):
        return
    for place, here in match.pairs.items():
        if not match.claim.tokens[place].verb or not match.claim.tokens[place].content:
            continue
        beside = [token for token in others if token.clause == others[here].clause]
        held = {token.text.casefold() for token in beside}
        future = language == "de" and held & _FUTURE and not mine & _PASSIVE
        if future or any(may_be_otherwise(word, language=language) for word in held):
            yield _at(match.claim, place)


def _prepositions(match: Match) -> Iterator[Span]:
    """Names behind another preposition than in the sentence: what was "in" a country is not what was taken "to" it."""
    for run in name_runs(match.claim):
        here = match.pairs.get(run[-1])
        if here is None:
            continue
        mine, theirs = preposition_before(match.claim, run[-1]), preposition_before(match.sentence, here)
        if mine and theirs and _ONE_PREPOSITION.get(mine, mine) != _ONE_PREPOSITION.get(theirs, theirs):
            yield _at(match.claim, run[-1])


def _limits(match: Match) -> Iterator[Span]:
    """Numbers that are limited in another way: "mehr als 25", "25". "Rund" may be left out and put in."""
    for number in match.claim.numbers:
        same = [other for other in match.sentence.numbers if other.value == number.value]
        if same and all(_limit(other) != _limit(number) for other in same):
            start = limited_start(match.claim.text, number.unit_start, language=match.claim.language)
            yield Span(start, number.unit_end)


def _limit(number: Number) -> str | None:
    return None if number.bound == "about" else number.bound


def _signs(match: Match) -> Iterator[Span]:
    held = set(_SIGNS.findall(match.sentence.text))
    for sign in _SIGNS.finditer(match.claim.text):
        if sign.group() not in held:
            yield Span(*sign.span())


def _leaves_open(reading: Reading, place: int) -> bool:
    token = reading.tokens[place]
    language = reading.language
    return is_hedge(token.text, language=language) or token.text.casefold() in _FUTURE | _CONDITIONAL | {"will"}


def _at(reading: Reading, place: int) -> Span:
    return Span(reading.tokens[place].start, reading.tokens[place].end)
