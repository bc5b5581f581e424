"""How well each word of a question is found among the words of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.text.cognates import fold_spelling
from rag.text.tokens import plain_number, split_words, stem, word_grams
from rag.text.translate import translations

Row = NDArray[np.float64]

_SAME_STEM = 0.97
_PART = 0.85
_SHORTEST_PART = 4
_ACROSS = 0.5


class Aligner:
    """Finds the words of one question in texts.

    A word is found wholly (1) where the text has it or, in the other language, a translation that is known, and as good
    as wholly (0.97) where a text of the same language has its stem. Else it is found by the share of its 4-grams that
    the best word of the text holds, or by 0.85 of the share of that word's 4-grams that it holds itself: *Austausch* in
    *Gefangenenaustausch*, and the other way round. Between languages words are compared in a common spelling, and the
    square root of the share counts, since cognates share few 4-grams. A number is found or not, however its thousands
    and decimals are written.
    """

    def __init__(self, asked: Sequence[str], *, language: str) -> None:
        self._language = language
        self._size = len(asked)
        self._stems = [stem(word, language=language) for word in asked]
        forms = [(place, plain_number(word.casefold())) for place, word in enumerate(asked)]
        self._forms = {True: _Forms(forms)}
        other = "de" if language == "en" else "en"
        meant = [(place, text) for place, word in forms for text in translations(word, source=language, target=other)]
        both = [*forms, *((place, text.casefold()) for place, text in meant)]
        self._forms[False] = _Forms([(place, fold_spelling(word)) for place, word in both])
        self._known: dict[tuple[str, bool], dict[int, float]] = {}

    def row(self, text: str, *, language: str | None) -> Row:
        """For each word of the question how well it is found in the text, 0 to 1, shape (words,)."""
        row = np.zeros(self._size)
        same = language == self._language
        for word in split_words(text):
            found = self._known.get((word, same))
            if found is None:
                found = self._known[word, same] = self.matches(word, same=same)
            for place, share in found.items():
                row[place] = max(row[place], share)
        return row

    def matches(self, word: str, *, same: bool) -> dict[int, float]:
        """How well the words of the question are found in this one, by their place, those alone that are at all.

        `same`: it is a word of the question's language.
        """
        folded = word.casefold()
        if folded[0].isdigit():
            return dict.fromkeys(self._forms[True].whole.get(plain_number(folded), ()), 1.0)
        if not same:
            across = self._forms[False].shares(fold_spelling(folded))
            return {place: share**_ACROSS for place, share in across.items()}
        found = self._forms[True].shares(folded)
        own = stem(word, language=self._language)
        for place, asked in enumerate(self._stems):
            if asked == own:
                found[place] = max(found.get(place, 0.0), _SAME_STEM)
        return found


class _Forms:
    """Forms of a question's words, each with the place of its word, by themselves and by their 4-grams."""

    def __init__(self, forms: Sequence[tuple[int, str]]) -> None:
        self.whole: dict[str, list[int]] = {}
        self._places = [place for place, _ in forms]
        self._sizes = [len(set(word_grams(form))) for _, form in forms]
        self._holding: dict[str, list[int]] = {}
        for number, (place, form) in enumerate(forms):
            self.whole.setdefault(form, []).append(place)
            for gram in () if form[0].isdigit() else dict.fromkeys(word_grams(form)):
                self._holding.setdefault(gram, []).append(number)

    def shares(self, word: str) -> dict[int, float]:
        """By place, how well the forms are found in this word."""
        grams = set(word_grams(word))
        shared = Counter(number for gram in grams for number in self._holding.get(gram, ()))
        found: dict[int, float] = {}
        for number, count in shared.items():
            part = _PART * count / len(grams) if len(word) >= _SHORTEST_PART else 0.0
            place = self._places[number]
            found[place] = max(found.get(place, 0.0), count / self._sizes[number], part)
        return found | dict.fromkeys(self.whole.get(word, ()), 1.0)
