"""When a reply must have ended, and what is done then."""

from __future__ import annotations

import math
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from threading import Lock, Timer
from types import TracebackType
from typing import Any, Self


class Deadline:
    """So many seconds from the first request, for all requests of one reply. Then their connections are shut.

    It is wall time: what the reader of the reply does between two pieces counts too. A client's own time-out is one for
    each read, which a server that sends signs of life alone never meets.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ends = math.inf
        self._timer = Timer(seconds, self._shut)
        self._timer.daemon = True
        self._sockets: list[socket.socket] = []
        self._guard = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    @property
    def left(self) -> float:
        """Seconds, below zero where it has passed."""
        return self._ends - time.monotonic()

    @property
    def passed(self) -> bool:
        return self.left <= 0

    def limit(self, request: Any) -> None:
        """Has a request of httpx's know it. Raises TimeoutError where it has passed.

        A connection that is not made yet cannot be shut: that is what the request's own time-out is for.
        """
        if self._ends == math.inf:
            self._ends = time.monotonic() + self._seconds
            self._timer.start()
        left = self.left
        if left <= 0:
            raise TimeoutError
        request.extensions["timeout"] = dict.fromkeys(("connect", "read", "write", "pool"), left)
        request.extensions["trace"] = self._trace

    def _trace(self, _: str, told: Mapping[str, Any]) -> None:
        """Of what httpx tells of a request, its connections are what is made: plain, and then with TLS."""
        made: Any = told.get("return_value")
        if hasattr(made, "get_extra_info"):
            with self._guard:
                self._sockets.append(made.get_extra_info("socket"))
            if self.passed:
                self._shut()

    def _shut(self) -> None:
        """Closing would not wake who reads from it."""
        with self._guard:
            for connection in self._sockets:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
