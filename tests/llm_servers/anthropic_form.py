"""Anthropic's named events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.llm_servers.script import Scripted, event

_STOPS = {"stop": "end_turn", "length": "max_tokens"}
_USAGE = {"input_tokens": 1, "output_tokens": 1}


class AnthropicForm:
    path = ""
    kind = "text/event-stream"
    alive = event({"type": "ping"}, "ping")

    def messages(self, body: Mapping[str, Any]) -> list[Mapping[str, str]]:
        system = [{"role": "system", "content": body["system"]}] if body.get("system") else []
        return [*system, *({"role": one["role"], "content": _text(one["content"])} for one in body["messages"])]

    def streams(self, body: Mapping[str, Any]) -> bool:
        return bool(body.get("stream"))

    def begin(self, step: Scripted) -> Iterator[bytes]:
        yield _named("message_start", message=_message([], None))
        if step.thinks:
            block = {"type": "thinking", "thinking": "", "signature": ""}
            yield _named("content_block_start", index=0, content_block=block)
            for delta in (
                {"type": "thinking_delta", "thinking": step.thinks},
                {"type": "signature_delta", "signature": "c2NyaXB0ZWQ="},
            ):
                yield _named("content_block_delta", index=0, delta=delta)
            yield _named("content_block_stop", index=0)
        yield _named("content_block_start", index=1, content_block={"type": "text", "text": ""})

    def piece(self, text: str) -> bytes:
        return _named("content_block_delta", index=1, delta={"type": "text_delta", "text": text})

    def end(self, step: Scripted) -> Iterator[bytes]:
        yield _named("content_block_stop", index=1)
        yield _named("message_delta", delta={"stop_reason": _stop(step), "stop_sequence": None}, usage=_USAGE)
        yield _named("message_stop")

    def error(self, name: str) -> bytes:
        return _named("error", error={"type": name, "message": "scripted"})

    def whole(self, text: str, step: Scripted) -> dict[str, Any]:
        thought = [{"type": "thinking", "thinking": step.thinks, "signature": "c2NyaXB0ZWQ="}] if step.thinks else []
        return _message([*thought, {"type": "text", "text": text}], _stop(step))


def _stop(step: Scripted) -> str | None:
    return _STOPS.get(step.finish or "", step.finish)


def _message(content: list[dict[str, Any]], stopped: str | None) -> dict[str, Any]:
    message = {"id": "1", "type": "message", "role": "assistant", "model": "scripted", "content": content}
    return {**message, "stop_reason": stopped, "stop_sequence": None, "usage": _USAGE}


def _named(kind: str, **data: Any) -> bytes:
    return event({"type": kind, **data}, kind)


def _text(content: str | list[dict[str, str]]) -> str:
    return content if isinstance(content, str) else "".join(block["text"] for block in content)
