"""Clauses by their commas: where they begin and end, who their subject is, what hangs on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.text.function_words import DETERMINERS, PREPOSITIONS
from rag.text.speech.lexicon import CONJUNCTIONS, RELATIVES, SOURCE_NOUNS, SUBORDINATORS
from rag.text.speech.phrases import Phrase, is_adjective, is_time, phrase_at
from rag.text.speech.words import Word

BORDERS = frozenset(",;:()–—-")
_NO_VERBS = DETERMINERS["de"] | PREPOSITIONS["de"] | CONJUNCTIONS | SUBORDINATORS | {"heute", "viele", "gerade"}
_REFLEXIVE = frozenset({"sich", "mich", "uns", "es", "dazu", "darüber", "hierzu"})
_SUBJECT_PRONOUNS = frozenset({"er", "wir", "ich", "man"})
MAY_BE_OBJECT = frozenset("die das diese dieses eine ein ihre seine sein ihr alle beide deren dessen".split())
_NOMINATIVE_SINGULAR = frozenset("der die das ein eine sie es sein seine ihr ihre".split())
_COMPLEMENTISERS = frozenset("warum weshalb wieso wann man es".split())
IN_WRITING = frozenset({"in", "im", "auf"})
WHERE_IT_IS_SAID = IN_WRITING | {"aus", "von", "vom", "seitens", "bei", "beim"}
_ADVERBIAL = frozenset({"wenn", "nachdem", "als"})
_ELSEWHERE = SUBORDINATORS | RELATIVES | PREPOSITIONS["de"] | {"um", "ohne", "statt", "so", "und"}
_MOST_PUT_IN = 3
_LONGEST_BRACKET = 12


def is_speech(word: Word) -> bool:
    """Whether a word is a quotation that its sentence stands around, and not a name or a part of a clause."""
    return word.quoted is not None and not word.named and not word.embedded


def left_border(words: Sequence[Word], at: int) -> int:
    place = at - 1
    while place >= 0:
        if words[place].text == ")" and (opened := _opening(words, place)) is not None:
            place = opened - 1
        elif words[place].text in BORDERS or is_speech(words[place]) or words[place].text in ".!?":
            break
        else:
            place -= 1
    return place


def next_border(words: Sequence[Word], at: int) -> int:
    while at < len(words):
        if words[at].text == "(" and (closed := _closing(words, at)) is not None:
            at = closed + 1
        elif words[at].text in BORDERS or is_speech(words[at]):
            break
        else:
            at += 1
    return at


def _opening(words: Sequence[Word], at: int) -> int | None:
    """Where a bracket without a quotation opens that closes there."""
    for place in range(at - 1, max(-1, at - _LONGEST_BRACKET), -1):
        if words[place].text == "(":
            return place
        if is_speech(words[place]):
            return None
    return None


def _closing(words: Sequence[Word], at: int) -> int | None:
    for place in range(at + 1, min(at + _LONGEST_BRACKET, len(words))):
        if words[place].text == ")":
            return place
        if is_speech(words[place]):
            return None
    return None


def main_subject(words: Sequence[Word], first: int, finite: int) -> Phrase | None:
    """The subject of a main clause: before its verb, or right after it."""
    right = next_border(words, finite + 1)
    after = min(finite + 1, len(words) - 1)
    while after < right and words[after].lower in _REFLEXIVE:
        after += 1
    if after < right and words[after].lower in _SUBJECT_PRONOUNS:
        return phrase_at(words, after, language="de")
    front = put_off_subject(words, first) if first == finite else _front(words, first, finite)
    if front:
        is_object = after < right and _is_object(words, front, after, finite)
        behind = phrase_at(words, after, language="de") if is_object else None
        return behind or front
    shared = words[finite - 1].lower in CONJUNCTIONS and first < finite and subject_within(words, first, finite)
    return (
        shared
        or subject_after(words, finite + 1, right)
        or subject_within(words, first, finite)
        or subject_before(words, first - 1)
    )


def _front(words: Sequence[Word], first: int, finite: int) -> Phrase | None:
    """The phrase that stands before the verb, where its clause begins with it."""
    opens = words[first].lower not in PREPOSITIONS["de"] | {"als"}
    front = phrase_at(words, first, language="de") if opens else None
    return front if front and front.end <= finite else None


def _is_object(words: Sequence[Word], front: Phrase, after: int, finite: int) -> bool:
    """Whether a phrase before the verb is its object: "die Lage nannte der Minister", "die neuen Pläne nannte sie"."""
    first = words[front.start].lower
    if words[after].lower == "der" and front.end == finite:
        return first in MAY_BE_OBJECT
    plural = (
        first in {"die", "diese"}
        and is_adjective(words[front.start + 1])
        and words[front.start + 1].lower.endswith("en")
    )
    return plural and not words[finite].lower.endswith("n") and words[after].lower in _NOMINATIVE_SINGULAR


def put_off_subject(words: Sequence[Word], first: int) -> Phrase | None:
    """The subject that something is put in after: "Muster, der gestern kam, sagte"."""
    if first < 2 or words[first - 1].text not in {",", ")", "–", "-"}:
        return None
    left = first - 1
    while left > 0:
        left = left_border(words, left)
        start = left + 1
        while start < first - 1 and words[start].lower in CONJUNCTIONS:
            start += 1
        if words[start].lower in SUBORDINATORS or (
            words[start].lower in RELATIVES and not words[start].capital and left >= 0 and words[left].text == ","
        ):
            continue
        phrase = phrase_at(words, start, language="de")
        if phrase and not phrase.pronoun and phrase.end < first and words[phrase.end].text in {",", "–", "-"}:
            return _with_apposition(words, phrase, left) or phrase
        if is_speech(words[max(left, 0)]):
            return None
    return None


def opener_put_off(words: Sequence[Word], first: int, opener: str) -> int | None:
    """Where a clause with that opener begins that goes on at `first`: "wie Muster, der gestern kam, sagte"."""
    left = first - 1
    for _ in range(_MOST_PUT_IN):
        if left < 1 or words[left].text not in {",", ")", "–", "-"}:
            return None
        border, left = left, left_border(words, left)
        subject = phrase_at(words, left + 2, language="de") if words[left + 1].lower == opener else None
        if subject is not None:
            return left + 1 if subject.end in {border, first - 1} else None
    return None


def _with_apposition(words: Sequence[Word], beside: Phrase, border: int) -> Phrase | None:
    """The whole of "Rosa Muster, Sprecherin der Werft,", of which a part after the comma is known."""
    start = left_border(words, border) + 1
    whole = phrase_at(words, start, language="de") if 0 <= start < border else None
    return whole if whole and whole.end == beside.end else None


def subject_after(words: Sequence[Word], at: int, end: int) -> Phrase | None:
    return next(iter(subjects(words, at, end)), None)


def subject_within(words: Sequence[Word], start: int, end: int) -> Phrase | None:
    return next((phrase for phrase in subjects(words, start, end) if phrase.end <= end), None)


def subjects(words: Sequence[Word], at: int, end: int) -> Iterator[Phrase]:
    """The phrases there that can be a subject: not those after a preposition or in another case."""
    while at < end:
        lower = words[at].lower
        preposed = lower in PREPOSITIONS["de"] | {"als"} and lower not in DETERMINERS["de"]
        phrase = phrase_at(words, at, language="de") if not preposed and lower not in _REFLEXIVE else None
        if phrase and not is_time(words, phrase):
            yield phrase
        elif preposed or lower in DETERMINERS["de"]:
            phrase = phrase_at(words, at + preposed, language="de", dative=True)
        if phrase is None:
            at += 1
            continue
        at = phrase.heads[0] + 1 if preposed and phrase.end > end else phrase.end
        while preposed and at + 1 < end and words[at].lower in {"und", "sowie"}:
            joined = phrase_at(words, at + 1, language="de", dative=True)
            if joined is None or joined.end > end:
                break
            at = joined.end


def subject_before(words: Sequence[Word], border: int) -> Phrase | None:
    """The subject of a clause that goes on past something put in: "Muster, der gestern kam, sagte"."""
    left = border
    while left >= 0:
        left = left_border(words, left)
        first = left + 1
        if first >= border or words[first].lower in SUBORDINATORS:
            continue
        if words[first].lower in RELATIVES and left >= 0 and words[left].text == "," and not words[first].capital:
            following = phrase_at(words, first, language="de")
            if following is None or following.end != border:
                continue
        while words[first].lower in CONJUNCTIONS and first + 1 < border:
            first += 1
        if words[first].lower in PREPOSITIONS["de"]:
            if found := subject_within(words, first, border):
                return found
            continue
        phrase = phrase_at(words, first, language="de")
        if phrase and phrase.end <= border + 1:
            return phrase
    return None


def antecedent_of(words: Sequence[Word], border: int) -> Phrase | None:
    for start in range(left_border(words, border) + 1, border):
        phrase = phrase_at(words, start, language="de", dative=True)
        if phrase and phrase.end >= border:
            return phrase
    return None


def agent(words: Sequence[Word], finite: int) -> Phrase | None:
    """Who does it in a passive: "von der Polizei", the last such phrase before an "als"."""
    end = next_border(words, finite + 1)
    end = next((at for at in range(finite, end) if words[at].lower == "als"), end)
    for place in range(end - 1, finite - 1, -1):
        if words[place].lower in {"von", "vom"}:
            return phrase_at(words, place + 1, language="de", dative=True)
    return None


def object_after(words: Sequence[Word], at: int) -> Phrase | None:
    """Whom a newspaper quotes: "zitiert der Bote *den Minister*"."""
    if at < len(words) and words[at].lower in PREPOSITIONS["de"]:
        return None
    found = phrase_at(words, at, language="de", dative=True)
    return found if found and words[found.heads[0]].lower not in SOURCE_NOUNS | {"stelle", "satz", "passage"} else None


def place_of(
    words: Sequence[Word], first: int, finite: int, *, after: frozenset[str] = WHERE_IT_IS_SAID
) -> Phrase | None:
    """Where it "heißt es": "in der Erklärung", "aus Paris", "von der Polizei"."""
    for start, end in ((first, finite), (finite + 1, next_border(words, finite + 1))):
        for at in range(start, end):
            if words[at].lower in after:
                phrase = phrase_at(words, at + 1, language="de", dative=True)
                if phrase and phrase.start < end:
                    return phrase
    return None


@dataclass(frozen=True, slots=True)
class Hanging:
    """Where a clause begins that hangs on another; `opened`: by a conjunction, or as an infinitive."""

    start: int
    opened: bool


def hanging_clause(words: Sequence[Word], border: int) -> Hanging | None:
    """The clause with what is said, past a border and past relative and adverbial clauses."""
    while border + 1 < len(words) and words[border].text in {",", ":"}:
        start = border + 1
        opener = words[start].lower
        following = _clause_end(words, start)
        if opener in {"dass", "daß", "ob"} or opener in _COMPLEMENTISERS or _is_infinitive(words, start, following):
            return Hanging(start, opened=True)
        if words[border].text == ":" or (opener not in _ADVERBIAL and is_reported(words, start, following)):
            return Hanging(start, opened=False)
        if opener not in _ELSEWHERE and any(word.lower in {"dass", "daß", "ob"} for word in words[start:following]):
            return Hanging(start, opened=True)
        border = following
    return None


def _clause_end(words: Sequence[Word], at: int) -> int:
    """The border after a clause, in which quotations may stand."""
    at = next_border(words, at)
    while at < len(words) and is_speech(words[at]):
        at = next_border(words, at + 1)
    return at


def is_reported(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a clause has a verb in the Konjunktiv."""
    return any(word.reported for word in words[start:end])


def _is_infinitive(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a clause ends in "zu" and an infinitive, or in one with "zu" in it: "abzuziehen"."""
    if words[start].lower in {"um", "ohne", "statt", "anstatt"}:
        return False
    for place in range(max(start, end - 4), end):
        lower = words[place].lower
        if lower == "zu" and place + 1 < end and words[place + 1].lower.endswith("n") and not words[place + 1].capital:
            return True
        if "zu" in lower[2:-3] and lower.endswith("en") and not words[place].capital:
            return True
    return False
