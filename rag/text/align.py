"""How well each word of a question is found among the words of a text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.text.tokens import stem, word_grams

Row = NDArray[np.float64]

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_SAME_STEM = 0.97
_PART = 0.85
_SHORTEST_PART = 4


class Aligner:
    """Finds the words of one question in texts.

    A word is found wholly (1) where the text has it, and as good as wholly (0.97) where the text has its stem. Else it
    is found by the square of the share of its 4-grams that the best word of the text holds, or of 0.85 of the share of
    that word's 4-grams that it holds itself: *Austausch* in *Gefangenenaustausch*, and the other way round. A number is
    found or not.
    """

    def __init__(self, asked: Sequence[str], *, language: str) -> None:
        self._asked = [word.casefold() for word in asked]
        self._language = language
        self._stems = [stem(word, language=language) for word in asked]
        self._sizes = [len(set(word_grams(word))) for word in self._asked]
        self._holding: dict[str, list[int]] = {}
        for place, word in enumerate(self._asked):
            for gram in {} if word[0].isdigit() else dict.fromkeys(word_grams(word)):
                self._holding.setdefault(gram, []).append(place)
        self._known: dict[tuple[str, bool], dict[int, float]] = {}

    def row(self, text: str, *, language: str | None) -> Row:
        """For each word of the question how well it is found in the text, 0 to 1, shape (words,)."""
        row = np.zeros(len(self._asked))
        same = language == self._language
        for word in _WORD.findall(unicodedata.normalize("NFKC", text)):
            found = self._known.get((word, same))
            if found is None:
                found = self._known[word, same] = self._find(word, stemmed=same)
            for place, share in found.items():
                row[place] = max(row[place], share)
        return row

    def _find(self, word: str, *, stemmed: bool) -> dict[int, float]:
        """How well the words of the question are found in this one, by their place, those alone that are at all."""
        folded = word.casefold()
        found = {place: 1.0 for place, asked in enumerate(self._asked) if asked == folded}
        if folded[0].isdigit():
            return found
        if stemmed:
            own = stem(word, language=self._language)
            for place, asked in enumerate(self._stems):
                if asked == own and not self._asked[place][0].isdigit():
                    found.setdefault(place, _SAME_STEM)
        grams = set(word_grams(folded))
        shared = Counter(place for gram in grams for place in self._holding.get(gram, ()))
        for place, count in shared.items():
            part = _PART * count / len(grams) if len(folded) >= _SHORTEST_PART else 0.0
            found.setdefault(place, max(count / self._sizes[place], part) ** 2)
        return found
