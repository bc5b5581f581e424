"""Words -> the tokens that the lexical index holds: character 4-grams, and stems of lemmas."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from Stemmer import Stemmer

GRAM = 4
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_ALGORITHMS = {"de": "german", "en": "english"}


def split_words(text: str) -> list[str]:
    """The words and numbers of `text` as they are written but for their form of Unicode (NFKC)."""
    found: list[str] = _WORD.findall(unicodedata.normalize("NFKC", text))
    return found


def words(text: str) -> list[str]:
    """The words and numbers of `text`, case-folded: "Straße" and "STRASSE" meet."""
    found: list[str] = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return found


def plain_number(word: str) -> str:
    """A number in one form whatever the language, "5.000" and "5,000" as "5000", "6,2" as "6.2"; a word as it is."""
    if _THOUSANDS.fullmatch(word):
        return word.replace(".", "").replace(",", "")
    return word.replace(",", ".") if word[0].isdigit() else word


def grams(text: str) -> list[str]:
    """Overlapping character 4-grams of each padded word: "Bout" -> "_bou", "bout", "out_".

    They find a part of a German compound (*Gefangenenaustausch* by *Austausch*) without a dictionary.
    """
    return [gram for word in words(text) for gram in word_grams(word)]


def stems(text: str, *, language: str | None) -> list[str]:
    """One stem a word: the lemma by simplemma, then Snowball, so that "dauerte" and "gedauert" meet."""
    return [stem(word, language=language or "de") for word in split_words(text)]


@lru_cache(maxsize=200_000)
def word_grams(word: str) -> tuple[str, ...]:
    """The 4-grams of one case-folded word."""
    padded = f"_{word}_"
    if len(padded) <= GRAM:
        return (padded,)
    return tuple(padded[i : i + GRAM] for i in range(len(padded) - GRAM + 1))


@lru_cache(maxsize=200_000)
def stem(word: str, *, language: str) -> str:
    """The stem of one word's lemma; a language that is neither German nor English is taken for German."""
    import simplemma

    code = language if language in _ALGORITHMS else "de"
    lemma: str = simplemma.lemmatize(word, lang=code)
    return str(_stemmer(code).stemWord(lemma.casefold()))


@cache
def _stemmer(language: str) -> Stemmer:
    from Stemmer import Stemmer

    return Stemmer(_ALGORITHMS[language])
