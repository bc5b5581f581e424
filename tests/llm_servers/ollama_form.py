"""Ollama's lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.llm_servers.script import Scripted

_LINE = {"model": "scripted", "created_at": "2026-01-01T00:00:00Z"}


class OllamaForm:
    path = ""
    kind = "application/x-ndjson"
    alive = json.dumps(_LINE | {"message": {"role": "assistant", "content": ""}, "done": False}).encode() + b"\n"

    def messages(self, body: Mapping[str, Any]) -> list[Mapping[str, str]]:
        return list(body["messages"])

    def streams(self, body: Mapping[str, Any]) -> bool:
        return bool(body.get("stream", True))

    def begin(self, step: Scripted) -> Iterator[bytes]:
        if step.thinks:
            yield _line({"content": "", "thinking": step.thinks})

    def piece(self, text: str) -> bytes:
        return _line({"content": text})

    def end(self, step: Scripted) -> Iterator[bytes]:
        yield _line({"content": ""}, done=True, done_reason=step.finish, eval_count=1, prompt_eval_count=1)

    def error(self, name: str) -> bytes:
        return json.dumps({"error": name}).encode() + b"\n"

    def whole(self, text: str, step: Scripted) -> dict[str, Any]:
        message = {"role": "assistant", "content": text} | ({"thinking": step.thinks} if step.thinks else {})
        return {**_LINE, "message": message, "done": True, "done_reason": step.finish}


def _line(message: dict[str, str], *, done: bool = False, **more: Any) -> bytes:
    return json.dumps({**_LINE, "message": {"role": "assistant", **message}, "done": done, **more}).encode() + b"\n"
