"""Ollama's wire form: lines of JSON."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from rag.llm.deadline import Deadline
from rag.llm.http import client_options, reason_of_status, reason_of_transfer, retry_after
from rag.llm.served import Ending, Failure, Wire
from rag.llm.writer import WriterConfig

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


class _TooManyRequests(OSError):
    """The server has too many requests. Ollama's client keeps no headers, and they say when to come back."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__()
        self.seconds = seconds


@contextmanager
def _open_llm(config: WriterConfig, deadline: Deadline) -> Iterator[LLM]:
    from llama_index.llms.ollama import Ollama
    from ollama import Client

    options = client_options(key=config.key, deadline=deadline)
    options["event_hooks"]["response"].append(_refuse_too_many)
    with closing(Client(host=config.url, timeout=config.timeout, **options)) as client:
        yield Ollama(
            model=config.model or "",
            # Ollama's own window is small, and it cuts what does not fit without a word.
            context_window=config.context,
            request_timeout=config.timeout,
            temperature=0.0,
            additional_kwargs={"num_predict": config.reply_tokens},
            thinking=False,
            client=client,
        )


def _refuse_too_many(response: Any) -> None:
    if response.status_code == 429:
        raise _TooManyRequests(retry_after(response.headers))


def _ending(raw: Any) -> Ending | None:
    """Older servers give no reason for the end."""
    if not raw.get("done"):
        return None
    return "finished" if raw.get("done_reason") in (None, "stop") else "cut_off"


def _errors() -> tuple[type[Exception], ...]:
    import httpx
    import ollama

    return ollama.ResponseError, httpx.HTTPError, httpx.InvalidURL


def _failure(error: Exception) -> Failure | None:
    import httpx
    import ollama

    if isinstance(error, _TooManyRequests):
        return Failure("too_many_requests", error.seconds)
    if isinstance(error, ollama.ResponseError):
        # An error inside a stream has no status of its own.
        return Failure(reason_of_status(error.status_code) if error.status_code > 0 else "server_error")
    reason = reason_of_transfer(error, httpx)
    return Failure(reason) if reason else None


OLLAMA = Wire(
    module="llama_index.llms.ollama",
    default_url="http://127.0.0.1:11434",
    needs_key=False,
    open_llm=_open_llm,
    ending=_ending,
    errors=_errors,
    failure=_failure,
)
