"""The names of a claim against those of a sentence: others in the same place, or the same in other places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.check.match import Match
from rag.check.reading import Reading
from rag.text.function_words import DETERMINERS, PREPOSITIONS
from rag.text.speech.names import is_role

_JOINERS = frozenset({"und", "sowie", "oder", "and", "or"})
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
        if not missing or _preposition(match.claim, run[-1]) is None:
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


def shortened(match: Match) -> frozenset[int]:
    """What the sentence leaves out of a name that it gives the end of: "Cruz" for "Penélope Cruz".

    Not where another name stands before that end: "Angela Merkel" is not "Ulrich Merkel".
    """
    left_out: set[int] = set()
    for run in name_runs(match.claim):
        at = match.pairs.get(run[-1])
        if at is None or all(place in match.pairs for place in run):
            continue
        before = at - 1
        rival = before >= 0 and match.sentence.tokens[before].kind == "name" and before not in match.matched
        if not (rival and _adjoin(match.sentence, at)):
            left_out |= {place for place in run if place not in match.pairs}
    return frozenset(left_out)


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
        follows = bool(runs) and runs[-1].stop == at and _adjoin(reading, at)
        if follows:
            runs[-1] = range(runs[-1].start, at + 1)
        elif token.kind == "name":
            first = at - 1
            given = first >= 0 and tokens[first].kind == "noun" and not tokens[first].measured and _adjoin(reading, at)
            runs.append(range(first if given and not is_role(tokens[first].text) else at, at + 1))
    return runs


def _adjoin(reading: Reading, at: int) -> bool:
    return not reading.text[reading.tokens[at - 1].end : reading.tokens[at].start].strip(" -.’'")


def names_change_places(match: Match) -> bool:
    """Whether two who take part stand the other way round in the sentence, and nothing says that each has its role.

    "Blinken rief Lawrow an" is not "Lawrow rief Blinken an". A preposition that is the same in both ("gegen Bout"), a
    determiner that gives the case ("den Hund"), or "und" between them keeps the roles; "A ist B" has none.
    """
    if not any(token.kind == "other" and token.content for token in match.claim.tokens):
        return False
    placed = [(at, match.pairs[at]) for at in _heads(match.claim) if at in match.pairs]
    for number, (first, one) in enumerate(placed):
        for second, other in placed[number + 1 :]:
            if (
                one > other
                and not _joined(match.claim, first, second)
                and not any(_keeps_role(match, at) for at in (first, second))
            ):
                return True
    return False


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
    preposition = _preposition(reading, at)
    if preposition is not None:
        return preposition
    for back in range(at - 1, max(-1, at - 4), -1):
        word = reading.tokens[back].text.casefold()
        if word in DETERMINERS[reading.language]:
            return word
        if reading.tokens[back].kind != "other":
            return None
    return None


def without_preposition(reading: Reading) -> list[int]:
    """The names that no preposition stands before: those that may do or suffer what is told."""
    return [run[-1] for run in name_runs(reading) if _preposition(reading, run[-1]) is None]


def _preposition(reading: Reading, at: int) -> str | None:
    """The preposition before a name, with up to three words of the name or a determiner between."""
    for back in range(at - 1, max(-1, at - 5), -1):
        token = reading.tokens[back]
        if token.text.casefold() in PREPOSITIONS[reading.language]:
            return token.text.casefold()
        if token.kind == "other" or token.text.casefold() in _JOINERS:
            return None
    return None


def _joined(reading: Reading, first: int, second: int) -> bool:
    between: Sequence[str] = [token.text.casefold() for token in reading.tokens[first + 1 : second]]
    return any(word in _JOINERS for word in between) and len(between) <= 4
