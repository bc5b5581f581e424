"""A question as an archive reads it: its words, and how much each tells."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from rag.index.words import Field
from rag.text.asked import AskedWord, asked_words
from rag.text.language import asked_language, question_language
from rag.text.tokens import stem, word_grams
from rag.text.translate import translations
from rag.weights import is_same_language

Frequencies = Callable[[Field, Iterable[str]], Mapping[str, int]]

_FUNCTION_WORD_CAP = 1.0
# What stands in brackets gives the topic, above all where a follow-up was understood so; it is not what is asked.
_ASIDE = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A question, and of each of its words what it weighs in the archive's language and in the others.

    `language` is the one to answer in, `asked_in` the question's own: None where it is neither German nor English.
    `by_stem` and `by_grams` have shape (words,) and sum to 1: the rarity of a word's stem among the archive's
    sentences, and the mean rarity of its 4-grams, which tells more where the stem is of another language.
    """

    text: str
    language: str
    asked_in: str | None
    words: tuple[AskedWord, ...]
    by_stem: NDArray[np.float64]
    by_grams: NDArray[np.float64]

    @classmethod
    def read(cls, text: str, frequencies: Frequencies, *, sentences: int) -> Question:
        """`frequencies(field, tokens)` tells in how many of the `sentences` each token of a field occurs."""
        language = question_language(text)
        words = asked_words(text, language=language)
        stems = [stem(word.text, language=language) for word in words]
        grams = [word_grams(word.text.casefold()) for word in words]
        by_stem = frequencies("stems", stems)
        by_gram = frequencies("grams", {gram for run in grams for gram in run})
        return cls(
            text,
            language,
            asked_language(text),
            words,
            _shares(words, [rarity(by_stem[one], of=sentences) for one in stems]),
            _shares(words, [fmean(rarity(by_gram[gram], of=sentences) for gram in run) for run in grams]),
        )

    @property
    def translated(self) -> str:
        """Its words in the other language, those that are known."""
        other = "de" if self.language == "en" else "en"
        known = (translations(word.text, source=self.language, target=other) for word in self.words)
        return " ".join(meaning for meanings in known for meaning in meanings)

    @property
    def understood(self) -> bool:
        """Whether any word of it could be searched for: function words alone ask for nothing."""
        return any(word.kind != "function" for word in self.words)

    def weights(self, article_language: str | None) -> NDArray[np.float64]:
        """What each word weighs in an article of that language, shape (words,), summing to 1."""
        return self.by_stem if is_same_language(article_language, self.asked_in) else self.by_grams


def rarity(frequency: int, *, of: int) -> float:
    """`idf = ln(1 + (N - n + 0.5) / (n + 0.5))`, where n of N sentences hold a token (Robertson & Zaragoza 2009)."""
    return math.log(1 + (of - frequency + 0.5) / (frequency + 0.5))


def _shares(words: Sequence[AskedWord], rarities: Sequence[float]) -> NDArray[np.float64]:
    """A function word's rarity counts as 1 at most: in an archive of few articles any is. An aside counts half."""
    capped = [
        (min(rare, _FUNCTION_WORD_CAP) if word.kind == "function" else rare) * (_ASIDE if word.aside else 1.0)
        for word, rare in zip(words, rarities, strict=True)
    ]
    total = sum(capped)
    return np.array([one / total for one in capped]) if total else np.zeros(len(capped))
