"""Taking in what a person gave, one thing after the other: how far it is, then what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from queue import SimpleQueue
from threading import Event

from rag.archive import Archive
from rag.errors import BelegError
from rag.types import Article, Failure, IngestReport

# An article, why there is none, or an address that the archive is to fetch.
Item = Article | Failure | str


@dataclass(frozen=True, slots=True)
class Given:
    """A file, an address or a pasted text, by the name that the person knows it by, and the way to read it."""

    name: str
    read: Callable[[], Iterable[Item]]


@dataclass(frozen=True, slots=True)
class Step:
    """The `number`-th thing of `of` is worked on: `done` of its `articles` are in. 0 articles: it is being read."""

    name: str
    number: int
    of: int
    done: int = 0
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """How many articles of one thing are new, changed or the same, and what failed. `left` were not come to."""

    name: str
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: tuple[Failure, ...] = ()
    left: int = 0
    begun: bool = True

    @property
    def articles(self) -> int:
        return self.added + self.updated + self.unchanged


class _Stopped(Exception):
    """The person stopped it."""


def take_in(archive: Archive, given: Sequence[Given], stop: Event) -> Iterator[Step | Taken]:
    """The steps as they begin, and a Taken for each thing in order; also for those that stopping left out.

    What the archive refuses is among the failed.
    """
    for number, one in enumerate(given, start=1):
        if stop.is_set():
            yield Taken(one.name, begun=False)
            continue
        step = Step(one.name, number, len(given))
        yield step
        yield from _take_one(archive, one, step, stop)


def _take_one(archive: Archive, one: Given, step: Step, stop: Event) -> Iterator[Step | Taken]:
    """All articles of a thing in one ingest: they may have exchanged their addresses among them."""
    read = list(one.read())
    failed = tuple(source for source in read if isinstance(source, Failure))
    sources = [source for source in read if not isinstance(source, Failure)]
    report, of = IngestReport(), len(sources)
    told: SimpleQueue[tuple[IngestReport, int] | None] = SimpleQueue()

    def on_progress(so_far: IngestReport, of: int) -> None:
        told.put((so_far, of))
        if stop.is_set() and so_far.done < of:
            raise _Stopped

    with ThreadPoolExecutor(1, thread_name_prefix="beleg-intake") as pool:
        taking = pool.submit(archive.ingest, sources, on_progress=on_progress)
        taking.add_done_callback(lambda _: told.put(None))
        try:
            while so_far := told.get():
                report, of = so_far
                if report.done < of:
                    yield replace(step, done=report.done, articles=of)
        except GeneratorExit:  # the tab was closed: nobody waits for it any more
            stop.set()
            raise
    ended = taking.exception()
    if isinstance(ended, BelegError):
        failed = (*failed, Failure(one.name, str(ended)))
    elif ended is not None and not isinstance(ended, _Stopped):
        raise ended
    yield Taken(
        one.name,
        added=len(report.added),
        updated=len(report.updated),
        unchanged=len(report.unchanged),
        failed=(*failed, *report.failed),
        left=of - report.done,
    )
