"""Cases -> rows: each question asked of the archive, and what it did scored."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from evals.scorers import SCORERS
from evals.types import Case, Observation, Row
from rag.archive import Archive

_HITS = 20


def run_cases(archive: Archive, cases: Iterable[Case]) -> Iterator[Row]:
    """One row a case, in their order. A case that crashes is a row with its error, not the end of the run."""
    for case in cases:
        try:
            yield _run(archive, case)
        except Exception as error:
            yield Row(case, error=f"{type(error).__name__}: {error}")


def _run(archive: Archive, case: Case) -> Row:
    hits = archive.search(case.question, _HITS, without=case.without)
    started = time.perf_counter()
    answer = archive.ask(case.question, without=case.without)
    seen = Observation(tuple(hits), answer, time.perf_counter() - started)
    scores = {name: scorer(case, seen) for name, scorer in SCORERS.items()}
    cited = answer.citations[0].quote if answer.citations else None
    return Row(case, scores, answer.confidence, seen.seconds, cited)
