"""OpenAI's chat API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.llm_servers.script import Scripted, event


class OpenAIForm:
    path = "/v1"
    kind = "text/event-stream"
    alive = b": alive\n\n"

    def messages(self, body: Mapping[str, Any]) -> list[Mapping[str, str]]:
        return list(body["messages"])

    def streams(self, body: Mapping[str, Any]) -> bool:
        return bool(body.get("stream"))

    def begin(self, step: Scripted) -> Iterator[bytes]:
        if step.thinks:
            yield _chunk({"reasoning_content": step.thinks}, None)

    def piece(self, text: str) -> bytes:
        return _chunk({"content": text}, None)

    def end(self, step: Scripted) -> Iterator[bytes]:
        yield _chunk({}, step.finish)
        yield b"data: [DONE]\n\n"

    def error(self, name: str) -> bytes:
        return event({"error": {"message": "scripted", "type": "scripted", "code": name}})

    def whole(self, text: str, step: Scripted) -> dict[str, Any]:
        message = {"role": "assistant", "content": text, "reasoning_content": step.thinks}
        choice = {"index": 0, "message": message, "finish_reason": step.finish}
        return {"id": "1", "object": "chat.completion", "created": 0, "model": "scripted", "choices": [choice]}


def _chunk(delta: dict[str, str], finish: str | None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return event({"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted", "choices": [choice]})
