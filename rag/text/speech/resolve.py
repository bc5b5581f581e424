"""Which name a pronoun, a title or a surname stands for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from rag.text.function_words import DETERMINERS, PREPOSITIONS
from rag.text.speech.lexicon import SOURCE_ADVERBS
from rag.text.speech.names import Gender, Name, find_names, folded, is_role, role_gender
from rag.text.speech.phrases import Phrase
from rag.text.speech.words import Word
from rag.types import Span

_HE, _SHE = frozenset({"er", "he", "dieser", "jener", "letzterer"}), frozenset({"sie", "she", "diese"})
_ENDS_PHRASE = PREPOSITIONS["de"] | DETERMINERS["de"]
_REACH = 1_500  # characters back that a pronoun may look for its name
_MOST_NAMES = 1_000  # names back that a title may look for its own: more than an article has


class Resolver:
    """The names of one article, asked for what stands at a place in it."""

    def __init__(self, text: str, words: Sequence[Word], *, language: str) -> None:
        self._text = text
        self._names = find_names(words, language=language)
        self._starts = [name.start for name in self._names]
        self._full_names: dict[str, list[Name]] = {}  # by surname, in their order
        for name in self._names:
            if len(name.words) > 1 and name.person:
                self._full_names.setdefault(folded(name.surname), []).append(name)
        self._genders: dict[str, Gender] = {}
        for name in self._names:
            if name.gender:
                self._genders.setdefault(name.surname.lower(), name.gender)

    def name_in(self, words: Sequence[Word], phrase: Phrase) -> Span | None:
        """The name in a phrase, the full one where the article gives it elsewhere; None where there is none."""
        start, end = words[phrase.start].start, words[phrase.end - 1].end
        heads = {words[head].start for head in phrase.heads}
        for name in self._between(start, end):
            if name.end <= end and any(name.start <= head < name.end for head in heads):
                return (self._full(name) or name).span if name.person or self._full(name) else None
        return None

    def name_of(self, words: Sequence[Word], phrase: Phrase, last: Span | None) -> Span | None:
        """The nearest fitting name that a phrase stands for. `last` is who spoke last."""
        if named := self.name_in(words, phrase):
            return named
        place = words[phrase.start].start
        if phrase.pronoun:
            return self._of_pronoun(words, phrase, place, last)
        head = words[phrase.heads[0]].text.lower()
        if is_role(head):
            last_name = bisect_left(self._starts, place)
            for name in reversed(self._names[max(0, last_name - _MOST_NAMES) : last_name]):
                if any(role.endswith(head) or head.endswith(role) for role in name.roles):
                    return (self._full(name) or name).span
        return None

    def _of_pronoun(self, words: Sequence[Word], phrase: Phrase, place: int, last: Span | None) -> Span | None:
        if words[phrase.start].lower in SOURCE_ADVERBS:
            return last
        gender = _gender_of(words, phrase)
        if gender is None:
            return None
        before = [name for name in self._between(place - _REACH, place) if name.person]
        fitting = [name for name in before if self._gender(name) in {gender, None}]
        certain = [name for name in fitting if self._gender(name) == gender] if gender == "f" else []
        nearest = next(reversed(certain or fitting), None)
        spoke = next(iter(self._between(last.start, last.start + 1)), None) if last is not None else None
        if last is not None and spoke is None and self._is_one(last, gender):
            return last
        if spoke is not None and spoke.person and self._gender(spoke) in ({gender} if certain else {gender, None}):
            nearest = spoke
        return (self._full(nearest) or nearest).span if nearest else None

    def _is_one(self, phrase: Span, gender: Gender) -> bool:
        """Whether a phrase is someone without a name: "ein Beamter", "die Sprecherin"."""
        first, *rest = self._text[phrase.start : phrase.end].split()
        for word in (first, *rest):
            if word in _ENDS_PHRASE and word != first:
                return False
            if is_role(word.strip(",;")):
                return (role_gender(word.strip(",;")) or gender) == gender
        return False

    def _gender(self, name: Name) -> Gender | None:
        return (
            name.gender
            or self._genders.get(name.surname.lower())
            or self._genders.get(name.surname.lower().rstrip("s"))
        )

    def _full(self, name: Name) -> Name | None:
        """The nearest mention of the same surname with a first name: before, else after."""
        if len(name.words) > 1:
            return name
        surname = folded(name.surname)
        spellings = {surname, surname + "s", surname.removesuffix("s")}
        same = [names for spelling in spellings if (names := self._full_names.get(spelling))]
        at = [bisect_right(names, name.start, key=lambda other: other.start) for names in same]
        before = [names[place - 1] for names, place in zip(same, at, strict=True) if place]
        after = [names[0] for names in same]
        return max(before, key=_start) if before else min(after, key=_start, default=None)

    def _between(self, start: int, end: int) -> Sequence[Name]:
        """The names that begin in `text[start:end]`."""
        return self._names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def _start(name: Name) -> int:
    return name.start


def _gender_of(words: Sequence[Word], pronoun: Phrase) -> Gender | None:
    """Whom a pronoun can stand for; None for a plural, by the verb beside it."""
    lower = words[pronoun.start].lower
    if lower in _HE:
        return "m"
    beside = (*words[max(0, pronoun.start - 1) : pronoun.start], *words[pronoun.end : pronoun.end + 1])
    plural = any(word.lower.endswith("en") and word.text.islower() for word in beside)
    return "f" if lower in _SHE and not plural else None
