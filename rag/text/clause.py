"""A question read by its surface: what it asks with, its finite verb, and its noun phrases.

Closed word classes and capitals, no tagger: a German noun is a capital, a German finite verb comes second, and an
English one is an auxiliary before its subject. Two names side by side read as one ("traf Blinken Lawrow").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.text.ends import marks_start
from rag.text.function_words import (
    ADVERB_QUESTIONS,
    AUXILIARIES,
    DEGREES,
    DETERMINERS,
    FUNCTION_WORDS,
    PARTICIPANT_QUESTIONS,
    PARTICLES,
    PREPOSITIONS,
)
from rag.text.language import Language

_WORD = re.compile(
    r"[„“”\"»«][^„“”\"»«]*[“”\"»«]"  # a quotation is one name
    r"|(?:Mr|Mrs|Ms|Dr|Prof|St|Mio|Mrd)\.|(?:\w\.){2,}|[IVX]+\.(?!\w)|\d+(?:[.,:]\d+)*\.?(?!\w)|\w+(?:['’./&-]\w+)*|[^\w\s]"
)
_SPACE_BEFORE_MARK = re.compile(r"(?<!\s)\s++([,;:.!?)])")
_NAME_PARTICLES = set("von van der den de del la le bin al da di".split())
_JOINERS = {"de": {"und", "sowie", "oder"}, "en": {"and", "or", "&"}}
_RELATIVES = {"der", "die", "das", "den", "dem", "that"}
_ADJECTIVE = re.compile(r"(?:e|en|er|es|em)$")
_AUXILIARY_OF_A_PARTICIPLE = {"is", "are", "was", "were", "am", "has", "have", "had"}
_MOST_ADJECTIVES = 3
# So many words are looked through from each one: a question has fewer.
_LONGEST_READ = 100


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase, `words[start:end]`: preposition, determiner, adjectives, nouns from `head` on, attributes.

    Without a determiner it is most often a name. `attribute` marks a phrase that is a part of the one before:
    "der Hafen *von Odesa*". Of several that are joined by "und", it is `coordinated`.
    """

    start: int
    end: int
    head: int
    preposition: str | None = None
    determiner: str | None = None
    coordinated: bool = False
    attribute: bool = False

    @property
    def named(self) -> int:
        """Where it begins without its preposition."""
        return self.start + (self.preposition is not None)


@dataclass(frozen=True, slots=True)
class Clause:
    """A question without its end mark. `words[:asks]` is what it asks with; `asked` is the noun phrase in it.

    `verb` is the finite verb's place; None where there is no clause. `phrases` come after both.
    """

    words: tuple[str, ...]
    language: Language
    asks: int
    verb: int | None
    phrases: tuple[Phrase, ...]
    asked: Phrase | None = None

    def lower(self, at: int) -> str:
        """The word there in small letters; "" outside."""
        return self.words[at].lower() if 0 <= at < len(self.words) else ""

    def text(self, phrase: Phrase) -> tuple[str, ...]:
        """The phrase's words without its preposition."""
        return self.words[phrase.named : phrase.end]


def split_words(question: str) -> tuple[str, ...]:
    """The words and marks of a question, without the mark that ends it. What is in quotation marks is one word."""
    asked = question.strip()
    end = marks_start(asked, "?!…")
    return tuple(_WORD.findall(asked, 0, end if end < len(asked) else marks_start(asked, ".")))


def join_words(words: Sequence[str]) -> str:
    """The words as a person writes them, without an end mark."""
    return _SPACE_BEFORE_MARK.sub(r"\1", " ".join(words)).replace("( ", "(")


def read_clause(words: Sequence[str], language: Language) -> Clause:
    """Reads what `split_words` gave."""
    asks, asked = _question_phrase(words, language)
    verb = _finite_verb(words, asks, language)
    start = asks if verb is None else verb + 1
    phrases = noun_phrases(words, language, start=start, verb=verb)
    return Clause(tuple(words), language, asks, verb, phrases, asked)


def noun_phrases(
    words: Sequence[str], language: Language, *, start: int = 0, verb: int | None = None
) -> tuple[Phrase, ...]:
    """The noun phrases from `start` on, each before the attributes in it. `verb` is the finite verb's place."""
    found: list[Phrase] = []
    at = start
    while at < len(words):
        phrase = _phrase_at(words, at, language)
        if phrase is None:
            at += 1
            continue
        if language == "en" and verb is not None and phrase.start == verb + 1 and phrase.determiner:
            subject = _before_the_verb(words, phrase, words[verb].lower())
            if subject is None:
                at = phrase.end
                continue
            phrase = subject
        if verb is not None and _ends_in_predicate(words, phrase, verb):
            last = phrase.end - 1
            found += [replace(phrase, end=last), replace(phrase, start=last, head=last, attribute=True)]
            break
        whole, attributes = _past_attributes(words, _coordinated(words, phrase, language), language)
        found += [whole, *attributes]
        at = whole.end
    return tuple(found)


def is_name(words: Sequence[str], at: int) -> bool:
    """Whether a word is a noun or a name by its writing: a capital, a number, a quotation.

    In a question without any capital, a word that no dictionary knows.
    """
    word = words[at]
    if word[0].isupper() or word[0].isdigit() or (word[0] in '„“”"»«' and len(word) > 1):
        return True
    if not word[0].isalpha() or is_known(word):
        return False
    return all(w.islower() or not w[0].isalpha() for w in words[:_LONGEST_READ])


def is_known(word: str) -> bool:
    """Whether a German or English dictionary holds the word."""
    import simplemma

    return any(simplemma.is_known(word, lang=language) for language in ("de", "en"))


def _question_phrase(words: Sequence[str], language: Language) -> tuple[int, Phrase | None]:
    """Where the question phrase ends, and the noun phrase in it."""
    lowered = [word.lower() for word in words]
    at = 1 if len(words) > 1 and lowered[0] in PREPOSITIONS[language] else 0
    word = lowered[at] if at < len(words) else ""
    following = lowered[at + 1] if at + 1 < len(words) else ""
    if word.startswith("welch") and language == "de":
        return _with_noun(words, at + 1, language)
    if word == "wessen" or word.startswith("wieviel") or (word == "wie" and following.startswith("viel")):
        return _with_noun(words, at + (2 if word == "wie" else 1), language)
    if word in {"what", "which", "whose"} or (word == "how" and following in {"many", "much"}):
        return _english_asked(words, at + (2 if word == "how" else 1))
    if word in {"wie", "how"} and _is_degree(lowered, at + 1, language):
        return _past_particles(lowered, at + 2, language), None
    if word in ADVERB_QUESTIONS[language] | PARTICIPANT_QUESTIONS[language]:
        return _past_particles(lowered, at + 1, language), None
    return 0, None


def _past_particles(lowered: Sequence[str], at: int, language: Language) -> int:
    while at < len(lowered) and lowered[at] in PARTICLES[language]:
        at += 1
    return at


def _is_degree(lowered: Sequence[str], at: int, language: Language) -> bool:
    following = lowered[at + 1] if at + 1 < len(lowered) else ""
    known = at < len(lowered) and lowered[at] not in FUNCTION_WORDS[language] | PREPOSITIONS[language]
    return at < len(lowered) and (lowered[at] in DEGREES[language] or (known and following in AUXILIARIES[language]))


def _with_noun(words: Sequence[str], at: int, language: Language) -> tuple[int, Phrase | None]:
    head = at
    plural_verbs = words[at - 1].lower() in {"viel", "viele"}  # "Wie viele starben": no adjective ends so after it
    while head < len(words) and head - at < _MOST_ADJECTIVES and is_adjective(words[head], language):
        if (plural_verbs and words[head].endswith("en")) or _is_german_verb(words[head]):
            break
        head += 1
    if head >= len(words) or not is_name(words, head):
        return at, None
    phrase = _past_attributes(words, Phrase(at, _end_of_run(words, head), head, determiner="the"), language)[0]
    return phrase.end, replace(phrase, determiner=None)


def _english_asked(words: Sequence[str], at: int) -> tuple[int, Phrase | None]:
    lowered = [word.lower() for word in words]
    clause_end = next((i for i in range(at, len(words)) if lowered[i] in {"that", "who", "which", ","}), len(words))
    end = next((i for i in range(at, clause_end) if lowered[i] in AUXILIARIES["en"]), None)
    if end is None:  # the question phrase is the subject: "Which country bought ..."
        end = at if lowered[at - 1] == "what" else min(at + 1, len(words))
    return end, Phrase(at, end, end - 1) if end > at else None


def _finite_verb(words: Sequence[str], asks: int, language: Language) -> int | None:
    if asks >= len(words):
        return None
    word = words[asks].lower()
    if word in AUXILIARIES[language]:
        return asks
    if not word[0].isalpha() or word in PREPOSITIONS[language] | DETERMINERS[language] | FUNCTION_WORDS[language]:
        return None
    if asks:
        return None if words[asks][0].isupper() else asks
    return asks if language == "de" and _is_german_verb(word) and len(words) > 1 else None


def _is_german_verb(word: str) -> bool:
    import simplemma

    lemma: str = simplemma.lemmatize(word, lang="de")
    return lemma != word and lemma.islower() and lemma.endswith("n")


def _phrase_at(words: Sequence[str], at: int, language: Language) -> Phrase | None:
    """The noun phrase that begins there, without what hangs on it."""
    end = len(words)
    lowered = words[at].lower() if at < end else ""
    preposition = lowered if lowered in PREPOSITIONS[language] else None
    first = at + (preposition is not None)
    opening = words[first].lower() if first < end else ""
    relative = first > 0 and words[first - 1] == "," and opening in _RELATIVES
    determiner = opening if opening in DETERMINERS[language] and not relative else None
    head = first + (determiner is not None)
    phrase = Phrase(at, end, head, preposition, determiner)
    return _german_run(words, phrase) if language == "de" else _english_run(words, phrase)


def _german_run(words: Sequence[str], phrase: Phrase) -> Phrase | None:
    head = phrase.head
    if phrase.preposition or phrase.determiner:
        while head < len(words) and head - phrase.head < _MOST_ADJECTIVES and is_adjective(words[head], "de"):
            head += 1
    if head >= len(words) or not is_name(words, head):
        return None
    # "der Hafen von Odesa": what follows hangs on it
    return replace(phrase, head=head, end=_end_of_run(words, head, joined=phrase.determiner is None))


def is_adjective(word: str, language: Language) -> bool:
    small = word.islower() and word.isalpha() and word not in FUNCTION_WORDS[language] | PREPOSITIONS[language]
    return small and (language == "en" or _ADJECTIVE.search(word) is not None)


def _end_of_run(words: Sequence[str], head: int, *, joined: bool = True) -> int:
    """Where the name ends that begins at `head`; `joined`: past particles, as in "Ursula von der Leyen"."""
    end = head + 1
    while end < len(words):
        beyond = end
        while beyond < len(words) and words[beyond] in _NAME_PARTICLES:
            beyond += 1
        if beyond > end and not joined:
            break
        if beyond == len(words) or not is_name(words, beyond):
            break
        if beyond > end and (is_known(words[beyond]) or not is_known(words[end - 1])):
            break  # "Ursula von der Leyen" is one name; "Griner von der Polizei" and "Griner von Odesa" are two
        end = beyond + 1
    return end


def _english_run(words: Sequence[str], phrase: Phrase) -> Phrase | None:
    end = phrase.head
    if phrase.determiner is None and end < len(words) and is_name(words, end):
        end = _end_of_run(words, end)
    owning = phrase.determiner is not None or (end > phrase.head and words[end - 1].endswith(("'s", "’s")))
    while owning and end < len(words) and _is_english_noun(words[end]):
        end += 1
    if end == phrase.head or words[phrase.head] == "I":
        return None
    return replace(phrase, end=end)


def _is_english_noun(word: str) -> bool:
    held = FUNCTION_WORDS["en"] | PREPOSITIONS["en"] | AUXILIARIES["en"] | DETERMINERS["en"]
    return word[0].isalnum() and word.lower() not in held | ADVERB_QUESTIONS["en"] | PARTICIPANT_QUESTIONS["en"]


def _before_the_verb(words: Sequence[str], phrase: Phrase, auxiliary: str) -> Phrase | None:
    """English: the subject after its auxiliary, without the verb that follows it; None where that is not clear."""
    run = range(phrase.head + 1, phrase.end)
    if auxiliary in _AUXILIARY_OF_A_PARTICIPLE:
        return replace(phrase, end=next((i for i in run if _is_verb_form(words[i])), phrase.end))
    if not run or (phrase.end < len(words) and words[phrase.end] in {"of", "between"}):
        return phrase
    if tuple(words[phrase.end - 2 : phrase.end]) == ("take", "place"):
        return replace(phrase, end=phrase.end - 2)
    before_a_name = [i for i in run if words[i].islower() and i + 1 in run and not words[i + 1].islower()]
    if before_a_name:  # "the Razoni leave Odesa"
        return replace(phrase, end=before_a_name[-1])
    last, small = words[phrase.end - 1], [i for i in run if words[i].islower()]
    after_a_name = len(small) > 1 and not words[small[0] - 1].islower()  # "the Fed raise rates"
    return None if not last.islower() or last.endswith("s") or after_a_name else replace(phrase, end=phrase.end - 1)


def _ends_in_predicate(words: Sequence[str], phrase: Phrase, verb: int) -> bool:
    """ "wurde Olaf Scholz Kanzler": after "werden" the last noun of all says what he became."""
    become = words[verb].lower() in {"wurde", "wurden", "wird", "werden"}
    nouns = phrase.end - phrase.head
    return become and nouns > 1 and phrase.start == verb + 1 and phrase.end == len(words) and not phrase.determiner


def _is_verb_form(word: str) -> bool:
    import simplemma

    lemma: str = simplemma.lemmatize(word, lang="en")
    return word.endswith("ed") or (word.islower() and not word.endswith("s") and lemma != word)


def _coordinated(words: Sequence[str], phrase: Phrase, language: Language) -> Phrase:
    """The phrase with those that "und" joins to it, of its own kind."""
    end = phrase.end
    while end + 1 < len(words) and (words[end].lower() in _JOINERS[language] or words[end] == ","):
        following = _phrase_at(words, end + 1, language)
        if following is None or following.preposition or (following.determiner is None) != (phrase.determiner is None):
            break
        rest = words[following.end : following.end + _LONGEST_READ]
        if words[end] == "," and not any(word.lower() in _JOINERS[language] for word in rest):
            break
        end = following.end
    return phrase if end == phrase.end else replace(phrase, end=end, coordinated=True)


def _past_attributes(words: Sequence[str], phrase: Phrase, language: Language) -> tuple[Phrase, list[Phrase]]:
    """The phrase with what hangs on it ("der Hafen von Odesa"), and those parts."""
    parts: list[Phrase] = []
    while phrase.end < len(words):
        link = words[phrase.end].lower()
        of = {"des", "eines", "of"} | (
            {"der", "einer", "von", "vom", "zwischen", "über", "between"} if phrase.determiner else set()
        )
        following = _phrase_at(words, phrase.end, language) if link in of else None
        if following is None:
            break
        following = replace(_coordinated(words, following, language), attribute=True)
        parts.append(following)
        phrase = replace(phrase, end=following.end)
    return phrase, parts
