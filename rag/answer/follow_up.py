"""A question in a conversation -> the question that is searched for, by a language model where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answer.condense import condense
from rag.conversation.follow_up import MAX_HISTORY
from rag.errors import InputError
from rag.llm.writer import Writer, WritingFailed
from rag.retrieve.follow_up import is_askable, question_in_conversation
from rag.text.unicode import is_unicode
from rag.types import Exchange, Fallback

_MOST_ANSWERED = 4_000
# After these the model is not asked for the answer either: a person would wait for the same once more.
_LASTING: tuple[Fallback, ...] = (
    "not_reached",
    "timed_out",
    "not_authorised",
    "too_many_requests",
    "server_error",
    "refused",
)


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question is understood to be, and why the language model need not be asked again, where that is so."""

    question: str
    failure: Fallback | None = None


def earlier_exchanges(history: Sequence[str | Exchange]) -> list[Exchange]:
    """The last five that are questions, oldest first; of an answer the first 4,000 characters, if it is Unicode.

    Raises InputError for what is neither a question nor an exchange.
    """
    if isinstance(history, str):
        raise InputError("The history is one text. Give a list of the earlier questions, oldest first.")
    exchanges = [_exchange(one) for one in history]
    asked = [one for one in exchanges if is_askable(one.question)][-MAX_HISTORY:]
    return [replace(one, answer=one.answer[:_MOST_ANSWERED] if one.answer else None) for one in asked]


def _exchange(given: object) -> Exchange:
    exchange = Exchange(given) if isinstance(given, str) else given
    if not isinstance(exchange, Exchange) or not isinstance(exchange.question, str):
        raise InputError(f"{given!r} in the history is no question. Give texts, or Exchange(question, answer).")
    if not isinstance(exchange.answer, str | None):
        raise InputError(f"The answer {exchange.answer!r} in the history is no text.")
    return exchange if is_unicode(exchange.answer or "") else replace(exchange, answer=None)


def understand_in_conversation(
    question: str, conversation: Sequence[Exchange], writer: Writer | None = None
) -> Understood:
    """The question that a follow-up stands for; by rules where the model fails or its words cannot be trusted."""
    failure: Fallback | None = None
    if writer is not None and conversation:
        try:
            if condensed := condense(question, conversation, writer):
                return Understood(condensed)
        except WritingFailed as error:
            failure = error.reason if error.reason in _LASTING else None
    return Understood(question_in_conversation(question, [one.question for one in conversation]), failure)
