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
from itertools import pairwise

from rag.check.lexicon import (
    denies_nothing,
    doubts,
    is_claiming,
    is_condition,
    is_denial,
    is_hedge,
    may_be_otherwise,
    names_sayer,
    only_says,
    qualifies,
    restricts,
)
from rag.check.match import Match, match_words
from rag.check.names import name_runs, preposition_before
from rag.check.reading import Reading, read_text
from rag.text.align import Aligner
from rag.text.numbers import Number, is_range, limited_start
from rag.text.quotations import find_quotations
from rag.text.speech.lexicon import is_subjunctive
from rag.types import Span

# How well a word has to be found in what stands before the sentence (`rag.text.align.Aligner`).
_FOUND = 0.72
# They compare or reckon; "~" and "%" do not, and "|" and "-" are punctuation.
_SIGNS = re.compile(r"[<>=≠≤≥≮≯¬±×÷+^*√∞⁰¹²³⁴-⁹₀-₉]")
_FUTURE = frozenset("wird werden werde".split())
_CONDITIONAL = frozenset("würde würden".split())
_AIMS = frozenset({"zu", "to"})
_PASSIVE = frozenset("wurde wurden worden".split())
# A condition may begin without a joining word: "Sollte Russland zustimmen, ...".
_FIRST_OF_CONDITION = frozenset("sollte sollten should".split())
# They begin what is said, thought or doubted, and may be so or not.
_CONTENT = {"de": frozenset("dass daß ob".split()), "en": frozenset("that whether".split())}
_JOINING = frozenset("und oder and or".split())
_OF = frozenset("von des of".split())
_ABLE = frozenset("könne könnte könnten".split())
# A restriction reaches so many words of content: "some Russian soldiers".
_REACH = 3
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
        found += [*_conditions(match), *_contents(match), *_reported(match), *_doubts(match)]
        found += [*_restrictions(match), *_elsewhere(match), *_possessors(match)]
        found += [] if reworded else [*_words(match, near), *_prepositions(match)]
    elif not any(_leaves_open(theirs, place) for place in range(len(theirs.tokens))):
        found += [_at(mine, place) for place in range(len(mine.tokens)) if _leaves_open(mine, place)]
    return tuple(sorted(set(found), key=lambda span: span.start))


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


def _conditions(match: Match) -> Iterator[Span]:
    """What the statement tells without the condition that the sentence has for it."""
    if any(_is_condition(match.claim, place) for place in range(len(match.claim.tokens))):
        return
    if any(_is_condition(match.sentence, place) for place in range(len(match.sentence.tokens))):
        yield from (_at(match.claim, place) for place in _telling(match))


def _is_condition(reading: Reading, place: int) -> bool:
    word = reading.tokens[place].text.casefold()
    return is_condition(word, language=reading.language) or (place == 0 and word in _FIRST_OF_CONDITION)


def _contents(match: Match) -> Iterator[Span]:
    """What the sentence tells behind "dass" or "that", where the statement has nothing of what that hangs on."""
    others, language = match.sentence.tokens, match.sentence.language
    said = names_sayer([token.text.casefold() for token in match.claim.tokens], language=language)
    for place in _telling(match):
        opening = _opening(match.sentence, others[match.pairs[place]].clause)
        if others[opening].text.casefold() not in _CONTENT[language]:
            continue
        inside = others[opening].clause
        if opening and not others[opening - 1].verb and opening - 1 in match.matched:
            continue  # "the bridge that the army captured"
        main = others[opening - 1].clause if opening else None
        hung = [
            at
            for at, token in enumerate(others)
            if token.content and token.clause != inside and main in (None, token.clause)
        ]
        says = names_sayer([others[at].text.casefold() for at in hung], language=language)
        if not match.matched.intersection(hung) and not (says and said):
            yield _at(match.claim, place)


def _opening(reading: Reading, clause: int) -> int:
    """The place of the first word of a clause, or of the one that it goes on from: "dass er kam und sie ging"."""
    first = next(at for at, token in enumerate(reading.tokens) if token.clause == clause)
    joined = first > 0 and reading.tokens[first - 1].text.casefold() in _JOINING
    return _opening(reading, reading.tokens[first - 1].clause) if joined else first


def _reported(match: Match) -> Iterator[Span]:
    """What somebody claims, or is told in the Konjunktiv, and the statement tells without who says so."""
    language, others = match.claim.language, match.sentence.tokens
    if names_sayer([token.text.casefold() for token in match.claim.tokens], language=language):
        return
    quoted = find_quotations(match.sentence.text)
    open_clauses = {
        token.clause
        for token in others
        if not any(one.start <= token.start < one.end for one in quoted)
        and (is_claiming(token.text, language=language) or (language == "de" and _is_reporting(token.text)))
    }
    if any(_is_reporting(token.text) for token in match.claim.tokens) and language == "de":
        return
    for place in _telling(match):
        if others[match.pairs[place]].clause in open_clauses:
            yield _at(match.claim, place)


def _is_reporting(word: str) -> bool:
    """Whether it is a verb in the Konjunktiv, but not "könne", which may be told as "kann" (`_left_out`)."""
    return is_subjunctive(word) and word.casefold() not in _ABLE


def _telling(match: Match) -> list[int]:
    """The places in the statement of its verbs that the sentence has; where there are none, of all that it has."""
    mine = match.claim.tokens
    found = [place for place in match.pairs if mine[place].content]
    return [place for place in found if mine[place].verb] or found


def _doubts(match: Match) -> Iterator[Span]:
    """What the sentence says was nearly so, or has from a rumour, and the statement tells as it is."""
    language, others = match.claim.language, match.sentence.tokens
    held = {doubts(token.text, language=language) for token in match.claim.tokens}
    for place in _telling(match):
        clause = others[match.pairs[place]].clause
        kinds = {
            doubts(token.text, language=language) for token in others if token.clause == clause and not token.measured
        }
        if kinds - held - {None}:
            yield _at(match.claim, place)


def _restrictions(match: Match) -> Iterator[Span]:
    """What the sentence tells of "some", of a "former" one or of one "only", and the statement without that."""
    language, others = match.claim.language, match.sentence.tokens
    held = {restricts(token.text, language=language) for token in match.claim.tokens}
    back = {here: place for place, here in match.pairs.items()}
    for at, token in enumerate(others):
        if restricts(token.text, language=language) in held | {None} or token.measured:
            continue
        before = others[at - 1].text if at else ""
        if is_denial(before, language=language) and denies_nothing("", token.text, language=language):
            continue
        restricted = next((here for here in _reached(match.sentence, at) if here in back), None)
        if restricted is not None:
            yield _at(match.claim, back[restricted])


def _reached(reading: Reading, at: int) -> Iterator[int]:
    """The words of content that a restriction may be of: to the first noun, and a name only right behind it."""
    reached = 0
    for place in range(at + 1, len(reading.tokens)):
        token = reading.tokens[place]
        if token.clause != reading.tokens[at].clause or reached == _REACH:
            return
        if not token.content:
            continue
        if token.kind == "name" and reached:
            return
        yield place
        reached += 1
        if token.kind == "noun" or (token.kind == "name" and reading.language == "de"):
            return  # an English "Russian" may stand before its noun


def _elsewhere(match: Match) -> Iterator[Span]:
    """Nouns and names that the sentence has in a clause joined to that of the statement's verb, with its own verb."""
    mine, others = match.claim.tokens, match.sentence.tokens
    verbs = [place for place in match.pairs if mine[place].verb and mine[place].content]
    clauses = {others[match.pairs[place]].clause for place in verbs}
    for place, here in match.pairs.items():
        clause = others[here].clause
        if mine[place].kind not in ("noun", "name") or not clauses or clause in clauses:
            continue
        inside = [at for at, token in enumerate(others) if token.clause == clause]
        before = others[max(0, inside[0] - 1)]
        joined = before.text.casefold() in _JOINING and before.clause in clauses
        if joined and any(others[at].verb and others[at].content and at not in match.matched for at in inside):
            yield _at(match.claim, place)


def _possessors(match: Match) -> Iterator[Span]:
    """Who the sentence says something is of, and the statement that he does it himself: "die Frau von Peter"."""
    mine, others = match.claim.tokens, match.sentence.tokens
    if any(token.text.casefold() in _PASSIVE for token in (*mine, *others)):
        return
    first_verb = next((place for place, token in enumerate(mine) if token.verb), 0)
    for place, here in match.pairs.items():
        if place >= first_verb or mine[place].kind == "function" or preposition_before(match.claim, place):
            continue
        of = here > 1 and others[here - 1].text.casefold() in _OF and _is_lost_noun(match, here - 2)
        forms = (mine[place].text + ending for ending in ("s", "'s", "’s"))
        if of or (others[here].text in forms and _is_lost_noun(match, here + 1)):
            yield _at(match.claim, place)


def _is_lost_noun(match: Match, here: int) -> bool:
    """Whether the sentence has a noun in that place that the statement has not."""
    if here >= len(match.sentence.tokens) or here in match.matched:
        return False
    token = match.sentence.tokens[here]
    return token.content and not token.verb and (token.kind == "noun" or match.sentence.language == "en")


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
        limited = all(_limit(other) != _limit(number) for other in same)
        if same and (limited or all(_other_end(match, other) for other in same)):
            start = limited_start(match.claim.text, number.unit_start, language=match.claim.language)
            yield Span(start, number.unit_end)


def _limit(number: Number) -> str | None:
    return None if number.bound == "about" else number.bound


def _other_end(match: Match, number: Number) -> bool:
    """Whether the sentence has the number as an end of a range, and the statement not its other end."""
    told = {one.value for one in match.claim.numbers}
    for first, second in pairwise(match.sentence.numbers):
        other = second if number is first else first
        ends = (first.start, first.end), (second.start, second.end)
        if (number is first or number is second) and is_range(match.sentence.text, *ends):
            return other.value not in told
    return False


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
