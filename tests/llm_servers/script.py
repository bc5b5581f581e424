"""The script that a server plays, and what every wire form has of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Scripted:
    """What the server does with one request.

    `text` is what it writes, or is made from the request's messages. `cut` breaks off after so many pieces, `finish` is
    the reason that it gives for its end: "stop" and "length" in the form's own words, None for a stream without one.
    `wait` are the seconds before it says anything, `pause` those before each piece, and `hold` is waited for before the
    last. `streams`: as events, else whole. `thinks` is what the model thinks
    first, in the form's own place, `idle` so many signs of life before the first piece, a tenth of a second each,
    `fails` the name of an error in place of the reply's end. `raw` is sent as it is in place of a reply.
    """

    text: str | Callable[[Sequence[Mapping[str, str]]], str] = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    finish: str | None = "stop"
    wait: float = 0.0
    pause: float = 0.0
    hold: Event | None = None
    streams: bool = True
    thinks: str = ""
    idle: int = 0
    fails: str | None = None
    raw: bytes | None = None


class Form(Protocol):
    """How a server of one wire form speaks."""

    path: str
    """What the address ends in."""
    kind: str
    """The content type of a stream."""
    alive: bytes
    """A sign of life inside a stream."""

    def messages(self, body: Mapping[str, Any]) -> list[Mapping[str, str]]:
        """The messages of a request, each with `role` and `content`, the system's first."""

    def streams(self, body: Mapping[str, Any]) -> bool:
        """Whether a request asks for a stream."""

    def begin(self, step: Scripted) -> Iterator[bytes]:
        """What comes before the first piece, thoughts too."""

    def piece(self, text: str) -> bytes: ...

    def end(self, step: Scripted) -> Iterator[bytes]:
        """What comes behind the last piece."""

    def error(self, name: str) -> bytes:
        """An error inside a stream."""

    def whole(self, text: str, step: Scripted) -> dict[str, Any]:
        """The reply where nothing is streamed."""


def pieces(text: str) -> list[str]:
    """A few letters each."""
    return [text[at : at + 7] for at in range(0, len(text), 7)]


def event(data: Mapping[str, Any], name: str | None = None) -> bytes:
    """A server-sent event."""
    return (f"event: {name}\n" if name else "").encode() + f"data: {json.dumps(data)}\n\n".encode()
