"""Desks that are quick to make: over a few articles, with a clock that tests can put forward."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from rag.archive import Archive
from rag.desk.desk import Desk
from rag.settings import Settings
from rag.types import Article
from tests.conftest import OpenArchive

ANNA, BEN = "anna", "ben"

CALL = Article(
    "telefonat",
    "Antony Blinken und Sergej Lawrow haben am Freitag miteinander gesprochen. Das Telefonat dauerte nach Angaben "
    "eines Beamten rund 25 Minuten. Lawrow nannte es „ein offenes Gespräch“. Sergej Lawrow wurde 1950 in Moskau "
    "geboren.",
    title="Blinken und Lawrow telefonieren",
    source="Beispiel-Agentur",
    url="https://beispiel.example/telefonat",
    published=date(2022, 7, 29),
    language="de",
    origin="/ablage/telefonat.md",
)
SHIP = Article(
    "schiff",
    "Im Hafen von Odesa lief am 1. August 2022 das Schiff Razoni aus. Es hat 26.000 Tonnen Mais geladen.",
    title="Das erste Schiff",
    published=date(2022, 8, 1),
    language="de",
)
QUESTION = "Wie lange dauerte das Telefonat von Blinken und Lawrow?"
CLAIM = "Das Telefonat von Blinken und Lawrow dauerte 45 Minuten."
TRUE_CLAIM = "Das Telefonat dauerte rund 25 Minuten."


class Clock:
    """Tells a time of its own, a second later each time."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time

    def forward(self, **by: float) -> None:
        self.time += timedelta(**by)


def filled(open_archive: OpenArchive) -> Archive:
    archive = open_archive()
    archive.ingest([CALL, SHIP])
    return archive


def open_desk(archive: Archive, clock: Clock | None = None, **settings: object) -> Desk:
    return Desk.open(archive, Settings(**settings), now=clock or Clock())  # type: ignore[arg-type]
