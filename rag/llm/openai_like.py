"""The wire form of OpenAI's chat API, as vLLM, llama.cpp, LM Studio and other servers speak it too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from rag.llm.deadline import Deadline
from rag.llm.http import client_options, reason_of_status, reason_of_transfer, retry_after
from rag.llm.served import Ending, Failure, Wire
from rag.llm.writer import WriterConfig
from rag.types import Fallback

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

_ENDINGS: dict[str, Ending] = {"stop": "finished", "content_filter": "refused"}
# What an error that comes inside a stream calls itself.
_CODES: dict[str, Fallback] = {
    "rate_limit_exceeded": "too_many_requests",
    "insufficient_quota": "too_many_requests",
    "invalid_api_key": "not_authorised",
}


@contextmanager
def open_openai_like(config: WriterConfig, deadline: Deadline, **parameters: Any) -> Iterator[LLM]:
    """LlamaIndex's class for a server that speaks this form; `parameters` are those that not all of them take.

    The name of a model is only a name to it, where the class for OpenAI itself refuses the names that it does not know.
    """
    import openai
    from llama_index.llms.openai_like import OpenAILike

    with openai.DefaultHttpxClient(**client_options(key=config.key, deadline=deadline)) as client:
        yield OpenAILike(
            model=config.model or "",
            api_base=config.url,
            api_key=config.key or "none",
            context_window=config.context,
            timeout=config.timeout,
            max_retries=0,
            is_chat_model=True,
            http_client=client,
            **parameters,
        )


def _open_llm(config: WriterConfig, deadline: Deadline) -> AbstractContextManager[LLM]:
    return open_openai_like(config, deadline, temperature=0.0, max_tokens=config.reply_tokens)


def _ending(raw: Any) -> Ending | None:
    choices = getattr(raw, "choices", None) or ()
    finish = choices[0].finish_reason if choices else None
    return _ENDINGS.get(finish, "cut_off") if finish else None


def _errors() -> tuple[type[Exception], ...]:
    import httpx
    import openai

    return openai.OpenAIError, httpx.HTTPError, httpx.InvalidURL


def _failure(error: Exception) -> Failure | None:
    import httpx
    import openai

    if isinstance(error, openai.RateLimitError):
        return Failure("too_many_requests", retry_after(error.response.headers))
    if isinstance(error, openai.APIStatusError):
        return Failure(reason_of_status(error.status_code))
    if isinstance(error, openai.APITimeoutError):
        return Failure("timed_out")
    if isinstance(error, openai.APIConnectionError):
        return Failure(reason_of_transfer(error.__cause__, httpx) or "not_reached")
    if isinstance(error, openai.APIError):
        return Failure(_CODES.get(error.code or "", "server_error"))
    reason = reason_of_transfer(error, httpx)
    return Failure(reason) if reason else None


OPENAI_LIKE = Wire(
    module="llama_index.llms.openai_like",
    default_url=None,
    needs_key=False,
    open_llm=_open_llm,
    ending=_ending,
    errors=_errors,
    failure=_failure,
)
