"""What a sentence says, but not of what the claim says it of: in another clause, beside another, of somebody else."""

from __future__ import annotations

from dataclasses import replace

from rag.check.match import Match
from rag.check.names import name_runs, preposition_before
from rag.check.quantities import Compared
from rag.check.reading import Reading
from rag.text.speech.names import is_role

# Between two words, a comma counts as much as so many words.
_COMMA = 10


def in_its_clause(match: Match, one: Compared) -> Compared:
    """A quantity that agrees or differs, or open, where the sentence does not say it of what the claim says it of.

    It must stand in one clause with a verb of the claim, and no other of its kind may stand nearer to those named.
    """
    if one.source is None or one.outcome == "open":
        return one
    mine, theirs = match.claim.covered(*one.claim), match.sentence.covered(*one.source)
    if not mine or not theirs:
        return one
    tokens, others = match.claim.tokens, match.sentence.tokens
    clause, there = tokens[mine[0]].clause, others[theirs[0]].clause
    beside = [at for at, token in enumerate(tokens) if token.content and token.clause == clause and at in match.pairs]
    telling = [at for at in beside if tokens[at].verb] or [at for at in beside if tokens[at].kind == "other"] or beside
    if telling and not any(others[match.pairs[at]].clause == there for at in telling):
        return replace(one, outcome="open")
    rivals = [
        match.sentence.covered(number.start, number.end)
        for number in (match.sentence.numbers if one.kind == "number" else match.sentence.dates)
        if not (number.start < one.source[1] and one.source[0] < number.end)
    ]
    rivals = [rival for rival in rivals if rival and others[rival[0]].clause == there]
    for at in beside:
        place = match.pairs[at]
        own = _distance(match.sentence, place, theirs[0])
        if tokens[at].kind == "name" and any(_distance(match.sentence, place, rival[0]) < own for rival in rivals):
            return replace(one, outcome="open")
    return one


def in_another_clause(match: Match) -> frozenset[int]:
    """Names behind a preposition, such as places, that the sentence has in another clause than what happened there."""
    tokens, others = match.claim.tokens, match.sentence.tokens
    apart: set[int] = set()
    for run in name_runs(match.claim):
        at = run[-1]
        if at not in match.pairs or preposition_before(match.claim, at) is None:
            continue
        verbs = [v for v, t in enumerate(tokens) if t.verb and t.content and t.clause == tokens[at].clause]
        there = {others[match.pairs[v]].clause for v in verbs if v in match.pairs}
        if there and others[match.pairs[at]].clause not in there:
            apart |= set(run)
    return frozenset(apart)


def titles_of_others(match: Match) -> frozenset[int]:
    """What the claim says that someone is, "President Harris", where the sentence says it of another."""
    tokens, others = match.claim.tokens, match.sentence.tokens
    apart: set[int] = set()
    runs = name_runs(match.claim)
    whole = [run for run in runs if not match.claim.text.startswith("-", tokens[run[-1]].end)]  # not "US-Präsident"
    if len(whole) == 1 and not any(token.content and token.kind == "other" for token in tokens):
        apart |= _roles_of_others(match, whole[0])
    for run in runs:
        last = match.pairs.get(run[-1])
        for at in (run[0] - 1, *run[:-1]):
            here = match.pairs.get(at)
            if here is None or last is None or not is_role(tokens[at].text):
                continue
            between = [p for p in range(here + 1, last) if p not in match.matched]
            if here > last or any(others[p].kind == "name" or is_role(others[p].text) for p in between):
                apart.add(at)
    return frozenset(apart)


def _roles_of_others(match: Match, run: range) -> set[int]:
    """What a claim says that the one it names is, where in the sentence another name stands between the two."""
    tokens, others, last = match.claim.tokens, match.sentence.tokens, match.pairs.get(run[-1])
    apart: set[int] = set()
    for at, here in match.pairs.items():
        if last is not None and at not in run and is_role(tokens[at].text):
            between = range(min(here, last) + 1, max(here, last))
            if any(others[place].kind == "name" and place not in match.matched for place in between):
                apart.add(at)
    return apart


def names_of_others(match: Match) -> frozenset[int]:
    """Names behind a preposition that the sentence has beside somebody else than the claim does."""
    return frozenset(
        at
        for run in name_runs(match.claim)
        if run[-1] in match.pairs and preposition_before(match.claim, run[-1]) and _has_nearer_rival(match, run[-1])
        for at in run
    )


def _has_nearer_rival(match: Match, at: int) -> bool:
    """Whether another name behind the same preposition is nearer to one that the claim names with that name.

    "Für Kiew unterschrieb A, für Moskau B": B did not sign for Kyiv.
    """
    sentence, here = match.sentence, match.pairs[at]
    preposition = preposition_before(sentence, here)
    rivals = [
        run[-1]
        for run in name_runs(sentence)
        if run[-1] not in match.matched and preposition_before(sentence, run[-1]) == preposition
    ]
    partners = [match.pairs[run[-1]] for run in name_runs(match.claim) if run[-1] != at and run[-1] in match.pairs]
    return any(
        _distance(sentence, partner, rival) < _distance(sentence, partner, here)
        for partner in partners
        for rival in rivals
    )


def _distance(reading: Reading, one: int, other: int) -> int:
    """How far apart two words are; a comma between them counts as much as several words."""
    first, last = sorted((one, other))
    between = reading.text[reading.tokens[first].end : reading.tokens[last].start]
    return last - first + _COMMA * between.count(",")
