"""Which language a text or a question is in: German, English, or not known."""

from __future__ import annotations

import re
from typing import Literal

Language = Literal["de", "en"]

SUPPORTED: tuple[Language, ...] = ("de", "en")

_SAMPLE_CHARACTERS = 4_000
_MINIMUM_SHARE = 0.35
_WORD = re.compile(r"\w+")
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_].+)?")

# A question word settles the language where the names around it are in both dictionaries ("Who is Viktor Bout?").
_QUESTION_WORDS: dict[str, Language] = {
    **dict.fromkeys(("who", "whom", "whose", "what", "which", "when", "where", "why", "how", "does", "did"), "en"),
    **dict.fromkeys(("wer", "wen", "wem", "wessen", "wann", "warum", "weshalb", "wieso", "wie", "wo", "wohin"), "de"),
    **dict.fromkeys(("woher", "wodurch", "womit", "wofür", "woran", "worauf", "welche", "welcher"), "de"),
    **dict.fromkeys(("welches", "welchen", "welchem", "wieviel", "wieviele"), "de"),
}


def language_code(given: str) -> str | None:
    """The two letters that articles are marked with, of a code such as de, DE or de-AT; None where it is no code."""
    return given[:2].lower() if _CODE.fullmatch(given) else None


def detect_language(text: str) -> Language | None:
    """The language that most of the words belong to, by simplemma's dictionaries; None where neither fits.

    Looks at the first 4,000 characters. At least 35 % of the words must be known in the language named.
    """
    import simplemma

    sample = text[:_SAMPLE_CHARACTERS]
    if not _WORD.search(sample):
        return None
    shares = dict(simplemma.langdetect(sample, lang=SUPPORTED))
    language = max(SUPPORTED, key=lambda code: shares.get(code, 0.0))
    return language if shares.get(language, 0.0) >= _MINIMUM_SHARE else None


def question_language(question: str) -> Language:
    """The language to answer in: the question word's where there is one, else the detected one, else German."""
    return known_language(question) or "de"


def known_language(question: str) -> Language | None:
    """The language of a question, as `question_language` tells it; None where its words are of neither."""
    for word in _WORD.findall(question.lower()):
        if word in _QUESTION_WORDS:
            return _QUESTION_WORDS[word]
    return detect_language(question)
