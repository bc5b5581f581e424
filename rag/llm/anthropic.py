"""Anthropic's wire form: named events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from rag.llm.deadline import Deadline
from rag.llm.http import client_options, reason_of_status, reason_of_transfer, retry_after
from rag.llm.served import Ending, Failure, Wire
from rag.llm.writer import WriterConfig
from rag.types import Fallback

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

_ENDINGS: dict[str, Ending] = {"end_turn": "finished", "stop_sequence": "finished", "refusal": "refused"}
# What an error that comes inside a stream calls itself: its status is that of the stream's beginning.
_TYPES: dict[str, Fallback] = {
    "authentication_error": "not_authorised",
    "permission_error": "not_authorised",
    "rate_limit_error": "too_many_requests",
    "timeout_error": "timed_out",
    "billing_error": "refused",
    "invalid_request_error": "refused",
    "not_found_error": "refused",
    "request_too_large": "refused",
}


@contextmanager
def _open_llm(config: WriterConfig, deadline: Deadline) -> Iterator[LLM]:
    import anthropic

    server: dict[str, Any] = {
        "api_key": config.key,
        "base_url": config.url,
        "timeout": config.timeout,
        "max_retries": 0,
    }
    llm = _any_model()(model=config.model or "", max_tokens=config.reply_tokens, **server)
    with anthropic.DefaultHttpxClient(**client_options(key=config.key, deadline=deadline)) as client:
        # The class takes no HTTP client, and the one that it makes sends what it finds in the environment.
        llm._client = anthropic.Anthropic(**server, open_telemetry=False, http_client=client)
        yield llm


@cache
def _any_model() -> type[Any]:
    from llama_index.core.llms import LLMMetadata
    from llama_index.llms.anthropic import Anthropic

    class AnyModel(Anthropic):
        """LlamaIndex's class, which refuses the names of models that it does not know; here a name is only a name.

        It makes messages of a type that newer clients have no more, all but the system's: the others go past it. And it
        sends a temperature, which newer models and clients refuse and all of them do without.
        """

        @property
        def metadata(self) -> LLMMetadata:
            return LLMMetadata(num_output=self.max_tokens, is_chat_model=True, model_name=self.model)

        @property
        def _model_kwargs(self) -> dict[str, Any]:
            return {"model": self.model, "max_tokens": self.max_tokens}

        def chat(self, messages: Sequence[ChatMessage], **options: Any) -> Any:
            return super().chat(_system(messages), extra_body=_others(messages), **options)

        def stream_chat(self, messages: Sequence[ChatMessage], **options: Any) -> Any:
            return super().stream_chat(_system(messages), extra_body=_others(messages), **options)

    return AnyModel


def _system(messages: Sequence[ChatMessage]) -> list[ChatMessage]:
    return [message for message in messages if message.role == "system"]


def _others(messages: Sequence[ChatMessage]) -> dict[str, Any]:
    said = [message for message in messages if message.role != "system"]
    return {"messages": [{"role": message.role.value, "content": message.content} for message in said]}


def _ending(raw: Any) -> Ending | None:
    """It stands in the whole reply, or in the delta of the event before the last."""
    stopped = raw.get("stop_reason") or getattr(raw.get("delta"), "stop_reason", None)
    return _ENDINGS.get(stopped, "cut_off") if stopped else None


def _errors() -> tuple[type[Exception], ...]:
    import anthropic
    import httpx2

    return anthropic.AnthropicError, httpx2.HTTPError, httpx2.InvalidURL


def _failure(error: Exception) -> Failure | None:
    import anthropic
    import httpx2

    if isinstance(error, anthropic.APIStatusError):
        if error.status_code < 300:
            return Failure(_TYPES.get(error.type or "", "server_error"))
        wait = retry_after(error.response.headers) if error.status_code == 429 else None
        return Failure(reason_of_status(error.status_code), wait)
    if isinstance(error, anthropic.APITimeoutError):
        return Failure("timed_out")
    if isinstance(error, anthropic.APIConnectionError):
        return Failure(reason_of_transfer(error.__cause__, httpx2) or "not_reached")
    reason = reason_of_transfer(error, httpx2)
    return Failure(reason) if reason else None


ANTHROPIC = Wire(
    module="llama_index.llms.anthropic",
    default_url="https://api.anthropic.com",
    needs_key=True,
    open_llm=_open_llm,
    ending=_ending,
    errors=_errors,
    failure=_failure,
)
