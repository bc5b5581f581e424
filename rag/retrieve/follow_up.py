"""A question in a conversation -> the question that is searched for."""

from __future__ import annotations

from collections.abc import Sequence

from rag.conversation.follow_up import understand
from rag.errors import InputError
from rag.retrieve.search import check_question


def question_in_conversation(question: str, history: Sequence[str]) -> str:
    """What the question is understood to be after those earlier ones that are questions at all.

    The question as it is where what it would be understood to be cannot be asked.
    """
    understood = understand(question, [earlier for earlier in history if is_askable(earlier)])
    return understood if is_askable(understood) else question


def is_askable(text: str) -> bool:
    """Whether it is a question that can be searched for."""
    try:
        check_question(text)
    except InputError:
        return False
    return True
