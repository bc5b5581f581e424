"""The turns of a conversation -> the earlier questions that a follow-up may be about."""

from __future__ import annotations

from collections.abc import Sequence

from rag.conversation.follow_up import MAX_HISTORY
from rag.desk.types import Turn
from rag.retrieve.follow_up import is_askable
from rag.types import Answer, Check, Exchange
from rag.wording import VERDICTS


def history_of(turns: Sequence[Turn], typed: str) -> tuple[Exchange, ...]:
    """What a follow-up may be about: the last questions and claims before it that are looked at, oldest first.

    A claim counts, since "Wann war das?" after it means what it tells of. A text of several claims is not looked back
    to, nor beyond: no one thing is meant. What is now asked as a question is not its own history.
    """
    history: list[Exchange] = []
    for turn in turns:
        several = isinstance(turn.result, Check) and bool(turn.result.parts)
        history = [] if several else [*history, Exchange(turn.typed, _answered(turn.result))]
    return tuple([one for one in history if one.question != typed and is_askable(one.question)][-MAX_HISTORY:])


def _answered(result: Answer | Check | None) -> str | None:
    if isinstance(result, Check):
        return VERDICTS[result.language][result.verdict]
    return result.exchange.answer if result else None
