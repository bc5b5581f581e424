"""A question and a sentence that answers it -> the words that answer, only where that is clear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.text.dates import DateMention, clock_times, find_dates
from rag.text.expected import AnswerKind, expected_kind
from rag.text.function_words import content_text
from rag.text.language import question_language
from rag.text.numbers import Number, counted, find_numbers, is_range
from rag.text.tokens import stems, words
from rag.text.units import DURATIONS

_HOW_MANY = re.compile(r"\b(?:wie ?viele?[nrm]?|how (?:many|much))\b", re.IGNORECASE)
_PERCENT = re.compile(r"\b(?:prozentsatz\w*|prozent|percentage|percent|per cent)\b", re.IGNORECASE)
_AGE = re.compile(r"\b(?:wie alt|how old)\b", re.IGNORECASE)
_CLOCK = re.compile(r"\b(?:uhr|uhrzeit|what time)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:welche[mnsr]? jahr\w*|(?:what|which) years?)\b", re.IGNORECASE)
# "What happens when ..." asks for no time: the word has to ask, not to join.
_JOINING_WHEN = re.compile(
    r"\bwhen\b(?! (?:did|do|does|was|were|is|are|has|have|had|will|would|can|could)\b)", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;:–()]|\s(?:und|aber|sowie|während|bevor|nachdem|and|but|while|before|after)\s")


@dataclass(frozen=True, slots=True)
class Value:
    """The words that answer, `text[start:end]`, and the numbers or dates that they name, two for a range."""

    start: int
    end: int
    numbers: tuple[Number, ...] = ()
    dates: tuple[DateMention, ...] = ()


def asked_kind(question: str) -> AnswerKind | None:
    """`expected_kind`, but None for a "when" that joins two clauses."""
    kind = expected_kind(question)
    return None if kind == "time" and _only_joins(question) else kind


def answer_span(question: str, text: str, *, kind: AnswerKind, language: str | None) -> tuple[int, int] | None:
    """Where in `text`, a sentence in `language`, the words stand that answer; None where that is not clear."""
    value = answer_value(question, text, kind=kind, language=language)
    return (value.start, value.end) if value else None


def answer_value(
    question: str, text: str, *, kind: AnswerKind, language: str | None, anchor: date | None = None
) -> Value | None:
    """The one mention in `text` that fits what is asked and that the question does not hold itself.

    An amount fits by the unit or the noun that the question asks for, or as the only number there is; a duration by
    the unit of time; a time always. Where several fit, none is shown: taking the one whose clause has the most words
    of the question was wrong one time in three. `anchor` is the day the text was published.
    """
    code = "en" if language == "en" else "de"
    rivals: list[Value] = []
    if _CLOCK.search(question):
        fitting = [Value(*span) for span in clock_times(text)]
    elif kind == "time":
        fitting = _dates(question, text, code, anchor)
    else:
        fitting, rivals = _quantities(question, text, kind, code)
    if len(fitting) != 1:
        return None
    return fitting[0] if _holds_the_topic(question, text, fitting[0], rivals, code) else None


def _dates(question: str, text: str, language: str, anchor: date | None) -> list[Value]:
    asked = find_dates(question, language=question_language(question))
    found = [
        mention
        for mention in find_dates(text, language=language, anchor=anchor)
        if not any(mention.agrees(other) for other in asked)
    ]
    if _YEAR.search(question):
        partial = {(m.start, m.end) for m in find_dates(text, language=language) if m.first is None}
        found = [mention for mention in found if (mention.start, mention.end) not in partial]
    return _joined(text, [Value(mention.start, mention.end, dates=(mention,)) for mention in found])


def _quantities(question: str, text: str, kind: AnswerKind, language: str) -> tuple[list[Value], list[Value]]:
    """What fits what is asked for, and what might: "16 Menschen gingen, acht kehrten zurück" leaves out a noun."""
    named = {number.value for number in find_numbers(question, language=question_language(question))}
    found = [number for number in find_numbers(text, language=language) if number.value not in named]
    unit = _asked_unit(question)
    if kind == "duration":
        fitting = [n for n in found if n.unit in DURATIONS and (unit not in DURATIONS or n.unit == unit)]
        return _joined(text, _as_values(fitting)), []
    if unit and unit not in DURATIONS:
        found = [number for number in found if number.unit not in DURATIONS]
    fitting = [number for number in found if unit and number.unit == unit]
    if not fitting:
        values = _joined(text, _as_values(found))
        return (values, []) if len(values) == 1 else ([], [])
    values = _joined(text, _as_values([n for n in found if n.unit is None or n in fitting]))
    numbers = [value for value in values if value.numbers[-1] in fitting]
    return numbers, [value for value in values if value not in numbers]


def _as_values(numbers: Sequence[Number]) -> list[Value]:
    return [Value(number.unit_start, number.unit_end, numbers=(number,)) for number in numbers]


def _asked_unit(question: str) -> str | None:
    """What an amount is asked in: a unit, "%", or the stem of a noun in the question's language."""
    if _PERCENT.search(question):
        return "%"
    if _AGE.search(question):
        return "year"
    if match := _HOW_MANY.search(question):
        return counted(question, match.end(), question_language(question))[0]
    return None


def _joined(text: str, values: Sequence[Value]) -> list[Value]:
    """A range is one value: "fünf bis zehn Jahre", "1870–1939"."""
    joined: list[Value] = []
    for value in values:
        if joined and is_range(text, (joined[-1].start, joined[-1].end), (value.start, value.end)):
            first = joined.pop()
            joined.append(Value(first.start, value.end, first.numbers + value.numbers, first.dates + value.dates))
        else:
            joined.append(value)
    return joined


def _holds_the_topic(question: str, text: str, value: Value, rivals: Sequence[Value], language: str) -> bool:
    """Whether no rival's clause holds more words of the question than the value's own does."""
    asked = _tokens(content_text(question, language=question_language(question)), question_language(question))
    rest = list(text)
    for each in (value, *rivals):
        rest[each.start : each.end] = " " * (each.end - each.start)
    cuts = [0, *(match.start() for match in _CLAUSE.finditer("".join(rest))), len(text)]

    def held(one: Value) -> int:
        start = max(cut for cut in cuts if cut <= one.start)
        end = min(cut for cut in cuts if cut >= one.end)
        return len(asked & _tokens("".join(rest[start:end]), language))

    return all(held(rival) <= held(value) for rival in rivals)


def _tokens(text: str, language: str) -> set[str]:
    """Stems, and the words as they are: names are the same in both languages."""
    return {*stems(text, language=language), *words(text)}


def _only_joins(question: str) -> bool:
    return question_language(question) == "en" and bool(_JOINING_WHEN.search(question)) and not _YEAR.search(question)
