"""A question that is worked on in a thread: its stages as server-sent events, and then its answer."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from threading import Event

from fastapi.responses import StreamingResponse

from rag.archive import OnStage
from rag.as_json import as_plain
from rag.errors import BelegError
from rag.integrations.rest.problems import problem_of, unexpected
from rag.types import Answer, Stage

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


def wants_events(accept: str) -> bool:
    """Whether the header asks for events, and not for JSON too."""
    types = {one.partition(";")[0].strip().lower() for one in accept.split(",")}
    return EVENTS in types and "application/json" not in types


async def answer_in_stages(ask: Callable[[OnStage], Answer]) -> StreamingResponse:
    """`stage` events as they begin, then one `answer`, or one `problem` where it comes to none.

    What `ask` raises before the first stage is raised here, so that it gets a status of its own.
    """
    steps = _steps(ask)
    first = await anext(steps)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_events(first, steps), media_type=EVENTS, headers=headers)


async def _steps(ask: Callable[[OnStage], Answer]) -> AsyncGenerator[Step | Answer]:
    """Where it is not read to the end, the question ends at its next stage."""
    loop = asyncio.get_running_loop()
    heard: asyncio.Queue[Step | None] = asyncio.Queue()
    left = Event()

    def hear(stage: Stage, number: int, of: int) -> None:
        if left.is_set():
            raise Left
        loop.call_soon_threadsafe(heard.put_nowait, Step(stage, number, of))

    def ended(running: asyncio.Future[Answer]) -> None:
        if not running.cancelled():
            running.exception()  # asyncio complains of what nobody looks at
        heard.put_nowait(None)

    running = loop.run_in_executor(None, ask, hear)
    running.add_done_callback(ended)
    try:
        while (step := await heard.get()) is not None:
            yield step
        yield await running
    finally:
        left.set()


async def _events(first: Step | Answer, steps: AsyncGenerator[Step | Answer]) -> AsyncIterator[str]:
    async with aclosing(steps):
        try:
            yield _event(first)
            async for step in steps:
                yield _event(step)
        except BelegError as error:
            yield _written("problem", problem_of(error))
        except Exception:
            _log.exception("A question came to no answer.")
            yield _written("problem", unexpected())


def _event(step: Step | Answer) -> str:
    return _written("stage" if isinstance(step, Step) else "answer", step)


def _written(name: str, value: object) -> str:
    """JSON in one line: what would end it is escaped."""
    return f"event: {name}\ndata: {json.dumps(as_plain(value), ensure_ascii=False)}\n\n"
