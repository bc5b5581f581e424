"""Cues of English sentences: "said X", "X said that", "according to X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.text.function_words import AUXILIARIES, PREPOSITIONS
from rag.text.speech.clauses import left_border, next_border
from rag.text.speech.cue import Cue, around
from rag.text.speech.lexicon import (
    ENGLISH_NAMING_VERBS,
    ENGLISH_SUBORDINATORS,
    ENGLISH_TRANSITIVE_VERBS,
    verb_forms,
)
from rag.text.speech.phrases import Phrase, phrase_at
from rag.text.speech.words import Word

_OPENERS = frozenset({"and", "but", "or", "as", "which", "who", "however", "yet"})
_RELATIVES = frozenset({"who", "which", "whose", "where", "when"})
_WHEN = frozenset("yesterday today later also again then him her them us me reporters".split())
_MOST_PUT_IN = 3


def english_cues(words: Sequence[Word]) -> Iterator[Cue]:
    """The cues of a sentence, in order."""
    forms = verb_forms("en")
    for at, word in enumerate(words):
        following = words[at + 1].lower if at + 1 < len(words) else ""
        if word.quoted is not None:
            continue
        if word.lower == "according" and following == "to":
            phrase = phrase_at(words, at + 2, language="en")
            if phrase:
                region = (at, phrase.end)
                yield Cue(at, at + 2, "source", region, phrase, contents=around(words, region), complement=True)
        elif word.lower == "put" and following == "it":  # "as X put it"
            said = _subject_within(words[:at], _left(words, at) + 1, at)
            if said:
                region = (said.start, at + 2)
                yield Cue(at, at + 2, "speech", region, said, contents=around(words, region), complement=True)
        elif word.lower in forms and not (word.capital and at):
            cue = _verb_cue(words, at, forms[word.lower][0].infinitive)
            if cue:
                yield cue


def _verb_cue(words: Sequence[Word], at: int, lemma: str) -> Cue | None:
    left = _left(words, at)
    first = left + 1
    while first < at and words[first].lower in _OPENERS:
        first += 1
    said = _subject(words, first, at)
    last = max(at, said.end - 1 if said else 0)
    if lemma in ENGLISH_NAMING_VERBS:
        quoted = next((place for place in range(at + 1, len(words)) if words[place].quoted), None)
        called = (quoted, quoted + 1) if quoted is not None else None
        contents = (called,) if called and said else ()
        return Cue(at, at + 1, "speech", (first, at + 1), said, None, contents, bool(contents), called)
    after = _complement(words, last + 1, bare=last == at and lemma not in ENGLISH_TRANSITIVE_VERBS)
    if said is None and after is None:
        return None
    found = ((after, len(words)),) if after is not None else _before(words, left, said, first, at)
    border = next_border(words, last + 1)
    return Cue(at, at + 1, "speech", (first, border), said, contents=found, complement=bool(found))


def _left(words: Sequence[Word], at: int) -> int:
    """The border before a verb. A quotation with its comma within its marks is one: "It is over," she said."""
    left = left_border(words, at)
    return next((place for place in range(at - 1, left, -1) if _is_closed(words[place])), left)


def _is_closed(word: Word) -> bool:
    return word.quoted is not None and word.text.rstrip("\"”“'’»")[-1:] in {",", ".", "!", "?"}


def _before(words: Sequence[Word], left: int, said: Phrase | None, first: int, at: int) -> tuple[tuple[int, int], ...]:
    """What stands before a clause that only says who says it: "The plan failed, she said", "..., said the minister"."""
    if left < 0 or said is None:
        return ()
    if said.start < first:  # the subject is put off, and what is said stands before it
        return ((0, said.start),) if said.start and _is_closed(words[said.start - 1]) else ()
    if said.start not in {first, at + 1}:
        return ()
    if _is_closed(words[left]):
        return ((0, left + 1),)
    return ((0, left),) if words[left].text == "," or words[left].quoted else ()


def _subject(words: Sequence[Word], first: int, at: int) -> Phrase | None:
    """Who says it: before the verb, after it where that comes first in its clause, or past what is put in."""
    if first < at:
        return _subject_within(words, first, at)
    put_off = _put_off(words, first - 1)
    behind = phrase_at(words, at + 1, language="en")
    return put_off or behind


def _subject_within(words: Sequence[Word], first: int, at: int) -> Phrase | None:
    """The phrase that ends right before the verb, or before adverbs and auxiliaries of it."""
    for start in range(max(0, first), at):
        if words[start].lower in ENGLISH_SUBORDINATORS | PREPOSITIONS["en"] or not words[start].text[0].isalnum():
            continue
        found = phrase_at(words, start, language="en")
        if found and all(_belongs_to_verb(word) for word in words[found.end : at]):
            return found
    return None


def _belongs_to_verb(word: Word) -> bool:
    return word.lower in AUXILIARIES["en"] | _WHEN | {"not", "never", "nevertheless", "often", "still"} or (
        word.lower.endswith("ly") and not word.capital
    )


def _put_off(words: Sequence[Word], border: int) -> Phrase | None:
    """The subject before what is put in: "The minister, who took office in May, said"."""
    if border < 1 or words[border].text != ",":
        return None
    for _ in range(_MOST_PUT_IN):
        start = _left(words, border) + 1
        if start >= border or start < 1 or words[start - 1].text != ",":
            return None
        outer = _left(words, start - 1)
        subject = phrase_at(words, outer + 1, language="en")
        if subject and subject.end in {start - 1, border}:
            return subject
        border = start - 1
    return None


def _complement(words: Sequence[Word], after: int, *, bare: bool) -> int | None:
    """Where begins what is said after a verb and its subject. `bare`: it may do without a "that"."""
    while after < len(words) and words[after].lower in _WHEN:
        after += 1
    if after < len(words) and words[after].lower in PREPOSITIONS["en"]:
        that = next((at for at in range(after, len(words)) if words[at].lower == "that"), None)
        quoted = next((at for at in range(after, len(words)) if words[at].quoted and words[at - 1].text in ":,"), None)
        return that if that is not None else quoted
    if after >= len(words):
        return None
    if words[after].lower == "that":
        return after
    if words[after].text in {":", ","} and after + 1 < len(words) and words[after + 1].quoted:
        return after + 1
    if bare and words[after].quoted:
        return after
    clause = words[after + 1 : next_border(words, after) + 1]
    has_verb = any(word.quoted or word.lower in AUXILIARIES["en"] or word.lower.endswith("ed") for word in clause)
    return after if bare and has_verb and words[after].text[0].isalnum() else None
