"""What each wire form has of its own: the parameters of a request, and the words for an end and for an error."""

from __future__ import annotations

from typing import Any

import pytest

from rag.llm.make import WIRES
from rag.llm.served import ServedWriter
from rag.llm.writer import Llm, Message, WriterConfig, WritingFailed
from tests.llm_server import LlmServer, Scripted


def _write(kind: Llm, *script: Scripted, model: str = "klein") -> tuple[str, dict[str, Any]]:
    """What was written, or why not, and what the server was asked."""
    with LlmServer(*script, form=kind) as server:
        config = WriterConfig(kind, model, server.url, "geheim-7", timeout=5.0)
        try:
            written = "".join(ServedWriter(config, WIRES[kind]).write([Message("user", "Frage")]))
        except WritingFailed as failed:
            written = failed.reason
    return written, server.asked[0] if server.asked else {}


@pytest.mark.parametrize("model", ["gpt-4o-mini", "o3-mini", "gpt-5", "gpt-9.5-unheard-of"])
def test_openai_gets_only_parameters_that_every_model_of_its_takes(model: str) -> None:
    written, asked = _write("openai", Scripted("Ja."), model=model)
    assert written == "Ja."
    assert asked["max_completion_tokens"] == 2048
    assert {"temperature", "max_tokens"}.isdisjoint(asked)


def test_a_server_like_openais_gets_the_parameters_that_all_of_them_know() -> None:
    _, asked = _write("openai-like", Scripted("Ja."))
    assert (asked["temperature"], asked["max_tokens"]) == (0.0, 2048)
    assert "max_completion_tokens" not in asked


def test_a_model_that_does_not_chat_is_refused_before_the_server_is_asked() -> None:
    assert _write("openai", model="gpt-5.2-pro") == ("refused", {})


@pytest.mark.parametrize("model", ["claude-3-haiku-20240307", "claude-sonnet-5", "claude-quartet-9"])
def test_anthropic_gets_no_temperature(model: str) -> None:
    written, asked = _write("anthropic", Scripted("Ja."), model=model)
    assert written == "Ja."
    assert asked["max_tokens"] == 2048
    assert {"temperature", "thinking"}.isdisjoint(asked)


def test_ollama_is_told_its_window_and_not_to_think() -> None:
    _, asked = _write("ollama", Scripted("Ja."))
    assert asked["options"] == {"temperature": 0.0, "num_ctx": 8192, "num_predict": 2048}
    assert asked["think"] is False


@pytest.mark.parametrize(
    ("kind", "finish", "written"),
    [
        ("openai", "content_filter", "refused"),
        ("openai", "tool_calls", "cut_off"),
        ("anthropic", "refusal", "refused"),
        ("anthropic", "stop_sequence", "Ja."),
        ("anthropic", "pause_turn", "cut_off"),
        ("anthropic", "model_context_window_exceeded", "cut_off"),
        ("ollama", "load", "cut_off"),
    ],
)
@pytest.mark.parametrize("streams", [True, False])
def test_each_end_has_its_meaning(kind: Llm, finish: str, written: str, streams: bool) -> None:
    assert _write(kind, *[Scripted("Ja.", finish=finish, streams=streams)] * 2)[0] == written


@pytest.mark.parametrize(
    ("kind", "error", "reason"),
    [
        ("openai", "rate_limit_exceeded", "too_many_requests"),
        ("openai", "invalid_api_key", "not_authorised"),
        ("anthropic", "overloaded_error", "server_error"),
        ("anthropic", "api_error", "server_error"),
        ("anthropic", "rate_limit_error", "too_many_requests"),
        ("anthropic", "authentication_error", "not_authorised"),
        ("anthropic", "invalid_request_error", "refused"),
        ("ollama", "llama runner process has terminated", "server_error"),
    ],
)
@pytest.mark.parametrize("text", ["", "Ein Satz"])
def test_each_error_inside_a_stream_has_its_reason(kind: Llm, error: str, reason: str, text: str) -> None:
    assert _write(kind, Scripted(text, fails=error))[0] == reason


def test_an_older_ollama_gives_no_reason_for_its_end() -> None:
    line = b'{"model": "klein", "message": {"role": "assistant", "content": "Ja."}, "done": true}\n'
    assert _write("ollama", Scripted(raw=line))[0] == "Ja."
