"""The words of a sentence -> which of its clauses each belongs to, told by marks, joining words and verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.text.language import Language
from rag.text.overlap import Taken
from rag.text.statement import may_be_verb

Span = tuple[int, int]

_BORDER = re.compile(
    r"[;:–—()]|,|\s(?:und|aber|doch|sondern|oder|and|but|or)\s|\s(?=(?:while|although|whereas|because|after|before|when|"
    r"that|which|who)\s)",
    re.IGNORECASE,
)
_SUBORDINATORS = {
    "de": frozenset(
        """dass daß weil wenn ob obwohl nachdem bevor während als indem damit falls sofern sobald solange bis seit
        seitdem da wie woraufhin weshalb""".split()
    ),
    "en": frozenset("that where when while although because after before if whether since until as".split()),
}
_RELATIVES = {
    "de": frozenset(
        """der die das dem den deren dessen denen welche welcher welches welchen welchem wer was wo wohin woher wobei
        womit wodurch""".split()
    ),
    "en": frozenset("which who whom whose that where".split()),
}
_PARTICIPLE = re.compile(r"\w{0,8}ge\w+(?:t|en)|(?:be|ver|ent|er|zer|miss)\w+(?:t|en)|\w+iert|worden|haben|sein|werden")
_DASHES = frozenset("–—")


@dataclass(slots=True)
class _Clause:
    """A clause that is being read. `parent` is that in which it is embedded."""

    number: int
    parent: _Clause | None
    verbal: bool = False


def clause_numbers(text: str, words: Sequence[Span], *, language: Language, whole: Sequence[Span] = ()) -> list[int]:
    """The number of each word's clause. No clause ends inside of the spans `whole`, such as "5,7".

    What is put in between commas or brackets is a clause of its own where it has a verb, and what follows it belongs to
    the clause before. A part without a verb ("Reed, 30, ...") belongs to what it stands by.
    """
    numbers: list[int] = []
    current = _Clause(0, None)
    made = 1
    for mark, places in _parts(text, words, whole):
        texts = [text[slice(*words[at])] for at in places]
        verbs = [at for at in range(len(texts)) if may_be_verb(texts, at, language)]
        if language == "de" and mark == ",":  # "..., ausgesetzt" ends what "hatte" began
            verbs = [at for at in verbs if not (at == len(texts) - 1 and _PARTICIPLE.fullmatch(texts[at]))]
        verbal = bool(verbs)
        opening = texts[0].lower() if texts and verbal else ""
        hanging = opening in _SUBORDINATORS[language] or bool(numbers and opening in _RELATIVES[language])
        if numbers or mark:
            if hanging or mark == "(" or (mark in _DASHES and verbal):
                current, made = _Clause(made, current), made + 1
            else:
                if current.parent is not None and mark not in ("und", "oder", "and", "or"):
                    current = current.parent  # what was put in is over
                if verbal and current.verbal:
                    current, made = _Clause(made, current.parent), made + 1
        elif hanging:
            current, made = _Clause(made, _Clause(0, None)), made + 1
        current.verbal = current.verbal or verbal
        numbers += [current.number] * len(places)
    return numbers


def _parts(text: str, words: Sequence[Span], whole: Sequence[Span]) -> Iterator[tuple[str, list[int]]]:
    """The runs of words between two borders, each with the mark or joining word before it; "" before the first."""
    inside = Taken(len(text), whole)
    borders = [found for found in _BORDER.finditer(text) if not inside.holds(found.start())]
    part: list[int] = []
    mark, number = "", 0
    for at, (start, _) in enumerate(words):
        while number < len(borders) and borders[number].end() <= start:
            if part or not mark:
                yield mark, part
                part = []
            mark = borders[number].group().strip().lower()
            number += 1
        part.append(at)
    yield mark, part
