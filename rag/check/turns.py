"""A claim and a sentence, matched -> where the one says the opposite of the other, denies it, or leaves it open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rag.check.lexicon import are_opposites, denies_nothing, is_certain, is_denial, is_denying, is_hedge
from rag.check.match import Match
from rag.check.reading import Reading, Token
from rag.types import FindingKind

# So few words may stand between what both texts share, where one stands in the other's place.
_SAME_PLACE = 4
_ALL = frozenset("alle aller allen alles immer überall jeder jede jedes all every always everyone".split())
_OPEN = frozenset("ob falls wenn sofern sobald if whether unless once".split())
_AIMS = frozenset({"zu", "to"})
# "Warf ihr vor, den Vertrag gebrochen zu haben": that it was so, is said by somebody.
_DONE = [["zu", "haben"], ["zu", "sein"]]
_HANGING = frozenset({"dass", "daß", "ob", "that", "whether"})


@dataclass(frozen=True, slots=True)
class Turn:
    """Tokens, by their place, in which a claim and a sentence differ; None where one of them has no such word.

    `sure`: it turns what is said round; else it only may.
    """

    kind: FindingKind
    claim: int | None
    source: int | None
    sure: bool = True


def opposite_words(match: Match) -> list[Turn]:
    """Words of the claim that the sentence has the opposite of: "stieg" against "sank"."""
    if match.claim.language != match.sentence.language:
        return []
    language, turns = match.claim.language, []
    taken = set(match.matched)
    for place, token in enumerate(match.claim.tokens):
        if place in match.pairs or token.measured:
            continue
        opposite = match.opposite(place)
        for at, other in enumerate(match.sentence.tokens):
            near = at in opposite
            if at in taken or not are_opposites(token.key, other.key, language=language):
                continue
            if near or (token.content and other.content and _speaks_of_it(match, at)):
                turns.append(Turn("direction", place, at, sure=near and len(opposite) <= _SAME_PLACE))
                taken.add(at)
                break
    return turns


def denied(match: Match) -> list[Turn]:
    """What one of the two denies and the other does not."""
    mine = [at for at in _denials(match.claim) if match.pairs.get(at) is None]
    others = [at for at in _denials(match.sentence) if at not in match.matched]
    theirs = [at for at in others if _speaks_of_it(match, at) or _denies_what_follows(match, at)]
    left_out = [at for at in others if at not in theirs and {at - 1, at + 1} & match.matched]
    if (
        mine
        and theirs
        and {_denies_all(match.claim, mine[-1]), _denies_all(match.sentence, theirs[-1])} == {True, False}
    ):
        return [Turn("negation", mine[-1], theirs[-1], sure=False)]  # "kein" and "nicht alle"
    while mine and theirs:  # "nicht" here and "kein" there deny the same
        mine.pop()
        theirs.pop()
    return [
        *(Turn("negation", at, None, sure=_denies(match.claim, at) and _is_spoken_of(match, at)) for at in mine),
        *(Turn("negation", None, at, sure=_denies(match.sentence, at)) for at in theirs),
        *(Turn("negation", None, at, sure=False) for at in left_out),
    ]


def degrees(match: Match) -> list[Turn]:
    """What the sentence leaves open and the claim does not. Sure where the claim calls it certain in so many words."""
    claim, sentence = match.claim, match.sentence
    if any(is_hedge(token.text, language=claim.language) for token in claim.tokens):
        return []
    certain = next(
        (at for at, token in enumerate(claim.tokens) if is_certain(token.text, language=claim.language)), None
    )
    open_ = [Turn("degree", None, at, sure=False) for at in (*_conditions(match), *_opens_with_verb(match))]
    return open_ + [
        Turn("degree", certain, at, sure=certain is not None)
        for at, token in enumerate(sentence.tokens)
        if at not in match.matched
        and not token.measured
        and is_hedge(token.text, language=sentence.language)
        and (_speaks_of_it(match, at) or _governs_it(match, at))
    ]


def _conditions(match: Match) -> list[int]:
    """The words of the sentence that make a verb of the claim a condition, an open question or an aim: "ob", "zu"."""
    tokens, found = match.sentence.tokens, list[int]()
    words = {token.text for token in match.claim.tokens}
    for place, at in match.pairs.items():
        asked = match.claim.tokens[place]
        if asked.kind != "other" or asked.measured:
            continue
        first = next(n for n, token in enumerate(tokens) if token.clause == tokens[at].clause)
        if tokens[first].text.casefold() in _OPEN and first not in match.matched:
            found.append(first)
        elif at and tokens[at - 1].text.casefold() in _AIMS and at - 1 not in match.matched:
            found.append(at - 1)
        elif [token.text for token in tokens[at + 1 : at + 3]] in _DONE and "zu" not in words:
            found.append(at + 1)
        elif "zu" in tokens[at].text[2:-3] and "zu" not in asked.text[2:-3]:
            found.append(at)
    return found


def _opens_with_verb(match: Match) -> list[int]:
    """The verb that a German sentence of several clauses opens with: "Wird er nicht verlängert, läuft er aus"."""
    tokens = match.sentence.tokens
    is_condition = match.sentence.language == "de" and tokens and tokens[0].verb and tokens[-1].clause != 0
    return [0] if is_condition and not (match.claim.tokens and match.claim.tokens[0].verb) else []


def _denials(reading: Reading) -> Iterator[int]:
    for at, token in enumerate(reading.tokens):
        if is_denial(token.text, language=reading.language) or is_denying(token.key, language=reading.language):
            yield at


def _denies_all(reading: Reading, at: int) -> bool:
    """Whether it only denies that it is so of all, or always."""
    following = reading.tokens[at + 1].text.casefold() if at + 1 < len(reading.tokens) else ""
    return following in _ALL


def _denies(reading: Reading, at: int) -> bool:
    """Whether it denies by itself and not "nur", or "to" follows on the verb: "failed to come", "weigerte sich zu"."""
    tokens = reading.tokens
    before = tokens[at - 1].text if at else ""
    behind = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if is_denial(tokens[at].text, language=reading.language):
        return not denies_nothing(before, behind, language=reading.language)
    return any(token.text in {"to", "zu"} for token in tokens[at + 1 : at + 6])


def _speaks_of_it(match: Match, at: int) -> bool:
    """Whether that clause of the sentence holds what the claim says, more than a name."""
    return _clause_tells(match, match.sentence.tokens[at].clause)


def _governs_it(match: Match, at: int) -> bool:
    """Whether the next clause hangs on that one and holds what the claim says: "Es ist möglich, dass ..."."""
    tokens, clause = match.sentence.tokens, match.sentence.tokens[at].clause + 1
    first = next((token.text.casefold() for token in tokens if token.clause == clause), "")
    return first in _HANGING and _clause_tells(match, clause)


def _denies_what_follows(match: Match, at: int) -> bool:
    """Whether it is a verb that denies the next clause, which holds what the claim says: "verhinderte, dass ..."."""
    sentence = match.sentence
    return is_denying(sentence.tokens[at].key, language=sentence.language) and _governs_it(match, at)


def _clause_tells(match: Match, clause: int) -> bool:
    tokens = match.sentence.tokens
    return any(tokens[one].clause == clause and _tells(tokens[one]) for one in match.matched)


def _is_spoken_of(match: Match, at: int) -> bool:
    """Whether the sentence holds what that clause of the claim says, more than a name."""
    tokens, clause = match.claim.tokens, match.claim.tokens[at].clause
    return any(tokens[other].clause == clause and _tells(tokens[other]) for other in match.pairs)


def _tells(token: Token) -> bool:
    return token.kind not in ("name", "function") or token.measured
