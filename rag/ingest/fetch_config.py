"""What may be fetched from the network, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchConfig:
    """Whether pages are fetched, from where, and how long and large at most.

    `private`: servers in loopback, private and other networks that are not public are reached too. `connect_seconds`
    is for looking one server's name up, and again for one connection, `read_seconds` for the next bytes,
    `whole_seconds` for all of that until a page is there, with its redirects.
    `bytes` counts both as they come and as they are unpacked.
    """

    allowed: bool = False
    private: bool = False
    bytes: int = 10_000_000
    redirects: int = 5
    connect_seconds: float = 10.0
    read_seconds: float = 10.0
    whole_seconds: float = 30.0
