"""Messages -> what a language model writes to them, piece by piece: the seam, and the models behind it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal, Protocol
from urllib.parse import urlsplit

from rag.errors import InputError
from rag.types import Fallback

if TYPE_CHECKING:
    from llama_index.core.llms import ChatMessage
    from llama_index.llms.openai_like import OpenAILike

Role = Literal["system", "user"]

# Of the context window so much is the reply's at most: an answer is a few sentences.
_REPLY_TOKENS = 1_024
# A server that says "try again in so many seconds" is waited for once, where they are no more.
_LONGEST_WAIT = 20.0
# A server that will not have a request is told apart by these.
_STATUSES: dict[int, Fallback] = {
    401: "not_authorised",
    403: "not_authorised",
    408: "timed_out",
    429: "too_many_requests",
}


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

    kind: Literal["openai-like"] | None = None
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

    def write(self, messages: Sequence[Message]) -> Iterator[str]:
        """The reply, in pieces as they come. Raises WritingFailed, also after some pieces."""


class OpenAILikeWriter:
    """A server that speaks OpenAI's chat API, through LlamaIndex's `OpenAILike`, which is imported when first needed.

    The whole answer has the time-out's seconds. The key goes to that server alone, and OpenAI's own is never read from
    the environment. Nothing is tried twice, but for a server that says when to come back.
    """

    def __init__(self, config: WriterConfig) -> None:
        self._config = config

    @property
    def fingerprint(self) -> str:
        return f"{self._config.kind} {self._config.model} at {_place(self._config.url or '')}"

    @property
    def room(self) -> int:
        return self._config.context - self._config.reply_tokens

    def write(self, messages: Sequence[Message]) -> Iterator[str]:
        _ = self._llm  # importing it takes seconds, which are not the server's
        ends = time.monotonic() + self._config.timeout
        try:
            yield from self._pieces(messages, ends)
            return
        except _foreign() as error:
            wait = _wait(error)
            if wait is None or wait > min(_LONGEST_WAIT, ends - time.monotonic()):
                raise WritingFailed(_reason(error)) from error
        time.sleep(wait)
        try:
            yield from self._pieces(messages, ends)
        except _foreign() as error:
            raise WritingFailed(_reason(error)) from error

    def _pieces(self, messages: Sequence[Message], ends: float) -> Iterator[str]:
        from llama_index.core.llms import ChatMessage

        said = [ChatMessage(role=message.role, content=message.text) for message in messages]
        finished: str | None = None
        streams = False
        for response in self._llm.stream_chat(said):
            streams = True
            if time.monotonic() > ends:
                raise WritingFailed("timed_out")
            finished = _finish(response.raw) or finished
            if response.delta:
                yield response.delta
        if not streams:  # some servers give the whole reply at once, whatever was asked for
            yield from self._whole(said)
        elif finished != "stop":
            raise WritingFailed("cut_off")

    def _whole(self, said: Sequence[ChatMessage]) -> Iterator[str]:
        response = self._llm.chat(said)
        if _finish(response.raw) != "stop":
            raise WritingFailed("cut_off")
        yield response.message.content or ""

    @cached_property
    def _llm(self) -> OpenAILike:
        from llama_index.llms.openai_like import OpenAILike

        config = self._config
        return OpenAILike(
            model=config.model or "",
            api_base=config.url,
            api_key=config.key or "none",
            context_window=config.context,
            max_tokens=config.reply_tokens,
            timeout=config.timeout,
            temperature=0.0,
            max_retries=0,
            is_chat_model=True,
        )


class ScriptedWriter:
    """A stand-in without a model: writes the given replies in turn, each a line at a time, and keeps what it was told.

    A reply may be made from the messages, or be a failure, which is raised.
    """

    fingerprint = "scripted"

    def __init__(self, *replies: str | Callable[[Sequence[Message]], str] | WritingFailed, room: int = 6_000) -> None:
        self._replies = list(replies)
        self.room = room
        self.told: list[Sequence[Message]] = []

    def write(self, messages: Sequence[Message]) -> Iterator[str]:
        self.told.append(messages)
        reply = self._replies.pop(0)
        if isinstance(reply, WritingFailed):
            raise reply
        yield from (reply(messages) if callable(reply) else reply).splitlines(keepends=True)


WRITERS: dict[str, Callable[[WriterConfig], Writer]] = {"openai-like": OpenAILikeWriter}
_MODULES = {"openai-like": "llama_index.llms.openai_like"}


def make_writer(config: WriterConfig) -> Writer | None:
    """The language model that a configuration names, if it names one. Reaches for nothing yet.

    Raises InputError where a setting that it needs is missing or cannot be used, or its extra is not installed.
    """
    if config.kind is None:
        return None
    if not config.model:
        raise InputError(f"BELEG_LLM={config.kind} needs the model's name: set BELEG_LLM_MODEL.")
    if not config.url or not _is_address(config.url):
        raise InputError(
            f"BELEG_LLM={config.kind} needs the server's address, and BELEG_LLM_URL is no http or https address: "
            "set it to one such as http://127.0.0.1:8000/v1."
        )
    if find_spec(_MODULES[config.kind]) is None:
        raise InputError(
            f"BELEG_LLM={config.kind} needs the extra {config.kind!r}: run `pip install 'beleg[{config.kind}]'`."
        )
    return WRITERS[config.kind](config)


def answers(writer: Writer) -> Fallback | None:
    """Why the language model does not answer; None where it does. Asks it for a word."""
    try:
        return None if "".join(writer.write([Message("user", "Antworte mit dem Wort: Ja")])).strip() else "empty"
    except WritingFailed as error:
        return None if error.reason == "cut_off" else error.reason


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _place(url: str) -> str:
    """The address without a name and a password in it, and without a query: either may be a secret."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _finish(raw: Any) -> str | None:
    """Why the model stopped, as the server says: "stop", or "length" where it had no more room; None: it did not."""
    choices = getattr(raw, "choices", None) or ()
    return choices[0].finish_reason if choices else None


def _foreign() -> tuple[type[Exception], ...]:
    """What a server that fails, breaks off or does not speak the API makes the libraries raise."""
    import httpx
    import openai

    return openai.OpenAIError, httpx.HTTPError, ValueError, TypeError, AttributeError, LookupError


def _reason(error: Exception) -> Fallback:
    import httpx
    import openai

    if isinstance(error, openai.APIStatusError):
        status = error.status_code
        return _STATUSES.get(status, "server_error" if status >= 500 else "refused")
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return "timed_out"
    if isinstance(error, openai.APIConnectionError | httpx.ConnectError):
        return "not_reached"
    return "cut_off" if isinstance(error, httpx.HTTPError) else "server_error"


def _wait(error: Exception) -> float | None:
    """After how many seconds a server that has too many requests says to come back; None where it is not that."""
    import openai

    if not isinstance(error, openai.RateLimitError):
        return None
    try:
        seconds = float(error.response.headers.get("retry-after", ""))
    except ValueError:
        return None
    return seconds if seconds >= 0 else None
