"""A question or claim that is worked on in a thread: its stages as server-sent events, and then what it comes to."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import aclosing
from dataclasses import dataclass
from threading import Event, Thread

from fastapi.responses import StreamingResponse

from rag.answer.write import OnDraft
from rag.archive import OnStage
from rag.as_json import as_plain
from rag.errors import BelegError
from rag.integrations.rest.problems import problem_of, unexpected
from rag.types import Answer, Check, Draft, Stage

EVENTS = "text/event-stream"
_log = logging.getLogger(__name__)


class Left(Exception):
    """Nobody listens any more."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stage, of the `number`-th of `of` claims."""

    stage: Stage
    number: int
    of: int


Result = Answer | Check
Work = Callable[[OnStage, OnDraft], Result]
Told = Step | Draft
# What each event is called, by what it tells.
_NAMES: dict[type, str] = {Step: "stage", Draft: "draft", Answer: "answer", Check: "check"}


def wants_events(accept: str) -> bool:
    """Whether the header asks for events, and not for JSON too."""
    types = {one.partition(";")[0].strip().lower() for one in accept.split(",")}
    return EVENTS in types and "application/json" not in types


async def in_stages(work: Work) -> StreamingResponse:
    """`stage` events as they begin, `draft` of what a language model has written so far, then one `answer` or `check`.

    Or one `problem` where it comes to none.

    What `work` raises before the first stage is raised here, so that it gets a status of its own.
    """
    steps = _steps(work)
    first = await anext(steps)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_events(first, steps), media_type=EVENTS, headers=headers)


async def _steps(work: Work) -> AsyncGenerator[Told | Result]:
    """Where it is not read to the end, the work ends at its next stage. Of gathered drafts the last is told."""
    loop = asyncio.get_running_loop()
    heard: asyncio.Queue[Told | None] = asyncio.Queue()
    left = Event()

    def tell(told: Told) -> None:
        if left.is_set():
            raise Left
        loop.call_soon_threadsafe(heard.put_nowait, told)

    def hear(stage: Stage, number: int, of: int) -> None:
        tell(Step(stage, number, of))

    def ended(running: asyncio.Future[Result]) -> None:
        if not running.cancelled():
            running.exception()  # asyncio complains of what nobody looks at
        heard.put_nowait(None)

    running = asyncio.wrap_future(_begin(work, hear, tell))
    running.add_done_callback(ended)
    try:
        while (told := await heard.get()) is not None:
            if not isinstance(told, Draft) or heard.empty():
                yield told
        yield await running
    finally:
        left.set()


def _begin(work: Work, on_stage: OnStage, on_draft: OnDraft) -> Future[Result]:
    """The work, in a thread of its own.

    A model may be silent for long. Threads that are shared would all come to wait for it, and what else they do too.
    """
    future: Future[Result] = Future()
    future.set_running_or_notify_cancel()

    def run() -> None:
        try:
            future.set_result(work(on_stage, on_draft))
        except BaseException as error:
            future.set_exception(error)

    # The process does not wait for it at its exit.
    Thread(target=run, name="beleg-question", daemon=True).start()
    return future


async def _events(first: Told | Result, steps: AsyncGenerator[Told | Result]) -> AsyncIterator[str]:
    async with aclosing(steps):
        try:
            yield _event(first)
            async for step in steps:
                yield _event(step)
        except BelegError as error:
            yield _written("problem", problem_of(error))
        except Exception:
            _log.exception("What was asked came to nothing.")
            yield _written("problem", unexpected())


def _event(told: Told | Result) -> str:
    return _written(_NAMES[type(told)], told)


def _written(name: str, value: object) -> str:
    """JSON in one line: what would end it is escaped."""
    return f"event: {name}\ndata: {json.dumps(as_plain(value), ensure_ascii=False)}\n\n"
