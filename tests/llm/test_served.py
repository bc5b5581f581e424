"""A language model that a server runs, in every wire form: what it writes, and what becomes of all that goes wrong."""

from __future__ import annotations

import socket
import time
from threading import Event
from typing import Any

import pytest

from rag.llm.make import WIRES, answers, make_writer
from rag.llm.served import ServedWriter
from rag.llm.writer import Llm, Message, WriterConfig, WritingFailed
from tests.llm_server import FORMS, LlmServer, Scripted

MESSAGES = [Message("system", "Regeln"), Message("user", "Frage")]
KEY = "geheim-7"
PATHS: dict[Llm, str] = {
    "openai-like": "/v1/chat/completions",
    "ollama": "/api/chat",
    "openai": "/v1/chat/completions",
    "anthropic": "/v1/messages",
}
# What the vendors' clients, or their libraries, read of the environment, and what somebody else may have put there.
OTHERS = {
    "OPENAI_API_KEY": "sk-of-another",
    "OPENAI_ADMIN_KEY": "sk-of-another",
    "OPENAI_API_BASE": "http://127.0.0.1:9/of-another",
    "OPENAI_BASE_URL": "http://127.0.0.1:9/of-another",
    "OPENAI_ORG_ID": "org-of-another",
    "OPENAI_PROJECT_ID": "project-of-another",
    "OPENAI_CUSTOM_HEADERS": "Authorization: Bearer sk-of-another\nX-Secret: of-another",
    "ANTHROPIC_API_KEY": "sk-of-another",
    "ANTHROPIC_AUTH_TOKEN": "token-of-another",
    "ANTHROPIC_BASE_URL": "http://127.0.0.1:9/of-another",
    "ANTHROPIC_PROFILE": "of-another",
    "ANTHROPIC_CUSTOM_HEADERS": "authorization: Bearer sk-of-another\nX-Api-Key: sk-of-another\nX-Secret: of-another",
    "OLLAMA_API_KEY": "sk-of-another",
    "OLLAMA_HOST": "http://127.0.0.1:9/of-another",
}


@pytest.fixture(params=list(WIRES))
def kind(request: pytest.FixtureRequest) -> Llm:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in OTHERS.items():
        monkeypatch.setenv(name, value)


def _config(kind: Llm, url: str, **changed: Any) -> WriterConfig:
    return WriterConfig(**({"kind": kind, "model": "klein", "url": url, "key": KEY, "timeout": 5.0} | changed))


def _writer(kind: Llm, server: LlmServer, **changed: Any) -> ServedWriter:
    return ServedWriter(_config(kind, server.url, **changed), WIRES[kind])


def _imported(kind: Llm) -> None:
    """What a form imports is there, so that a time can be taken."""
    with LlmServer(Scripted("Ja."), form=kind) as server:
        list(_writer(kind, server).write(MESSAGES))


def _failure(kind: Llm, *script: Scripted, **changed: Any) -> str:
    with LlmServer(*script, form=kind) as server, pytest.raises(WritingFailed) as failed:
        list(_writer(kind, server, **changed).write(MESSAGES))
    assert len(server.asked) == len(script)
    return failed.value.reason


def test_every_form_has_its_scripted_server() -> None:
    assert list(FORMS) == list(PATHS) == list(WIRES)


@pytest.mark.parametrize("streams", [True, False])
def test_it_writes_what_the_server_streams_or_gives_at_once(kind: Llm, streams: bool) -> None:
    step = Scripted("Größe: 25 Minuten. [k7qm22]", streams=streams)
    with LlmServer(step, step, form=kind) as server:
        pieces = list(_writer(kind, server).write(MESSAGES))
    assert "".join(pieces) == "Größe: 25 Minuten. [k7qm22]"
    assert (len(pieces) > 1) is streams
    asked = server.asked[0]
    assert (asked["path"], asked["model"]) == (PATHS[kind], "klein")
    assert [(one["role"], one["content"]) for one in asked["messages"]] == [("system", "Regeln"), ("user", "Frage")]


def test_messages_of_one_role_in_a_row_are_one(kind: Llm) -> None:
    with LlmServer(Scripted("Ja."), form=kind) as server:
        list(_writer(kind, server).write([*MESSAGES, Message("user", "Noch eine"), Message("user", "Und eine")]))
    assert [(one["role"], one["content"]) for one in server.asked[0]["messages"]] == [
        ("system", "Regeln"),
        ("user", "Frage\n\nNoch eine\n\nUnd eine"),
    ]


@pytest.mark.parametrize(
    "name", ["klein:1b", "gpt-9.5-unheard-of", "claude-quartet-9", "o1", "claude-3-haiku-20240307"]
)
def test_a_model_may_have_any_name(kind: Llm, name: str) -> None:
    with LlmServer(Scripted("Ja."), form=kind) as server:
        assert answers(_writer(kind, server, model=name)) is None
    assert server.asked[0]["model"] == name


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (Scripted(status=401), "not_authorised"),
        (Scripted(status=403), "not_authorised"),
        (Scripted(status=404), "refused"),
        (Scripted(status=307, headers={"location": "/"}), "refused"),
        (Scripted(status=500), "server_error"),
        (Scripted(status=529), "server_error"),
        (Scripted(status=429), "too_many_requests"),
        (Scripted(status=429, headers={"retry-after": "3600"}), "too_many_requests"),
        (Scripted(status=429, headers={"retry-after": "nan"}), "too_many_requests"),
        (Scripted("Ein Satz, der abbricht. [k7qm22]", cut=2), "cut_off"),
        (Scripted("Ein Satz, der abbricht. [k7qm22]", cut=0), "cut_off"),
        (Scripted("Ein Satz ohne Ende", finish=None), "cut_off"),
        (Scripted("Kein Platz mehr", finish="length"), "cut_off"),
        (Scripted("Ein Satz", fails="unheard_of"), "server_error"),
    ],
    ids=str,
)
def test_each_failure_of_the_server_has_its_reason(kind: Llm, step: Scripted, reason: str) -> None:
    assert _failure(kind, step) == reason


def test_a_whole_reply_that_is_cut_off(kind: Llm) -> None:
    step = Scripted("Kein Platz mehr", finish="length", streams=False)
    with LlmServer(step, step, form=kind) as server, pytest.raises(WritingFailed, match="cut_off"):
        list(_writer(kind, server).write(MESSAGES))


@pytest.mark.parametrize("raw", [b"data: {kaputt\n\n", b"<html>Anmelden</html>", b"[]\n", b"null\n", b""])
def test_what_is_not_the_form_is_an_error_of_the_server(kind: Llm, raw: bytes) -> None:
    with LlmServer(*[Scripted(raw=raw)] * 2, form=kind) as server, pytest.raises(WritingFailed) as failed:
        list(_writer(kind, server).write(MESSAGES))
    assert failed.value.reason in ("server_error", "cut_off")


def test_a_server_that_does_not_answer_in_time(kind: Llm) -> None:
    assert _failure(kind, Scripted("spät", wait=1.5), timeout=0.3) == "timed_out"


def test_a_server_that_gives_signs_of_life_alone(kind: Llm) -> None:
    begun = time.monotonic()
    assert _failure(kind, Scripted("spät", idle=100), timeout=0.5) == "timed_out"
    assert time.monotonic() - begun < 8


@pytest.mark.parametrize(
    "script",
    [
        [{"text": "Ein Satz, der nicht endet. [k7qm22]", "wait": 0.4, "hold": True}],
        [{"text": "Ein Satz.", "pause": 5.0}],
        [{"raw": b"", "wait": 0.4}, {"text": "Ganz.", "wait": 5.0, "streams": False}],
        [{"status": 429, "headers": {"retry-after": "0"}, "wait": 0.4}, {"text": "Ein Satz.", "wait": 5.0}],
    ],
    ids=["silent after its first words", "silent from its beginning", "empty and then whole", "tried again"],
)
def test_all_that_is_asked_for_a_reply_has_one_time_out(kind: Llm, script: list[dict[str, Any]]) -> None:
    ends = Event()
    steps = [Scripted(**(step | {"hold": ends} if "hold" in step else step)) for step in script]
    with LlmServer(*steps, form=kind) as server:
        _imported(kind)
        begun = time.monotonic()
        with pytest.raises(WritingFailed) as failed:
            list(_writer(kind, server, timeout=0.6).write(MESSAGES))
        took = time.monotonic() - begun
        ends.set()
    assert failed.value.reason == "timed_out"
    assert took < 4.5


def test_what_a_reader_does_between_the_pieces_counts(kind: Llm) -> None:
    with LlmServer(Scripted("Ein langer Satz. " * 20, pause=0.01), form=kind) as server:
        reply = _writer(kind, server, timeout=0.5).write(MESSAGES)
        next(reply)
        time.sleep(0.6)
        with pytest.raises(WritingFailed, match="timed_out"):
            list(reply)


def test_signs_of_life_are_no_part_of_the_reply(kind: Llm) -> None:
    with LlmServer(Scripted("Da.", idle=2), form=kind) as server:
        assert "".join(_writer(kind, server).write(MESSAGES)) == "Da."


def test_a_server_that_is_not_there(kind: Llm) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}{FORMS[kind].path}"
    writer = make_writer(_config(kind, url))
    assert writer
    with pytest.raises(WritingFailed, match="not_reached"):
        list(writer.write(MESSAGES))


@pytest.mark.parametrize("host", ["xn--", "haus\x7ftier"], ids=ascii)
def test_an_address_that_is_only_found_to_be_none_when_it_is_used(kind: Llm, host: str) -> None:
    with pytest.raises(WritingFailed):
        list(ServedWriter(_config(kind, f"http://{host}/v1"), WIRES[kind]).write(MESSAGES))


def test_a_server_that_says_when_to_come_back_is_asked_once_more_and_no_more(kind: Llm) -> None:
    busy = Scripted(status=429, headers={"retry-after": "0"})
    with LlmServer(busy, Scripted("Da."), form=kind) as server:
        assert "".join(_writer(kind, server).write(MESSAGES)) == "Da."
    assert _failure(kind, busy, busy) == "too_many_requests"


@pytest.mark.parametrize("streams", [True, False])
@pytest.mark.parametrize(
    "step", [{"text": "Da.", "thinks": "Hm, wohl da."}, {"text": "\n<think>Hm, wohl da.</think>\n\nDa."}], ids=str
)
def test_what_a_model_thinks_is_no_part_of_the_reply(kind: Llm, step: dict[str, str], streams: bool) -> None:
    with LlmServer(*[Scripted(**step, streams=streams)] * 2, form=kind) as server:  # type: ignore[arg-type]
        assert "".join(_writer(kind, server).write(MESSAGES)).strip() == "Da."


@pytest.mark.parametrize("text", ["<th", "<thin>Da.", "Da <think>.", "  Da."])
def test_what_only_looks_like_thinking_is_the_reply(kind: Llm, text: str) -> None:
    with LlmServer(Scripted(text), form=kind) as server:
        assert "".join(_writer(kind, server).write(MESSAGES)) == text


def test_thinking_that_does_not_end_is_no_reply(kind: Llm) -> None:
    with LlmServer(Scripted("<think>Hm, wohl da"), form=kind) as server:
        assert answers(_writer(kind, server)) == "empty"
    assert _failure(kind, Scripted("<think>Hm, wohl da", finish="length")) == "cut_off"


@pytest.mark.usefixtures("others")
@pytest.mark.parametrize("streams", [True, False])
def test_the_key_goes_to_the_server_and_nothing_of_the_environment_does(kind: Llm, streams: bool) -> None:
    step = Scripted("Ja.", streams=streams)
    with LlmServer(step, step, form=kind) as server:
        writer = _writer(kind, server)
        assert answers(writer) is None
    assert set(server.keys) == {f"Bearer {KEY}"}
    assert "of-another" not in str((server.headers, server.asked))
    assert KEY not in writer.fingerprint + repr(_config(kind, server.url)) + str(server.asked)
    assert writer.fingerprint == f"{kind} klein at {server.url}"


@pytest.mark.usefixtures("others")
@pytest.mark.parametrize("kind", ["openai-like", "ollama"])
def test_a_server_without_a_key_gets_none(kind: Llm) -> None:
    with LlmServer(Scripted("Ja."), form=kind) as server:
        assert answers(_writer(kind, server, key=None)) is None
    assert server.keys == [None]
    assert "of-another" not in str(server.headers)


def test_a_redirect_leads_neither_the_key_nor_the_question_elsewhere(kind: Llm) -> None:
    with LlmServer(Scripted("Ja."), form=kind) as other:
        moved = Scripted(status=307, headers={"location": f"{other.url}/"})
        assert _failure(kind, moved) == "refused"
    assert other.asked == []


@pytest.mark.parametrize("kind", ["openai-like", "openai", "anthropic"])
def test_a_name_and_a_password_in_the_address_go_before_a_key(kind: Llm) -> None:
    with LlmServer(Scripted("Ja."), form=kind) as server:
        config = _config(kind, server.url.replace("://", "://name:wort@"))
        assert answers(ServedWriter(config, WIRES[kind])) is None
    assert server.keys == ["Basic bmFtZTp3b3J0"]


def test_a_name_and_a_password_in_the_address_are_not_shown(kind: Llm) -> None:
    config = _config(kind, "http://name:wort@127.0.0.1/v1?token=wort")
    assert ServedWriter(config, WIRES[kind]).fingerprint == f"{kind} klein at http://127.0.0.1/v1"


def test_a_quarter_of_the_context_is_the_replys(kind: Llm) -> None:
    assert ServedWriter(_config(kind, "http://127.0.0.1", context=8192), WIRES[kind]).room == 6144
    assert ServedWriter(_config(kind, "http://127.0.0.1", context=100_000), WIRES[kind]).room == 100_000 - 4096


def test_a_reply_that_is_not_read_to_its_end_is_ended_at_the_server_too(kind: Llm) -> None:
    with LlmServer(Scripted("Ein langer Satz. " * 500, pause=0.01), form=kind) as server:
        for _ in range(3):  # what is left to the garbage collection is sometimes collected at once
            server.play(Scripted("Ein langer Satz. " * 500, pause=0.01))
            reply = _writer(kind, server).write(MESSAGES)
            next(reply)
            reply.close()
            assert server.left.wait(20)
            server.left.clear()
