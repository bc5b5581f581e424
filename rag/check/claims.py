"""What was given to check -> its claims, each with its place in the text, and why one of them cannot be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from rag.check.verbatim_match import count_gaps
from rag.errors import InputError
from rag.text.function_words import DETERMINERS, FUNCTION_WORDS
from rag.text.language import Language, statement_language
from rag.text.opinion import is_opinion
from rag.text.quotations import find_quotations
from rag.text.sentences import split_sentences
from rag.text.speech import find_speech
from rag.text.speech.lexicon import speech_verbs, verb_forms
from rag.text.statement import has_verb, is_question, is_request, may_be_verb, without_quotations
from rag.text.unicode import is_unicode
from rag.types import Span, Speech

MAX_CHARACTERS = 10_000
MAX_CLAIMS = 200
MAX_QUOTATIONS = 20  # of one claim
MAX_QUOTATIONS_IN_TEXT = 100
MAX_GAPS = 20  # of one quotation

Unfit = Literal["question", "opinion", "no_claim", "not_understood"]

_MONTHS = (
    "januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
    "|january|february|march|may|june|july|october|december"
)
_BULLET = re.compile(rf"\n[^\S\n]*(?:[-–•*‣▪]|(?P<number>\d{{1,2}})[.)](?!\s*(?:{_MONTHS})\b))[^\S\n]+(?=\S)", re.I)
# It goes on with what a line before it ends with, as that has no end: "am\n3. Oktober".
_DAY = re.compile(rf"\d{{1,2}}\.\s+(?:{_MONTHS})\b", re.IGNORECASE)
_ENDS = re.compile(r"[^\w\s,]")
# A text's first number, which no sentence that was split holds: "1. FC Köln", "24. Februar".
_ORDINAL = re.compile(r"\s*\d{1,3}\.\s+")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_WORD = re.compile(r"[^\W_]+")
# Before its first noun such a word takes the place of something said earlier.
_POINTING = {
    "de": frozenset(
        """
        er sie es ihn ihm ihr ihnen sein seine seinen seinem seiner ihre ihren ihrem ihrer dieser diese dieses diesen
        diesem das dies dort dorthin dabei dazu davon darüber dafür dagegen damit darauf daraus dadurch deswegen deshalb
        danach davor seitdem daraufhin damals beide letzterer letztere
        """.split()
    ),
    "en": frozenset(
        """
        he she it they him her them his its their this that these those there then afterwards both latter former
        """.split()
    ),
}
# What a sentence may begin with before it points back: "Am Montag kam sie frei".
_OF_TIME = frozenset(
    """
    montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni juli august september
    oktober november dezember jahr jahre tag tagen woche monat morgen abend nacht ende anfang mitte
    monday tuesday wednesday thursday friday saturday sunday january february march may june july october december
    """.split()
)
# They point back by themselves; before a noun they are articles.
_ARTICLES = frozenset({"das", "this", "that", "these", "those", "both", "beide"})
_MOST_CONTEXT = 3
# What a quotation puts in is not quoted: „[…]“, „[die Regierung]“.
_PUT_IN = re.compile(r"(?<!\w)\[[^\[\]]*\](?!\w)")
# They name nothing that could be checked: "Biden sagte das".
_NOTHING_NAMED = {
    "de": frozenset("das dies es dazu nichts etwas so was alles folgendes auch nur darüber davon „“".split()),
    "en": frozenset("that this it so nothing something anything everything following the about".split()),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence to be checked, `given[start:end] == text`, where `given` is what was given to check.

    `unfit` says why it cannot be. `context` holds the sentences before it in its paragraph, where it speaks of someone
    or something that only they name ("Sie wurde ..."); otherwise "".
    """

    text: str
    start: int
    end: int
    language: Language
    unfit: Unfit | None = None
    context: str = ""


def read_claims(given: str) -> tuple[Claim, ...]:
    """The claims of a text, in order: each sentence is one, and a quotation stays whole with what says who said it.

    Where no sentence can be checked, all for one reason, there is one claim: the whole. Raises InputError where the
    text is empty, longer than 10,000 characters, of more than 200 sentences, or not valid Unicode; where a sentence has
    more than 20 quotations, the text more than 100, or a quotation more than 20 gaps.
    """
    check_text(given)
    sentences = list(_sentences(given))
    if len(sentences) > MAX_CLAIMS:
        raise InputError(f"The text has {len(sentences):,} sentences; at most {MAX_CLAIMS} are checked. Shorten it.")
    whole = Span(len(given) - len(given.lstrip()), len(given.rstrip()))
    usual = statement_language(given)
    claims: list[Claim] = []
    for span in sentences or [whole]:
        claim = _claim(given, span, usual)
        claims.append(replace(claim, context=_context(given, claim, claims)) if claims else claim)
    _check_quotations(claims)
    reasons = {claim.unfit for claim in claims}
    if len(claims) > 1 and len(reasons) == 1 and None not in reasons:
        text = given[whole.start : whole.end]
        return (Claim(text, whole.start, whole.end, claims[0].language, claims[0].unfit),)
    return tuple(claims)


def check_text(given: str) -> None:
    """Raises InputError where a text to check is empty, too long or not valid Unicode."""
    if not given.strip():
        raise InputError("The claim is empty. Give a statement to check, such as: Das Gespräch dauerte 25 Minuten.")
    if len(given) > MAX_CHARACTERS:
        raise InputError(
            f"The text to check has {len(given):,} characters; at most {MAX_CHARACTERS:,} are taken. Shorten it."
        )
    if not is_unicode(given):
        raise InputError("The claim is not valid Unicode: it holds half a character. Type it again.")


@lru_cache(maxsize=256)
def said_in(claim: Claim) -> tuple[Speech, ...]:
    """Who says what in a claim itself, by its text."""
    sentences = split_sentences("", claim.text, language=claim.language)
    return tuple(find_speech("", claim.text, sentences, language=claim.language))


def is_claim(text: str) -> bool:
    """Whether what was typed is a statement to be checked, rather than a question, a follow-up or words to search for.

    An opinion is a statement too: that it cannot be checked is the check's answer. False for a text that is unusable.
    """
    try:
        claims = read_claims(text)
    except InputError:
        return False
    return claims[-1].unfit not in {"question", "not_understood"} and any(
        claim.unfit in {None, "opinion"} for claim in claims
    )


def _sentences(given: str) -> Iterator[Span]:
    """Those of each paragraph and of each item of a list; what a quotation spans is one."""
    quotations = [(one.outer_start, one.outer_end) for one in find_quotations(given) if one.level == 0]
    at = 0
    for first, last in _blocks(given):
        spans: list[Span] = []
        for sentence in split_sentences("", given[first:last], language=statement_language(given[first:last])):
            start = first + sentence.start
            before = spans[-1].end if spans else first
            if ordinal := _ORDINAL.fullmatch(given, before, start):
                start = before + len(ordinal[0]) - len(ordinal[0].lstrip())
            span = Span(start, first + sentence.end)
            while at < len(quotations) and quotations[at][1] <= span.start:
                at += 1
            quoted = spans and at < len(quotations) and quotations[at][0] < spans[-1].end
            if quoted or (spans and _DAY.match(given, span.start) and not _ENDS.match(given, spans[-1].end - 1)):
                span = Span(spans.pop().start, span.end)
            spans.append(span)
        yield from spans


def _blocks(given: str) -> Iterator[tuple[int, int]]:
    start = 0
    for bullet in _bullets(f"\n{given}"):
        if given[start : max(0, bullet.start() - 1)].strip():
            yield start, bullet.start() - 1
        start = bullet.end() - 1
    yield start, len(given)


def _bullets(text: str) -> list[re.Match[str]]:
    """The signs that the items of a list begin with. Numbers are some where they go on: "1." and "2."."""
    found = list(_BULLET.finditer(text))
    numbered = [bullet for bullet in found if bullet["number"]]
    listed = {
        bullet.start()
        for pair in pairwise(numbered)
        for bullet in pair
        if int(pair[0]["number"]) + 1 == int(pair[1]["number"])
    }
    return [bullet for bullet in found if not bullet["number"] or bullet.start() in listed]


def _claim(given: str, span: Span, usual: Language | None) -> Claim:
    text = given[span.start : span.end]
    own = without_quotations(text)
    language = statement_language(own) or (statement_language(text) if own != text else None)
    read: Language = language or usual or "de"
    return Claim(text, span.start, span.end, read, _unfit(text, own, language, read))


def _unfit(text: str, own: str, known: Language | None, language: Language) -> Unfit | None:
    words = _WORD.findall(text)
    if not words:
        return "no_claim"
    asking = own.rstrip().endswith("?")
    if is_request(own, language) and not asking:
        return "no_claim"
    if asking or is_question(own, language):
        return "question"
    if known is None:
        in_words = any(word[0].isalpha() and not word[0].isupper() for word in words)
        return "not_understood" if in_words and len(words) > 1 else "no_claim"
    if is_opinion(own, language):
        return "opinion"
    says_something = (own != text or has_verb(own, language)) and not _only_says(text, own, language)
    return None if says_something else "no_claim"


def _only_says(text: str, own: str, language: Language) -> bool:
    """Whether it says that someone says something, and not what: "Biden sagte das", "„…“, sagte Biden."."""
    quoted = [text[one.start : one.end] for one in find_quotations(text)]
    if any(_WORD.search(_PUT_IN.sub("", words)) for words in quoted):
        return False
    words = [word for word in _WORD.findall(own) if word.lower() not in _NOTHING_NAMED[language]]
    if quoted and not any(not word[0].isupper() for word in words):  # "Biden: „…“"
        return True
    verbs = [at for at, word in enumerate(words) if _is_saying(word, language)]
    if len(verbs) != 1:
        return False
    before, after = words[: verbs[0]], words[verbs[0] + 1 :]
    held = DETERMINERS[language] | {"von", "of"}
    return not (before and after) and all(word[0].isupper() or word.lower() in held for word in before + after)


def _is_saying(word: str, language: Language) -> bool:
    readings = verb_forms(language).get(word, ())
    return any(one.prefix + one.infinitive in speech_verbs(language) for one in readings)


def _check_quotations(claims: Sequence[Claim]) -> None:
    """Raises InputError where there is more to look up than is looked up."""
    in_text = 0
    for claim in claims:
        quoted = [one for one in find_quotations(claim.text) if one.level == 0]
        in_text += len(quoted)
        if len(quoted) > MAX_QUOTATIONS:
            raise InputError(
                f"A sentence has {len(quoted):,} quotations; at most {MAX_QUOTATIONS} are looked up. Split it."
            )
        gaps = max((count_gaps(claim.text, Span(one.start, one.end)) for one in quoted), default=0)
        if gaps > MAX_GAPS:
            raise InputError(
                f"A quotation leaves something out {gaps:,} times; at most {MAX_GAPS} are looked up. Shorten it."
            )
    if in_text > MAX_QUOTATIONS_IN_TEXT:
        raise InputError(
            f"The text has {in_text:,} quotations; at most {MAX_QUOTATIONS_IN_TEXT} are looked up. Shorten it."
        )


def _context(given: str, claim: Claim, before: list[Claim]) -> str:
    """The nearest sentences before it in its paragraph, where its first words point back."""
    near = [one for one in before[-_MOST_CONTEXT:] if not _PARAGRAPH.search(given, one.end, claim.start)]
    return given[near[0].start : near[-1].end] if near and _points_back(claim) else ""


def _points_back(claim: Claim) -> bool:
    """Whether a pronoun or the like comes before the first noun or name."""
    words = _WORD.findall(without_quotations(claim.text))
    for at, word in enumerate(words):
        lowered = word.lower()
        points = lowered in _POINTING[claim.language]
        if points and (lowered not in _ARTICLES or _verb_follows(words, at, claim.language)):
            return True
        opens = at == 0 and lowered in FUNCTION_WORDS[claim.language]
        if word[0].isupper() and not opens and lowered not in _OF_TIME:
            return False
    return False


def _verb_follows(words: list[str], at: int, language: Language) -> bool:
    return at + 1 < len(words) and may_be_verb(words, at + 1, language)
