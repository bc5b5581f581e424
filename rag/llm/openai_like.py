"""A server that speaks OpenAI's chat API, as vLLM, llama.cpp and LM Studio do -> what a model writes."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rag.llm.address import place
from rag.llm.writer import Message, WriterConfig, WritingFailed
from rag.types import Fallback

if TYPE_CHECKING:
    from llama_index.core.llms import ChatMessage
    from llama_index.llms.openai_like import OpenAILike

# A server that says "try again in so many seconds" is waited for once, where they are no more.
_LONGEST_WAIT = 20.0
# A server that will not have a request is told apart by these.
_STATUSES: dict[int, Fallback] = {
    401: "not_authorised",
    403: "not_authorised",
    408: "timed_out",
    429: "too_many_requests",
}


class OpenAILikeWriter:
    """A server that speaks OpenAI's chat API, through LlamaIndex's `OpenAILike`, which is imported when first needed.

    The whole answer has the time-out's seconds. The key goes to that server alone, and OpenAI's own is never read from
    the environment. Nothing is tried twice, but for a server that says when to come back.
    """

    def __init__(self, config: WriterConfig) -> None:
        self._config = config

    @property
    def fingerprint(self) -> str:
        return f"{self._config.kind} {self._config.model} at {place(self._config.url or '')}"

    @property
    def room(self) -> int:
        return self._config.context - self._config.reply_tokens

    def write(self, messages: Sequence[Message]) -> Generator[str]:
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

    def _pieces(self, messages: Sequence[Message], ends: float) -> Generator[str]:
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

    def _whole(self, said: Sequence[ChatMessage]) -> Generator[str]:
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
