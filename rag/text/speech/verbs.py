"""Verbs that give words to their subject: "sagte", "teilte mit", "ist überzeugt"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.text.function_words import DETERMINERS, PREPOSITIONS
from rag.text.speech.clauses import (
    BORDERS,
    Hanging,
    agent,
    antecedent_of,
    hanging_clause,
    is_speech,
    left_border,
    main_subject,
    next_border,
    object_after,
    opener_put_off,
    place_of,
    subject_after,
    subject_within,
)
from rag.text.speech.cue import Cue, Strength, around
from rag.text.speech.lexicon import (
    BE,
    BECOME,
    CONJUNCTIONS,
    HAVE,
    NAMING_VERBS,
    RELATIVES,
    SPEECH_NOUNS,
    STATES_OF_MIND,
    SUBORDINATORS,
    light_verbs,
    speech_verbs,
    verb_forms,
)
from rag.text.speech.phrases import Phrase, is_adjective, phrase_at
from rag.text.speech.words import Word

_DECLARED = frozenset({"bereit", "einverstanden", "solidarisch"})
_LONGEST_FRAME = 30
_MAY_BE_OBJECT = frozenset("die das diese dieses eine ein ihre seine sein ihr".split())


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb of speech at its place; where its finite form and its split prefix stand, if those are elsewhere."""

    at: int
    lemma: str
    strength: Strength
    finite: int
    split: int | None = None
    passive: bool = False


def verb_cue(words: Sequence[Word], at: int) -> Cue | None:
    """The cue that the word there is, where it is a verb of speech."""
    verb = _read(words, at)
    if verb is None:
        return None
    left = left_border(words, min(at, verb.finite))
    first = left + 1
    while first < verb.finite and (words[first].lower in CONJUNCTIONS or _points_back(words, first, verb.finite)):
        first += 1
    final = _is_verb_final(words, verb)
    if final and (opened := opener_put_off(words, first, "wie")) is not None:
        first, left = opened, opened - 1
    opener = words[first].lower
    final = final and first < verb.finite
    antecedent: Phrase | None = None
    around_it = False
    if first < verb.finite and opener in SUBORDINATORS and (final or opener == "wie"):
        said = subject_within(words, first + 1, verb.finite)
        if said is None and opener == "wie":
            said = subject_after(words, verb.finite + 1, next_border(words, verb.finite + 1))
        around_it = opener in {"wie", "woraufhin", "was"}
    elif first < verb.finite and opener in RELATIVES and final and left >= 0 and words[left].text == ",":
        said = None if opener in {"der", "welcher"} else _relative_subject(words, first + 1, verb.finite)
        if said is None:
            said, antecedent = Phrase(first, first + 1, (first,), pronoun=True), antecedent_of(words, left)
    else:
        said = main_subject(words, first, verb.finite)
    said = _speaking(words, verb, said, first)
    last = max(at, verb.finite, verb.split or 0, said.end - 1 if said else 0)
    border = next_border(words, last + 1)
    named = _named(words, verb, first, final=final)
    subordinate = final and opener in SUBORDINATORS | RELATIVES
    if around_it:
        contents = around(words, (max(left, 0), min(border + 1, len(words))))
    else:
        contents = _contents(words, left if first == verb.finite else -1, border, verb)
        if subordinate and words[border : border + 1] and words[border].text == ":":
            contents = ()  # what a colon announces hangs on the main clause
    if said and first == verb.finite and said.start < first:
        contents = tuple(run for run in contents if run[0] >= first)  # what stands before is who speaks
    called = (named, _end_of_list(words, named)) if named is not None else None
    if called and said:
        contents = (*contents, called)
    region = (first, max(border, last + 1))
    return Cue(at, at + 1, verb.strength, region, said, antecedent, contents, complement=bool(contents), called=called)


def _named(words: Sequence[Word], verb: _Verb, first: int, *, final: bool) -> int | None:
    """Where the quotation stands that a verb calls something: "nannte es ein „...“", "als „...“ bezeichnet"."""
    if verb.lemma not in NAMING_VERBS:
        return None
    markers = NAMING_VERBS[verb.lemma].split()
    for at in range(verb.at - 1, first, -1) if final else range(verb.finite + 1, len(words)):
        if words[at].quoted is None:
            if words[at].text in ";:":
                return None
            continue
        before = at - 1
        while before > first and (words[before].lower in DETERMINERS["de"] or is_adjective(words[before])):
            before -= 1
        if not markers or words[before].lower in markers:
            return at
    return None


def _end_of_list(words: Sequence[Word], at: int) -> int:
    """Past the quotations that are joined to the one there: "als „frech“ und „dumm“"."""
    end = at + 1
    while end + 1 < len(words) and words[end].lower in {",", "und", "oder", "sowie"} and words[end + 1].quoted:
        end += 2
    return end


def _relative_subject(words: Sequence[Word], start: int, end: int) -> Phrase | None:
    """The subject of "die er nannte", "das der Minister nannte"; of "die das Gesetz nannte" it is the pronoun."""
    found = subject_within(words, start, end)
    if found is None or words[found.start].lower in _MAY_BE_OBJECT:
        return None
    return found


def _read(words: Sequence[Word], at: int) -> _Verb | None:
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
        return _Verb(at, lemma, strength, finite, split, passive)
    return None


def _points_back(words: Sequence[Word], at: int, finite: int) -> bool:
    """A "das", "dies" or "so" that stands for what was said before: "das entschied das Gericht"."""
    return words[at].lower in {"das", "dies", "so"} and at + 1 == finite


def _speaking(words: Sequence[Word], verb: _Verb, subject: Phrase | None, first: int) -> Phrase | None:
    """Who speaks, which is not the subject of all verbs."""
    if verb.lemma == "heißen":
        told = any(word.reported or word.quoted for word in words[:first])
        return place_of(words, first, verb.finite) or (None if told else place_of(words, 0, verb.finite))
    if verb.lemma == "zitieren":
        quoted = object_after(words, max(verb.finite + 1, subject.end)) if subject and not verb.passive else None
        return quoted or subject
    return agent(words, verb.finite) if verb.passive else subject


def unknown_verb_cue(words: Sequence[Word], at: int) -> Cue | None:
    """Any verb right after a quotation and a comma: "„...“, strich Muster heraus"."""
    if at < 2 or words[at - 1].text != "," or not is_speech(words[at - 2]) or not words[at].text.islower():
        return None
    if words[at].lower in HAVE | BE | BECOME | SUBORDINATORS | CONJUNCTIONS | RELATIVES | PREPOSITIONS[
        "de"
    ] | DETERMINERS["de"] | {"so"}:
        return None
    said = phrase_at(words, at + 1, language="de")
    if said is None:
        return None
    border = next_border(words, said.end)
    return Cue(at, at + 1, "opinion", (at, border), said, contents=((0, at - 1),), complement=True)


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
        if words[place].lower in SPEECH_NOUNS or words[place].lower in STATES_OF_MIND | {
            "klar",
            "verstehen",
            "bedenken",
            "ausdruck",
        }:
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


def _stands_alone(words: Sequence[Word], at: int) -> bool:
    """Whether borders stand on both sides, as after something put in: "wird Muster, der Leiter, zitiert"."""
    return at > 0 and words[at - 1].text in BORDERS and (at + 1 == len(words) or not words[at + 1].text[0].isalnum())


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


def _is_verb_final(words: Sequence[Word], verb: _Verb) -> bool:
    after = max(verb.finite, verb.at) + 1
    return (
        after >= len(words)
        or not words[after].text[0].isalnum()
        or words[after].lower in CONJUNCTIONS
        or is_speech(words[after])
    )


def _contents(words: Sequence[Word], left: int, border: int, verb: _Verb) -> tuple[tuple[int, int], ...]:
    """The runs of words that a verb gives to its subject. `left` is the border before a verb that begins its clause."""
    end = len(words)
    before = left >= 0 and (words[left].text in {",", "–", "-"} or is_speech(words[left]))
    hanging = hanging_clause(words, border)
    if hanging is None:
        that = next((at for at in range(verb.at + 1, border) if words[at].lower in {"dass", "daß"}), None)
        hanging = Hanging(that, opened=True) if that is not None else None
    if hanging is not None:
        after = ((hanging.start, end),)
        return ((0, left), *after) if before and not hanging.opened else after
    return ((0, left),) if before and left > 0 else ()
