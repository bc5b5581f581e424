"""Who is named in an article, and which name a pronoun, a title or a surname stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rag.text.function_words import DETERMINERS, FUNCTION_WORDS
from rag.text.speech.words import Word
from rag.types import Span

Gender = Literal["m", "f"]

# Ends of German words for what someone is, in the masculine; "in" makes the feminine.
_ROLES = (
    "minister|präsident|kanzler|sprecher|chef|leiter|direktor|professor|anwalt|richter|sekretär|general|kommissar|meister|"
    "politiker|experte|forscher|wissenschaftler|historiker|trainer|spieler|stürmer|kapitän|vorsitzender|"
    "abgeordneter|beauftragter|senator|gouverneur|könig|prinz|fürst|papst|kardinal|bischof|pfarrer|"
    "autor|regisseur|schauspieler|sänger|journalist|redakteur|reporter|manager|unternehmer|gründer|vorstand|inhaber|"
    "besitzer|geschäftsführer|botschafter|diplomat|offizier|oberst|admiral|kommandeur|polizist|arzt|mediziner|"
    "physiker|biologe|geologe|astronom|ökonom|soziologe|psychologe|kandidat|führer|anführer|rebell|zeuge|fahrer|pilot|"
    "mitarbeiter|vertreter|berater|koordinator|rektor|dekan|dozent|lehrer|intendant|kritiker|verteidiger|kläger|ankläger|"
    "staatsanwalt|beamter|beamten|landrat|stadtrat|rat|premier|herr|vizekanzler|außenamtssprecher|weltmeister|astronaut|ingenieur|"
    "staatschef|ministerpräsident|diktator|friedensnobelpreisträger|preisträger|aktivist|gewerkschafter|bauer|landwirt"
)
_MASCULINE = re.compile(rf"[\w-]*(?:{_ROLES})s?", re.IGNORECASE)
# Of these the determiner says the gender: "die Abgeordnete", "der Vorsitzende".
_EITHER = re.compile(r"[\w-]*(?:vorsitzende|abgeordnete|beauftragte|angeklagte|verdächtige|angehörige)", re.IGNORECASE)
_FEMININE = re.compile(
    rf"[\w-]*(?:(?:{_ROLES.replace('e|', '|')})in|frau|königin|prinzessin|ärztin|anwältin|rätin|bäuerin|äbtissin)"
    r"(?:nen)?",
    re.IGNORECASE,
)
_ENGLISH_ROLES = re.compile(
    r"(?:mr|mrs|ms|miss|dr|prof|president|minister|secretary|senator|governor|mayor|chancellor|spokesman|spokeswoman|"
    r"spokesperson|king|queen|prince|princess|pope|general|judge|professor|sir|lord|lady|congressman|congresswoman|"
    r"representative|chairman|chairwoman|director|coach|captain|prime|foreign|defense|defence|vice|former)\.?",
    re.IGNORECASE,
)
_TITLES = frozenset({"dr.", "prof.", "dr", "prof", "st.", "mr.", "mrs.", "ms.", "mr", "mrs", "ms", "sir"})
_SHE = frozenset(
    {"frau", "mrs.", "ms.", "mrs", "ms", "miss", "queen", "spokeswoman", "chairwoman", "congresswoman", "lady"}
)
_HE = frozenset({"herr", "mr.", "mr", "king", "spokesman", "chairman", "congressman", "sir", "lord", "mann"})
_BY_DETERMINER: dict[str, Gender] = {"der": "m", "ein": "m", "die": "f", "eine": "f"}
PARTICLES = frozenset("von van de del la bin ibn al el zu da dos di du ter".split())
_AFTER_PARTICLES = frozenset({"der", "den", "dem", "la", "las", "los"})  # "von der Leyen", but no name of its own
_DETERMINED = DETERMINERS["de"] | {"am", "beim", "im", "ins", "vom", "zum", "zur"}
_MOST_IN_NAME = 4
_ABSTRACT = ("ung", "heit", "keit", "schaft", "tion", "tät")
_LONGEST_ROLE_AS_NAME = 8  # letters: "Klaus Richter", but not "Reagans Außenminister"
_AFTER_ZU = frozenset("beginn ende anfang recht unrecht wort gast besuch protokoll fuß".split())
_WORD_OF_NAME = re.compile(r"[^\W\d_][\w’'.-]*")
_FIRST = re.compile(r"[.!?:]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands, without titles: `text[start:end]`. `roles` are the words for what its bearer is."""

    start: int
    end: int
    words: tuple[str, ...]
    roles: tuple[str, ...]
    gender: Gender | None
    person: bool

    @property
    def surname(self) -> str:
        return self.words[-1]

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@lru_cache(maxsize=50_000)
def role_gender(word: str) -> Gender | None:
    """What a word for a person says of its gender; None where it is no such word."""
    lower = word.lower()
    if lower in _SHE or _FEMININE.fullmatch(lower):
        return "f"
    if lower in _HE or _MASCULINE.fullmatch(lower):
        return "m"
    return None


def is_role(word: str) -> bool:
    return role_gender(word) is not None or bool(_EITHER.fullmatch(word) or _ENGLISH_ROLES.fullmatch(word))


def find_names(words: Sequence[Word], *, language: str) -> list[Name]:
    """Runs of capitals that are most likely names: two or more words without a determiner, or after a title."""
    names: list[Name] = []
    at = 0
    while at < len(words):
        if not _in_name(words, at):
            at += 1
            continue
        end = at + 1
        while end < len(words) and (_in_name(words, end) or _joins(words, end)):
            end += 1 if _in_name(words, end) else _joins(words, end)
        if name := _name(words, at, end, language=language):
            names.append(name)
        at = end
    return names


def _in_name(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    return word.quoted is None and word.capital and bool(_WORD_OF_NAME.fullmatch(word.text))


def _joins(words: Sequence[Word], at: int) -> int:
    """How many words there join a name: "von", "von der"; 0 where none do."""
    after = at + 1
    if words[at].lower in PARTICLES and after < len(words) and words[after].lower in _AFTER_PARTICLES:
        after += 1
    joins = words[at].lower in PARTICLES and after < len(words) and _in_name(words, after)
    if joins and words[at].lower == "zu" and (words[after].lower in _AFTER_ZU or _is_inflected(words[after].text)):
        return 0
    return after - at if joins else 0


def _name(words: Sequence[Word], start: int, end: int, *, language: str) -> Name | None:
    begins = start == 0 or bool(_FIRST.fullmatch(words[start - 1].text)) or words[start - 1].quoted is not None
    if begins and words[start].lower in FUNCTION_WORDS[language] | DETERMINERS[language] | {"ein", "auch", "nach"}:
        start += 1
    before = words[start - 1] if start else None
    described = language == "de" and _is_described(words, start)
    roles: list[str] = []
    gender: Gender | None = None
    while start < end and (is_role(words[start].text) or words[start].lower in _TITLES or (described and not roles)):
        roles.append(words[start].lower)
        gender = role_gender(words[start].text) or gender
        start += 1
    inner = _begins_within(words, start, end)
    if inner > start:
        start, gender, roles = inner, role_gender(words[inner - 1].text), [words[inner - 1].lower]
    of_place = start < end and words[start].lower == "von" and any(is_role(role) for role in roles)
    following = words[start + 1].lower if start + 1 < len(words) else ""
    if start < end and words[start].lower in PARTICLES and following not in _AFTER_PARTICLES:
        start, roles = start + 1, []
    proper = [word.text for word in words[start:end]]
    if not proper or (is_role(proper[-1]) and len(proper[-1]) > _LONGEST_ROLE_AS_NAME):
        return None
    if before is not None and gender is None and roles:
        gender = _BY_DETERMINER.get(before.lower)
    known = bool(roles) and any(is_role(role) for role in roles)
    if of_place or (len(proper) == 1 and not known):
        return Name(words[start].start, words[end - 1].end, tuple(proper), tuple(roles), None, person=False)
    person = len(proper) <= _MOST_IN_NAME and (known or language == "en" or _may_be_person(proper))
    return Name(words[start].start, words[end - 1].end, tuple(proper), tuple(roles), gender, person=person)


def _may_be_person(proper: Sequence[str]) -> bool:
    """Whether capitals in a row can be a person's name: not "Zollbeamte Kartuschen", which are inflected nouns."""
    first, last = proper[0], proper[-1].rstrip("s")
    return not (first.endswith(_ABSTRACT) or _is_inflected(first) or _is_inflected(last))


@lru_cache(maxsize=50_000)
def _is_inflected(word: str) -> bool:
    import simplemma

    return len(word) > 3 and bool(simplemma.is_known(word, lang="de")) and simplemma.lemmatize(word, lang="de") != word


def _begins_within(words: Sequence[Word], start: int, end: int) -> int:
    """Where the name begins in "Reagans Außenminister George Shultz" and in "Kritik von Angela Merkel"."""
    for at in range(end - 2, start, -1):
        if is_role(words[at].text) or (words[at].lower == "von" and end - at > 2 and _in_name(words, at + 1)):
            return at + 1
    return start


def _is_described(words: Sequence[Word], start: int) -> bool:
    """Whether a determiner stands before, or adjectives after one: then a noun comes first, and the name after it."""
    at = start - 1
    while at > 0 and words[at].text[0].islower() and words[at].lower.endswith(("e", "er", "en", "es")):
        if words[at].lower in _DETERMINED:
            return True
        at -= 1
    return at >= 0 and words[at].lower in _DETERMINED


def folded(word: str) -> str:
    """A word in small letters, without the apostrophe of a genitive."""
    return word.lower().rstrip("’'")


def same_word(one: str, other: str) -> bool:
    """Whether two words are one but for a genitive's s."""
    one, other = folded(one), folded(other)
    return one == other or one + "s" == other or other + "s" == one
