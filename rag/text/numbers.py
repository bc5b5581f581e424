"""Text -> the numbers in it, each with its exact span, its value, and what it counts or measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Literal

from rag.text.dates import clock_times, find_dates
from rag.text.function_words import FUNCTION_WORDS
from rag.text.overlap import Taken
from rag.text.tokens import stems
from rag.text.units import DURATIONS, scales, symbols, units

Bound = Literal["about", "at least", "at most"]
Span = tuple[int, int]

# Words that limit a number or name what it is of stand right before it, within so many characters.
_LOOK_BACK = 60
_FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_SPACES = "\u00a0\u202f\u2009"
# Nothing that is counted has more, and decimal arithmetic rounds or refuses what has more than 28.
_MOST_DIGITS = 24
# Whole, or not at all: "AS-206", "1/2", "3:2" and "1.2.3" are no quantities, and neither are parts of them.
_LITERAL = re.compile(
    rf"(?<![\w.,])(?<![^\W\d]-)(?<!\d[/:])(?:(?:(?<=\s)|(?<=^)|(?<=\())[-−](?=\d))?"
    rf"(?>(?:\d{{1,3}}(?:[ {_SPACES}]\d{{3}}(?!\d)){{1,40}}(?:[.,]\d+)?|\d+(?:[.,]\d+)*)[½¼¾]?|[½¼¾])(?![/:]\d)"
)
_REFERENCE = re.compile(
    r"(?:§|\bNr\.|\bNo\.|\bArtikel|\bArticle|\bAbsatz|\bKapitel|\bChapter|\bSeite|\bPage)\s*$", re.IGNORECASE
)
_LETTER = re.compile(r"[^\W\d_]")
_ORDINAL = re.compile(r"\.\s+(?=[^\W\d_])")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*|[^\w\s]")
_HALVES = re.compile(r"\b([^\W\d_]+)einhalb\b|\b(anderthalb)\b", re.IGNORECASE)
_AND_A_HALF = re.compile(r" and a half\b")
_TO = re.compile(r"\s?(?:bis(?: zu)?|to|oder|or|–|-)\s?")
_CHANGES = re.compile(r"\s(?:auf|zu|to)\s(?:rund|etwa|über|fast|about|over|almost)?\s?")
_AND = re.compile(r"\s(?:und|and)\s")
_BETWEEN = re.compile(r"\b(?:zwischen|between)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_BETWEEN_ALONE = re.compile(r"\b(?:zwischen|between)\s+$", re.IGNORECASE)
_ARTICLE = {
    "de": re.compile(r"\b(?:[Ee]ine[mnr]?|[Ee]in)\s+$"),
    "en": re.compile(r"\b(?:[Aa]n?|[Oo]ne)\s+$"),
}
_ONE = {
    "de": re.compile(r"(?<![\w-])(?:[Ee]in|[Ee]ine[mnr]?)(?=\s)"),
    "en": re.compile(r"(?<![\w-])(?:[Aa]n?|[Oo]ne)(?=\s)"),
}
_ADJECTIVE = re.compile(r"[^\W\d_A-ZÄÖÜ]+(?:e|en|er|es|em)")
_WORD = re.compile(r"\s*([^\W\d_]+(?:-[^\W\d_]+)*)")
_HYPHENED = re.compile(r"-\s?([^\W\d_]+)(?:-[^\W\d_]+)*")
_DURATION_ADJECTIVES = {
    **{"sekündig": "second", "minütig": "minute", "stündig": "hour", "tägig": "day", "wöchig": "week"},
    **{"monatig": "month", "jährig": "year"},
}
_DURATION_ADJECTIVE = re.compile(rf"-?({'|'.join(_DURATION_ADJECTIVES)})\w*", re.IGNORECASE)
_LIMITS: dict[str, dict[Bound, str]] = {
    "de": {
        "at least": r"(?<!nicht )mehr als|nicht weniger als|mindestens|wenigstens|zumindest|über|gut|ab",
        "at most": r"(?<!nicht )weniger als|nicht mehr als|höchstens|maximal|bis zu|unter|"
        "fast|beinahe|nahezu|annähernd|knapp",
        "about": r"rund|etwa|circa|ca\.|ungefähr|zirka|gegen|schätzungsweise|um die|an die",
    },
    "en": {
        "at least": r"(?<!no )(?<!not )more than|(?:no|not) (?:less|fewer) than|at least|over|a minimum of|upwards of",
        "at most": r"(?<!no )(?<!not )(?:less|fewer) than|(?:no|not) more than|at most|a maximum of|up to|under|"
        "almost|nearly|close to",
        "about": r"about|around|roughly|some|approximately|approx\.|circa|an estimated",
    },
}
_BOUNDS: dict[str, tuple[tuple[Bound, re.Pattern[str]], ...]] = {
    language: tuple((bound, re.compile(rf"\b(?:{said})\s+$", re.IGNORECASE)) for bound, said in limits.items())
    for language, limits in _LIMITS.items()
}


@dataclass(frozen=True, slots=True)
class Number:
    """`text[start:end]` is a number with its scale: "5,7", "drei Milliarden", "6½", "1,2 Mio.".

    `unit` is what it counts or measures: "%", a unit's or a currency's name that is the same in both languages
    ("minute", "euro"), or the stem of the noun counted; None where none follows. `unit_end` is where that word ends,
    or `end`; for a unit written before the number, `unit_start` is where it begins, else `start`. `bound` is how the
    words before limit it: "rund", "mehr als", "bis zu".
    """

    start: int
    end: int
    value: Decimal
    unit: str | None = None
    unit_start: int = -1
    unit_end: int = -1
    bound: Bound | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit_start", self.start if self.unit_start < 0 else self.unit_start)
        object.__setattr__(self, "unit_end", max(self.end, self.unit_end))


def find_numbers(text: str, *, language: str | None) -> list[Number]:
    """The quantities that `text` names, in order. Dates, years, times of day and ordinals are none.

    Digits are read as the language writes them, German for None, and as the other one does where that fails: "5.7" in
    a German text. "ein" and "one" count only before a unit of time. "zwei Drittel" is two of the unit "Drittel".
    What has more than 24 digits is none.
    """
    code = "en" if language == "en" else "de"
    dates = [(mention.start, mention.end) for mention in find_dates(text, language=code)]
    taken = Taken(len(text), dates + clock_times(text))
    found: list[Number] = []
    for number in (*_literals(text, code), *_spelled_out(text, code)):
        if not taken.meets(number.start, number.end) and number.value.adjusted() < _MOST_DIGITS:
            found.append(number)
            taken.put(number.start, number.end)
    found = [_measured(text, number, code) for number in sorted(found, key=lambda number: number.start)]
    for at in range(len(found) - 2, -1, -1):  # "fünf bis zehn Jahre": both are years
        first, second = found[at], found[at + 1]
        if first.unit is None and _shares_unit(text, (first.start, first.end), (second.unit_start, second.end)):
            found[at] = replace(first, unit=second.unit)
    return found


def _shares_unit(text: str, first: Span, second: Span) -> bool:
    return is_range(text, first, second) or bool(_CHANGES.fullmatch(text, first[1], second[0]))


def is_range(text: str, first: Span, second: Span) -> bool:
    """Whether the second span goes on from the first: "fünf bis zehn", "5–10", "between 2 and 3"."""
    between = text[first[1] : second[0]]
    return bool(
        _TO.fullmatch(between)
        or (_AND.fullmatch(between) and _BETWEEN.search(text, max(0, first[0] - _LOOK_BACK), first[0]))
    )


def limited_start(text: str, start: int, *, language: str | None) -> int:
    """Where the words begin that limit the number or date at `start`: "rund", "bis zu", "zwischen"; else `start`."""
    limits = [limit for _, limit in _BOUNDS["en" if language == "en" else "de"]]
    while match := next(
        filter(None, (limit.search(text, max(0, start - _LOOK_BACK), start) for limit in (*limits, _BETWEEN_ALONE))),
        None,
    ):
        start = match.start()
    return start


def _literals(text: str, language: str) -> Iterator[Number]:
    for match in _LITERAL.finditer(text):
        if _ORDINAL.match(text, match.end()) and language == "de" and match[0].isdigit() and len(match[0]) <= 3:
            continue
        if _REFERENCE.search(text, max(0, match.start() - _LOOK_BACK), match.start()):
            continue
        glued = _LETTER.match(text, match.end())  # "25km" and "31jährig" are read, "3rd" and "5x" are not
        if glued and _unit_glued(text, match.end(), language) is None:
            continue
        value = _value(match[0], language)
        if value is not None:
            end, factor = _scale(text, match.end(), language)
            yield Number(match.start(), end, value * factor)


def _unit_glued(text: str, at: int, language: str) -> re.Match[str] | None:
    return _DURATION_ADJECTIVE.match(text, at) or _symbol_behind(language).match(text, at)


def _value(literal: str, language: str) -> Decimal | None:
    from babel.numbers import NumberFormatError, parse_decimal

    fraction = _FRACTIONS.get(literal[-1], Decimal(0))
    digits = re.sub(rf"[ {_SPACES}½¼¾]", "", literal).replace("−", "-")
    if not digits:
        return fraction
    if sum(map(str.isdigit, digits)) > _MOST_DIGITS:
        return None
    for locale in (language, "en" if language == "de" else "de"):
        try:
            value = parse_decimal(digits, locale=locale, strict=any(mark in digits for mark in ".,"))
        except (NumberFormatError, InvalidOperation):
            continue
        return value - fraction if value < 0 else value + fraction
    return None


def _scale(text: str, at: int, language: str) -> tuple[int, Decimal]:
    """Where a scale word right behind `at` ends, and its factor."""
    match = _scale_pattern(language).match(text, at)
    return (match.end(), scales(language)[match[1].casefold()]) if match else (at, Decimal(1))


def _spelled_out(text: str, language: str) -> Iterator[Number]:
    if language == "de":
        for match in _HALVES.finditer(text):
            whole = 1 if match[2] else _of_word(match[1], language)
            if whole is not None:
                yield Number(*match.span(), Decimal(whole) + _FRACTIONS["½"])
    for start, end, value in _word_runs(text, language):
        first = text[start:end].split(maxsplit=1)[0].casefold()
        if value == 1:
            continue
        if first in scales(language) or first in {"hundert", "hundred"}:
            if article := _ARTICLE[language].search(text, max(0, start - _LOOK_BACK), start):
                yield Number(article.start(), end, value)
            elif first in {"hundert", "tausend"} and text[end : end + 1] == " ":
                yield Number(start, end, value)
        elif language == "en" and (half := _AND_A_HALF.match(text, end)):
            yield Number(start, half.end(), value + _FRACTIONS["½"])
        else:
            yield Number(start, end, value)
    for match in _ONE[language].finditer(text):
        word = _WORD.match(text, match.end())
        if word and _unit_of(word[1], language) in DURATIONS:
            yield Number(*match.span(), Decimal(1))


@dataclass(frozen=True, slots=True)
class _Token:
    """What text2num asks of a token."""

    start: int
    written: str
    other: bool

    def text(self) -> str:
        return self.written

    def nt_separated(self, previous: object) -> bool:  # noqa: ARG002
        return False

    def not_a_number_part(self) -> bool:
        return self.other


def _word_runs(text: str, language: str) -> Iterable[tuple[int, int, Decimal]]:
    """Numbers in words as (start, end, value). A capital inside a German sentence is a name: "die Elf"."""
    from text_to_num import find_numbers as find_in_tokens

    tokens = [
        _Token(match.start(), match[0], match[0][0].isdigit() or (language == "de" and _is_name(text, match)))
        for match in _TOKEN.finditer(text)
    ]
    for run in find_in_tokens(tokens, language, threshold=0):
        first, last = tokens[run.start], tokens[run.end - 1]
        if not run.is_ordinal:
            yield first.start, last.start + len(last.written), Decimal(run.text)


def _is_name(text: str, match: re.Match[str]) -> bool:
    word = match[0]
    if not word[0].isupper() or word.casefold() in scales("de"):
        return False
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()].rstrip()
    return bool(before) and before[-1] not in ".:!?„“\"»«'(–"


@cache
def _of_word(word: str, language: str) -> int | None:
    from text_to_num import text2num

    try:
        return int(text2num(word, language))
    except ValueError:
        return None


def _measured(text: str, number: Number, language: str) -> Number:
    """The number with its unit and its bound."""
    before = _symbol_before(language).search(text, max(0, number.start - _LOOK_BACK), number.start)
    start = before.start(1) if before else number.start
    bound = next(
        (name for name, words in _BOUNDS[language] if words.search(text, max(0, start - _LOOK_BACK), start)), None
    )
    if before:
        return replace(number, unit=symbols(language)[before[1]], unit_start=before.start(1), bound=bound)
    unit, end = _unit_behind(text, number.end, language)
    return replace(number, unit=unit, unit_end=end, bound=bound)


def _unit_behind(text: str, at: int, language: str) -> tuple[str | None, int]:
    if adjective := _DURATION_ADJECTIVE.match(text, at):
        return _DURATION_ADJECTIVES[adjective[1].lower()], adjective.end()
    if symbol := _symbol_behind(language).match(text, at):
        return symbols(language)[symbol[1]], symbol.end()
    if compound := _HYPHENED.match(text, at):
        return _unit_of(compound[1], language), compound.end()
    return counted(text, at, language)


def counted(text: str, at: int, language: str) -> tuple[str | None, int]:
    """The noun that is counted, with up to three words before it: "16 weitere Schiffe", "two other Americans"."""
    passed: list[re.Match[str]] = []
    while len(passed) < 4 and (match := _WORD.match(text, passed[-1].end() if passed else at)):
        word = match[1]
        if match.start() == match.start(1) or word.casefold() in FUNCTION_WORDS[language]:
            break
        if word.casefold() in units(language):
            return units(language)[word.casefold()], match.end()
        if language == "de":
            if word[0].isupper():
                return _unit_of(word, language), match.end()
            if not _ADJECTIVE.fullmatch(word):
                return None, at
        elif word.endswith("s") and not word.endswith("ss"):
            return _unit_of(word, language), match.end()
        passed.append(match)
    if language == "en" and passed and not passed[0][1].endswith(("ed", "ing")):
        return _unit_of(passed[0][1], language), passed[0].end()
    return None, at


@cache
def _unit_of(word: str, language: str) -> str:
    """A unit's name, else the stem, also of inflected forms that CLDR has not: "Jahren", "Monaten"."""
    import simplemma

    known = units(language)
    lemma = str(simplemma.lemmatize(word, lang=language)).casefold()
    return known.get(word.casefold()) or known.get(lemma) or "".join(stems(word, language=language))


@cache
def _scale_pattern(language: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(scales(language), key=len, reverse=True))
    return re.compile(rf"[\s{_SPACES}-]?({words})(?!\w)", re.IGNORECASE)


@cache
def _symbol_behind(language: str) -> re.Pattern[str]:
    written = "|".join(re.escape(symbol) for symbol in sorted(symbols(language), key=len, reverse=True))
    return re.compile(rf"[\s{_SPACES}]?({written})(?![\w])")


@cache
def _symbol_before(language: str) -> re.Pattern[str]:
    signs = [symbol for symbol in symbols(language) if not symbol.isalpha() or symbol.isupper()]
    money = [symbol for symbol in signs if not symbol.startswith(("%", "‰", "°")) and len(symbol) <= 3]
    written = "|".join(re.escape(symbol) for symbol in sorted(money, key=len, reverse=True))
    return re.compile(rf"(?<!\w)({written})[\s{_SPACES}]?$")
