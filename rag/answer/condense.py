"""A follow-up question -> the question that it stands for, in a language model's words, where those can be trusted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing

from rag.answer.offer import conversation_lines, fence_of, one_line
from rag.answer.prompts import CONDENSE, LAST_ASKED
from rag.check.reading import Reading, read_text
from rag.errors import InputError
from rag.llm.writer import Message, Writer
from rag.retrieve.search import check_question
from rag.text.language import question_language
from rag.types import Exchange

# A reply that is longer is no question.
_MOST_CHARACTERS = 400
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL | re.IGNORECASE)
# What some models put before it, and around it.
_LABEL = re.compile(r"^(?:\*\*)?[^\W\d_ ]+(?: [^\W\d_ ]+){0,2}:(?:\*\*)?\s+")
_AROUND = "\"'„“”‚‘’»«*_` "
_NAMING = ("name", "noun")


def condense(question: str, conversation: Sequence[Exchange], writer: Writer) -> str | None:
    """The question that the model makes of a follow-up; None where what it makes of it cannot be trusted.

    It can where every number, date, name and noun of it stands in the question or in the conversation, and none of the
    question's is lost: context that is carried wrongly makes a wrong answer. Raises WritingFailed where the model
    writes nothing.
    """
    language = question_language(question)
    asked = LAST_ASKED[language].format(question=one_line(question))
    lines = conversation_lines(conversation, language=language, room=writer.room // 2)
    if not lines:
        return None
    fence = fence_of([*lines, asked])
    rules = CONDENSE[language].format(fence=fence)
    told = "\n".join([fence, *lines, fence, "", asked])
    with closing(writer.write([Message("system", rules), Message("user", told)])) as pieces:
        written = "".join(pieces)
    condensed = _read(written)
    if condensed is None or not _is_trusted(condensed, question, conversation):
        return None
    return condensed


def _read(written: str) -> str | None:
    """The question in a reply of one line; None where there is none that can be asked."""
    lines = [line.strip() for line in _THOUGHT.sub("", written).splitlines() if line.strip()]
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
    known = {key for reading in readings for key in _keys(reading)}
    values = {value for reading in readings for value in _values(reading)}
    adds_nothing = _naming(mine) <= known and _values(mine) <= values
    loses_nothing = _naming(asked) <= _keys(mine) and _values(asked) <= _values(mine)
    return adds_nothing and loses_nothing and mine.language == asked.language


def _keys(reading: Reading) -> set[str]:
    return {token.key for token in reading.tokens}


def _naming(reading: Reading) -> set[str]:
    """The names and nouns. A noun at the beginning may have its capital for another reason."""
    kinds = [("name",), *[_NAMING] * len(reading.tokens)]
    return {
        token.key
        for token, named in zip(reading.tokens, kinds, strict=False)
        if token.kind in named and not token.measured
    }


def _values(reading: Reading) -> set[object]:
    """The numbers and the dates, as they compare."""
    dates = {(one.first, one.last, one.month, one.day) for one in reading.dates}
    return {number.value for number in reading.numbers} | dates
