"""What gives words to a speaker in a sentence: verbs, "laut", "nach Angaben von", "so", a colon."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from rag.text.function_words import PREPOSITIONS
from rag.text.language import Language
from rag.text.speech.clauses import hanging_clause, left_border, next_border, put_off_subject, subject_within
from rag.text.speech.cue import Cue
from rag.text.speech.english import english_cues
from rag.text.speech.lexicon import SPEECH_NOUNS
from rag.text.speech.phrases import Phrase, phrase_at
from rag.text.speech.sources import source_cue
from rag.text.speech.verb_cues import unknown_verb_cue, verb_cue
from rag.text.speech.words import Word

# More in one sentence are no prose, and each is looked at from each quotation.
_MOST = 24


def find_cues(words: Sequence[Word], *, language: Language) -> list[Cue]:
    """The cues of a sentence, in order."""
    if language == "en":
        return [*islice(english_cues(words), _MOST)]
    cues: list[Cue] = []
    for at, word in enumerate(words):
        if word.quoted is not None:
            continue
        cue = source_cue(words, at) or verb_cue(words, at) or _noun(words, at)
        cue = cue or unknown_verb_cue(words, at)
        if cue:
            cues.append(cue)
        if len(cues) == _MOST:
            break
    if not cues and (colon := _colon(words)):
        cues.append(colon)
    return cues


def _noun(words: Sequence[Word], at: int) -> Cue | None:
    """ "der Vorwurf, er habe ...", "die Theorie auf, dass ..." """
    if words[at].lower not in SPEECH_NOUNS or not words[at].capital:
        return None
    border = next_border(words, at + 1)
    if border - at > 4 or border >= len(words) or words[border].text != ",":
        return None
    hanging = hanging_clause(words, border)
    if hanging is None or hanging.start != border + 1:
        return None
    clause = words[border + 1 : next_border(words, border + 1)]
    if not (hanging.opened or any(word.reported for word in clause)):
        return None
    owner = phrase_at(words, at + 1, language="de", dative=True)
    owner = owner if owner and owner.end <= border and words[at + 1].lower not in PREPOSITIONS["de"] else None
    said = owner or _main_subject_of(words, at)
    return Cue(
        at, at + 1, "opinion", (max(0, at - 1), border), said, contents=((border + 1, len(words)),), complement=True
    )


def _main_subject_of(words: Sequence[Word], at: int) -> Phrase | None:
    first = left_border(words, at) + 1
    if put_off := put_off_subject(words, first):
        return put_off
    if words[first].lower in PREPOSITIONS["de"]:
        return None
    phrase = phrase_at(words, first, language="de")
    return phrase if phrase and phrase.end < at and at not in range(phrase.start, phrase.end) else None


def _colon(words: Sequence[Word]) -> Cue | None:
    """ "Hans Muster: „...“", "warb Muster mit den Worten: „...“": the subject before a colon speaks."""
    for at in range(1, len(words) - 1):
        if words[at].text == ":" and words[at + 1].quoted is not None:
            said = subject_within(words, 0, at)
            if said:
                return Cue(at, at + 1, "colon", (0, at + 1), said, contents=((at + 1, len(words)),), complement=True)
    return None


def points_back(words: Sequence[Word], cue: Cue) -> bool:
    """Whether a sentence says who said what stands before it: "Das bestätigte die Polizei." """
    return words[0].lower in {"das", "dies"} and cue.strength == "speech" and cue.region[0] <= 1 and not cue.contents


def guess_subject(words: Sequence[Word], at: int) -> Phrase | None:
    """The first phrase before a quotation that can be the subject of its sentence, where nothing cues it."""
    return subject_within(words, 0, at)
