"""Questions asked of a real archive, scored."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.run import run_cases
from evals.types import Case, Span
from rag.archive import Archive
from rag.index.embedder import HashEmbedder
from rag.settings import Settings
from rag.types import Article

TEXT = "Das alte Haus am Markt steht leer. Es wurde im Jahr 1987 von Zimmerleuten gebaut. Niemand wohnt darin."
START = TEXT.index("1987")
CASE = Case("q", "In welchem Jahr wurde das Haus gebaut?", ("haus",), (Span("haus", START, START + 4, "1987"),))


def test_a_case_is_asked_and_scored(tmp_path: Path) -> None:
    settings = Settings(min_confidence=0.0)
    with Archive.open(tmp_path, settings=settings, embedder=HashEmbedder()) as archive:
        archive.ingest([Article("haus", TEXT, language="de"), Article("x", "Der Hund bellt laut.", language="de")])
        [row] = run_cases(archive, [CASE])
    assert row.error is None
    assert row.scores["article first"].value == 1.0
    assert row.scores["sentence first"].value == 1.0
    assert row.cited == "Es wurde im Jahr 1987 von Zimmerleuten gebaut."
    assert row.seconds is not None


def test_a_case_that_crashes_is_a_row_and_the_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive.open(tmp_path, embedder=HashEmbedder()) as archive:
        archive.ingest(Article("haus", TEXT, language="de"))
        search = archive.search
        monkeypatch.setattr(
            archive, "search", lambda query, k, **rest: search(query, k, **rest) if "Jahr" in query else 1 / 0
        )
        rows = list(run_cases(archive, [Case("bad", "?!", ("haus",)), CASE]))
    assert rows[0].error == "ZeroDivisionError: division by zero"
    assert rows[1].error is None
