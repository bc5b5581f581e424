"""What "er", "das", "dazu", "there" in a question refer to, where nothing in the question itself says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.conversation.reword import Words, has_article, is_how_many, is_time, subject_end
from rag.text.clause import Clause, Phrase, is_adjective, is_known, is_name, noun_phrases
from rag.text.function_words import (
    AUXILIARIES,
    COPULAS,
    DETERMINERS,
    FUNCTION_WORDS,
    LOCAL_PREPOSITIONS,
    PARTICLES,
    PREPOSITIONS,
)

# person: he, it; owner: his; event: das, dazu; place: dort; loose: danach, which alone refers to nothing certain;
# noun: "dieses Abkommen", the demonstrative with its noun.
Kind = Literal["person", "owner", "event", "place", "loose", "noun"]


@dataclass(frozen=True, slots=True)
class Reference:
    """Words of a clause, `words[at:end]`, that refer to something said before."""

    at: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Referents:
    """The phrases of an earlier question that a reference may mean, and whether what it asked for may be meant too."""

    phrases: tuple[Phrase, ...] = ()
    answer: bool = False

    @property
    def clear(self) -> Phrase | None:
        return self.phrases[0] if len(self.phrases) == 1 and not self.answer else None

    def __bool__(self) -> bool:
        return bool(self.phrases) or self.answer


# Genders and number by their first letters: masculine, feminine, neuter, plural.
_PERSONAL: dict[str, dict[str, str]] = {
    "de": {"er": "m", "ihn": "m", "ihm": "mn", "sie": "fp", "ihr": "f", "ihnen": "p", "es": "n"},
    "en": {"he": "m", "him": "m", "she": "f", "her": "f", "it": "n", "they": "p", "them": "p"},
}
_POINTING = {"der": "m", "die": "fp", "den": "m", "dem": "mn"}
_OWNING: dict[str, dict[str, str]] = {
    "de": {
        **dict.fromkeys(("sein", "seine", "seinen", "seinem", "seiner", "seines"), "mn"),
        **dict.fromkeys(("ihr", "ihre", "ihren", "ihrem", "ihrer", "ihres"), "fp"),
    },
    "en": {"his": "m", "her": "f", "its": "n", "their": "p"},
}
_OBJECT_ONLY = {"ihn", "ihm", "ihr", "ihnen", "den", "dem", "him", "them"}
_EVENT = {
    "de": set("dazu davon darüber dafür dagegen damit darauf daran darin daraus dadurch deswegen deshalb dies".split()),
    "en": set(),
}
_PLACE = {"de": {"dort", "dorthin"}, "en": {"there"}}
_LOOSE = {"de": set("damals danach davor dabei seitdem daraufhin".split()), "en": {"afterwards", "meanwhile"}}
_POINTING_AT_A_NOUN = {
    "de": {"dieser": "der", "diese": "die", "dieses": "das", "diesen": "den", "diesem": "dem"},
    "en": {"this": "the", "that": "the", "these": "the", "those": "the"},
}
_OF_TIME = set(
    "jahr woche monat tag zeit saison mal jahrhundert zusammenhang year week month day time season century".split()
)
_WHERE_FROM_WHENCE = {
    **{"aus": "in", "nach": "in", "ins": "im", "ans": "am", "aufs": "auf"},
    **{"from": "in", "to": "in", "into": "in", "onto": "on"},
}
_ARTICLE_FOR = {
    **{"er": "der", "ihn": "den", "ihm": "dem", "sie": "die", "ihr": "der", "ihnen": "den", "es": "das"},
    **{"der": "der", "die": "die", "den": "den", "dem": "dem"},
}
_GENDERS = {
    **{"der": "m", "die": "fp", "das": "n", "den": "m", "dem": "mn", "des": "mn"},
    **{"ein": "mn", "eine": "f", "einen": "m", "einem": "mn", "einer": "f"},
    **{"welcher": "m", "welche": "fp", "welches": "n", "welchen": "mp", "welchem": "mn"},
    **{"im": "mn", "am": "mn", "zum": "mn", "vom": "mn", "beim": "mn", "zur": "f", "ins": "n", "ans": "n"},
}
_GENDERS_IN_DATIVE = {"der": "f", "den": "p", "dem": "mn", "welcher": "f"}
_DATIVE = {"mit", "von", "bei", "aus", "nach", "zu", "seit"}
# A pronoun may mean a name that such a word parts it from: in one clause with it, it means someone else.
_BOUNDARIES = {
    "de": set(", ; : und oder aber".split()),
    "en": set(", ; : and or but that because when before after while if who whether since until which than to".split()),
}
_SUBJECT_PRONOUNS = {"he", "she", "it", "they"}
_MEANING_NOTHING = {
    "de": set("gibt gab gäbe geht ging handelt handelte kommt kam regnet regnete schneit heißt brennt".split()),
    "en": set("rain raining snow".split()),
}
_GOING = set("läuft lief steht stand sieht sah klappt klappte".split())
_WEATHER = set("warm kalt heiß spät früh dunkel hell cold hot late early dark true wahr möglich possible".split())
_BEFORE_A_CLAUSE = set(", that to if when whether how who what where why which".split())
_AFTER_THAT = set("happen happened occur come came change mean work affect end start begin matter help cause".split())
_LONGEST_WITHOUT_VERB = 6
_ASKING_FOR_PEOPLE = set("wer wen wem wessen who whom whose".split())


def references(clause: Clause) -> tuple[Reference, ...]:
    """The words of a question that refer to something outside of it, in their order.

    Not: what a name in the question itself explains ("Wann sagte Blinken, dass er ..."), "es gibt", "das Abkommen",
    relative pronouns, the formal "Sie", "that" before a clause.
    """
    if clause.verb is None and len(clause.words) > _LONGEST_WITHOUT_VERB:
        return ()  # not read as a question: nothing is certain
    found = (_reference_at(clause, at) for at in range(len(clause.words)))
    return tuple(ref for ref in found if ref is not None and not _is_explained(clause, ref))


def referents(reference: Reference, clause: Clause, before: Clause) -> Referents:
    """What a reference of `clause` may mean in an earlier question."""
    if reference.kind == "place":
        return _places(before)
    if reference.kind == "noun":
        return _same_noun(reference, clause, before)
    return _bearers(reference, clause, before)


def worded(phrase: Phrase, before: Clause, reference: Reference, clause: Clause) -> Words | None:
    """How the phrase of the earlier question stands in the reference's place; None where its form is not clear."""
    words = before.text(phrase)
    if reference.kind == "place":
        preposition = phrase.preposition or "in"
        return (_WHERE_FROM_WHENCE.get(preposition, preposition), *words)
    if reference.kind == "owner":
        name = words[phrase.head - phrase.named :]
        is_a_name = not has_article(phrase) or (len(name) == 1 and not is_known(name[0]))
        return _owner(name, clause) if is_a_name else None
    if not has_article(phrase):
        return words
    return _with_article(phrase, before, reference, clause) if clause.language == before.language else None


def _with_article(phrase: Phrase, before: Clause, reference: Reference, clause: Clause) -> Words | None:
    """The phrase with the article that the pronoun shows: "den Austausch" for "er" is "der Austausch"."""
    words, word = before.text(phrase), clause.lower(reference.at)
    if clause.language == "en":
        return ("the", *words[1:]) if phrase.determiner in {"a", "an"} else words
    article = _ARTICLE_FOR.get(word) or _POINTING_AT_A_NOUN["de"].get(word)
    if article is None or (phrase.determiner is not None and phrase.determiner not in _GENDERS):
        return words if phrase.determiner else None
    ending = "en" if article in {"den", "dem"} or word in {"ihr", "ihnen"} or phrase.coordinated else "e"
    first, head = phrase.named + (phrase.determiner is not None), phrase.head
    adjectives = (_inflected(adjective, ending) for adjective in before.words[first:head])
    nouns = before.words[head : phrase.end]
    if article == "der" and phrase.determiner in {"den", "dem", "einen", "einem"}:
        nouns = (_nominative(nouns[0]), *nouns[1:])
    return (article, *adjectives, *nouns)


def _nominative(noun: str) -> str:
    """ "Präsidenten" -> "Präsident"."""
    import simplemma

    return str(simplemma.lemmatize(noun, lang="de")) if noun.endswith("en") else noun


def _inflected(adjective: str, ending: str) -> str:
    for known in ("en", "er", "es", "em", "e"):
        if adjective.endswith(known):
            return adjective.removesuffix(known) + ending
    return adjective


def _owner(words: Words, clause: Clause) -> Words:
    name = words[-1]
    if clause.language == "en":
        return (*words[:-1], name + "'s")
    return (*words[:-1], name + ("’" if name[-1] in "sßxz" else "s"))


def _reference_at(clause: Clause, at: int) -> Reference | None:
    word = clause.lower(at)
    if at and not clause.words[at].islower():  # "Sie": a form of address, or a name
        return None
    if word in _POINTING_AT_A_NOUN[clause.language]:
        return _pointing(clause, at)
    if clause.language == "de" and word in {"das", *_POINTING}:
        return _bare_article(clause, at)
    kind = _kind_at(clause, at)
    return None if kind is None else Reference(at, at + 1, kind)


def _kind_at(clause: Clause, at: int) -> Kind | None:
    word = clause.lower(at)
    if word in _OWNING[clause.language] and _noun_after(clause, at + 1) is not None:
        return "owner"
    if word in _PERSONAL[clause.language]:
        if word == "it" and clause.lower(at - 1) in {"about", "of", "on", "to", "for", "with"}:
            return "event"
        return None if _means_nothing(clause, at) else "person"
    if word in _PLACE[clause.language]:
        return None if _is_there_is(clause, at) else "place"
    if word in _EVENT[clause.language]:
        return None if _points_ahead(clause, at) else "event"
    return "loose" if word in _LOOSE[clause.language] else None


def _points_ahead(clause: Clause, at: int) -> bool:
    """ "damit beauftragt, ...", ", damit ...", "darüber hinaus"."""
    return clause.lower(at - 1) == "," or "," in clause.words[at:] or clause.lower(at + 1) == "hinaus"


def _bare_article(clause: Clause, at: int) -> Reference | None:
    """German: "das" or "der" for a whole phrase. Not an article, not a relative pronoun."""
    word = clause.lower(at)
    if clause.lower(at - 1) == ",":
        return None
    if word == "das":
        left_out = clause.lower(at + 1).endswith("e") and clause.lower(at + 2) == ","  # "das letzte, das ..."
        article = left_out or _noun_after(clause, at + 1) is not None or _begins_a_long_phrase(clause, at)
        return None if article else Reference(at, at + 1, "event")
    if word not in _POINTING:
        return None
    rest = range(at + 1, len(clause.words))
    return None if any(is_name(clause.words, i) for i in rest) else Reference(at, at + 1, "person")


def _begins_a_long_phrase(clause: Clause, at: int) -> bool:
    """ "das in Moskau gefällte Urteil": an adjective and its noun, with no article of their own, come later."""
    held = DETERMINERS["de"] | PREPOSITIONS["de"]
    heads = [p.head for p in noun_phrases(clause.words, "de", start=at + 1) if p.head > at + 2]
    return any(is_adjective(clause.words[i - 1], "de") and clause.lower(i - 2) not in held for i in heads)


def _pointing(clause: Clause, at: int) -> Reference | None:
    """ "dieses Abkommen", "that deal"; English "that" and "this" alone."""
    end = _noun_after(clause, at + 1)
    if clause.language == "de":
        return None if end is None or clause.lower(end - 1) in _OF_TIME else Reference(at, end, "noun")
    following = clause.lower(at + 1)
    begins = clause.lower(at - 1) in PREPOSITIONS["en"] | AUXILIARIES["en"] and at - 1 >= clause.asks
    begins = begins and (clause.lower(at - 1) in PREPOSITIONS["en"] or at - 1 == clause.verb)
    alone = PREPOSITIONS["en"] | PARTICLES["en"] | AUXILIARIES["en"] | _AFTER_THAT
    if not following or (begins and following in alone and clause.lower(at) in {"that", "this"}):
        return Reference(at, at + 1, "event")
    if begins and end == at + 2 and following not in _OF_TIME and clause.words[at + 1].islower():
        return Reference(at, end, "noun")
    return None


def _noun_after(clause: Clause, at: int) -> int | None:
    """Where the noun that begins there, adjectives before it, ends; None where there is none."""
    if clause.language == "de":
        phrases = noun_phrases(("das", *clause.words[at:]), "de")
        return at + phrases[0].head if phrases and phrases[0].start == 0 else None
    word = clause.words[at] if at < len(clause.words) else ""
    held = FUNCTION_WORDS["en"] | PREPOSITIONS["en"] | AUXILIARIES["en"] | DETERMINERS["en"] | PARTICLES["en"]
    return at + 1 if word and word[0].isalpha() and word.lower() not in held else None


def _means_nothing(clause: Clause, at: int) -> bool:
    """Whether "es" or "it" stands for nothing, or "Sie" or "ihr" addresses someone."""
    word = clause.lower(at)
    if word == "sie":
        return at == 0
    if word == "ihr":
        return clause.lower(at - 1).endswith("t") and clause.lower(at - 1) not in PREPOSITIONS["de"]
    every = {w.lower() for w in clause.words}
    later = {w.lower() for w in clause.words[at + 1 :]}
    around = {clause.lower(at - 1), clause.lower(at + 1)}
    if word == "es":
        asks_how = clause.asks == 1 and clause.lower(0) == "wie"
        nothing = around & _MEANING_NOTHING["de"] or every & {"geben", "gegeben"} or (asks_how and around & _GOING)
        return bool(nothing or later & {",", "zu"} or every & _WEATHER)
    return word == "it" and bool(every & (_MEANING_NOTHING["en"] | _WEATHER) or later & _BEFORE_A_CLAUSE)


def _is_there_is(clause: Clause, at: int) -> bool:
    being = {"is", "are", "was", "were", "be", "been", "exist"}
    return clause.lower(at - 1) in being or clause.lower(at + 1) in being


def _is_explained(clause: Clause, ref: Reference) -> bool:
    """Whether something before it in the question itself is what it refers to."""
    before = [p for p in clause.phrases if p.end <= ref.at]
    is_subject = clause.verb is not None and ref.at == clause.verb + 1
    asked = clause.asked if clause.asked is not None and not is_subject else None
    spans = [p.end for p in before] + ([asked.end] if asked else [])
    if ref.kind == "loose":
        return bool(clause.phrases)
    if ref.kind == "owner":
        return bool(spans) or _has_owner(clause, ref)
    if ref.kind == "person" and spans and not is_subject and _begins_a_clause(clause, ref):
        return True
    parting = _BOUNDARIES[clause.language]
    parted = any(parting & {w.lower() for w in clause.words[end : ref.at - 1]} for end in spans)
    if ref.kind == "place":
        return parted or any(p.preposition in LOCAL_PREPOSITIONS[clause.language] for p in before)
    return parted


def _begins_a_clause(clause: Clause, ref: Reference) -> bool:
    """English "he" before its verb: the clause may begin without a word of its own, "said he would come"."""
    subject = clause.lower(ref.at) in _SUBJECT_PRONOUNS and clause.lower(ref.at - 1) not in PREPOSITIONS["en"]
    return subject and ref.end < len(clause.words) and clause.lower(ref.end) not in PREPOSITIONS["en"] | PARTICLES["en"]


def _has_owner(clause: Clause, ref: Reference) -> bool:
    """Whether a pronoun before it, or the one that is asked for, owns it: "Wer verlor seine Medaille?"."""
    if any(word.lower() in _PERSONAL[clause.language] for word in clause.words[: ref.at]):
        return True
    copula = clause.verb is not None and clause.lower(clause.verb) in COPULAS[clause.language]
    if clause.lower(0) in _ASKING_FOR_PEOPLE:
        return not copula
    wanted = set(_OWNING[clause.language][clause.lower(ref.at)])
    return clause.asked is not None and not copula and bool(wanted & _genders_asked(clause))


def _genders_asked(clause: Clause) -> set[str]:
    if is_how_many(clause.words):
        return {"p"}
    first = 1 if clause.lower(0) in PREPOSITIONS[clause.language] else 0
    dative = clause.lower(0) in _DATIVE
    asking = clause.lower(first)
    return set((_GENDERS_IN_DATIVE if dative else {}).get(asking) or _GENDERS.get(asking, "mfnp"))


def _genders(clause: Clause, phrase: Phrase) -> set[str]:
    if phrase.coordinated:
        return {"p"}
    if clause.language == "en":
        return {"n", "p"} if phrase.determiner and clause.lower(phrase.end - 1).endswith("s") else set("mfn")
    sign = phrase.determiner or (phrase.preposition if phrase.preposition in _GENDERS else None)
    if sign is None:
        return set("mfn")
    in_dative = _GENDERS_IN_DATIVE if phrase.preposition in _DATIVE else {}
    return set(in_dative.get(sign) or _GENDERS.get(sign, "mfnp"))


def _wanted(reference: Reference, clause: Clause) -> set[str]:
    """The genders that the pronoun allows. "sie" as the subject has its verb's number."""
    word = clause.lower(reference.at)
    if reference.kind == "owner":
        return set(_OWNING[clause.language][word])
    wanted = set((_PERSONAL[clause.language] | (_POINTING if clause.language == "de" else {}))[word])
    if word in {"sie", "die"} and clause.verb is not None and abs(reference.at - clause.verb) == 1:
        plural = clause.lower(clause.verb).endswith("n") or clause.lower(clause.verb) == "sind"
        asks_subject = clause.lower(0) in {"wer", "was", "welche", "welcher", "welches"}
        return {"p"} if plural else wanted if asks_subject else {"f"}
    return wanted


def _bearers(reference: Reference, clause: Clause, before: Clause) -> Referents:
    wanted, word = _wanted(reference, clause), clause.lower(reference.at)
    local = LOCAL_PREPOSITIONS[before.language]
    fitting = [p for p in before.phrases if wanted & _genders(before, p) and not is_time(before, p)]
    around = [p for p in fitting if p.preposition not in local]
    fitting = [p for p in around if not p.attribute] or around or [p for p in fitting if has_article(p)]
    subject = clause.verb is not None and reference.at == clause.verb + 1 and word not in _OBJECT_ONLY
    answer = _may_mean_the_answer(before, wanted, subject=subject, fitting=fitting)
    if word in {"es", "it", "its"}:  # a thing: a name alone is more often a person
        things = [p for p in fitting if has_article(p)]
        return Referents(tuple(things), answer)
    people = [p for p in fitting if not has_article(p)]
    if word in {"he", "she", "him", "her", "his"} and people:
        fitting = people
    same_kind = len({has_article(p) for p in fitting}) == 1
    if len(fitting) > 1 and (subject or reference.kind == "owner") and same_kind and not fitting[0].preposition:
        fitting = fitting[:1]
    return Referents(tuple(fitting), answer)


def _may_mean_the_answer(before: Clause, wanted: set[str], *, subject: bool, fitting: Sequence[Phrase]) -> bool:
    if before.verb is None or not before.asks:
        return False
    has_subject = subject_end(before) is not None
    if before.lower(before.verb) in COPULAS[before.language] and has_subject:
        return False  # "Wer ist X?" is about X
    asking = {before.lower(0), before.lower(1) if before.lower(0) in PREPOSITIONS[before.language] else ""}
    if asking & {"wer", "who"} and before.lower(0) not in PREPOSITIONS[before.language]:
        return wanted != {"n"} and (subject or not fitting)
    if asking & _ASKING_FOR_PEOPLE:
        return wanted != {"n"}
    if before.asked is None or before.lower(before.asked.end - 1) in _OF_TIME:
        return False
    return not has_subject and bool(wanted & _genders_asked(before))


def _places(before: Clause) -> Referents:
    local = LOCAL_PREPOSITIONS[before.language]
    at = [p for p in before.phrases if p.preposition in local - {"bei", "beim", "vor"} and not is_time(before, p)]
    at = [p for p in at if before.text(p)[-1] not in {"Haft", "Kraft", "Frage"}]
    if before.lower(0) not in {"wo", "wohin", "where"} or at:
        return Referents(tuple(at))
    names = [p for p in before.phrases if p.determiner is None and not p.preposition]
    return Referents(tuple(names), answer=not names) if len(before.phrases) == 1 else Referents(answer=True)


def _same_noun(reference: Reference, clause: Clause, before: Clause) -> Referents:
    """The phrase whose noun ends as the pointed-at one does: "dieses Abkommen" and "das Getreideabkommen"."""
    noun = clause.lower(reference.end - 1)
    return Referents(tuple(p for p in before.phrases if any(w.lower().endswith(noun) for w in before.text(p))))
