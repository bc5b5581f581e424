"""A lock that is handed over in the order in which it was asked for."""

from __future__ import annotations

from collections import deque
from threading import Lock
from types import TracebackType


class Turns:
    """A context manager that one thread at a time is inside of; whoever has waited longest is next.

    Python's own lock goes to whoever comes first once it is free: a thread that takes it again and again, as one that
    embeds thousands of passages does, can keep the others out for as long as it works.
    """

    def __init__(self) -> None:
        self._state = Lock()
        self._waiting: deque[Lock] = deque()
        self._taken = False

    def __enter__(self) -> None:
        with self._state:
            if not self._taken:
                self._taken = True
                return
            turn = Lock()
            turn.acquire()
            self._waiting.append(turn)
        try:
            turn.acquire()  # until the one before hands over
        except BaseException:
            self._give_up(turn)
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hand_over()

    def _hand_over(self) -> None:
        with self._state:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    def _give_up(self, turn: Lock) -> None:
        """Interrupted while it waited, perhaps when it had just been handed the turn."""
        with self._state:
            waits = turn in self._waiting
            if waits:
                self._waiting.remove(turn)
        if not waits:
            self._hand_over()
