"""A language model behind the seam: what it writes, and what becomes of everything that can go wrong over HTTP."""

from __future__ import annotations

import importlib.util
import socket
from typing import Any

import pytest

from rag.errors import InputError
from rag.llm import make
from rag.llm.make import answers, make_writer
from rag.llm.openai_like import OpenAILikeWriter
from rag.llm.writer import Message, ScriptedWriter, WriterConfig, WritingFailed
from tests.llm_server import LlmServer, Scripted

MESSAGES = [Message("system", "Regeln"), Message("user", "Frage")]


def _config(server: LlmServer, **changed: Any) -> WriterConfig:
    return WriterConfig(**({"kind": "openai-like", "model": "klein", "url": server.url, "timeout": 5.0} | changed))


def _failure(*script: Scripted, **changed: Any) -> str:
    with LlmServer(*script) as server, pytest.raises(WritingFailed) as failed:
        list(OpenAILikeWriter(_config(server, **changed)).write(MESSAGES))
    assert len(server.asked) == len(script)
    return failed.value.reason


@pytest.mark.parametrize("streams", [True, False])
def test_it_writes_what_the_server_streams_or_gives_at_once(streams: bool) -> None:
    steps = [Scripted("Größe: 25 Minuten. [k7qm22]", streams=streams)] * (1 if streams else 2)
    with LlmServer(*steps) as server:
        pieces = list(OpenAILikeWriter(_config(server)).write(MESSAGES))
    assert "".join(pieces) == "Größe: 25 Minuten. [k7qm22]"
    assert (len(pieces) > 1) is streams
    asked = server.asked[0]
    assert asked["path"] == "/v1/chat/completions"
    assert [(one["role"], one["content"]) for one in asked["messages"]] == [("system", "Regeln"), ("user", "Frage")]
    assert (asked["model"], asked["temperature"]) == ("klein", 0.0)


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (Scripted(status=401), "not_authorised"),
        (Scripted(status=403), "not_authorised"),
        (Scripted(status=404), "refused"),
        (Scripted(status=500), "server_error"),
        (Scripted(status=429), "too_many_requests"),
        (Scripted(status=429, headers={"retry-after": "3600"}), "too_many_requests"),
        (Scripted(status=429, headers={"retry-after": "nan"}), "too_many_requests"),
        (Scripted("Ein Satz, der abbricht. [k7qm22]", cut=2), "cut_off"),
        (Scripted("Kein Platz mehr", finish="length"), "cut_off"),
        (Scripted(raw=b"data: {kaputt\n\n"), "server_error"),
    ],
)
def test_each_failure_of_the_server_has_its_reason(step: Scripted, reason: str) -> None:
    assert _failure(step) == reason


def test_a_server_that_does_not_answer_in_time() -> None:
    assert _failure(Scripted("spät", wait=1.5), timeout=0.3) == "timed_out"


def test_a_server_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with pytest.raises(WritingFailed, match="not_reached"):
        list(OpenAILikeWriter(WriterConfig("openai-like", "klein", url)).write(MESSAGES))


def test_a_server_that_says_when_to_come_back_is_asked_once_more_and_no_more() -> None:
    busy = Scripted(status=429, headers={"retry-after": "0"})
    with LlmServer(busy, Scripted("Da.")) as server:
        assert "".join(OpenAILikeWriter(_config(server)).write(MESSAGES)) == "Da."
    assert _failure(busy, busy) == "too_many_requests"


def test_the_key_goes_to_the_server_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another")
    with LlmServer(Scripted("Ja."), Scripted("Ja.")) as server:
        mine = _config(server, key="geheim-7", url=server.url.replace("://", "://name:wort@"))
        writer = OpenAILikeWriter(mine)
        assert answers(OpenAILikeWriter(_config(server, key="geheim-7"))) is None
        assert answers(OpenAILikeWriter(_config(server))) is None
    assert server.keys[0] == "Bearer geheim-7"
    assert "sk-of-another" not in str(server.keys)
    assert "geheim-7" not in writer.fingerprint + repr(mine)
    assert writer.fingerprint == f"openai-like klein at {server.url}"


def test_whether_it_answers() -> None:
    assert answers(ScriptedWriter("Ja")) is None
    assert answers(ScriptedWriter("")) == "empty"
    assert answers(ScriptedWriter(WritingFailed("not_reached"))) == "not_reached"


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert make_writer(WriterConfig()) is None
    with pytest.raises(InputError, match="BELEG_LLM_MODEL"):
        make_writer(WriterConfig("openai-like", None, "http://127.0.0.1/v1"))
    for url in (None, "127.0.0.1:8000", "file:///etc/passwd", "http://"):
        with pytest.raises(InputError, match="BELEG_LLM_URL"):
            make_writer(WriterConfig("openai-like", "klein", url))
    assert isinstance(make_writer(WriterConfig("openai-like", "klein", "http://127.0.0.1/v1")), OpenAILikeWriter)
    monkeypatch.setattr(make, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"beleg\[openai-like\]"):
        make_writer(WriterConfig("openai-like", "klein", "http://127.0.0.1/v1"))
    assert importlib.util.find_spec("llama_index.llms.openai_like") is not None
