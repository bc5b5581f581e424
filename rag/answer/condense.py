"""A follow-up question -> the question that it stands for, in a language model's words, where those can be trusted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing

from rag.answer.offer import conversation_lines, latest
from rag.check.lexicon import is_denial
from rag.check.reading import Reading, read_text
from rag.errors import InputError
from rag.llm.prompts import CONDENSE, LAST_ASKED
from rag.llm.writer import Message, Writer
from rag.retrieve.search import check_question
from rag.text.language import question_language
from rag.text.told import fence_of, one_line, only_shown, without_thoughts
from rag.types import Exchange

# A reply that is longer is no question, and one of so much, with what the model thought, is not read on.
_MOST_CHARACTERS = 400
_MOST_WRITTEN = 12_000
# What some models put before it, and around it.
_LABEL = re.compile(r"^(?:\*\*)?[^\W\d_ ]+(?: [^\W\d_ ]+){0,2}:(?:\*\*)?\s+")
_AROUND = "\"'„“”‚‘’»«*_` "


def condense(question: str, conversation: Sequence[Exchange], writer: Writer) -> str | None:
    """The question that the model makes of a follow-up; None where what it makes of it cannot be trusted.

    It can where every word of it that says something stands in the question or in the conversation, as do numbers and
    dates, where nothing of the question is lost, and where neither denies what the other does not: context that is
    carried wrongly makes a wrong answer. Raises WritingFailed where the model writes nothing.
    """
    language = question_language(question)
    asked = LAST_ASKED[language].format(question=one_line(question))
    told = latest(conversation, language=language, room=writer.room // 2)
    if not told:
        return None
    lines = conversation_lines(told, language=language)
    fence = fence_of([*lines, asked])
    rules = CONDENSE[language].format(fence=fence)
    data = "\n".join([fence, *lines, fence, "", asked])
    condensed = _read(_written(writer, [Message("system", rules), Message("user", data)]))
    return condensed if condensed and _is_trusted(condensed, question, told) else None


def _written(writer: Writer, messages: Sequence[Message]) -> str:
    written = ""
    with closing(writer.write(messages)) as pieces:
        for piece in pieces:
            written += piece
            if len(written) > _MOST_WRITTEN:
                break
    return written


def _read(written: str) -> str | None:
    """The question in a reply of one line; None where there is none that can be asked."""
    lines = [line for line in map(str.strip, without_thoughts(only_shown(written)).splitlines()) if line]
    if len(lines) != 1 or len(lines[0]) > _MOST_CHARACTERS:
        return None
    try:
        return check_question(_LABEL.sub("", lines[0]).strip(_AROUND))
    except InputError:
        return None


def _is_trusted(condensed: str, question: str, conversation: Sequence[Exchange]) -> bool:
    said = [question, *(text for one in conversation for text in (one.question, one.answer) if text)]
    readings = [read_text(text, language=question_language(text)) for text in said]
    mine = read_text(condensed, language=question_language(condensed))
    asked = readings[0]
    known = {token.key for reading in readings for token in reading.tokens}
    values = {value for reading in readings for value in _values(reading)}
    adds_nothing = _content(mine) <= known and _values(mine) <= values
    loses_nothing = _content(asked) <= {token.key for token in mine.tokens} and _values(asked) <= _values(mine)
    return adds_nothing and loses_nothing and _denials(mine) == _denials(asked) and mine.language == asked.language


def _content(reading: Reading) -> set[str]:
    return {token.key for token in reading.tokens if token.content}


def _denials(reading: Reading) -> int:
    return sum(is_denial(token.text, language=reading.language) for token in reading.tokens)


def _values(reading: Reading) -> set[object]:
    """The numbers and the dates, as they compare."""
    dates = {(one.first, one.last, one.month, one.day) for one in reading.dates}
    return {number.value for number in reading.numbers} | dates
