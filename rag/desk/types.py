"""What flows through the desk: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from rag.types import Answer, Article, Check, Filters, Review

Kind = Literal["question", "claim"]


@dataclass(frozen=True, slots=True)
class NewTurn:
    """A question that was asked or a claim that was checked, not stored yet. The fields are those of a `Turn`."""

    typed: str
    kind: Kind
    filters: Filters
    made: datetime
    history: tuple[str, ...] = ()
    result: Answer | Check | None = None
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A question or a claim of a conversation, and what came of it: a `result`, or in words why there is none.

    `number` counts from 1 in its conversation and stays. What stands under an `id` never changes but for its reviews: a
    turn that is asked anew has a new id. `typed` is without surrounding white space, and what a check's offsets count
    in; `history` is what a question was understood after, oldest first. `made` is in UTC.
    """

    id: str
    conversation: str
    number: int
    typed: str
    kind: Kind
    filters: Filters
    made: datetime
    result: Answer | Check | None = None
    failure: str | None = None
    reviews: tuple[Review, ...] = ()
    history: tuple[str, ...] = ()

    def review(self, statement: int | None) -> Review | None:
        """The newest word on a statement, or on the result as a whole."""
        words = [review for review in self.reviews if review.statement == statement]
        return max(words, key=lambda review: review.made, default=None)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation with its turns in order. `made` and `changed`, when its newest turn was asked, are in UTC."""

    id: str
    name: str
    made: datetime
    changed: datetime
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class ConversationEntry:
    """A conversation in a list; `turns` is how many it has."""

    id: str
    name: str
    made: datetime
    changed: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class Binned:
    """A deleted article, and until when it can be restored; both times in UTC."""

    article: Article
    deleted: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class CaseMade:
    """A row that was put into a suite: its id, the suite's file, its line, and whether an earlier row gave way."""

    id: str
    file: Path
    line: str
    replaced: bool
