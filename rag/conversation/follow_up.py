"""A follow-up question -> the question that it stands for: "Und Whelan?" -> "Wann wurde Whelan festgenommen?".

By rules on the surface (`rag.text.clause`), no language model. What stands by itself is not touched: context that is
carried wrongly makes a wrong answer. Where no clear place for it is found, what is meant stands in brackets behind the
question, so that a person can see it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.conversation.refer import Reference, references, referents, worded
from rag.conversation.reword import Words, topic, with_phrase, with_question
from rag.text.clause import Clause, Phrase, is_known, join_words, noun_phrases, read_clause, split_words
from rag.text.function_words import ADVERB_QUESTIONS, FUNCTION_WORDS, PARTICLES, PREPOSITIONS
from rag.text.language import Language, question_language
from rag.text.tokens import stems

MAX_HISTORY = 5

# A longer question brings its own context along.
_LONGEST = 25
_JOINING = {"de": {"und", "aber", "oder"}, "en": {"and", "but", "or"}}
_COURTESY = set("ok okay gut ja nein danke ach also hm so well thanks thank yes no , !".split())
_WHAT_ABOUT = re.compile(
    r"(?:was ist (?:denn )?mit|wie (?:ist|steht|sieht) es (?:denn )?(?:mit|bei|um)|gilt das auch für|"
    r"what about|how about|what of) (?P<what>.+?)(?: aus)?$",
    re.IGNORECASE,
)
# What stands behind a question word that asks about an event as a whole: "Wann *war das*?".
_OF_AN_EVENT = {
    "de": re.compile(
        r"(?:war|ist) (?:das|dies|es)(?: passiert| geschehen)?|(?:passierte|geschah) (?:das|dies|es)|kam es dazu|das"
        r"|(?:fand (?:das|dies|es|er|sie) statt|hat (?:das|dies|es|er|sie) stattgefunden)"
    ),
    "en": re.compile(r"(?:was|is) (?:that|this|it)|did (?:that|this|it) (?:happen|occur|take place)|that|this"),
}
_FREQUENCIES = {"lange", "oft", "häufig", "long", "often"}
# Of these, what has a name of its own is called by it: "Wo fand *der Austausch* statt?".
_WITH_A_SUBJECT = re.compile(r"statt|take")
_ALL_OF_IT = {"das", "dies", "es", "that", "this", "it", "so"}
_DOING = set("tat taten getan machte machten gemacht do done".split())
_LIGHT = set(
    "passiert passierte geschehen geschah geschieht ging geht weiter los gab gibt "
    "happened happen happens happening next".split()
)
_ADDRESSING = set("ich du dir dich mir mich wir uns euch i you me we us".split())


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a follow-up is read: words that a person can check, and what they are about where they do not say it."""

    words: Words
    language: Language
    about: str | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """A question of the conversation as it was understood."""

    text: str
    clause: Clause
    about: str | None = None

    @property
    def topic(self) -> str:
        return ", ".join(part for part in (topic(self.clause), self.about) if part)


def understand(question: str, history: Sequence[str] = ()) -> str:
    """What the question is understood to be, after the conversation's earlier questions, oldest first.

    The question itself, unchanged, where it stands by itself. Earlier questions are understood in their turn, so that
    a follow-up to a follow-up works; the last five are looked at.
    """
    said: list[_Said] = []
    for asked in history[-MAX_HISTORY:]:
        if any(word[0].isalnum() and word.lower() not in _COURTESY for word in split_words(asked)):
            said.append(_understand_next(asked, said))
    return _understand_next(question, said).text


def _understand_next(asked: str, earlier: Sequence[_Said]) -> _Said:
    words = split_words(asked)
    language = _language(words) or (earlier[-1].clause.language if earlier else question_language(asked))
    body, joined = _without_joint(words, language)
    clause = read_clause(body, language)
    if not earlier or not body or len(body) > _LONGEST:
        return _Said(asked, clause)
    reading = (
        _read_ellipsis(clause, earlier[-1], joined=joined, mark=asked.rstrip()[-1])
        or _read_question_word(clause, earlier[-1])
        or _read_references(clause, earlier)
        or _read_nothing_of_its_own(clause, earlier[-1])
    )
    if reading is None:
        return _Said(asked, clause)
    return _Said(_render(reading), read_clause(reading.words, reading.language), reading.about)


def _render(reading: _Reading) -> str:
    text = join_words(reading.words)
    about = f" ({reading.about})" if reading.about else ""
    return f"{text[:1].upper()}{text[1:]}{about}?"


def _language(words: Sequence[str]) -> Language | None:
    """The language that more of the function words belong to; None where neither has more."""
    lowered = {word.lower() for word in words}
    german, english = FUNCTION_WORDS["de"], FUNCTION_WORDS["en"]
    lead = len(lowered & (german - english)) - len(lowered & (english - german))
    return "de" if lead > 0 else "en" if lead < 0 else None


def _without_joint(words: Words, language: Language) -> tuple[Words, bool]:
    """The question without the "Und" or "What about" before it, and whether there was one."""
    at = 0
    while at < len(words) and words[at].lower() in _JOINING[language] | _COURTESY:
        at += 1
    if (about := _WHAT_ABOUT.match(join_words(words[at:]))) and _phrase(split_words(about["what"]), language):
        return split_words(about["what"]), True
    return words[at:], any(word.lower() in _JOINING[language] for word in words[:at])


def _phrase(words: Words, language: Language) -> Phrase | None:
    """The noun phrase that all of the words together are."""
    first = next(iter(noun_phrases(words, language)), None)
    return first if first is not None and (first.start, first.end) == (0, len(words)) else None


def _without_particles(words: Words, language: Language) -> Words:
    while words and words[-1].lower() in PARTICLES[language]:
        words = words[:-1]
    while words and words[0].lower() in PARTICLES[language]:
        words = words[1:]
    return words


def _read_ellipsis(clause: Clause, before: _Said, *, joined: bool, mark: str) -> _Reading | None:
    """ "Und Whelan?", "In Genf?": the earlier question with this in it."""
    words = _without_particles(clause.words, clause.language)
    if joined and clause.lower(0) in {"der", "die", "das", "den"} and clause.lower(1) in PREPOSITIONS[clause.language]:
        words = words[1:]  # "Und der für Gas?"
    phrase = _phrase(words, clause.language)
    if clause.asks or clause.verb is not None or phrase is None or before.clause.verb is None:
        return None
    if not joined and not (mark == "?" and _is_sure_to_be_elliptic(words, phrase)):
        return None
    return _with_phrase(before, words, phrase)


def _is_sure_to_be_elliptic(words: Words, phrase: Phrase) -> bool:
    """Without an "und", a word or two may as well be a new topic: only "In Genf?", "2019?" or an unknown name."""
    if phrase.preposition:
        return True
    return words[0].isdigit() or (phrase.determiner is None and not any(is_known(word) for word in words))


def _with_phrase(before: _Said, words: Words, phrase: Phrase) -> _Reading:
    language = before.clause.language
    if phrase.preposition or phrase.determiner:
        words = (words[0].lower(), *words[1:])
    if replaced := with_phrase(before.clause, words, phrase):
        return _Reading(replaced, language, before.about)
    joint = {"de": "und", "en": "and"}[language]
    parts = (before.about, f"{joint} {join_words(words)}")
    return _Reading(before.clause.words, language, ", ".join(part for part in parts if part))


def _read_question_word(clause: Clause, before: _Said) -> _Reading | None:
    """ "Wann?", "Wann war das?", "Und wer für Moskau?": the earlier question asking this."""
    if not clause.asks:
        return None
    asks, rest = clause.words[: clause.asks], _without_particles(clause.words[clause.asks :], clause.language)
    said = " ".join(rest).lower()
    if rest and (phrase := _phrase(rest, clause.language)):
        before = _as_said(_with_phrase(before, rest, phrase)) if before.clause.verb is not None else before
    elif rest and not _asks_of_the_event(clause, before.clause, said):
        return None
    words = None
    if clause.language == before.clause.language:
        words = _with_how_many(clause, before.clause) or with_question(before.clause, asks)
    if words is None:
        return _Reading(clause.words, clause.language, before.topic)
    return _Reading(words, clause.language, before.about)


def _asks_again(clause: Clause, before: Clause) -> bool:
    """ "Wann hat er das gesagt?" after "Was sagte Blinken?": the same verb, or doing it, and else only pronouns."""
    rest = {word.lower() for word in clause.words[clause.asks :]}
    if clause.language != before.language or not rest & {"er", "sie", "he", "she", "they"} or not rest & _ALL_OF_IT:
        return False
    own = stems(" ".join(rest - FUNCTION_WORDS[clause.language] - _DOING), language=clause.language)
    return set(own) <= set(stems(join_words(before.words), language=before.language))


def _as_said(reading: _Reading) -> _Said:
    return _Said(_render(reading), read_clause(reading.words, reading.language), reading.about)


def _asks_of_the_event(clause: Clause, before: Clause, said: str) -> bool:
    """Whether no more is asked than when, where or why it was; not "Was ist das?", "Wie stark war es?"."""
    first = clause.lower(0)
    how = first in {"wie", "how"} and clause.lower(1) not in _FREQUENCIES and not said.endswith("dazu")
    if how or first in {"was", "what"}:
        return False
    if _asks_again(clause, before):
        return True
    return _OF_AN_EVENT[clause.language].fullmatch(said) is not None and not _has_a_subject(clause, said, before)


def _has_a_subject(clause: Clause, said: str, before: Clause) -> bool:
    """Whether the pronoun in "fand er statt" means a phrase of the earlier question, and not the event as a whole."""
    if not _WITH_A_SUBJECT.search(said):
        return False
    pronoun = Reference(clause.asks + 1, clause.asks + 2, "person")
    word = {"das": "es", "dies": "es", "that": "it", "this": "it"}.get(
        clause.lower(pronoun.at), clause.lower(pronoun.at)
    )
    read = replace(clause, words=(*clause.words[: pronoun.at], word, *clause.words[pronoun.end :]))
    return referents(pronoun, read, before).clear is not None


def _with_how_many(clause: Clause, before: Clause) -> Words | None:
    """ "Welche?" after "Wie viele Häfen", "Wie viele?" after "Welche Häfen": the noun stays."""
    bare = clause.asked is None and len(clause.words) == clause.asks
    asks = clause.lower(0).startswith("welch") or clause.lower(1).startswith("viel")
    asks = asks or clause.lower(0) == "which" or clause.lower(1) in {"many", "much"}
    if not bare or not asks or before.asked is None:
        return None
    return (*clause.words, *before.words[before.asked.start :])


def _read_references(clause: Clause, earlier: Sequence[_Said]) -> _Reading | None:
    """ "Wie alt ist sie?", "Was sagte er dazu?": names for the pronouns, else the topic in brackets."""
    found = references(clause)
    placed: list[tuple[Reference, Words]] = []
    taken: dict[Words, str] = {}
    about: _Said | None = None
    for reference in found:
        said, words, unclear = _look_back(reference, clause, earlier, taken)
        if words is not None:
            placed.append((reference, words))
            taken[words] = clause.lower(reference.at)
        elif unclear and (reference.kind != "place" or len(found) == 1):
            about = about or said
    if not placed and about is None:
        return None
    spoken = list(clause.words)
    for reference, words in reversed(placed):
        spoken[reference.at : reference.end] = words
    topic_said = about is None or any(join_words(words) == about.topic for _, words in placed)
    return _Reading(tuple(spoken), clause.language, None if topic_said or about is None else about.topic)


def _look_back(
    reference: Reference, clause: Clause, earlier: Sequence[_Said], taken: dict[Words, str]
) -> tuple[_Said, Words | None, bool]:
    """The nearest earlier question that a reference points into, the words for it, and whether it is unclear which."""
    latest = earlier[-1]
    if reference.kind in {"event", "loose"}:
        return latest, None, True
    thing = clause.lower(reference.at) in {"es", "it"}
    for said in reversed(earlier[-1:] if thing and clause.phrases else earlier):
        meant = referents(reference, clause, said.clause)
        word = clause.lower(reference.at)
        free = tuple(p for p in meant.phrases if taken.get(said.clause.text(p), word) == word)
        if phrase := replace(meant, phrases=free).clear:
            words = worded(phrase, said.clause, reference, clause)
            return said, words, words is None
        if meant:
            return said, None, True
    if thing:
        return latest, None, not clause.phrases
    bears_a_name = any(p.determiner is None for p in latest.clause.phrases)
    return latest, None, bears_a_name or reference.kind == "noun"


def _read_nothing_of_its_own(clause: Clause, before: _Said) -> _Reading | None:
    """ "Was ist passiert?", "Worum ging es?": nothing in it says of what."""
    words = {word.lower() for word in clause.words}
    held = FUNCTION_WORDS[clause.language] | ADVERB_QUESTIONS[clause.language] | PARTICLES[clause.language]
    if not clause.asks or words - held - _LIGHT:
        return None
    return None if words & _ADDRESSING else _Reading(clause.words, clause.language, before.topic)
