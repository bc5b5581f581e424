"""The turns of a conversation -> the earlier questions that a follow-up may be about."""

from __future__ import annotations

from collections.abc import Sequence

from rag.conversation.follow_up import MAX_HISTORY
from rag.desk.types import Turn
from rag.errors import InputError
from rag.retrieve.search import check_question
from rag.types import Check


def history_of(turns: Sequence[Turn], typed: str) -> tuple[str, ...]:
    """What a follow-up may be about: the last questions and claims before it that are looked at, oldest first.

    A claim counts, since "Wann war das?" after it means what it tells of. A text of several claims is not looked back
    to, nor beyond: no one thing is meant. What is now asked as a question is not its own history.
    """
    history: list[str] = []
    for turn in turns:
        history = [] if isinstance(turn.result, Check) and turn.result.parts else [*history, turn.typed]
    return tuple([one for one in history if one != typed and _is_question(one)][-MAX_HISTORY:])


def _is_question(text: str) -> bool:
    try:
        check_question(text)
    except InputError:
        return False
    return True
