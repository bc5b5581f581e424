"""A question that is worked on in the background: its stages as they come, then its turn; and the way to stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event, Lock

from rag.archive import OnStage
from rag.desk.types import Turn
from rag.types import Stage


class Stopped(Exception):
    """The person stopped it."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stage, of the `number`-th of `of` claims."""

    stage: Stage
    number: int
    of: int


@dataclass(slots=True)
class Run:
    """A question that is being worked on in a browser's tab.

    `left_for`: the conversation that the person has opened meanwhile ("" for a new one), which the end of this
    question must not take away; None where it is the one that was open.
    """

    stop: Event
    left_for: str | None = None


class Runs:
    """What runs in each browser tab, one question at a time, so that its button can stop it."""

    def __init__(self) -> None:
        self._running: dict[str, Run] = {}
        self._guard = Lock()

    @contextmanager
    def begin(self, tab: str) -> Iterator[Run | None]:
        """The run of a new question; None where one runs in the tab already."""
        run: Run | None = Run(Event())
        with self._guard:
            if tab in self._running:
                run = None
            elif run is not None:
                self._running[tab] = run
        try:
            yield run
        finally:
            if run is not None:
                with self._guard:
                    del self._running[tab]

    def stop(self, tab: str) -> None:
        """Stops what runs in the tab at its next stage; nothing where nothing does."""
        with self._guard:
            if run := self._running.get(tab):
                run.stop.set()

    def leave(self, tab: str, conversation: str) -> None:
        """A conversation was opened in the tab, "" for a new one; nothing where nothing runs."""
        with self._guard:
            if run := self._running.get(tab):
                run.left_for = conversation


def staged(work: Callable[[OnStage], Turn], stop: Event) -> Iterator[Step | Turn]:
    """The steps of the work as they begin, then what it gives. Raises Stopped, and what the work raises.

    Where nobody waits for it any more, as when the tab was closed or loaded anew, the work goes on to its end.
    """
    steps: SimpleQueue[Step | None] = SimpleQueue()

    def on_stage(stage: Stage, number: int, of: int) -> None:
        if stop.is_set():
            raise Stopped
        steps.put(Step(stage, number, of))

    pool = ThreadPoolExecutor(1, thread_name_prefix="beleg-question")
    future = pool.submit(work, on_stage)
    future.add_done_callback(lambda _: steps.put(None))
    pool.shutdown(wait=False)
    while step := steps.get():
        yield step
    yield future.result()
