"""Which characters of a text are taken by spans of it, told in the time of the spans' lengths."""

from __future__ import annotations

from collections.abc import Iterable


class Taken:
    """The characters of a text that spans were put on. However many there are, each question takes no longer."""

    def __init__(self, length: int, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._taken = bytearray(length)
        for start, end in spans:
            self.put(start, end)

    def put(self, start: int, end: int) -> None:
        """Takes `text[start:end]`."""
        self._taken[start:end] = b"\1" * (end - start)

    def holds(self, at: int) -> bool:
        """Whether the character there is taken."""
        return bool(self._taken[at])

    def meets(self, start: int, end: int) -> bool:
        """Whether any character of `text[start:end]` is taken."""
        return self._taken.find(1, start, end) >= 0
