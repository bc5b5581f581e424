"""A question that is worked on in the background: its stages and drafts, then its turn; and the way to stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Lock

from rag.answer.write import OnDraft
from rag.archive import OnStage
from rag.desk.types import Turn
from rag.types import Draft, Stage

# So many seconds the page waits for the next that is told, before it looks whether the button was pressed.
_LOOKED_UP_EVERY = 0.2


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
        run = Run(Event())
        with self._guard:
            begins = tab not in self._running
            if begins:
                self._running[tab] = run
        if not begins:
            yield None
            return
        try:
            yield run
        finally:
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


def staged(work: Callable[[OnStage, OnDraft], Turn], stop: Event) -> Iterator[Step | Draft | Turn]:
    """The steps of the work as they begin, what is written so far, the latest of it, then what the work gives.

    Raises Stopped at once where it was stopped before anything is stored, and what the work raises. The thread of a
    stopped question lives until its model's next word or time-out.
    Where nobody waits for it any more, as when the tab was closed or loaded anew, the work goes on to its end.
    """
    course = _Course(stop)
    pool = ThreadPoolExecutor(1, thread_name_prefix="beleg-question")
    future = pool.submit(work, course.hear, course.read)
    future.add_done_callback(lambda _: course.end())
    pool.shutdown(wait=False)
    yield from course
    yield future.result()


class _Course:
    """What a question's thread tells, for the one who waits."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop
        self._told: SimpleQueue[Step | Draft | None] = SimpleQueue()
        self._storing = False
        self._guard = Lock()

    def hear(self, stage: Stage, number: int, of: int) -> None:
        self._go_on(storing=stage == "storing")
        self._told.put(Step(stage, number, of))

    def read(self, draft: Draft) -> None:
        self._go_on()
        self._told.put(draft)

    def end(self) -> None:
        self._told.put(None)

    def __iter__(self) -> Iterator[Step | Draft]:
        while (told := self._next()) is not None:
            yield told

    def _next(self) -> Step | Draft | None:
        """The next, waited for; of drafts that have gathered the last."""
        while True:
            try:
                told = self._told.get(timeout=_LOOKED_UP_EVERY)
            except Empty:
                self._leave_if_stopped()
                continue
            while isinstance(told, Draft) and not self._told.empty():
                told = self._told.get()
            return told

    def _go_on(self, *, storing: bool = False) -> None:
        with self._guard:
            if self._stop.is_set():
                raise Stopped
            self._storing = storing

    def _leave_if_stopped(self) -> None:
        """A model may be silent for long: its thread comes to the same end at its next word."""
        with self._guard:
            if self._stop.is_set() and not self._storing:
                raise Stopped
