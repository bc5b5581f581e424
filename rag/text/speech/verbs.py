"""Verbs of speech at their place: which verb a form is, and where the rest of it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.text.speech.clauses import BORDERS, is_speech, left_border, next_border
from rag.text.speech.cue import Strength
from rag.text.speech.lexicon import (
    BE,
    BECOME,
    CONJUNCTIONS,
    HAVE,
    SPEECH_NOUNS,
    STATES_OF_MIND,
    light_verbs,
    speech_verbs,
    verb_forms,
)
from rag.text.speech.words import Word

_DECLARED = frozenset({"bereit", "einverstanden", "solidarisch"})
_SAYS_WITH = SPEECH_NOUNS | STATES_OF_MIND | {"klar", "verstehen", "bedenken", "ausdruck"}
_LONGEST_FRAME = 30


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of speech at its place; where its finite form and its split prefix stand, if those are elsewhere."""

    at: int
    lemma: str
    strength: Strength
    finite: int
    split: int | None = None
    passive: bool = False


def read_verb(words: Sequence[Word], at: int) -> Verb | None:
    word = words[at]
    readings = verb_forms("de").get(word.lower, ())
    if (
        not readings
        or word.reported
        or (word.capital and at and not words[at - 1].quoted and words[at - 1].text not in ".:")
    ):
        return None
    for reading in sorted(readings, key=lambda reading: (not reading.prefix, not reading.participle)):
        finite, passive, split = at, False, None
        if reading.prefix:
            split = _split_prefix(words, at, reading.prefix)
            if split is None:
                continue
        elif reading.participle:
            only = all(other.participle for other in readings) or _stands_alone(words, at)
            auxiliary = _auxiliary(words, at, only_near=not only)
            if auxiliary is None:
                continue
            finite, passive = auxiliary
        lemma = reading.prefix + reading.infinitive
        if lemma == "heißen" and not _says_itself(words, finite):
            continue
        if lemma == "erklären" and _explains_itself(words, finite):
            continue
        if lemma in light_verbs() and not _with_noun(words, left_border(words, at), at):
            continue
        strength: Strength = (
            "light" if lemma in light_verbs() else "speech" if lemma in speech_verbs("de") else "opinion"
        )
        return Verb(at, lemma, strength, finite, split, passive)
    return None


def _says_itself(words: Sequence[Word], at: int) -> bool:
    """Whether "heißt" is "es heißt": something is said, and not called."""
    near = {words[place].lower for place in range(max(0, at - 2), min(at + 3, len(words)))}
    return "es" in near


def _explains_itself(words: Sequence[Word], finite: int) -> bool:
    """Whether something "erklärt sich durch" something, and nobody "erklärt sich bereit"."""
    clause = [word.lower for word in words[finite + 1 : next_border(words, finite + 1)]]
    return clause[:1] == ["sich"] and not _DECLARED.intersection(clause)


def _with_noun(words: Sequence[Word], left: int, at: int) -> bool:
    place = left + 1
    while place < len(words) and not (place > at and (words[place].text in ":;" or is_speech(words[place]))):
        if place > at and words[place].lower in {"dass", "daß", "ob"}:
            return False
        if words[place].lower in _SAYS_WITH:
            return True
        place += 1
    return False


def _split_prefix(words: Sequence[Word], at: int, prefix: str) -> int | None:
    """Where the prefix of a separable verb stands: at the end of its clause, even past one that is put in."""
    for place in range(at + 1, len(words)):
        word = words[place]
        if word.lower == prefix and not word.quoted:
            after = words[place + 1] if place + 1 < len(words) else None
            if after is None or not after.text[0].isalnum() or after.quoted or after.lower in CONJUNCTIONS | {"als"}:
                return place
        if word.text in ";" or (word.text == ":" and place > at):
            return None
    return None


def _auxiliary(words: Sequence[Word], at: int, *, only_near: bool) -> tuple[int, bool] | None:
    """Where the finite verb of a participle's clause stands, and whether it makes a passive.

    `only_near`: without a border between, since the word may be a finite verb itself: "berichtet".
    """
    left = left_border(words, at) if only_near else max(-1, at - _LONGEST_FRAME)
    for place in [*range(at + 1, min(at + 3, next_border(words, at))), *range(at - 1, left, -1)]:
        lower = words[place].lower
        if lower in HAVE | BECOME | BE and not (place < at - 1 and words[place + 1].text == ","):
            return place, lower not in HAVE
        if place < at and words[place].text in ".;:":
            return None
    return None


def _stands_alone(words: Sequence[Word], at: int) -> bool:
    """Whether borders stand on both sides, as after something put in: "wird Muster, der Leiter, zitiert"."""
    return at > 0 and words[at - 1].text in BORDERS and (at + 1 == len(words) or not words[at + 1].text[0].isalnum())
