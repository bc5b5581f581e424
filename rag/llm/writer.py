"""Messages -> what a language model writes to them, piece by piece: the seam."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from rag.types import Fallback

Role = Literal["system", "user"]
Llm = Literal["openai-like", "ollama", "openai", "anthropic"]

# Of the context window so much is the reply's at most: an answer is a few sentences, but some models think first, and
# what they think counts. Every model of the vendors allows as many.
_REPLY_TOKENS = 4_096


class WritingFailed(Exception):
    """A language model gave no answer that can be used, and `reason` says why. It never leaves the archive."""

    def __init__(self, reason: Fallback) -> None:
        super().__init__(reason)
        self.reason: Fallback = reason


@dataclass(frozen=True, slots=True)
class Message:
    """What is said to the model, and as whom."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class WriterConfig:
    """Which language model, and where. None is no model. `context` is in tokens, `timeout` in seconds for an answer."""

    kind: Llm | None = None
    model: str | None = None
    url: str | None = None
    key: str | None = field(default=None, repr=False)
    context: int = 8192
    timeout: float = 60.0

    @property
    def reply_tokens(self) -> int:
        """How many tokens of the context window are kept for the reply."""
        return min(_REPLY_TOKENS, self.context // 4)


class Writer(Protocol):
    """What is asked of a language model."""

    @property
    def fingerprint(self) -> str:
        """Names everything that decides what is written, and no key. Known without reaching for the model."""

    @property
    def room(self) -> int:
        """How many tokens the messages may have."""

    def write(self, messages: Sequence[Message]) -> Generator[str]:
        """The reply, in pieces as they come; closed early, the model is left. Raises WritingFailed, also after some."""


class ScriptedWriter:
    """A stand-in without a model: writes the given replies in turn, each a line at a time, and keeps what it was told.

    A reply may be made from the messages, or be a failure, which is raised.
    """

    fingerprint = "scripted"

    def __init__(self, *replies: str | Callable[[Sequence[Message]], str] | WritingFailed, room: int = 6_000) -> None:
        self._replies = list(replies)
        self.room = room
        self.told: list[Sequence[Message]] = []

    def write(self, messages: Sequence[Message]) -> Generator[str]:
        self.told.append(messages)
        reply = self._replies.pop(0)
        if isinstance(reply, WritingFailed):
            raise reply
        yield from (reply(messages) if callable(reply) else reply).splitlines(keepends=True)
