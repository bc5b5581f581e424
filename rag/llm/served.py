"""Messages -> what a model writes that a server runs, whatever its wire form: what is alike in all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from rag.llm.address import place
from rag.llm.deadline import Deadline
from rag.llm.writer import Message, WriterConfig, WritingFailed
from rag.types import Fallback

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

Ending = Literal["finished"] | Fallback

# A server that says "try again in so many seconds" is waited for once, where they are no more.
_LONGEST_WAIT = 20.0
# Some servers leave in the reply what the model thought before it answered.
_THINKS, _THOUGHT = "<think>", "</think>"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a request failed. A server that did not begin to reply may say after how many seconds to come back."""

    reason: Fallback
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Wire:
    """What a wire form has of its own.

    `module` is LlamaIndex's, which the extra brings; without a `default_url` the address must be set. `open_llm` makes
    LlamaIndex's class for one reply, with a client of its own that keeps to the deadline and is closed behind it. It
    raises ValueError where it will not have the model. `ending` reads, from what the server sent, how the reply ended,
    None where it goes on. `errors` is what the libraries raise of their own, and `failure` what that means, None where
    it only means that the server does not speak this form.
    """

    module: str
    default_url: str | None
    needs_key: bool
    open_llm: Callable[[WriterConfig, Deadline], AbstractContextManager[LLM]]
    ending: Callable[[Any], Ending | None]
    errors: Callable[[], tuple[type[Exception], ...]]
    failure: Callable[[Exception], Failure | None]


class ServedWriter:
    """A model that a server runs, through LlamaIndex's class for its wire form, which is imported when first needed.

    From its first request on, the whole answer has the time-out's seconds, with all that is asked for it and what its
    reader does between the pieces. The key goes to that server alone, and nothing that a vendor's client finds in the
    environment goes anywhere. Nothing is tried twice, but for a server that says when to come back.
    """

    def __init__(self, config: WriterConfig, wire: Wire) -> None:
        self._config = config
        self._wire = wire

    @property
    def fingerprint(self) -> str:
        return f"{self._config.kind} {self._config.model} at {place(self._config.url or '')}"

    @property
    def room(self) -> int:
        return self._config.context - self._config.reply_tokens

    def write(self, messages: Sequence[Message]) -> Generator[str]:
        # LlamaIndex leaves a stream open that is not read to its end: only closing the client is sure to end it.
        with ExitStack() as opened:
            deadline = opened.enter_context(Deadline(self._config.timeout))
            try:
                llm = opened.enter_context(self._wire.open_llm(self._config, deadline))
            except ValueError as error:
                raise WritingFailed("refused") from error
            except self._errors as error:
                raise WritingFailed(self._failure(error).reason) from error
            try:
                yield from self._written(llm, _chat(messages), deadline)
            except WritingFailed as failed:
                if deadline.passed:  # a connection that was shut looks as if the server had broken off
                    raise WritingFailed("timed_out") from failed
                raise

    def _written(self, llm: LLM, said: Sequence[ChatMessage], deadline: Deadline) -> Iterator[str]:
        try:
            yield from _without_thoughts(self._pieces(llm, said, deadline))
            return
        except self._errors as error:
            failure = self._failure(error)
            wait = failure.retry_after
            if wait is None or wait > min(_LONGEST_WAIT, deadline.left):
                raise WritingFailed(failure.reason) from error
        time.sleep(wait)
        try:
            yield from _without_thoughts(self._pieces(llm, said, deadline))
        except self._errors as error:
            raise WritingFailed(self._failure(error).reason) from error

    def _pieces(self, llm: LLM, said: Sequence[ChatMessage], deadline: Deadline) -> Iterator[str]:
        ending: Ending | None = None
        streams = False
        for response in llm.stream_chat(said):
            streams = True
            if deadline.passed:
                raise WritingFailed("timed_out")
            ending = self._wire.ending(response.raw) or ending
            if response.delta:
                yield response.delta
        if streams:
            _refuse_unfinished(ending)
            return
        response = llm.chat(said)  # some servers give the whole reply at once, whatever was asked for
        _refuse_unfinished(self._wire.ending(response.raw))
        yield response.message.content or ""

    def _failure(self, error: Exception) -> Failure:
        return self._wire.failure(error) or Failure("server_error")

    @cached_property
    def _errors(self) -> tuple[type[Exception], ...]:
        """What a server that fails, breaks off or does not speak the form makes the libraries raise."""
        return (*self._wire.errors(), OSError, ValueError, TypeError, AttributeError, LookupError)


def _chat(messages: Sequence[Message]) -> list[ChatMessage]:
    """Messages of one role that follow each other are joined: some models take turns only."""
    from llama_index.core.llms import ChatMessage

    runs = [(role, list(run)) for role, run in groupby(messages, key=lambda message: message.role)]
    return [ChatMessage(role=role, content="\n\n".join(message.text for message in run)) for role, run in runs]


def _refuse_unfinished(ending: Ending | None) -> None:
    if ending != "finished":
        raise WritingFailed(ending or "cut_off")


def _without_thoughts(pieces: Iterator[str]) -> Iterator[str]:
    held = ""
    for piece in pieces:
        held += piece
        begun = held.lstrip()
        if begun.startswith(_THINKS):
            if _THOUGHT in begun:
                yield begun.partition(_THOUGHT)[2]
                break
        elif not _THINKS.startswith(begun):
            yield held
            break
    else:
        if not held.lstrip().startswith(_THINKS):
            yield held
    yield from pieces
