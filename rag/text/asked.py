"""The words of a question, and what kind of word each is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from rag.text.function_words import FUNCTION_WORDS
from rag.text.tokens import split_words

WordKind = Literal["number", "name", "noun", "other", "function"]

_RUN = re.compile(r"\S+")
_BRACKETS = re.compile(r"\([^()]*\)")

WORD_KINDS: tuple[WordKind, ...] = get_args(WordKind)


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of a question, as it is written there (NFKC). `aside`: it stands in brackets."""

    text: str
    kind: WordKind
    aside: bool = False


def asked_words(question: str, *, language: str) -> tuple[AskedWord, ...]:
    """The words and numbers of a question in their order.

    A German word that is written with a capital is a noun, or a name where simplemma's dictionary does not know it; an
    English one is a name, unless it is the first. Function words are those of `rag.text.function_words`.
    """
    asides = {id for bracket in _BRACKETS.finditer(question) for id in range(*bracket.span())}
    pieces = [
        (word, match.start() in asides) for match in _RUN.finditer(question) for word in split_words(match.group())
    ]
    return tuple(
        AskedWord(word, word_kind(word, language=language, first=not at), aside)
        for at, (word, aside) in enumerate(pieces)
    )


def word_kind(word: str, *, language: str, first: bool) -> WordKind:
    """What kind of word it is, as `asked_words` tells them; `first`: it opens the sentence."""
    if word[0].isdigit():
        return "number"
    if word.casefold() in FUNCTION_WORDS.get(language, ()):
        return "function"
    if not word[0].isupper():
        return "other"
    if language == "de":
        return "noun" if _in_german_dictionary(word) else "name"
    return "other" if first else "name"


@lru_cache(maxsize=50_000)
def _in_german_dictionary(word: str) -> bool:
    import simplemma

    return bool(simplemma.is_known(word, lang="de") or simplemma.is_known(word.lower(), lang="de"))
