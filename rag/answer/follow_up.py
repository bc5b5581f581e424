"""A question in a conversation -> the question that is searched for, by a language model where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answer.condense import condense
from rag.conversation.follow_up import MAX_HISTORY
from rag.llm.writer import Writer, WritingFailed
from rag.retrieve.follow_up import is_askable, question_in_conversation
from rag.text.unicode import is_unicode
from rag.types import Exchange, Fallback

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
    """The last five that are questions, oldest first; an answer that is not Unicode is not known."""
    exchanges = [Exchange(one) if isinstance(one, str) else one for one in history]
    asked = [one for one in exchanges if is_askable(one.question)][-MAX_HISTORY:]
    return [one if is_unicode(one.answer or "") else replace(one, answer=None) for one in asked]


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
