"""How long fifty people wait who ask at once: `python -m tests.integrations.rest.load`.

A server of its own process with the bundled model, asked over HTTP from fifty threads: first by itself, then while 200
articles are taken in over the API. Each question is about one article; an answer that cites another first is wrong.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from tests.web.browser import served, take_in

QUESTIONS = 50
COMING = 200
_ROUND = (
    "Er wurde von einer Genossenschaft am Ufer der Elde gebaut und steht auf einem Sockel aus Granit. "
    "Die Arbeiten dauerten länger als geplant, weil der Winter früh kam und das Holz nass wurde. "
    "Der Verein, der ihn pflegt, sammelt jedes Jahr Geld für einen neuen Anstrich. "
    "Im Sommer kommen Schulklassen und lernen dort, wie man Vögel zählt. "
    "Die Gemeinde will den Weg zum Eingang verbreitern und hat dafür Geld beim Land beantragt."
)


@dataclass(frozen=True, slots=True)
class Waited:
    """What became of questions that were asked at once. `milliseconds`: of each that was answered, shortest first."""

    errors: int
    wrong: int
    milliseconds: tuple[float, ...]

    def percentile(self, share: float) -> float:
        """The shortest time within which this share of them was answered."""
        return self.milliseconds[max(0, ceil(share * len(self.milliseconds)) - 1)]


def sample_article(number: int, name: str) -> dict[str, str]:
    """A made-up article of six sentences about a tower that is as many metres high as its number."""
    tower = f"{name}{number}"
    text = f"Der Turm {tower} ist {number} Meter hoch. {_ROUND}"
    return {"id": f"{name}-{number}", "title": f"Der Turm {tower}", "source": "Beispiel-Zeitung", "text": text}


def ask_at_once(client: httpx.Client, numbers: Sequence[int], name: str) -> Waited:
    """Asks about each of these articles, from a thread each, all at the same moment."""
    together = threading.Barrier(len(numbers))

    def ask(number: int) -> tuple[float | None, bool]:
        together.wait()
        started = time.perf_counter()
        try:
            answer = client.post("/ask", json={"question": f"Wie hoch ist der Turm {name}{number}?"})
            answer.raise_for_status()
        except httpx.HTTPError:
            return None, False
        return (time.perf_counter() - started) * 1_000, _cited_first(answer.json()) == f"{name}-{number}"

    with ThreadPoolExecutor(len(numbers)) as threads:
        asked = list(threads.map(ask, numbers))
    times = tuple(sorted(took for took, _ in asked if took is not None))
    wrong = sum(took is not None and not right for took, right in asked)
    return Waited(errors=len(asked) - len(times), wrong=wrong, milliseconds=times)


def main() -> int:
    there = range(100, 100 + QUESTIONS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        take_in(folder, [sample_article(number, "Alt") for number in there])
        with served(folder) as address, _client(address) as client:
            ask_at_once(client, there[:4], "Alt")  # what is made at the first question is there
            quiet = ask_at_once(client, there, "Alt")
            coming = [sample_article(number, "Neu") for number in range(200, 200 + COMING)]
            with ThreadPoolExecutor(1) as beside:
                started = time.perf_counter()
                taken = beside.submit(client.post, "/articles", json=coming)
                _wait_until_some_are_in(client)
                busy = ask_at_once(client, there, "Alt")
                outlasted = not taken.done()
                report = taken.result().raise_for_status().json()
                seconds = time.perf_counter() - started
    sys.stdout.write(f"{QUESTIONS} questions at once, {os.cpu_count()} cores; ms\n")
    sys.stdout.write(f"{'':<34}errors  wrong  median  95th percentile    most\n")
    _say("by themselves", quiet)
    _say(f"during an ingest of {COMING} articles", busy)
    sys.stdout.write(
        f"{len(report['added'])} articles taken in, {len(report['failed'])} failed, in {seconds:.1f} s; "
        f"{'the questions were answered meanwhile' if outlasted else 'done before the last question was answered'}\n"
    )
    return 0


def _client(address: str) -> httpx.Client:
    limits = httpx.Limits(max_connections=QUESTIONS + 2, max_keepalive_connections=QUESTIONS + 2)
    return httpx.Client(base_url=f"{address}/api/v1", timeout=120, limits=limits)


def _wait_until_some_are_in(client: httpx.Client) -> None:
    while client.get("/articles", params={"q": "Neu200", "limit": 1}).json()["total"] == 0:
        time.sleep(0.02)


def _cited_first(answer: dict[str, Any]) -> str | None:
    return answer["citations"][0]["article_id"] if answer["citations"] else None


def _say(what: str, waited: Waited) -> None:
    line = f"{what:<34}{waited.errors:>6}{waited.wrong:>7}"
    if times := waited.milliseconds:
        line += f"{median(times):>8.0f}{waited.percentile(0.95):>17.0f}{times[-1]:>8.0f}"
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
