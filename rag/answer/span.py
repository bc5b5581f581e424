"""A question and a sentence that answers it -> the words that answer, only where that is clear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.text.ages import is_age
from rag.text.align import Aligner
from rag.text.asked import asked_words
from rag.text.dates import DateMention, clock_times, find_dates
from rag.text.expected import AnswerKind, expected_kind
from rag.text.function_words import DEGREES, content_text
from rag.text.language import question_language
from rag.text.numbers import Number, counted, find_numbers, is_range, limited_start
from rag.text.tokens import stems, words
from rag.text.units import DURATIONS, measures, units

_HOW_MANY = re.compile(r"\b(?:wie ?viele?[nrm]?|how (?:many|much))\b", re.IGNORECASE)
_PERCENT = re.compile(r"\b(?:prozentsatz\w*|prozent|percentage|percent|per cent)\b", re.IGNORECASE)
# "Wie hoch" and the like are answered by a measure, some by one kind of it alone.
_MEASURED: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(rf"\b(?:{asks})\b", re.IGNORECASE), frozenset(kinds.split()))
    for asks, kinds in (
        (r"wie teuer|how expensive", "money"),
        (r"wie weit|how far", "length"),
        (r"wie schwer|how heavy", "mass"),
        (r"wie (?:hoch|groß|gross)\w*|welche[rmn]? höhe|how (?:high|tall|large|big)", ""),
    )
)
_AGE = re.compile(r"\b(?:wie alt|how old)\b", re.IGNORECASE)
_CLOCK = re.compile(r"\b(?:uhr|uhrzeit|what time)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:welche[mnsr]? jahr\w*|(?:what|which) years?)\b", re.IGNORECASE)
# "What happens when ..." asks for no time: the word has to ask, not to join.
_JOINING_WHEN = re.compile(
    r"\bwhen\b(?! (?:did|do|does|was|were|is|are|has|have|had|will|would|can|could)\b)", re.IGNORECASE
)
# The thing asked for stands behind these; the sentence has the value in its place.
_ASKED_FOR = re.compile(
    r"\b(?:welche[mnsr]?|wie ?viele?[nrm]?|what|which|how (?:many|much))\s+([^\W\d_]+)|\b(uhr|uhrzeit)\b", re.IGNORECASE
)
# How well a word has to be found (`Aligner`), and how many of them.
_FOUND = 0.7
_SHARE_HELD = 2 / 3
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
    """Where in `text`, a sentence in `language`, the words stand that answer.

    None where that is not clear (`answer_value`), or where the sentence may be about something else (`tells_of`).
    """
    value = answer_value(question, text, kind=kind, language=language)
    return (value.start, value.end) if value and tells_of(question, text, language=language) else None


def tells_of(question: str, text: str, *, language: str | None) -> bool:
    """Whether the sentence itself tells of what the question asks about, not just of the same people.

    It has to hold two thirds of the question's words besides names, numbers and the thing asked for, the last verb or
    adjective among them; and one of its names, or none at all: "Das Gespräch dauerte ...", "Er wurde ...".
    """
    asked_in = question_language(question)
    code = "en" if language == "en" else "de"
    asking = {word.casefold() for match in _ASKED_FOR.findall(question) for word in match} | DEGREES[asked_in]
    kept = [
        word
        for word in asked_words(question, language=asked_in)
        if word.kind not in ("function", "number")
        and word.text.casefold() not in asking
        and word.text.casefold() not in units(asked_in)
    ]
    row = Aligner([word.text for word in kept], language=asked_in).row(content_text(text, language=code), language=code)
    held = [(word.kind, bool(share >= _FOUND)) for word, share in zip(kept, row, strict=True)]
    names = [found for kind, found in held if kind == "name"]
    if names and not any(names) and any(word.kind == "name" for word in asked_words(text, language=code)):
        return False
    content = [found for kind, found in held if kind != "name"]
    if sum(content) < _SHARE_HELD * len(content):
        return False
    return next((found for kind, found in reversed(held) if kind == "other"), True)


def answer_value(
    question: str, text: str, *, kind: AnswerKind, language: str | None, anchor: date | None = None
) -> Value | None:
    """The one mention in `text` that fits what is asked and that the question does not hold itself.

    An amount fits by the unit or the noun that the question asks for, or as the only number there is; "wie hoch" and
    the like take a measure, "wie alt" an age; a duration fits by the unit of time; a time always. Words that limit it
    belong to it: "rund", "zwischen". Where several fit, none is shown: taking the one whose clause has the most words
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
    if not _holds_the_topic(question, text, fitting[0], rivals, code):
        return None
    return replace(fitting[0], start=limited_start(text, fitting[0].start, language=code))


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
    if _AGE.search(question):
        return _as_values([number for number in found if is_age(text, number)]), []
    for asks, kinds in _MEASURED:
        if asks.search(question):
            values = _joined(text, _as_values([n for n in found if n.unit is None or _is_measure(n, kinds)]))
            fits = [value for value in values if _is_measure(value.numbers[-1], kinds)]
            return fits, [value for value in values if value not in fits]
    unit = _asked_unit(question)
    if kind == "duration":
        fitting = [n for n in found if n.unit in DURATIONS and (unit not in DURATIONS or n.unit == unit)]
        return _joined(text, _as_values(fitting)), []
    if unit and unit not in DURATIONS:
        found = [number for number in found if number.unit not in DURATIONS]
    fitting = [number for number in found if unit and number.unit == unit]
    if not fitting:
        if unit and not measures().get(unit):
            if question_language(question) != language:  # the nouns cannot be compared
                return [], []
            # Kilograms and percent are no answer to "how many cylinders".
            found = [number for number in found if not measures().get(number.unit or "")]
        values = _joined(text, _as_values(found))
        return (values, []) if len(values) == 1 else ([], [])
    values = _joined(text, _as_values([n for n in found if n.unit is None or n in fitting]))
    numbers = [value for value in values if value.numbers[-1] in fitting]
    return numbers, [value for value in values if value not in numbers]


def _as_values(numbers: Sequence[Number]) -> list[Value]:
    return [Value(number.unit_start, number.unit_end, numbers=(number,)) for number in numbers]


def _is_measure(number: Number, kinds: frozenset[str]) -> bool:
    """Whether it is money, a percentage, a length or the like, of these kinds if there are any, and no duration."""
    measured = measures().get(number.unit or "", frozenset()) - {"duration"}
    return bool(measured & kinds if kinds else measured)


def _asked_unit(question: str) -> str | None:
    """What an amount is asked in: a unit, "%", or the stem of a noun in the question's language."""
    if _PERCENT.search(question):
        return "%"
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
