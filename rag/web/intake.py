"""Taking in what a person gave, one thing after the other: how far it is, then what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Event

from rag.archive import Archive
from rag.errors import BelegError
from rag.ingest.admit import last_of_each
from rag.types import Article, Failure, IngestReport

# So many articles at a time: between them it can be stopped, and questions get their turn.
_BATCH = 8

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


def take_in(archive: Archive, given: Sequence[Given], stop: Event) -> Iterator[Step | Taken]:
    """The steps as they begin, and a Taken for each thing in order; also for those that stopping left out.

    What the archive refuses is among the failed.
    """
    for number, one in enumerate(given, start=1):
        if stop.is_set():
            yield Taken(one.name, begun=False)
            continue
        yield Step(one.name, number, len(given))
        yield from _take_one(archive, one, Step(one.name, number, len(given)), stop)


def _take_one(archive: Archive, one: Given, step: Step, stop: Event) -> Iterator[Step | Taken]:
    taken = Taken(one.name)
    read = list(one.read())
    failed = [source for source in read if isinstance(source, Failure)]
    articles = last_of_each([source for source in read if isinstance(source, Article)])
    sources: list[Article | str] = [*articles, *(source for source in read if isinstance(source, str))]
    taken = replace(taken, failed=tuple(failed))
    for start in range(0, len(sources), _BATCH):
        if stop.is_set():
            yield replace(taken, left=len(sources) - start)
            return
        yield replace(step, done=start, articles=len(sources))
        try:
            taken = _with(taken, archive.ingest(sources[start : start + _BATCH]))
        except BelegError as error:
            reason = Failure(one.name, str(error))
            yield replace(taken, failed=(*taken.failed, reason), left=len(sources) - start)
            return
    yield taken


def _with(taken: Taken, report: IngestReport) -> Taken:
    return replace(
        taken,
        added=taken.added + len(report.added),
        updated=taken.updated + len(report.updated),
        unchanged=taken.unchanged + len(report.unchanged),
        failed=(*taken.failed, *report.failed),
    )
