"""A language model's server on loopback that plays a script: for tests, over real HTTP, streaming and not."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from rag.llm.writer import Llm
from tests.llm_servers.anthropic_form import AnthropicForm
from tests.llm_servers.ollama_form import OllamaForm
from tests.llm_servers.openai_form import OpenAIForm
from tests.llm_servers.script import Form, Scripted, pieces

__all__ = ["FORMS", "LlmServer", "Scripted"]

FORMS: dict[Llm, Form] = {
    "openai-like": OpenAIForm(),
    "ollama": OllamaForm(),
    "openai": OpenAIForm(),
    "anthropic": AnthropicForm(),
}


class LlmServer:
    """Plays the script in a wire form, a request each, and keeps what it was asked. Use it as a context manager.

    `asked` are the requests' bodies with their `path`, and their `messages` alike in every form; `keys` are the keys
    that they bore, `headers` all that came with them. `left` is set where a client goes before a stream is at its end.
    """

    def __init__(self, *script: Scripted, form: Llm = "openai-like") -> None:
        self._script = list(script)
        self._form = FORMS[form]
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.headers: list[dict[str, str]] = []
        self.left = threading.Event()
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
        return f"http://127.0.0.1:{self._server.server_address[1]}{self._form.path}"

    def _play(self, request: BaseHTTPRequestHandler) -> None:
        body = json.loads(request.rfile.read(int(request.headers["content-length"])))
        messages = self._form.messages(body)
        self.asked.append(body | {"path": request.path, "messages": messages})
        self.keys.append(request.headers["authorization"] or request.headers["x-api-key"])
        self.headers.append(dict(request.headers))
        step = self._script.pop(0)
        time.sleep(step.wait)
        if step.status != 200:
            return _send(request, step, b'{"error": {"message": "scripted", "type": "scripted"}}', "application/json")
        text = step.text if isinstance(step.text, str) else step.text(messages)
        if step.raw is not None:
            return _send(request, step, step.raw, self._form.kind)
        if not (step.streams and self._form.streams(body)):
            return _send(request, step, json.dumps(self._form.whole(text, step)).encode(), "application/json")
        try:
            _stream(request, step, text, self._form)
        except ConnectionError:
            self.left.set()
        return None


def _send(request: BaseHTTPRequestHandler, step: Scripted, body: bytes, kind: str) -> None:
    request.send_response(step.status)
    for name, value in {"content-type": kind, "content-length": str(len(body)), **step.headers}.items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(body)


def _stream(request: BaseHTTPRequestHandler, step: Scripted, text: str, form: Form) -> None:
    """In chunks, a few letters a piece; a cut stream ends in the middle of the transfer."""
    request.send_response(200)
    request.send_header("content-type", form.kind)
    request.send_header("transfer-encoding", "chunked")
    request.end_headers()
    for data in form.begin(step):
        _chunk(request, data)
    for _ in range(step.idle):
        _chunk(request, form.alive)
        time.sleep(0.1)
    written = pieces(text)
    for number, piece in enumerate(written[: step.cut], start=1):
        time.sleep(step.pause)
        if step.hold and number == len(written):
            step.hold.wait(20)
        _chunk(request, form.piece(piece))
    if step.fails is not None:
        _chunk(request, form.error(step.fails))
    elif step.cut is None and step.finish is not None:
        for data in form.end(step):
            _chunk(request, data)
    if step.cut is None:
        request.wfile.write(b"0\r\n\r\n")
    request.close_connection = True


def _chunk(request: BaseHTTPRequestHandler, data: bytes) -> None:
    request.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
    request.wfile.flush()
