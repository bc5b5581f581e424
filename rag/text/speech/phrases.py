"""Noun phrases and pronouns among words: who may be a speaker.

A German noun is a capital; an English phrase is what stands between a clause's border and its verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.text.function_words import DETERMINERS, FUNCTION_WORDS, PREPOSITIONS
from rag.text.speech.lexicon import SUBORDINATORS, verb_forms
from rag.text.speech.names import PARTICLES, is_role
from rag.text.speech.words import Word

PRONOUNS = {
    "de": frozenset(
        """er sie wir ich man dieser diese dieses jener jene beide viele einige manche andere letzterer
        letztere ersterer
        erstere""".split()
    ),
    "en": frozenset("he she they we i it".split()),
}
_ONES = frozenset("einer eine eines einige mehrere viele keiner jeder beide zwei drei".split())
_AFTER_DETERMINER = frozenset({"beiden", "beide", "zwei", "drei", "vielen"})
_PERSONAL = frozenset("er sie wir ich man".split())
_NOMINATIVE = frozenset(
    """der die das ein eine dieser diese dieses jener jene kein keine sein seine ihr ihre unser unsere mein
    meine alle beide
    viele mehrere einige manche zwei drei vier fünf sechs sieben acht neun zehn zwölf rund etwa mindestens zahlreiche
    weitere verschiedene andere deren dessen hunderte tausende zahllose etliche fast knapp auch selbst
    sogar""".split()
)
_GENITIVE = frozenset(
    """des der eines einer dieser dieses seiner seines ihrer ihres deren dessen unserer jener beider zweier dreier
    mehrerer""".split()
)
_LINKS = frozenset("von vom für aus bei beim gegen zur zum".split())
_LOCAL_LINKS = frozenset("in im an am auf".split())
_NAME_PARTICLES = PARTICLES - {"zu"} | {"of", "the"}
_ADJECTIVE = re.compile(r"(?:\d+-)?[a-zäöüß-]+(?:e|en|er|es|em)|[a-zäöüß]+(?:isch|lich|ig)")
_COUNT = re.compile(r"\d[\d.,]*(?<!\.)|[IVX]+\.?")
_NUMBER = re.compile(r"\d[\d.,]*|[IVX]+\.?")
_TIMES = frozenset(
    """montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz april mai juni
    juli august
    september oktober november dezember morgen abend vormittag nachmittag nacht mittag wochenende anschluss interview
    gespräch rahmen zusammenhang fernsehen rundfunk tag jahr jahre jahren woche monat ende anfang hinblick bezug
    vorfeld""".split()
)
_MOMENTS = frozenset(
    """montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz april mai juni juli
    august september oktober november dezember uhr euro dollar milliarden millionen""".split()
)
_MOST_ADJECTIVES = 5
_MOST_IN_BRACKETS = 8
_LONGEST_PARTICIPIAL = 8


@dataclass(frozen=True, slots=True)
class Phrase:
    """`words[start:end]`. `heads` are the places of its own noun and of one that is put beside it, "X, der Y"."""

    start: int
    end: int
    heads: tuple[int, ...]
    pronoun: bool = False


def phrase_at(words: Sequence[Word], at: int, *, language: str, dative: bool = False) -> Phrase | None:
    """The noun phrase or pronoun that begins there. `dative`: after "laut" and the like any determiner may
    begin it."""
    if at >= len(words):
        return None
    if language == "en":
        return _english(words, at)
    lower = words[at].lower
    if lower in PRONOUNS["de"] and (lower in _PERSONAL or not _noun_follows(words, at + 1)):
        return Phrase(at, at + 1, (at,), pronoun=True)
    core = _one_of(words, at) or _core(words, at, dative=dative)
    if core is None or (not dative and is_time(words, core)):
        return None
    return _with_attributes(words, core)


def _one_of(words: Sequence[Word], at: int) -> Phrase | None:
    """ "Einer" of "einer der Männer": the rest depends on it."""
    if words[at].lower not in _ONES or at + 1 >= len(words):
        return None
    if words[at + 1].lower == "von":
        rest = _core(words, at + 2, dative=True)
    else:
        rest = _core(words, at + 1, genitive=True) if words[at + 1].lower in {"der", "dieser", "seiner"} else None
    return Phrase(at, rest.end if rest else at + 1, (at,)) if rest or words[at + 1].lower in _GENITIVE else None


def is_time(words: Sequence[Word], phrase: Phrase) -> bool:
    """Whether a phrase says when or how much, and nobody."""
    return any(words[head].lower in _MOMENTS for head in phrase.heads) and not phrase.pronoun


def is_adjective(word: Word) -> bool:
    return bool(_ADJECTIVE.fullmatch(word.lower)) and not word.capital and word.lower not in _CLOSED


_CLOSED = DETERMINERS["de"] | PREPOSITIONS["de"] | FUNCTION_WORDS["de"]


def _noun_follows(words: Sequence[Word], at: int) -> bool:
    for place in range(at, min(at + 1 + _MOST_ADJECTIVES, len(words))):
        if words[place].capital:
            return words[place].lower not in PRONOUNS["de"]
        if not is_adjective(words[place]) or words[place].lower in verb_forms("de"):
            return False
    return False


def _core(words: Sequence[Word], at: int, *, dative: bool = False, genitive: bool = False) -> Phrase | None:
    """Determiner, adjectives, nouns."""
    place = at
    allowed = _GENITIVE if genitive else (DETERMINERS["de"] | _NOMINATIVE if dative else _NOMINATIVE)
    determined = False
    while place < len(words) and (words[place].lower in allowed or _NUMBER.fullmatch(words[place].text)):
        determined = True
        place += 1
        if genitive:
            while place < len(words) and _NUMBER.fullmatch(words[place].text):
                place += 1
            break
    if genitive and not determined and not _strong_genitive(words, place):
        return None
    if determined and place < len(words) and words[place].lower in _AFTER_DETERMINER:
        place += 1
    if determined and place < len(words) and words[place].lower in PREPOSITIONS["de"] | {"sich"}:
        place = _past_participial(words, place)
    first = place
    while place < len(words) and place - first < _MOST_ADJECTIVES and not words[place].capital:
        word = words[place]
        adverb = determined and word.text.isalpha() and place + 1 < len(words) and is_adjective(words[place + 1])
        if not is_adjective(word) and not adverb:
            break
        if genitive and determined and is_adjective(word) and not word.lower.endswith(("en", "er")):
            return None
        place += 1
    end = _end_of_nouns(words, place)
    if end == place:
        return None
    head = _head(words, place, end)
    while at < head and words[at].lower in _FOCUS:
        at += 1
    return Phrase(at, end, (head,))


def _strong_genitive(words: Sequence[Word], at: int) -> bool:
    """Whether "informierter Personen" stands there, a genitive without a determiner."""
    return at + 1 < len(words) and is_adjective(words[at]) and words[at].lower.endswith("er") and words[at + 1].capital


_FOCUS = frozenset("auch selbst sogar".split())


def _past_participial(words: Sequence[Word], at: int) -> int:
    """Past "in Oberösterreich" of "die in Oberösterreich erscheinende Zeitung"."""
    place = at + 1
    while place < len(words) and place - at < _LONGEST_PARTICIPIAL:
        if is_adjective(words[place]) and words[place - 1].capital and _noun_follows(words, place):
            return place
        place += 1
    return at


def _end_of_nouns(words: Sequence[Word], at: int) -> int:
    place = at
    while place < len(words):
        word = words[place]
        capital_follows = place + 1 < len(words) and words[place + 1].capital
        if place > at and words[place - 1].quoted:
            break
        if word.capital or (place > at and _COUNT.fullmatch(word.text) and not capital_follows):
            place += 1
        elif place > at and word.lower in _NAME_PARTICLES and capital_follows and not is_role(words[place - 1].text):
            place += 2
        else:
            break
    return place


def _head(words: Sequence[Word], start: int, end: int) -> int:
    named = [place for place in range(start, end) if words[place].capital and not _NUMBER.fullmatch(words[place].text)]
    return named[-1] if named else end - 1


def _with_attributes(words: Sequence[Word], core: Phrase) -> Phrase:
    end, heads = core.end, core.heads
    while end < len(words):
        word = words[end]
        if attribute := _attribute(words, end):
            end = attribute.end
        elif word.text == "(" and (closed := _bracket(words, end)):
            end = closed
        elif word.text == "," and (beside := _apposition(words, end + 1)):
            end, heads = beside.end, (*heads, *beside.heads)
        else:
            break
    return Phrase(core.start, end, heads)


def _attribute(words: Sequence[Word], at: int) -> Phrase | None:
    """What depends on the noun before: a genitive, "von ...", or a place where the phrase ends with it."""
    lower = words[at].lower
    if lower in _GENITIVE or _strong_genitive(words, at):
        return _core(words, at, genitive=True)
    linked = _core(words, at + 1, dative=True) if lower in _LINKS | _LOCAL_LINKS else None
    if linked is None or lower in _LINKS:
        return linked
    timely = any(words[place].lower in _TIMES for place in range(linked.start, linked.end))
    return linked if _closes(words, linked.end) and not timely else None


def _closes(words: Sequence[Word], at: int) -> bool:
    return at >= len(words) or words[at].text in ",:;.(" or words[at].quoted is not None


def _bracket(words: Sequence[Word], at: int) -> int | None:
    for place in range(at + 1, min(at + _MOST_IN_BRACKETS, len(words))):
        if words[place].text == ")":
            return place + 1
    return None


def _apposition(words: Sequence[Word], at: int) -> Phrase | None:
    """What is put beside a noun between commas, if it is: "der Sprecher, *Hans Muster*,"."""
    if at >= len(words) or words[at].lower in SUBORDINATORS | {"so"} or words[at].quoted:
        return None
    if words[at].lower in {"der", "die", "das"} and at + 1 < len(words) and words[at + 1].lower in PREPOSITIONS["de"]:
        return None
    core = _core(words, at, dative=True)
    if core is None:
        return None
    end = core.end
    while end < len(words):
        word = words[end]
        if (word.lower in _GENITIVE and (more := _core(words, end, genitive=True))) or (
            word.lower in _LINKS | _LOCAL_LINKS and (more := _core(words, end + 1, dative=True))
        ):
            end = more.end
        elif word.text == "(" and (closed := _bracket(words, end)):
            end = closed
        else:
            break
    if end < len(words) and (words[end].text in {",", ":", "."} or words[end].quoted):
        return Phrase(at, end, core.heads)
    return Phrase(at, end, core.heads) if end >= len(words) else None


_ENGLISH_STOP = frozenset(
    """that who which when while after before on in at as and but because since during to by with yesterday today last
    earlier later also then however nevertheless often still again recently has had have was were is are would
    will could can may might must should not""".split()
)


def _english(words: Sequence[Word], at: int) -> Phrase | None:
    place = at
    if words[at].lower in PRONOUNS["en"]:
        return Phrase(at, at + 1, (at,), pronoun=True)
    while place < len(words):
        word = words[place]
        if word.quoted or not (word.text[0].isalnum() or word.text in {"&"}):
            break
        if word.lower in _ENGLISH_STOP or (word.lower in verb_forms("en") and not word.capital):
            break
        place += 1
    if place == at:
        return None
    of = next((i for i in range(at, place) if words[i].lower in {"of", "for", "from"}), place)
    core_end = of if of > at else place
    capitals = [i for i in range(at, core_end) if words[i].capital and words[i].lower not in DETERMINERS["en"]]
    heads: tuple[int, ...] = (capitals[-1] if capitals else core_end - 1,)
    end = place
    if place + 1 < len(words) and words[place].text == ",":
        beside = place + 1
        stop = beside
        while stop < len(words) and not words[stop].quoted and words[stop].text not in ",.:;":
            if words[stop].lower in _ENGLISH_STOP - {"in", "of", "at"} or words[stop].lower in verb_forms("en"):
                break
            stop += 1
        if stop > beside and (stop >= len(words) or words[stop].text in ",."):
            names = [i for i in range(beside, stop) if words[i].capital]
            end, heads = stop, (*heads, *names[-1:])
    return Phrase(at, end, heads)
