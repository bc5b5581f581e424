"""A question that is worked on in the background: its stages as they come, then its turn; and the way to stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event, Lock

from rag.desk.types import Turn
from rag.types import Stage

OnStage = Callable[[Stage, int, int], None]


class Stopped(Exception):
    """The person stopped it."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stage, of the `number`-th of `of` claims."""

    stage: Stage
    number: int
    of: int


class Stops:
    """What runs for each browser tab, so that its button can stop it."""

    def __init__(self) -> None:
        self._running: dict[str, Event] = {}
        self._guard = Lock()

    @contextmanager
    def running(self, tab: str) -> Iterator[Event]:
        stop = Event()
        with self._guard:
            self._running[tab] = stop
        try:
            yield stop
        finally:
            with self._guard:
                if self._running.get(tab) is stop:
                    del self._running[tab]

    def stop(self, tab: str) -> None:
        """Stops what runs in the tab at its next stage; nothing where nothing does."""
        with self._guard:
            if stop := self._running.get(tab):
                stop.set()


def staged(work: Callable[[OnStage], Turn], stop: Event) -> Iterator[Step | Turn]:
    """The steps of the work as they begin, then what it gives. Raises Stopped, and what the work raises."""
    steps: SimpleQueue[Step | None] = SimpleQueue()

    def on_stage(stage: Stage, number: int, of: int) -> None:
        if stop.is_set():
            raise Stopped
        steps.put(Step(stage, number, of))

    with ThreadPoolExecutor(1, thread_name_prefix="beleg-question") as pool:
        future = pool.submit(work, on_stage)
        future.add_done_callback(lambda _: steps.put(None))
        try:
            while step := steps.get():
                yield step
            yield future.result()
        finally:
            stop.set()  # the tab was closed: what it waited for need not go on
