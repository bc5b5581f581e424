"""The names of a claim against those of a sentence: others in the same place, or the same in other places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.check.match import Match
from rag.check.reading import Reading
from rag.text.function_words import DETERMINERS, PREPOSITIONS
from rag.text.speech.names import is_role

_OF_A_COUNTRY = re.compile(r"(?:ian|ish|ese|can|ean|aeli|raqi|ench|utch|reek|wiss)$")
_JOINERS = frozenset({"und", "sowie", "oder", "and", "or"})
# They say who does it or to whom it is done.
_ROLE_GIVING = frozenset("von vom durch gegen für by against for to from an mit with".split())
# The same for who does it and for whom it is done to.
_CASELESS = frozenset("die das eine ein keine kein diese dieses alle the a an this that these those".split())


@dataclass(frozen=True, slots=True)
class Renamed:
    """Tokens of a claim that name someone or some place, and those of the sentence that name another in its place."""

    claim: range
    source: range


def renamed(match: Match, unknown: frozenset[int]) -> list[Renamed]:
    """Names in whose place the sentence has others. `unknown` are the claim's tokens that are found nowhere.

    Only those that a preposition stands before, such as places: of others who do or suffer it, it may be as true.
    """
    found = []
    for run in name_runs(match.claim):
        missing = [at for at in run if at in unknown]
        if not missing or preposition_before(match.claim, run[-1]) is None:
            continue
        others = [at for at in _in_clause(match, missing[0]) if at not in match.matched]
        names = [at for at in others if match.sentence.tokens[at].kind == "name"]
        rest = [at for at in others if at not in names and match.sentence.tokens[at].content]
        alone = all(
            at in run or not match.claim.tokens[at].content for at in match.between(missing[0]) if at not in match.pairs
        )
        if names and not rest and alone and names[-1] - names[0] < len(names) + 1:
            found.append(Renamed(range(missing[0], missing[-1] + 1), range(names[0], names[-1] + 1)))
    return found


def _in_clause(match: Match, place: int) -> list[int]:
    """What stands opposite, as far as the clause goes in which it begins."""
    opposite = match.opposite(place)
    tokens = match.sentence.tokens
    clause = tokens[max(0, opposite.start - 1)].clause if opposite else 0
    return [at for at in opposite if tokens[at].clause == clause]


def name_runs(reading: Reading) -> list[range]:
    """Names of one or several words: "Olaf Scholz".

    German dictionaries hold first names and some surnames, so that these look like nouns: one right behind a name
    belongs to it, and so does one right before it that is not for what its bearer is ("Minister").
    """
    tokens = reading.tokens
    runs: list[range] = []
    for at, token in enumerate(tokens):
        if token.measured or token.kind not in ("name", "noun"):
            continue
        follows = bool(runs) and runs[-1].stop == at and _adjoin(reading, at) and not tokens[at - 1].text.isupper()
        if follows:
            runs[-1] = range(runs[-1].start, at + 1)
        elif token.kind == "name":
            first = at - 1
            given = first >= 0 and tokens[first].kind == "noun" and not tokens[first].measured and _adjoin(reading, at)
            runs.append(range(first if given and not is_role(tokens[first].text) else at, at + 1))
    return runs


def _adjoin(reading: Reading, at: int) -> bool:
    return not reading.text[reading.tokens[at - 1].end : reading.tokens[at].start].strip(" -.’'")


def roles_unclear(match: Match) -> bool:
    """Whether those who take part may have other roles in the sentence than in the claim.

    "Blinken rief Lawrow an" is not "Lawrow rief Blinken an": two names or nouns stand the other way round, and neither
    a preposition that is the same in both nor a determiner that gives the case ("den Hund") nor "und" between them
    keeps the roles. Nor is "wurde von A erschossen" "A wurde erschossen": prepositions that give a role must agree.
    """
    if not any(token.kind == "other" and token.content for token in match.claim.tokens):
        return False
    tokens, others = match.claim.tokens, match.sentence.tokens
    named = {at for at, here in match.pairs.items() if others[here].kind == "name" and not others[here].measured}
    placed = [(at, match.pairs[at]) for at in sorted({*_heads(match.claim), *named}) if at in match.pairs]
    if any(_owns(tokens[at].text) != _owns(others[here].text) for at, here in placed):
        return True
    for number, (first, one) in enumerate(placed):
        mine, theirs = preposition_before(match.claim, first), preposition_before(match.sentence, one)
        if mine != theirs and {mine, theirs} & _ROLE_GIVING:
            return True
        for second, other in placed[number + 1 :]:
            if (
                one > other
                and not _joined(match.claim, first, second)
                and not any(_keeps_role(match, at) for at in (first, second))
            ):
                return True
    return False


def _owns(word: str) -> bool:
    return word.endswith(("'s", "’s"))


def _heads(reading: Reading) -> list[int]:
    """The last words of names, and the nouns: each stands for one who may take part."""
    runs = name_runs(reading)
    inside = {at for run in runs for at in run}
    nouns = [at for at, token in enumerate(reading.tokens) if token.kind == "noun" and not token.measured]
    return sorted({*(run[-1] for run in runs), *(at for at in nouns if at not in inside)})


def _keeps_role(match: Match, at: int) -> bool:
    mine, theirs = _before(match.claim, at), _before(match.sentence, match.pairs[at])
    return mine is not None and mine == theirs and mine not in _CASELESS


def _before(reading: Reading, at: int) -> str | None:
    """The preposition before a name or noun, else the determiner, in small letters."""
    preposition = preposition_before(reading, at)
    if preposition is not None:
        return preposition
    for back in range(at - 1, max(-1, at - 4), -1):
        word = reading.tokens[back].text.casefold()
        if word in DETERMINERS[reading.language]:
            return word
        if reading.tokens[back].kind != "other":
            return None
    return None


def bare_names(reading: Reading) -> list[int]:
    """The names that no preposition stands before: those that may do or suffer what is told."""
    return [
        run[-1]
        for run in name_runs(reading)
        if preposition_before(reading, run[-1]) is None
        and not _is_adjective(reading, run[-1])
        and not reading.text.startswith("-", reading.tokens[run[-1]].end)  # "US-Präsident"
    ]


def _is_adjective(reading: Reading, at: int) -> bool:
    """Whether an English word with a capital only says of what country something is: "Russian officials"."""
    following = reading.tokens[at + 1] if at + 1 < len(reading.tokens) else None
    adjective = reading.language == "en" and _OF_A_COUNTRY.search(reading.tokens[at].text)
    return bool(adjective and following and following.kind == "other" and _adjoin(reading, at + 1))


def preposition_before(reading: Reading, at: int) -> str | None:
    """The preposition before a name or noun, with a name, a determiner or an amount between: "zu neun Jahren Haft"."""
    for back in range(at - 1, max(-1, at - 6), -1):
        token = reading.tokens[back]
        if token.text.casefold() in PREPOSITIONS[reading.language]:
            return token.text.casefold()
        if token.verb or (token.kind == "other" and not token.measured) or token.text.casefold() in _JOINERS:
            return None
    return None


def _joined(reading: Reading, first: int, second: int) -> bool:
    between: Sequence[str] = [token.text.casefold() for token in reading.tokens[first + 1 : second]]
    return any(word in _JOINERS for word in between) and len(between) <= 4
