"""A server with OpenAI's chat API on loopback that plays a script: for tests, over real HTTP, streaming and not."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Scripted:
    """What the server does with one request.

    `text` is what it writes, or is made from the request's messages. `cut` breaks off after so many pieces, `finish` is
    the reason that it gives for its end, `wait` are the seconds before it says anything, `pause` those
    before each piece. `streams`: as events, else
    whole. `raw` is sent as it is in place of a reply.
    """

    text: str | Callable[[Sequence[Mapping[str, str]]], str] = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    finish: str = "stop"
    wait: float = 0.0
    pause: float = 0.0
    streams: bool = True
    raw: bytes | None = None


class LlmServer:
    """Plays the script, a request each, and keeps what it was asked. Use it as a context manager."""

    def __init__(self, *script: Scripted) -> None:
        self._script = list(script)
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        play = self._play

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                play(self)

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def play(self, *script: Scripted) -> None:
        """What comes next, in place of what was left."""
        self._script = list(script)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def _play(self, request: BaseHTTPRequestHandler) -> None:
        body = json.loads(request.rfile.read(int(request.headers["content-length"])))
        self.asked.append(body | {"path": request.path})
        self.keys.append(request.headers["authorization"])
        step = self._script.pop(0)
        time.sleep(step.wait)
        if step.status != 200:
            return _send(request, step, b'{"error": {"message": "scripted", "type": "scripted"}}', "application/json")
        text = step.text if isinstance(step.text, str) else step.text(body["messages"])
        if step.raw is not None:
            return _send(request, step, step.raw, "text/event-stream")
        if not (step.streams and body.get("stream")):
            return _send(request, step, json.dumps(_whole(text, step.finish)).encode(), "application/json")
        with suppress(ConnectionError):  # a client may have given up
            _stream(request, step, text)
        return None


def _send(request: BaseHTTPRequestHandler, step: Scripted, body: bytes, kind: str) -> None:
    request.send_response(step.status)
    for name, value in {"content-type": kind, "content-length": str(len(body)), **step.headers}.items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(body)


def _stream(request: BaseHTTPRequestHandler, step: Scripted, text: str) -> None:
    """In chunks, a few letters a piece; a cut stream ends in the middle of the transfer."""
    request.send_response(200)
    request.send_header("content-type", "text/event-stream")
    request.send_header("transfer-encoding", "chunked")
    request.end_headers()
    pieces = [text[at : at + 7] for at in range(0, len(text), 7)]
    for piece in pieces[: step.cut]:
        time.sleep(step.pause)
        _chunk(request, _event({"content": piece}, None))
    if step.cut is None:
        _chunk(request, _event({}, step.finish))
        _chunk(request, b"data: [DONE]\n\n")
        request.wfile.write(b"0\r\n\r\n")
    request.close_connection = True


def _chunk(request: BaseHTTPRequestHandler, data: bytes) -> None:
    request.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
    request.wfile.flush()


def _event(delta: dict[str, str], finish: str | None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    made = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted", "choices": [choice]}
    return f"data: {json.dumps(made)}\n\n".encode()


def _whole(text: str, finish: str) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return {"id": "1", "object": "chat.completion", "created": 0, "model": "scripted", "choices": [choice]}
