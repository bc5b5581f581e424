"""Sources that are named: "laut X", "nach Angaben von X", "X zufolge", "so X", "demnach"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.text.function_words import DETERMINERS, FUNCTION_WORDS, PREPOSITIONS
from rag.text.speech.clauses import BORDERS, IN_WRITING, left_border, next_border, place_of
from rag.text.speech.cue import Cue, around
from rag.text.speech.lexicon import (
    BE,
    CONJUNCTIONS,
    SOURCE_ADVERBS,
    SOURCE_NOUNS,
    SOURCE_PREPOSITIONS,
    verb_forms,
)
from rag.text.speech.phrases import Phrase, is_adjective, phrase_at
from rag.text.speech.words import Word

# "Nach der Ankündigung" says when, where it does not say whose.
_EVENTS = frozenset("ankündigung urteil untersuchung untersuchungen ermittlungen umfrage erklärung".split())
_WHENCE = frozenset({"aus", "in", "im", "bei", "beim", "auf", "für"})
_LONGEST_SOURCE = 14
_CLOSED = FUNCTION_WORDS["de"] | PREPOSITIONS["de"]
_SOURCE_ENDS = tuple(
    "angaben berichten bericht meldungen meldung mitteilung aussagen informationen gesetz gesetzes".split()
)


def source_cue(words: Sequence[Word], at: int) -> Cue | None:
    """The cue that the word there is, where it names a source."""
    read = _READERS.get(words[at].lower)
    return read(words, at) if read else None


def _mention(words: Sequence[Word], at: int) -> Cue | None:
    """ "In dem Schreiben ist von „...“ die Rede"."""
    left = left_border(words, at)
    verb = next((place for place in range(left + 1, len(words)) if words[place].lower in BE), None)
    if verb is None or not at or words[at - 1].lower != "die":
        return None
    said = place_of(words, left + 1, verb, after=IN_WRITING)
    quoted = tuple((place, place + 1) for place in range(left + 1, at) if words[place].quoted)
    return Cue(at, at + 1, "source", (at - 1, at + 1), said, contents=quoted, complement=bool(quoted)) if said else None


def _laut(words: Sequence[Word], at: int) -> Cue | None:
    phrase = phrase_at(words, at + 1, language="de", dative=True) or _small_name(words, at + 1)
    return _cue_of(words, at, phrase, (at, phrase.end)) if phrase else None


def _for(words: Sequence[Word], at: int) -> Cue | None:
    """ "Für den Trainer war das Spiel „ein Glücksfall“": whose view it is."""
    if at:
        return None
    phrase = phrase_at(words, 1, language="de", dative=True)
    if phrase is None or phrase.end >= len(words) or words[phrase.end].lower not in BE | {"bedeutet", "bedeutete"}:
        return None
    if not any(word.quoted is not None and not word.named for word in words[phrase.end :]):
        return None
    return Cue(0, 1, "source", (0, phrase.end), phrase, contents=((phrase.end, len(words)),), complement=True)


def _small_name(words: Sequence[Word], at: int) -> Phrase | None:
    """A name that is written small: "laut taz"."""
    if at >= len(words) or not words[at].text[0].isalpha() or words[at].lower in DETERMINERS["de"] | _CLOSED:
        return None
    return Phrase(at, at + 1, (at,))


def _is_source_noun(word: Word) -> bool:
    """A noun for what somebody says or has found out, or a compound with one: "Polizeiangaben"."""
    return word.lower in SOURCE_NOUNS or word.lower.endswith(_SOURCE_ENDS)


def _before_postposition(words: Sequence[Word], at: int) -> Cue | None:
    for start in range(max(0, at - _LONGEST_SOURCE), at):
        if start and not (
            words[start - 1].text in BORDERS or words[start - 1].lower in CONJUNCTIONS or _is_lower(words[start - 1])
        ):
            continue
        phrase = phrase_at(words, start, language="de", dative=True)
        if phrase and phrase.end >= at:
            return _cue_of(words, at, phrase, (start, at + 1))
    return None


def _is_lower(word: Word) -> bool:
    return word.text[0].islower() and word.lower not in DETERMINERS["de"]


def _nach(words: Sequence[Word], at: int) -> Cue | None:
    phrase = phrase_at(words, at + 1, language="de", dative=True)
    if phrase is None:
        if at and _is_source_noun(words[at - 1]):  # "seiner Meinung nach"
            for start in range(max(0, at - 3), at):
                before = phrase_at(words, start, language="de", dative=True)
                if before and before.end == at:
                    return _cue_of(words, at, before, (start, at + 1))
        return None
    noun = next((p for p in range(phrase.start, min(phrase.start + 6, phrase.end)) if _is_source_noun(words[p])), None)
    if noun is None or (words[noun].lower in _EVENTS and noun + 1 == phrase.end and not _has_reported(words, at)):
        return None
    if is_adjective(words[noun - 1]) and noun + 1 < phrase.end and words[noun + 1].lower in _WHENCE:
        phrase = Phrase(phrase.start, noun + 1, (noun,))  # "nach türkischen Angaben aus ...": they have their owner
    return _cue_of(words, at, phrase, (at, phrase.end))


def _cue_of(words: Sequence[Word], at: int, phrase: Phrase, region: tuple[int, int]) -> Cue:
    said = _whose(words, phrase)
    return Cue(at, at + 1, "source", region, said, contents=around(words, region), complement=True)


def _whose(words: Sequence[Word], phrase: Phrase) -> Phrase:
    """Of "den Angaben der Polizei" the police; "eigenen Angaben" whole."""
    for place in range(phrase.start, phrase.end - 1):
        if _is_source_noun(words[place]):
            after = place + 1
            if words[after].lower in {"von", "vom", "aus", "beim", "bei"}:
                after += 1
            owner = phrase_at(words, after, language="de", dative=True)
            if owner and after < phrase.end and not words[after].text[0].isdigit():
                return Phrase(owner.start, min(owner.end, phrase.end), owner.heads, owner.pronoun)
    return phrase


def _adverb(words: Sequence[Word], at: int) -> Cue | None:
    lower = words[at].lower
    if lower == "danach" and not _has_reported(words, at):
        return None
    contents = ((at + 1, len(words)),) if lower == "wonach" else around(words, (at, at + 1))
    return Cue(
        at, at + 1, "source", (at, at + 1), Phrase(at, at + 1, (at,), pronoun=True), contents=contents, complement=True
    )


def _has_reported(words: Sequence[Word], at: int) -> bool:
    return any(word.reported or word.lower in {"soll", "sollen"} for word in words[at:])


def _so(words: Sequence[Word], at: int) -> Cue | None:
    if at and not (words[at - 1].text in ",(–-—" or words[at - 1].quoted):
        return None
    phrase = phrase_at(words, at + 1, language="de")
    if phrase is None or (not at and (phrase.end >= len(words) or words[phrase.end].text != ":")):
        return None
    end = next_border(words, phrase.end)
    if any(word.lower in verb_forms("de") and not word.capital for word in words[phrase.end : end]):
        return None
    region = (at, end)
    return Cue(at, at + 1, "source", region, _whose(words, phrase), contents=around(words, region), complement=True)


_READERS: dict[str, Callable[[Sequence[Word], int], Cue | None]] = {
    **dict.fromkeys(SOURCE_PREPOSITIONS, _laut),
    **dict.fromkeys(SOURCE_ADVERBS, _adverb),
    "zufolge": _before_postposition,
    "nach": _nach,
    "für": _for,
    "rede": _mention,
    "so": _so,
}
