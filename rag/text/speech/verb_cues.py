"""Cues that are verbs: "sagte", "teilte mit", "ist überzeugt" give words to their subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.text.function_words import DETERMINERS, PREPOSITIONS
from rag.text.speech.clauses import (
    MAY_BE_OBJECT,
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
from rag.text.speech.cue import Cue, around
from rag.text.speech.lexicon import (
    BE,
    BECOME,
    CONJUNCTIONS,
    HAVE,
    NAMING_VERBS,
    RELATIVES,
    SUBORDINATORS,
)
from rag.text.speech.phrases import Phrase, is_adjective, phrase_at
from rag.text.speech.verbs import Verb, read_verb
from rag.text.speech.words import Word

_AROUND_IT = frozenset({"wie", "woraufhin", "was"})
_NO_VERBS = (
    HAVE | BE | BECOME | SUBORDINATORS | CONJUNCTIONS | RELATIVES | PREPOSITIONS["de"] | DETERMINERS["de"] | {"so"}
)

Runs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Clause:
    """The clause of a verb: its first word, the border before it, and whether its verb comes last."""

    first: int
    left: int
    opener: str
    final: bool
    begins: bool  # with its verb

    @property
    def subordinate(self) -> bool:
        """Whether an opener makes it hang on another: "weil", "wie", a relative pronoun."""
        return not self.begins and (self.opener in SUBORDINATORS and (self.final or self.opener == "wie"))


def verb_cue(words: Sequence[Word], at: int) -> Cue | None:
    """The cue that the word there is, where it is a verb of speech."""
    verb = read_verb(words, at)
    if verb is None:
        return None
    clause = _clause_of(words, verb)
    said, antecedent = _subject(words, verb, clause)
    said = _speaking(words, verb, said, clause.first)
    last = max(at, verb.finite, verb.split or 0, said.end - 1 if said else 0)
    border = next_border(words, last + 1)
    contents = _contents(words, verb, clause, border)
    if said and clause.begins and said.start < clause.first:  # what stands before is who speaks
        contents = tuple(run for run in contents if run[0] >= clause.first)
    called = _called(words, verb, clause)
    if called and said:
        contents = (*contents, called)
    region = (clause.first, max(border, last + 1))
    return Cue(at, at + 1, verb.strength, region, said, antecedent, contents, complement=bool(contents), called=called)


def unknown_verb_cue(words: Sequence[Word], at: int) -> Cue | None:
    """Any verb right after a quotation and a comma: "„...“, strich Muster heraus"."""
    if at < 2 or words[at - 1].text != "," or not is_speech(words[at - 2]) or not words[at].text.islower():
        return None
    if words[at].lower in _NO_VERBS:
        return None
    said = phrase_at(words, at + 1, language="de")
    if said is None:
        return None
    border = next_border(words, said.end)
    return Cue(at, at + 1, "opinion", (at, border), said, contents=((0, at - 1),), complement=True)


def _clause_of(words: Sequence[Word], verb: Verb) -> _Clause:
    left = left_border(words, min(verb.at, verb.finite))
    first = left + 1
    while first < verb.finite and (words[first].lower in CONJUNCTIONS or _points_back(words, first, verb.finite)):
        first += 1
    final = _is_verb_final(words, verb)
    if final and (opened := opener_put_off(words, first, "wie")) is not None:
        first, left = opened, opened - 1
    begins = first == verb.finite
    return _Clause(first, left, words[first].lower, final and not begins, begins)


def _subject(words: Sequence[Word], verb: Verb, clause: _Clause) -> tuple[Phrase | None, Phrase | None]:
    """The subject, and what it stands for where that is a relative pronoun."""
    first, finite = clause.first, verb.finite
    if clause.subordinate:
        said = subject_within(words, first + 1, finite)
        if said is None and clause.opener == "wie":
            said = subject_after(words, finite + 1, next_border(words, finite + 1))
        return said, None
    relative = clause.final and clause.opener in RELATIVES and clause.left >= 0 and words[clause.left].text == ","
    if not relative:
        return main_subject(words, first, finite), None
    said = None if clause.opener in {"der", "welcher"} else _relative_subject(words, first + 1, finite)
    if said is not None:
        return said, None
    return Phrase(first, first + 1, (first,), pronoun=True), antecedent_of(words, clause.left)


def _points_back(words: Sequence[Word], at: int, finite: int) -> bool:
    """A "das", "dies" or "so" that stands for what was said before: "das entschied das Gericht"."""
    return words[at].lower in {"das", "dies", "so"} and at + 1 == finite


def _speaking(words: Sequence[Word], verb: Verb, subject: Phrase | None, first: int) -> Phrase | None:
    """Who speaks, which is not the subject of all verbs."""
    if verb.lemma == "heißen":
        told = any(word.reported or word.quoted for word in words[:first])
        return place_of(words, first, verb.finite) or (None if told else place_of(words, 0, verb.finite))
    if verb.lemma == "zitieren":
        quoted = object_after(words, max(verb.finite + 1, subject.end)) if subject and not verb.passive else None
        return quoted or subject
    return agent(words, verb.finite) if verb.passive else subject


def _called(words: Sequence[Word], verb: Verb, clause: _Clause) -> tuple[int, int] | None:
    """The quotations that a verb calls something: "nannte es ein „...“", "als „...“ und „...“ bezeichnet"."""
    if verb.lemma not in NAMING_VERBS:
        return None
    markers = NAMING_VERBS[verb.lemma].split()
    for at in range(verb.at - 1, clause.first, -1) if clause.final else range(verb.finite + 1, len(words)):
        if words[at].quoted is None:
            if words[at].text in ";:":
                return None
            continue
        before = at - 1
        while before > clause.first and (words[before].lower in DETERMINERS["de"] or is_adjective(words[before])):
            before -= 1
        if not markers or words[before].lower in markers:
            return at, _end_of_list(words, at)
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
    if found is None or words[found.start].lower in MAY_BE_OBJECT:
        return None
    return found


def _is_verb_final(words: Sequence[Word], verb: Verb) -> bool:
    after = max(verb.finite, verb.at) + 1
    return (
        after >= len(words)
        or not words[after].text[0].isalnum()
        or words[after].lower in CONJUNCTIONS
        or is_speech(words[after])
    )


def _contents(words: Sequence[Word], verb: Verb, clause: _Clause, border: int) -> Runs:
    """The runs of words that a verb gives to its subject. `border` is the one after its clause."""
    if clause.subordinate and clause.opener in _AROUND_IT:
        return around(words, (max(clause.left, 0), min(border + 1, len(words))))
    hangs = clause.final and clause.opener in SUBORDINATORS | RELATIVES
    if hangs and border < len(words) and words[border].text == ":":
        return ()  # what a colon announces hangs on the main clause
    left = clause.left if clause.begins else -1
    before = left >= 0 and (words[left].text in {",", "–", "-"} or is_speech(words[left]))
    hanging = hanging_clause(words, border)
    if hanging is None:
        that = next((at for at in range(verb.at + 1, border) if words[at].lower in {"dass", "daß"}), None)
        hanging = Hanging(that, opened=True) if that is not None else None
    if hanging is not None:
        after = ((hanging.start, len(words)),)
        return ((0, left), *after) if before and not hanging.opened else after
    return ((0, left),) if before and left > 0 else ()
