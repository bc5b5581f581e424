"""A question with one part of it replaced: another phrase, another question word; and what it is about, in brief.

All on the surface of `rag.text.clause`; None where the surface does not show how.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.text.clause import Clause, Phrase, is_known, is_name, join_words, noun_phrases, read_clause
from rag.text.expected import holds_kind
from rag.text.function_words import ADVERB_QUESTIONS, AUXILIARIES, COPULAS, LOCAL_PREPOSITIONS, PREPOSITIONS

Words = tuple[str, ...]

# Prepositions that hold an article, without it.
_CONTRACTED = {"im": "in", "ins": "in", "am": "an", "ans": "an", "zum": "zu", "zur": "zu", "vom": "von", "beim": "bei"}
_TIMES = set("jahr jahre monat woche tag ende anfang mitte sommer herbst winter frühjahr year end summer".split())
_DATIVE = {"mit", "von", "bei", "aus", "nach", "zu", "seit"}
_IN_DATIVE = {"der": "dem", "die": "der", "das": "dem", "ein": "einem", "eine": "einer"}
# "Und bei Whelan?": the preposition says no more than "and what of".
_NAMING_A_TOPIC = {"bei", "mit", "für", "von", "for", "with", "of"}
# Names that carry an article where others have none.
_NAMED_WITH_ARTICLE = set(
    "ukraine türkei schweiz slowakei mongolei niederlande philippinen usa eu un uno uni nato iran irak libanon jemen "
    "sudan tschad kongo vatikan kreml emirate u.s. uk u.k. kremlin".split()
)
_IN_PLURAL = {
    **{"wurde": "wurden", "wird": "werden", "war": "waren", "ist": "sind", "hat": "haben", "hatte": "hatten"},
    **{"kann": "können", "konnte": "konnten", "will": "wollen", "wollte": "wollten", "soll": "sollen"},
    **{"was": "were", "is": "are", "has": "have", "does": "do"},
}
_IN_SINGULAR = {plural: singular for singular, plural in _IN_PLURAL.items()}
_PASSIVE = {"wurde", "wurden", "wird", "werden"}
# They say how long or by what name, and nothing of what happened.
_OF_A_PROPERTY = {
    **{"dauerte": "war", "dauert": "ist", "dauerten": "waren", "dauern": "sind"},
    **{"hieß": "war", "heißt": "ist", "hießen": "waren", "heißen": "sind"},
}
_LASTING = {("last",), ("take",)}
_ARTICLE_OF = {"welcher": "der", "welche": "die", "welches": "das", "welchen": "den", "welchem": "dem"}
_ASKING_FOR = {article: word for word, article in _ARTICLE_OF.items()}
_INDEFINITE = {
    **{"wer": "jemand", "wen": "jemanden", "wem": "jemandem", "was": "etwas"},
    **{"who": "someone", "whom": "someone", "what": "something"},
}
_NEGATIONS = {"nicht", "not"}
_SUBJECT_PRONOUNS = set("er sie es ich du wir ihr man he she it they i you we".split())


def with_phrase(clause: Clause, words: Words, phrase: Phrase) -> Words | None:
    """The clause with `words`, read as `phrase`, in the place of its phrase of the same role.

    That is the one with the same preposition, or the only name for a name, or the subject with an article for one with
    an article; where a preposition has no counterpart, the phrase is put in.
    """
    if year := _same_kind_of_number(clause, words):
        return (*clause.words[:year], *words, *clause.words[year + 1 :])
    if phrase.preposition is None:
        return _with_bare_phrase(clause, words, phrase)
    if slot := _slot_by_preposition(clause, words, phrase):
        return (*clause.words[: slot.start], *words, *clause.words[slot.end :])
    if phrase.preposition in _NAMING_A_TOPIC and not phrase.determiner:
        bare = replace(phrase, preposition=None, head=phrase.head - 1, end=phrase.end - 1)
        return _with_bare_phrase(clause, words[1:], bare) or _put_in(clause, words)
    return None if _asks_for_the_like(clause, words, phrase) else _put_in(clause, words)


def with_question(clause: Clause, asks: Words) -> Words | None:
    """The clause asking with `asks` instead: "Wer begnadigte X?" with "wann" -> "Wann begnadigte jemand X?"."""
    if clause.verb is None:
        return None
    new, old = Clause(asks, clause.language, len(asks), None, ()), clause.words[: clause.asks]
    if old and not is_circumstance(new) and is_circumstance(clause):
        if asks[0].lower() != "wer" or clause.lower(clause.verb) not in _PASSIVE:
            return None
        return ("Von", "wem", *asks[1:], *clause.words[clause.verb :])
    if old and not is_circumstance(new) and clause.lower(0) != asks[0].lower():
        return None
    if reworded := _why_so(clause, asks):
        return reworded
    negation = next((word for word in asks if word.lower() in _NEGATIONS), None)
    asks = tuple(word for word in asks if word != negation)
    same = old and clause.lower(0) == asks[0].lower() and not is_circumstance(new)
    rest = clause.words[clause.verb :] if same else event(clause)
    if clause.lower(clause.verb) in _OF_A_PROPERTY and not same:
        rest = (_OF_A_PROPERTY[clause.lower(clause.verb)], *rest[1:])
    asked = read_clause((*asks, *rest), clause.language)
    return asked.words if negation is None else _put_in(asked, (negation,))


def _why_so(clause: Clause, asks: Words) -> Words | None:
    """ "Warum?" after "Wie lange dauerte das Gespräch?" -> "Warum dauerte das Gespräch so lange?"."""
    lowered = [word.lower() for word in asks]
    asks_why = set(lowered) & {"warum", "weshalb", "wieso", "why"} or lowered[:2] in (
        ["seit", "wann"],
        ["since", "when"],
    )
    if not asks_why or clause.verb is None or clause.asks != 2 or clause.lower(0) not in {"wie", "how"}:
        return None
    if clause.asked is not None or is_how_many(clause.words):
        return None
    asked = read_clause((*asks, clause.lower(clause.verb), *clause.words[clause.verb + 1 :]), clause.language)
    return _put_in(asked, ("so", clause.words[1]))


def is_circumstance(clause: Clause) -> bool:
    """Whether it asks when, where, why or how, and not for someone or something that takes part."""
    asks = clause.words[: clause.asks]
    if not asks or asks[0].lower() in PREPOSITIONS[clause.language]:
        return bool(asks)
    return asks[0].lower() in ADVERB_QUESTIONS[clause.language] and clause.asked is None and not is_how_many(asks)


def event(clause: Clause) -> Words:
    """The clause from its verb on, with "jemand", "etwas" or a noun for what its question phrase left out."""
    assert clause.verb is not None
    if clause.language == "en":
        return _english_event(clause)
    verb, rest = clause.words[clause.verb].lower(), clause.words[clause.verb + 1 :]
    left = _left_by_the_question(clause)
    if not left:
        return (verb, *rest)
    subject = subject_end(clause)
    if subject is None or clause.lower(0) in {"wer", "welcher"}:
        return (verb, *left, *rest)
    return (verb, *rest[:subject], *left, *rest[subject:])


def topic(clause: Clause) -> str:
    """What a question is about, in brief: "Griner wurde festgenommen", "das Telefonat zwischen Blinken und Lawrow"."""
    if clause.verb is None:
        return join_words(clause.words)
    if clause.language == "en":
        return _english_topic(clause)
    words = event(clause)
    says_what_it_is = COPULAS["de"] | _OF_A_PROPERTY.keys() | {"kostet", "kostete"}
    if clause.lower(clause.verb) in says_what_it_is and (subject_end(clause) or clause.lower(0) in _INDEFINITE):
        return join_words(clause.words[clause.verb + 1 :])
    start = 2 if words[1:2] == ("sich",) else 1
    phrases = noun_phrases(words, "de", start=start, verb=0)
    pronoun = words[start : start + 1] and words[start].lower() in _SUBJECT_PRONOUNS | set(_INDEFINITE.values())
    end = next((p.end for p in phrases if p.start == start), start + bool(pronoun))
    return join_words((*words[start:end], *words[:start], *words[end:]))


def is_time(clause: Clause, phrase: Phrase) -> bool:
    """Whether a phrase names a day, a month or a year; not "die Wahl 2021"."""
    head = clause.words[phrase.head]
    return head[0].isdigit() or head.lower() in _TIMES or holds_kind(head, "time")


def has_article(phrase: Phrase) -> bool:
    """Whether a phrase has an article, be it in its preposition: "zum Gesetz"."""
    return phrase.determiner is not None or phrase.preposition in _CONTRACTED


def _with_bare_phrase(clause: Clause, words: Words, phrase: Phrase) -> Words | None:
    if _is_asked_for_by_name(clause, words, phrase):
        return _with_asked(clause, words, phrase)
    if clause.lower(1) in {"viel", "much"} and not phrase.determiner and is_known(words[-1]):
        return None  # "Wie viel Mais kaufte Kuba?": "Weizen" or "Peru"
    slot = _slot_by_role(clause, words, phrase)
    return None if slot is None else _in_slot(clause, words, phrase, slot)


def _same_kind_of_number(clause: Clause, words: Words) -> int | None:
    """Where the clause has the number that a bare number stands for: a year for a year."""
    if len(words) != 1 or not words[0].isdigit():
        return None
    places = [i for i, word in enumerate(clause.words) if word.isdigit() and len(word) == len(words[0])]
    return places[0] if len(places) == 1 else None


def _slot_by_preposition(clause: Clause, words: Words, phrase: Phrase) -> Phrase | None:
    def bare(preposition: str | None) -> str | None:
        return _CONTRACTED.get(preposition or "", preposition)

    timed = is_time(replace(clause, words=words), phrase)
    alike = [p for p in clause.phrases if p.preposition and is_time(clause, p) == timed]
    slots = [p for p in alike if timed or bare(p.preposition) == bare(phrase.preposition)]
    if len(slots) > 1:
        slots = [p for p in slots if has_article(p) == has_article(phrase)]
    return slots[-1] if slots else None


def _asks_for_the_like(clause: Clause, words: Words, phrase: Phrase) -> bool:
    """Whether the clause asks for just what the phrase says: where, and "in Genf"."""
    asks = [word.lower() for word in clause.words[: clause.asks]]
    if is_time(replace(clause, words=words), phrase):
        return bool({"wann", "when"} & set(asks))
    local = phrase.preposition in LOCAL_PREPOSITIONS[clause.language]
    return local and bool({"wo", "wohin", "where"} & set(asks) or (asks and asks[0] in {"in", "im", "at"}))


def _put_in(clause: Clause, words: Words) -> Words:
    """German: before the verb that ends the clause; else at its end."""
    comma = clause.words.index(",") if "," in clause.words else len(clause.words)
    last = comma - 1
    ends_in_verb = (
        clause.language == "de"
        and clause.verb is not None
        and last > clause.verb + 1
        and clause.words[last].islower()
        and any(word[0].isupper() for word in clause.words[1:])
        and not is_name(clause.words, last)
    )
    at = last if ends_in_verb else comma
    return (*clause.words[:at], *words, *clause.words[at:])


def _is_asked_for_by_name(clause: Clause, words: Words, phrase: Phrase) -> bool:
    """Whether the phrase replaces the noun in the question phrase: "Weizen" that of "Wie viel Mais"."""
    if clause.asked is None:
        return False
    direct = [p for p in clause.phrases if not p.preposition and not p.attribute]
    if phrase.determiner:
        asking = clause.lower(clause.asked.start - 1)
        alike = _ARTICLE_OF.get(asking) == phrase.determiner
        return alike and not any(p.determiner == phrase.determiner for p in direct)
    return not any(p.determiner is None for p in clause.phrases) and is_known(words[-1]) and is_how_many(clause.words)


def _with_asked(clause: Clause, words: Words, phrase: Phrase) -> Words:
    assert clause.asked is not None
    start = clause.asked.start - (1 if phrase.determiner else 0)
    if phrase.determiner:
        asking = _ASKING_FOR[phrase.determiner]
        words = (asking if start else asking.capitalize(), *words[1:])
    return (*clause.words[:start], *words, *clause.words[clause.asked.end :])


def is_how_many(words: Words) -> bool:
    """Whether a question begins with "wie viele", "aus wie vielen", "how many"."""
    lowered = [word.lower() for word in words[:3]]
    return any(w.startswith("viel") or w in {"many", "much"} for w in lowered[1:]) or lowered[0].startswith("wieviel")


def _slot_by_role(clause: Clause, words: Words, phrase: Phrase) -> Phrase | None:
    articled = phrase.determiner is not None and words[-1].lower() not in _NAMED_WITH_ARTICLE
    phrases = [p for p in clause.phrases if not is_time(clause, p) and p.preposition not in _CONTRACTED]
    by_name = {p for p in phrases if p.determiner is None or clause.lower(p.end - 1) in _NAMED_WITH_ARTICLE}
    alike = [p for p in phrases if (p not in by_name) == articled]
    local = LOCAL_PREPOSITIONS[clause.language]
    for group in (
        [p for p in alike if not p.preposition and not p.attribute],
        [p for p in alike if p.preposition and p.preposition not in local and not p.attribute],
        [p for p in alike if p.preposition in local and not articled],
        [p for p in alike if p.attribute],
    ):
        if group:
            return _the_one(clause, words, phrase, group)
    return None


def _the_one(clause: Clause, words: Words, phrase: Phrase, group: Sequence[Phrase]) -> Phrase | None:
    """The only one, or the only one with the same article, or the only one that dictionaries know as little."""
    if len(group) > 1 and phrase.determiner:
        group = [p for p in group if p.determiner == phrase.determiner]
    elif len(group) > 1:
        group = [p for p in group if is_known(clause.words[p.end - 1]) == is_known(words[-1])]
    return group[0] if len(group) == 1 else None


def _in_slot(clause: Clause, words: Words, phrase: Phrase, slot: Phrase) -> Words:
    if slot.preposition in _DATIVE and phrase.determiner:
        words = (_IN_DATIVE.get(words[0].lower(), words[0]), *words[1:])
    end = slot.end
    owner = next((i for i in range(slot.head, slot.end) if clause.words[i].endswith(("'s", "’s"))), None)
    if owner is not None:
        words, end = (*words[:-1], words[-1] + "'s"), owner + 1
    elif slot.determiner and not phrase.determiner:
        words = words if is_name(words, 0) else (slot.determiner, *words)
    before = list(clause.words[: slot.named])
    is_subject = not slot.preposition and clause.verb is not None and slot.start == clause.verb + 1
    if is_subject and clause.verb is not None and slot.coordinated != phrase.coordinated:
        before[clause.verb] = _agreeing(before[clause.verb], plural=phrase.coordinated)
    return (*before, *words, *clause.words[end:])


def _agreeing(verb: str, *, plural: bool) -> str:
    if plural:
        return _IN_PLURAL.get(verb, verb + "n" if verb.endswith("te") else verb)
    return _IN_SINGULAR.get(verb, verb[:-1] if verb.endswith("ten") else verb)


def _left_by_the_question(clause: Clause) -> Words:
    """What stands for the question phrase when something else is asked."""
    if is_circumstance(clause) or clause.asks == 0:
        return ()
    first = clause.lower(0)
    identity = clause.verb is not None and clause.lower(clause.verb) in COPULAS[clause.language]
    if identity and subject_end(clause) is not None:
        return ()
    if clause.asked is None:
        return (_INDEFINITE[first],) if first in _INDEFINITE else ()
    noun = clause.words[clause.asked.start : clause.asked.end]
    if clause.language == "en":
        return noun if is_how_many(clause.words) else ("the", *noun)
    article = _ARTICLE_OF.get(first)
    return (article, *noun) if article else noun


def subject_end(clause: Clause) -> int | None:
    """How many words the subject has that follows the verb directly; None where none does."""
    assert clause.verb is not None
    start = clause.verb + (2 if clause.lower(clause.verb + 1) == "sich" else 1)
    first = next((p for p in clause.phrases if p.start == start and not p.preposition), None)
    if first and first.determiner not in {"den", "einen", "dem", "einem"}:
        return first.end - clause.verb - 1
    return start - clause.verb if clause.lower(start) in _SUBJECT_PRONOUNS else None


def _english_event(clause: Clause) -> Words:
    assert clause.verb is not None
    verb, rest = clause.words[clause.verb].lower(), clause.words[clause.verb + 1 :]
    left = _left_by_the_question(clause)
    if verb not in AUXILIARIES["en"]:
        auxiliary, base = _with_auxiliary(verb)
        return (auxiliary, *left, base, *rest)
    subject = subject_end(clause)
    if verb in {"did", "does"} and rest[-1:] in _LASTING and clause.lower(1) == "long" and subject is not None:
        return ("was" if verb == "did" else "is", *rest[:-1])
    if subject is None:
        return (verb, *left, *rest)
    prepositions = (p.start for p in clause.phrases if p.preposition and not p.attribute)
    at = next((start - clause.verb - 1 for start in prepositions if start - clause.verb - 1 > subject), len(rest))
    return (verb, *rest[:at], *left, *rest[at:])


def _english_topic(clause: Clause) -> str:
    """ "Griner was arrested in Moscow"; without a clear subject as a headline says it, "the grain deal collapse"."""
    assert clause.verb is not None
    verb, left = clause.lower(clause.verb), _left_by_the_question(clause)
    if verb not in AUXILIARIES["en"]:
        return join_words((*left, *clause.words[clause.verb :]))
    if verb in COPULAS["en"] and left and left[0] in _INDEFINITE.values():
        return join_words(clause.words[clause.verb + 1 :])
    auxiliary, *rest = _english_event(clause)
    subject = subject_end(clause)
    if subject is None or subject == len(rest):
        return join_words(rest)
    return join_words((*rest[:subject], auxiliary, *rest[subject:]))


def _with_auxiliary(verb: str) -> tuple[str, str]:
    """ "signed" -> "did", "sign"."""
    import simplemma

    base: str = simplemma.lemmatize(verb, lang="en")
    return ("does" if re.search(r"[^s]s$", verb) and base != verb else "did"), base
