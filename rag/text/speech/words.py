"""The words and marks of a stretch of text with their places, each quotation as one word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.text.function_words import DETERMINERS, FUNCTION_WORDS, PREPOSITIONS
from rag.text.quotations import Quoted
from rag.text.speech.lexicon import SENTENCE_ADVERBS, SUBJUNCTIVES, is_subjunctive

_WORD = re.compile(
    r"(?:Dr|Prof|St|Mr|Mrs|Ms|Jr|Sr|Hl|bzw|ca|Nr|Mio|Mrd|sog|u\.a|z\.B|d\.h)\.|(?:[A-ZÄÖÜ]\.)+(?=\s?\w)"
    r"|\b(?:\d{1,2}|[IVX]+)\.(?=\s*[\w,])"  # "am 20. Juli", "Elisabeth II., die"
    r"|[\w$€%&]+(?:[-–’'./&+@*][\w]+)*-?|[^\w\s]"
)
_INNER_WORD = re.compile(r"\w+(?:[-’'.]\w+)*")
# A comma and a verb after the marks: "„Das Alter drückt“, sagte er".
_SAID = re.compile(r",\s+[^\W\d_A-ZÄÖÜ]+(?:te|ten|t|en|ief|ieß|rieb|rach)\b")
_LONGEST_NAME = 6
_BEGINS_AFTER = frozenset(".:!?–—-(")
_CLOSED = FUNCTION_WORDS["de"] | DETERMINERS["de"] | PREPOSITIONS["de"] | SENTENCE_ADVERBS | SUBJUNCTIVES
_ADVERB = re.compile(r"\w+(?:end|lich|weise|isch|wärts|maßen|erweise)")


@dataclass(frozen=True, slots=True)
class Word:
    """`text[start:end]` of the article. A quotation is one word, with its marks.

    `named`: it may be a name. `embedded`: words of its sentence stand on both sides, without a comma between.
    """

    text: str
    lower: str
    start: int
    end: int
    quoted: Quoted | None = None
    named: bool = False
    capital: bool = False
    embedded: bool = False

    @property
    def reported(self) -> bool:
        """Whether it is a verb in the Konjunktiv."""
        return not self.capital and self.quoted is None and is_subjunctive(self.lower)


def read_words(text: str, start: int, end: int, quotations: Sequence[Quoted]) -> list[Word]:
    """The words of `text[start:end]`. Quotations are those of the outermost level that lie in it."""
    words: list[Word] = []
    at = start
    for quoted in quotations:
        if quoted.outer_start < at or quoted.outer_end > end:
            continue
        words += _plain(text, at, quoted.outer_start)
        inside = text[quoted.outer_start : quoted.outer_end]
        words.append(Word(inside, "", quoted.outer_start, quoted.outer_end, quoted, _may_be_name(text, quoted)))
        at = quoted.outer_end
    words += _plain(text, at, end)
    return [
        replace(word, capital=capital, embedded=embedded) if capital or embedded else word
        for word, capital, embedded in (
            (word, _is_capital(word, before), _is_embedded(word, before, after))
            for before, word, after in zip([None, *words], words, [*words[1:], None], strict=False)
        )
    ]


def _is_embedded(word: Word, before: Word | None, after: Word | None) -> bool:
    return word.quoted is not None and all(
        other is not None and other.quoted is None and other.text[0].isalnum() for other in (before, after)
    )


def _is_capital(word: Word, before: Word | None) -> bool:
    """Whether a word is a noun or a name by its capital: at the head of a sentence adverbs have one too."""
    if word.quoted:
        return word.named
    if not word.text[0].isupper():
        return False
    begins = before is None or before.text in _BEGINS_AFTER or before.quoted is not None
    return not (begins and (word.lower in _CLOSED or _ADVERB.fullmatch(word.lower)))


def is_mark(word: Word) -> bool:
    return word.quoted is None and not word.text[0].isalnum()


def stands_alone(words: Sequence[Word]) -> bool:
    """Whether there is nothing but quotations and marks."""
    return all(word.quoted is not None or is_mark(word) for word in words)


def inner_words(text: str, quoted: Quoted) -> list[str]:
    """The words within the marks."""
    return _INNER_WORD.findall(text, quoted.start, quoted.end)


def _plain(text: str, start: int, end: int) -> list[Word]:
    return [
        Word(match.group(), match.group().lower(), match.start(), match.end())
        for match in _WORD.finditer(text, start, end)
    ]


def _may_be_name(text: str, quoted: Quoted) -> bool:
    inside, inner = text[quoted.start : quoted.end], inner_words(text, quoted)
    return (
        (inside[0].isupper() or inside[0].isdigit())
        and inside[-1] not in ".,!?;:…"
        and len(inner) <= _LONGEST_NAME
        and 2 * sum(word[0].islower() for word in inner) <= len(inner)
        and not _SAID.match(text, quoted.outer_end)
    )
