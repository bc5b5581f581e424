"""What gives words to a speaker in a sentence: verbs, "laut", "nach Angaben von", "so", a colon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.text.function_words import DETERMINERS, PREPOSITIONS
from rag.text.speech.lexicon import (
    BE,
    BECOME,
    CONJUNCTIONS,
    ENGLISH_SUBORDINATORS,
    HAVE,
    RELATIVES,
    SOURCE_ADVERBS,
    SOURCE_NOUNS,
    SOURCE_PREPOSITIONS,
    SPEECH_NOUNS,
    STATES_OF_MIND,
    SUBJUNCTIVES,
    SUBORDINATORS,
    light_verbs,
    speech_verbs,
    verb_forms,
)
from rag.text.speech.phrases import Phrase, is_time, phrase_at
from rag.text.speech.words import Word

Strength = Literal["speech", "opinion", "light", "source"]

_BORDERS = frozenset(",;:()–—-")
_NO_VERBS = DETERMINERS["de"] | PREPOSITIONS["de"] | CONJUNCTIONS | SUBORDINATORS | {"heute", "alle", "viele", "gerade"}
_REFLEXIVE = frozenset({"sich", "mich", "uns", "es", "dazu", "darüber", "hierzu"})
_SELF = frozenset("eigenen eigener eigenem seinen seiner ihren ihrer deren".split())
_COMPLEMENTISERS = frozenset(
    "dass daß ob wie warum weshalb wieso was wer wann wo welche welcher welches man es".split()
)
_LONGEST_SOURCE = 14
_LONGEST_FRAME = 30
_LONGEST_BRACKET = 12


@dataclass(frozen=True, slots=True)
class Cue:
    """What cues, `words[start:end]`, and who speaks. `contents` are the runs of words that it gives to the speaker.

    `region` is the cue with its speaker and what belongs to them, which is no content. `passive`: no one is named.
    """

    start: int
    end: int
    strength: Strength
    region: tuple[int, int]
    said: Phrase | None = None
    antecedent: Phrase | None = None
    contents: tuple[tuple[int, int], ...] = ()
    complement: bool = False


def find_cues(words: Sequence[Word], *, language: str) -> list[Cue]:
    """The cues of a sentence, in order."""
    if language == "en":
        return [*_english_cues(words)]
    cues: list[Cue] = []
    for at, word in enumerate(words):
        if word.quoted is not None:
            continue
        cue = _source(words, at) or _so(words, at) or _adverb(words, at) or _verb(words, at) or _noun(words, at)
        cue = cue or _unknown_verb(words, at)
        if cue:
            cues.append(cue)
    if not cues and (colon := _colon(words)):
        cues.append(colon)
    return cues


# --- sources: laut X, nach Angaben von X, X zufolge


def _source(words: Sequence[Word], at: int) -> Cue | None:
    lower = words[at].lower
    if lower in SOURCE_PREPOSITIONS:
        phrase = phrase_at(words, at + 1, language="de", dative=True)
        return _source_cue(words, at, at + 1, phrase, (at, phrase.end)) if phrase else None
    if lower == "zufolge":
        return _before_postposition(words, at)
    if lower == "nach":
        return _nach(words, at)
    return None


def _before_postposition(words: Sequence[Word], at: int) -> Cue | None:
    for start in range(max(0, at - _LONGEST_SOURCE), at):
        if start and not (
            words[start - 1].text in _BORDERS or words[start - 1].lower in CONJUNCTIONS or _is_lower(words[start - 1])
        ):
            continue
        phrase = phrase_at(words, start, language="de", dative=True)
        if phrase and phrase.end >= at:
            return _source_cue(words, at, at + 1, phrase, (start, at + 1))
    return None


def _is_lower(word: Word) -> bool:
    return word.text[0].islower() and word.lower not in DETERMINERS["de"]


def _nach(words: Sequence[Word], at: int) -> Cue | None:
    phrase = phrase_at(words, at + 1, language="de", dative=True)
    if phrase is None:
        if at and words[at - 1].lower in SOURCE_NOUNS:  # "seiner Meinung nach"
            for start in range(max(0, at - 3), at):
                before = phrase_at(words, start, language="de", dative=True)
                if before and before.end == at:
                    return _source_cue(words, at, at + 1, before, (start, at + 1))
        return None
    if not any(words[place].lower in SOURCE_NOUNS for place in range(phrase.start, min(phrase.start + 6, phrase.end))):
        return None
    return _source_cue(words, at, at + 1, phrase, (at, phrase.end))


def _source_cue(words: Sequence[Word], start: int, end: int, phrase: Phrase, region: tuple[int, int]) -> Cue:
    return Cue(start, end, "source", region, _whose(words, phrase), contents=_around(words, region), complement=True)


def _whose(words: Sequence[Word], phrase: Phrase) -> Phrase:
    """Of "den Angaben der Polizei" the police; "eigenen Angaben" whole."""
    for place in range(phrase.start, phrase.end - 1):
        if words[place].lower in SOURCE_NOUNS:
            after = place + 1
            if words[after].lower in {"von", "vom", "aus", "beim", "bei"}:
                after += 1
            owner = phrase_at(words, after, language="de", dative=True)
            if owner and after < phrase.end:
                return Phrase(owner.start, min(owner.end, phrase.end), owner.heads, owner.pronoun)
    return phrase


def _adverb(words: Sequence[Word], at: int) -> Cue | None:
    lower = words[at].lower
    if lower not in SOURCE_ADVERBS:
        return None
    if lower == "danach" and not _has_reported(words, at):
        return None
    contents = ((at + 1, len(words)),) if lower == "wonach" else _around(words, (at, at + 1))
    return Cue(
        at, at + 1, "source", (at, at + 1), Phrase(at, at + 1, (at,), pronoun=True), contents=contents, complement=True
    )


def _has_reported(words: Sequence[Word], at: int) -> bool:
    return any(word.lower in SUBJUNCTIVES or word.lower in {"soll", "sollen"} for word in words[at:])


def _so(words: Sequence[Word], at: int) -> Cue | None:
    if words[at].lower != "so" or at + 1 >= len(words):
        return None
    if at and not (words[at - 1].text in ",(–-—" or words[at - 1].quoted):
        return None
    phrase = phrase_at(words, at + 1, language="de")
    if phrase is None or (not at and (phrase.end >= len(words) or words[phrase.end].text != ":")):
        return None
    end = _next_border(words, phrase.end)
    if any(word.lower in verb_forms("de") and not word.capital for word in words[phrase.end : end]):
        return None
    region = (at, end)
    return Cue(at, at + 1, "source", region, _whose(words, phrase), contents=_around(words, region), complement=True)


# --- verbs


def _verb(words: Sequence[Word], at: int) -> Cue | None:
    word = words[at]
    readings = verb_forms("de").get(word.lower, ())
    if not readings or (word.capital and at and not words[at - 1].quoted and words[at - 1].text not in ".:"):
        return None
    for infinitive, prefix, participle in sorted(readings, key=lambda reading: not reading[1]):
        left = _left_border(words, at)
        finite, passive = at, False
        split = None
        if prefix:
            split = _split_prefix(words, at, prefix)
            if split is None:
                continue
        elif participle:
            auxiliary = _auxiliary(words, at)
            if auxiliary is None:
                continue
            finite, passive = auxiliary
        lemma = prefix + infinitive
        strength: Strength = (
            "light" if lemma in light_verbs() else "speech" if lemma in speech_verbs("de") else "opinion"
        )
        if infinitive == "heißen" and not _says_itself(words, finite):
            continue
        if strength == "light" and not _with_noun(words, left, at):
            continue
        return _verb_cue(words, at, finite, left, split, strength, passive=passive, lemma=lemma)
    return None


def _unknown_verb(words: Sequence[Word], at: int) -> Cue | None:
    """Any verb right after a quotation and a comma: "„...“, strich Muster heraus"."""
    if at < 2 or words[at - 1].text != "," or not _is_speech(words[at - 2]) or not words[at].text.islower():
        return None
    if words[at].lower in SUBORDINATORS | CONJUNCTIONS | RELATIVES | PREPOSITIONS["de"] | DETERMINERS["de"] | {"so"}:
        return None
    said = phrase_at(words, at + 1, language="de")
    if said is None:
        return None
    border = _next_border(words, said.end)
    return Cue(at, at + 1, "opinion", (at, border), said, contents=((0, at - 1),), complement=True)


def _says_itself(words: Sequence[Word], at: int) -> bool:
    """Whether "heißt" is "es heißt": something is said, and not called."""
    near = {words[place].lower for place in range(max(0, at - 2), min(at + 3, len(words)))}
    return "es" in near


def _with_noun(words: Sequence[Word], left: int, at: int) -> bool:
    place = left + 1
    while place < len(words) and not (place > at and (words[place].text in ":;" or _is_speech(words[place]))):
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


def _left_border(words: Sequence[Word], at: int) -> int:
    place = at - 1
    while place >= 0:
        if words[place].text == ")" and (opened := _opening(words, place)) is not None:
            place = opened - 1
        elif words[place].text in _BORDERS or _is_speech(words[place]) or words[place].text in ".!?":
            break
        else:
            place -= 1
    return place


def _next_border(words: Sequence[Word], at: int) -> int:
    while at < len(words):
        if words[at].text == "(" and (closed := _closing(words, at)) is not None:
            at = closed + 1
        elif words[at].text in _BORDERS or _is_speech(words[at]):
            break
        else:
            at += 1
    return at


def _opening(words: Sequence[Word], at: int) -> int | None:
    """Where a bracket without a quotation opens that closes there."""
    for place in range(at - 1, max(-1, at - _LONGEST_BRACKET), -1):
        if words[place].text == "(":
            return place
        if _is_speech(words[place]):
            return None
    return None


def _closing(words: Sequence[Word], at: int) -> int | None:
    for place in range(at + 1, min(at + _LONGEST_BRACKET, len(words))):
        if words[place].text == ")":
            return place
        if _is_speech(words[place]):
            return None
    return None


def _is_speech(word: Word) -> bool:
    return word.quoted is not None and not word.named


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


def _auxiliary(words: Sequence[Word], at: int) -> tuple[int, bool] | None:
    """Where the finite verb of a participle's clause stands, and whether it makes a passive."""
    for place in [*range(at + 1, min(at + 3, len(words))), *range(at - 1, max(-1, at - _LONGEST_FRAME), -1)]:
        lower = words[place].lower
        if lower in HAVE:
            return place, False
        if lower in BECOME or lower in BE:
            return place, True
        if words[place].text in ".;:":
            return None
    return None


def _verb_cue(
    words: Sequence[Word],
    at: int,
    finite: int,
    left: int,
    split: int | None,
    strength: Strength,
    *,
    passive: bool,
    lemma: str,
) -> Cue | None:
    if finite < left:
        left = _left_border(words, finite)
    first = left + 1
    while first < finite and words[first].lower in CONJUNCTIONS:
        first += 1
    opener = words[first].lower if first < len(words) else ""
    final = first < finite and _is_verb_final(words, finite, at)
    said: Phrase | None = None
    antecedent: Phrase | None = None
    if first < finite and opener in SUBORDINATORS and (final or opener == "wie"):
        said = _subject_within(words, first + 1, finite) or (
            _subject_after(words, finite + 1, _next_border(words, finite + 1)) if opener == "wie" else None
        )
        kind = "wie" if opener in {"wie", "woraufhin", "was"} else "subordinate"
    elif first < finite and opener in RELATIVES and final and left >= 0 and words[left].text == ",":
        said = _subject_within(words, first + 1, finite)
        if said is None:
            said, antecedent = Phrase(first, first + 1, (first,), pronoun=True), _antecedent(words, left)
        kind = "relative"
    else:
        said = _main_subject(words, first, finite)
        kind = "main"
    if passive and lemma not in {"zitieren"}:
        said = _agent(words, finite)
    if lemma == "heißen":
        said = _place(words, first if first < finite else 0, finite)
    if lemma == "zitieren" and not passive and said is not None:
        said = _object_after(words, max(finite + 1, said.end)) or said
    last = max(at, finite, split or 0, said.end - 1 if said else 0)
    contents, complement = _contents(words, first, finite, at, last, left, kind)
    border = _next_border(words, last + 1)
    return Cue(at, at + 1, strength, (first, max(border, last + 1)), said, antecedent, contents, complement)


def _is_verb_final(words: Sequence[Word], finite: int, at: int) -> bool:
    after = max(finite, at) + 1
    return (
        after >= len(words)
        or not words[after].text[0].isalnum()
        or words[after].lower in CONJUNCTIONS
        or _is_speech(words[after])
    )


def _main_subject(words: Sequence[Word], first: int, finite: int) -> Phrase | None:
    """The subject of a main clause: before its verb, or right after it."""
    right = _next_border(words, finite + 1)
    if first == finite:
        return (
            _put_off_subject(words, first)
            or _subject_after(words, finite + 1, right)
            or _subject_before(words, first - 1)
        )
    after = finite + 1 if finite + 1 < len(words) else finite
    while after < right and words[after].lower in _REFLEXIVE:
        after += 1
    if after < right and words[after].lower in _SUBJECT_PRONOUNS:
        return phrase_at(words, after, language="de")
    front = phrase_at(words, first, language="de") if words[first].lower not in PREPOSITIONS["de"] | {"als"} else None
    if front and front.end <= finite:
        if (
            after < right
            and words[after].lower == "der"
            and words[first].lower in _MAY_BE_OBJECT
            and front.end == finite
        ):
            return phrase_at(words, after, language="de") or front
        return front
    if words[finite - 1].lower in CONJUNCTIONS and (shared := _subject_within(words, first, finite)):
        return shared
    return (
        _subject_after(words, finite + 1, right)
        or _subject_within(words, first, finite)
        or _subject_before(words, first - 1)
    )


_SUBJECT_PRONOUNS = frozenset({"er", "wir", "ich", "man"})
_MAY_BE_OBJECT = frozenset("die das diese dieses eine ein ihre seine sein ihr alle beide deren dessen".split())


def _put_off_subject(words: Sequence[Word], first: int) -> Phrase | None:
    """The subject that something is put in after: "Muster, der gestern kam, sagte"."""
    if first < 2 or words[first - 1].text not in {",", ")", "–", "-"}:
        return None
    left = first - 1
    while left > 0:
        left = _left_border(words, left)
        start = left + 1
        while start < first - 1 and words[start].lower in CONJUNCTIONS:
            start += 1
        if words[start].lower in SUBORDINATORS or (
            words[start].lower in RELATIVES and not words[start].capital and left >= 0 and words[left].text == ","
        ):
            continue
        phrase = phrase_at(words, start, language="de")
        if phrase and not phrase.pronoun and phrase.end < first and words[phrase.end].text in {",", "–", "-"}:
            return phrase
        if _is_speech(words[max(left, 0)]):
            return None
    return None


def _subject_after(words: Sequence[Word], at: int, end: int) -> Phrase | None:
    return next(iter(_subjects(words, at, end)), None)


def _subject_within(words: Sequence[Word], start: int, end: int) -> Phrase | None:
    return next((phrase for phrase in _subjects(words, start, end) if phrase.end <= end), None)


def _subjects(words: Sequence[Word], at: int, end: int) -> Iterator[Phrase]:
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


def _subject_before(words: Sequence[Word], border: int) -> Phrase | None:
    """The subject of a clause that goes on past something put in: "Muster, der gestern kam, sagte"."""
    left = border
    while left >= 0:
        left = _left_border(words, left)
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
            if found := _subject_within(words, first, border):
                return found
            continue
        phrase = phrase_at(words, first, language="de")
        if phrase and phrase.end <= border + 1:
            return phrase
    return None


def _antecedent(words: Sequence[Word], border: int) -> Phrase | None:
    for start in range(_left_border(words, border) + 1, border):
        phrase = phrase_at(words, start, language="de", dative=True)
        if phrase and phrase.end >= border:
            return phrase
    return None


def _agent(words: Sequence[Word], finite: int) -> Phrase | None:
    """Who does it in a passive: "von der Polizei"."""
    end = _next_border(words, finite + 1)
    for place in range(finite, end):
        if words[place].lower in {"von", "vom"}:
            return phrase_at(words, place + 1, language="de", dative=True)
    return None


def _object_after(words: Sequence[Word], at: int) -> Phrase | None:
    """Whom a newspaper quotes: "zitiert der Bote *den Minister*"."""
    if at < len(words) and words[at].lower in PREPOSITIONS["de"]:
        return None
    found = phrase_at(words, at, language="de", dative=True)
    return found if found and words[found.heads[0]].lower not in SOURCE_NOUNS | {"stelle", "satz", "passage"} else None


def _place(words: Sequence[Word], first: int, finite: int) -> Phrase | None:
    """Where it "heißt es": "in der Erklärung", "aus Paris", "von der Polizei"."""
    for start, end in ((first, finite), (finite + 1, _next_border(words, finite + 1))):
        for at in range(start, end):
            if words[at].lower in {"in", "im", "aus", "von", "vom", "auf", "seitens", "bei", "beim"}:
                phrase = phrase_at(words, at + 1, language="de", dative=True)
                if phrase and phrase.start < end:
                    return phrase
    return None


def _contents(
    words: Sequence[Word], first: int, finite: int, at: int, last: int, left: int, kind: str
) -> tuple[tuple[tuple[int, int], ...], bool]:
    """The runs of words that a verb gives to its subject, and whether they hang on it as a clause."""
    end = len(words)
    border = _next_border(words, last + 1)
    while border < end and words[border].text == "(":
        border = _next_border(words, border + 1)
        border = _next_border(words, border + 1) if border < end and words[border].text == ")" else border
    if kind == "wie":
        region = (max(left, 0), min(border + 1, end))
        return _around(words, region), True
    inverted = first == finite and left >= 0 and (words[left].text in ",–" or _is_speech(words[left]))
    hanging = _hanging(words, border)
    if hanging is not None:
        if inverted and hanging[1] is False:
            return ((0, left), (hanging[0], end)), True
        return ((hanging[0], end),), True
    if inverted and left > 0:
        return ((0, left),), True
    return (), False


def _hanging(words: Sequence[Word], border: int) -> tuple[int, bool] | None:
    """Where a clause begins that hangs on what stands before, and whether a conjunction says so."""
    while border < len(words):
        if words[border].text not in {",", ":"}:
            return None
        start = border + 1
        if start >= len(words):
            return None
        opener = words[start].lower
        following = _next_border(words, start)
        if opener in {"dass", "daß", "ob"}:
            return start, True
        if opener not in {"wenn", "nachdem", "als"} and is_reported(words, start, following):
            return start, False
        if words[border].text == ":":
            return start, False
        if opener in _COMPLEMENTISERS and opener not in {"wo", "was", "wer", "welche", "welcher", "welches", "wie"}:
            return start, True
        if _is_infinitive(words, start, following):
            return start, True
        if opener in SUBORDINATORS | RELATIVES | PREPOSITIONS["de"] or opener in {"um", "ohne", "statt", "so", "und"}:
            border = following
            continue
        if any(word.lower in {"dass", "daß", "ob"} for word in words[start:following]):
            return start, True
        border = following
    return None


def is_reported(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a clause has a verb in the Konjunktiv: a known form, or one in -e right after its subject."""
    if any(word.lower in SUBJUNCTIVES and not word.capital for word in words[start:end]):
        return True
    subject = phrase_at(words, start, language="de")
    if subject is None or subject.end >= end:
        return False
    verb = words[subject.end]
    return verb.text.islower() and verb.lower.endswith("e") and verb.lower not in _NO_VERBS


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


def _around(words: Sequence[Word], region: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """What stands before and after the words of a cue."""
    start, end = region
    return tuple(
        (low, high)
        for low, high in ((0, start), (end, len(words)))
        if any(w.text[0].isalnum() or w.quoted for w in words[low:high])
    )


# --- nouns and colons


def _noun(words: Sequence[Word], at: int) -> Cue | None:
    """ "der Vorwurf, er habe ...", "die Theorie auf, dass ..." """
    if words[at].lower not in SPEECH_NOUNS or not words[at].capital:
        return None
    border = _next_border(words, at + 1)
    if border - at > 4 or border >= len(words) or words[border].text != ",":
        return None
    hanging = _hanging(words, border)
    if hanging is None or hanging[0] != border + 1:
        return None
    clause = words[border + 1 : _next_border(words, border + 1)]
    if not (hanging[1] or any(word.lower in SUBJUNCTIVES for word in clause)):
        return None
    owner = phrase_at(words, at + 1, language="de", dative=True)
    owner = owner if owner and owner.end <= border and words[at + 1].lower not in PREPOSITIONS["de"] else None
    said = owner or _main_subject_of(words, at)
    return Cue(
        at, at + 1, "opinion", (max(0, at - 1), border), said, contents=((border + 1, len(words)),), complement=True
    )


def _main_subject_of(words: Sequence[Word], at: int) -> Phrase | None:
    first = _left_border(words, at) + 1
    if words[first].lower in PREPOSITIONS["de"]:
        return None
    phrase = phrase_at(words, first, language="de")
    return phrase if phrase and phrase.end < at and at not in range(phrase.start, phrase.end) else None


def _colon(words: Sequence[Word]) -> Cue | None:
    """ "Hans Muster: „...“", "warb Muster mit den Worten: „...“": the subject before a colon speaks."""
    for at in range(1, len(words) - 1):
        if words[at].text == ":" and words[at + 1].quoted is not None:
            said = _subject_within(words, 0, at)
            if said:
                return Cue(at, at + 1, "source", (0, at + 1), said, contents=((at + 1, len(words)),), complement=True)
    return None


def guess_subject(words: Sequence[Word], at: int) -> Phrase | None:
    """The first phrase before a quotation that can be the subject of its sentence, where nothing cues it."""
    return _subject_within(words, 0, at)


# --- English


def _english_cues(words: Sequence[Word]) -> Iterator[Cue]:
    forms = verb_forms("en")
    for at, word in enumerate(words):
        if word.quoted is not None:
            continue
        if word.lower == "according" and at + 1 < len(words) and words[at + 1].lower == "to":
            phrase = phrase_at(words, at + 2, language="en")
            if phrase:
                region = (at, phrase.end)
                yield Cue(at, at + 2, "source", region, phrase, contents=_around(words, region), complement=True)
        elif word.lower in forms and not (word.capital and at):
            left, right = _left_border(words, at), _next_border(words, at + 1)
            first = left + 1
            while first < at and words[first].lower in CONJUNCTIONS | {
                "and",
                "but",
                "or",
                "as",
                "which",
                "who",
                "however",
            }:
                first += 1
            said = _english_subject(words, first, at, right)
            inverted = left >= 0 and (words[left].text == "," or words[left].quoted is not None)
            last = max(at, said.end - 1 if said else 0)
            after = _english_complement(words, at, last)
            if said is None and after is None:
                continue
            contents = ((after, len(words)),) if after is not None else ((0, left),) if inverted else ()
            yield Cue(
                at,
                at + 1,
                "speech",
                (first, _next_border(words, last + 1)),
                said,
                contents=contents,
                complement=bool(contents),
            )


def _english_subject(words: Sequence[Word], first: int, at: int, right: int) -> Phrase | None:
    if first == at:
        found = phrase_at(words, at + 1, language="en") if at + 1 < right else None
        return found if found else _english_before(words, first - 1)
    for start in range(first, at):
        if words[start].lower in ENGLISH_SUBORDINATORS | PREPOSITIONS["en"] or not words[start].text[0].isalnum():
            continue
        found = phrase_at(words, start, language="en")
        if found:
            return found if found.end <= at else None
    return None


def _english_before(words: Sequence[Word], border: int) -> Phrase | None:
    first = _left_border(words, border) + 1 if border > 0 else 0
    while first > 0 and words[first].lower in ENGLISH_SUBORDINATORS:
        first = _left_border(words, first - 1) + 1
    found = phrase_at(words, first, language="en")
    return found if found and found.end <= border + 1 else None


def _english_complement(words: Sequence[Word], at: int, last: int) -> int | None:
    after = last + 1
    while after < len(words) and words[after].lower in {
        "on",
        "in",
        "at",
        "yesterday",
        "today",
        "later",
        "him",
        "her",
        "them",
        "reporters",
    }:
        after += 1
    if after < len(words) and words[after].lower == "that":
        return after
    if last == at and after < len(words) and words[after].text[0].isalnum() and words[after].quoted is None:
        return after
    if after < len(words) and words[after].text in {":", ","} and after + 1 < len(words) and words[after].text == ":":
        return after + 1
    return None
