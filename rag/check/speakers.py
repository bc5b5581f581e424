"""Whether two names are of the same speaker, and whose a name is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from rag.text.cognates import fold_spelling
from rag.text.function_words import DETERMINERS, FUNCTION_WORDS, PREPOSITIONS
from rag.text.language import Language
from rag.text.quotations import find_quotations
from rag.text.speech.names import Gender, Name, find_names, same_word
from rag.text.speech.words import read_words

_WORD = re.compile(r"[^\W\d_](?:[\w’'.-]*\w)?")
_PARTICLES = frozenset("von van der de den del la bin ibn al el zu da dos di du ter le".split())
_OF = frozenset("von vom der des of für for beim bei in im aus".split())
_TITLES = frozenset("dr prof mr mrs ms miss sir herr herrn frau st".split())
# Who or what speaks, and is no person's name. The last part of a compound counts: "NSC-Sprecherin", "Außenminister".
# Words have up to so many letters.
_ROLE = re.compile(
    r".{0,60}(?:minister|präsident|kanzler|sprecher|chef|leiter|direktor|professor|anwalt|anwält|richter|sekretär|general"
    r"|kommissar|politiker|expert|forscher|wissenschaftler|trainer|vorsitzend|abgeordnet|beauftragt|senator|gouverneur"
    r"|könig|papst|autor|journalist|manager|botschafter|diplomat|offizier|beamt|berater|vertreter|mitarbeiter|kritiker"
    r"|zeug|ärzt|arzt|polizist|president|secretary|spokes\w{1,10}|chancellor|minister|official|analyst|lawyer|judge|leader"
    r"|meister|mayor)(?:s|in|innen|en|e|er|es|em|n)?"
    r"|brother|bruder|schwester|sister|mutter|mother|vater|father|sohn|son|tochter|daughter|ehefrau|wife|husband|mann"
)
# They speak for others, and others for them.
_BODY = re.compile(
    r".{0,60}(?:regierung|ministerium|polizei|behörde|amt|gericht|parlament|partei|agentur|zeitung|blatt|magazin|sender"
    r"|universität|institut|verband|gewerkschaft|kommission|rat|haus|armee|militär|bank|konzern|unternehmen|firma"
    r"|kreml|pentagon|nato|medien|kreise|quelle|bericht|studie|umfrage|opposition|fraktion|union|staat|stadt|land"
    r"|kirche|botschaft|verein|organisation|gruppe|ministry|department|government|police|court|house|kremlin|agency"
    r"|online|news|times|post|journal|party|council|commission|company|army|university|institute|office|embassy|church"
    r"|international|watch|rights|komitee|committee|stiftung|foundation|fonds|fund|liga|league|association|club|bund"
    r"|meer|sea)s?(?:en|n)?"
)
# Capitals that CLDR names no time zone for; a government is called by its seat.
_SEATS = frozenset("washington peking beijing delhi ankara bern brasília ottawa canberra rabat genf geneva".split())
# By a pronoun that stands for one person.
_GENDERS: dict[str, Gender] = {"er": "m", "he": "m", "sie": "f", "she": "f"}
_PRONOUNS = frozenset("er sie es ihm ihr ihn wir ich he she it they we i dieser diese jener jene man".split())
_WHERE = frozenset("in aus nach bei near from at to".split())
# They stand before names of places, as first names do before those of persons.
_KINDS_OF_PLACE = frozenset(
    "stadt hafen region provinz gebiet bezirk kreis großraum oblast raum gemeinde dorf insel fluss city port".split()
)
_DETERMINED = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(DETERMINERS['de'] | DETERMINERS['en']))}|im|am|vom|zum|zur|beim)\s+$", re.I
)
_LONGEST_NAME = 4
_LOOK_BACK = 60  # characters
_LONGEST_WORD = 60
_SAME_SPELLING = 0.8
_DIFFERENT = 0.6


def same_speaker(one: str | None, other: str | None) -> bool | None:
    """Whether both name the same: True, False where both are names of persons that clearly differ, else None.

    The same where the words of one are all in the other ("Watson", "NSC-Sprecherin Adrienne Watson"), or the last ones
    are and no first ones differ; spelling between languages does not count ("Lawrow", "Lavrov"). A pronoun, an office,
    a government, a newspaper or a city differs from no one: somebody may speak for it.
    """
    ones, others = _names(one), _names(other)
    if not ones or not others:
        return None
    if _within(ones, others) or _within(others, ones):
        return True
    if any(_likeness(a, b) >= _DIFFERENT for a in ones for b in others):
        return None
    return False if _is_person(one, ones) and _is_person(other, others) else None


def is_pronoun(speaker: str | None) -> bool:
    """Whether it names nobody: "er", "sie"."""
    return speaker is not None and speaker.casefold() in _PRONOUNS


def resolve_pronoun(pronoun: str, context: str, *, language: Language) -> str | None:
    """The one name of a person in the context that "er" or "sie" can stand for; None where there are more or none."""
    gender = _GENDERS.get(pronoun.casefold())
    if gender is None:
        return None
    names = find_names(read_words(context, 0, len(context), find_quotations(context)), language=language)
    fitting: list[Name] = []
    for name in names:
        if len(name.words) == 1 and _DETERMINED.search(context, max(0, name.start - _LOOK_BACK), name.start):
            continue
        known = fitting and any(same_word(name.surname, other.surname) for other in fitting)
        if not known and name.gender in {gender, None} and _may_be_person(" ".join(name.words)):
            fitting.append(name)
    return " ".join(fitting[0].words) if len(fitting) == 1 else None


def is_person_in(speaker: str | None, text: str) -> bool:
    """Whether a text surely speaks of a person by that name.

    A single word ("Blinken", but "Odesa" and "Often" too) is one's where a first name or an office stands before it
    somewhere, and nowhere a word that only places have.
    """
    if not _may_be_person(speaker):
        return False
    names = [word for word in _WORD.findall(speaker or "") if word[0].isupper()]
    if len(names) > 1:
        return not _is_adjective(names[0])
    before = [match[1] for match in re.finditer(rf"(?<!\S)(\S++)\s++{re.escape(names[0])}(?!\w)", text)]
    return any(map(_precedes_person, before)) and not any(word.casefold() in _WHERE for word in before)


def _may_be_person(speaker: str | None) -> bool:
    names = _names(speaker)
    return bool(names) and _is_person(speaker, names)


def _is_adjective(word: str) -> bool:
    """Whether a word with a capital is written small elsewhere: "Jegliche Mitverantwortung"."""
    import simplemma

    return str(simplemma.lemmatize(word, lang="de"))[0].islower()


def _precedes_person(word: str) -> bool:
    if not _WORD.fullmatch(word) or not word[0].isupper():
        return False
    held = FUNCTION_WORDS["de"] | FUNCTION_WORDS["en"] | PREPOSITIONS["de"] | PREPOSITIONS["en"] | DETERMINERS["de"]
    return _is_role(word) or (word.casefold() not in held | _KINDS_OF_PLACE and _folded(word) not in _places())


def _names(speaker: str | None) -> list[str]:
    """The words of a name in one spelling, without titles, offices and particles."""
    words = [word for word in _WORD.findall(speaker or "") if word[0].isupper()]
    kept = [word for word in words if not _is_role(word) and word.casefold() not in _PARTICLES | DETERMINERS["de"]]
    return [_folded(word) for word in kept if word.casefold() not in {"the", "er", "sie", "he", "she", "they", "wir"}]


def _is_role(word: str) -> bool:
    lowered = word.casefold().strip(".")
    return lowered in _TITLES or _ROLE.fullmatch(lowered.rpartition("-")[2]) is not None


def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold().replace("ß", "ss"))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).rstrip(".’'")
    return fold_spelling(plain).replace("w", "v").replace("j", "i").replace("ı", "i")


def _within(few: Sequence[str], many: Sequence[str]) -> bool:
    return all(any(_same(name, other) for other in many) for name in few)


def _same(one: str, other: str) -> bool:
    genitive = one in {other + "s", other + "’s", other + "'s"} or other in {one + "s", one + "’s", one + "'s"}
    return one == other or genitive or (len(one) > 3 and len(other) > 3 and _likeness(one, other) >= _SAME_SPELLING)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one[:_LONGEST_WORD], other[:_LONGEST_WORD], autojunk=False).ratio()


def _is_person(speaker: str | None, names: Sequence[str]) -> bool:
    """Whether it can be nobody but a person: a name, no body, place or abbreviation, and no common noun."""
    words = _WORD.findall(speaker or "")
    capitals = [word for word in words if word[0].isupper() and word.casefold() not in DETERMINERS["de"]]
    if any(_BODY.fullmatch(word.casefold()) or (word.isupper() and len(word) > 1) for word in capitals):
        return False
    if any(_folded(word) in _places() for word in capitals):
        return False
    if any(_is_role(word) and after.casefold() in _OF for word, after in pairwise(words)):
        return False  # "der Präsident von Frankreich": an office
    if any(_is_role(word) for word in capitals):
        return len(names) <= _LONGEST_NAME
    # "die Leute", "politischer Druck": a bare name has nothing before it.
    bare = words[0][0].isupper() and words[0].casefold() not in DETERMINERS["de"] | DETERMINERS["en"]
    return bare and len(names) <= _LONGEST_NAME and not (len(names) == 1 and _is_common(capitals[-1]))


def _is_common(word: str) -> bool:
    """Whether a single word is no name: an inflected noun ("Ortschaften"), or one that is written small too."""
    import simplemma

    lemma = str(simplemma.lemmatize(word, lang="de"))
    small = word.lower()
    written_small = str(simplemma.lemmatize(small, lang="de"))
    known = simplemma.is_known(small, lang="de") and written_small.islower()
    return (lemma != word and lemma[0].isupper()) or (known and not written_small.endswith("n"))  # Blinken is a name


@cache
def _places() -> frozenset[str]:
    """Countries, and the cities that CLDR names time zones for, in German and English."""
    from babel import Locale

    names = set(_SEATS)
    for code in ("de", "en"):
        locale = Locale(code)
        names |= {str(name) for name in locale.territories.values()}
        names |= {str(zone["city"]) for zone in locale.time_zones.values() if "city" in zone}
        names |= {str(zone).rpartition("/")[2] for zone in locale.time_zones}
    return frozenset(_folded(name) for name in names)
