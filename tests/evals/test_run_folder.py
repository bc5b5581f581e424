"""A run on disk: gone on with after a cut, refused where another lies there, read back whole."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evals.run_folder import RunFolder, read_identity, read_whole_run, trec_files
from evals.types import Case, Checked, Evidence, Quote, Row, Score
from rag.errors import BelegError, InputError
from rag.types import Filters

IDENTITY = {"suites": {"s.jsonl": "abc"}, "model": "m"}
FILTERS = Filters(since=date(2022, 1, 2), articles=frozenset({"a", "b"}))
CASES = [Case(id, f"{id}?\u2028neu", filters=FILTERS) for id in ("a", "b", "c")]
QUOTE = Quote("a", None, "Zeitung", date(2022, 7, 29), 0, 4, "Wahr", "", " ist.")


def _row(case: Case) -> Row:
    return Row(
        case,
        {"sentence first": Score(1 / 3, "weil"), "abstained": Score(None)},
        answer="Wahr",
        abstained=False,
        confidence=0.1 + 0.2,
        checked=Checked("refuted", "exact", "Ada"),
        citations=(QUOTE,),
        passages=("x#0",),
        seconds=0.25,
    )


ROWS = [_row(case) for case in CASES]


def _finish(folder: RunFolder, rows: list[Row]) -> None:
    folder.write_rows(rows)
    folder.write("summary.json", json.dumps({"cases": len(rows)}))


def test_rows_come_back_as_they_were_written(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run", IDENTITY)
    for row in ROWS:
        folder.add(row)
    folder.write("summary.json", json.dumps({"cases": 3}))
    assert read_whole_run(tmp_path / "run") == ROWS
    assert read_identity(tmp_path / "run") == IDENTITY


def test_a_run_that_was_cut_off_in_a_row_goes_on_after_the_last_whole_one(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path, IDENTITY)
    folder.add(ROWS[0])
    folder.add(ROWS[1])
    path = tmp_path / "rows.jsonl"
    path.write_bytes(path.read_bytes()[:-30])
    again = RunFolder(tmp_path, IDENTITY)
    assert again.done(CASES) == {"a": ROWS[0]}
    again.add(ROWS[1])
    assert RunFolder(tmp_path, IDENTITY).done(CASES) == {"a": ROWS[0], "b": ROWS[1]}


def test_a_case_that_crashed_is_asked_again(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path, IDENTITY)
    folder.add(replace(ROWS[0], error="OSError: x"))
    assert folder.done(CASES) == {}
    folder.add(ROWS[0])
    assert folder.done(CASES) == {"a": ROWS[0]}


def test_another_runs_folder_is_refused_and_says_what_differs(tmp_path: Path) -> None:
    RunFolder(tmp_path, IDENTITY)
    with pytest.raises(InputError, match="another run: its model is 'm', not 'n'"):
        RunFolder(tmp_path, IDENTITY | {"model": "n"})


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("x")
    with pytest.raises(InputError, match="no run"):
        RunFolder(tmp_path, IDENTITY)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BelegError, match="cannot be written"):
        RunFolder(tmp_path / "file" / "run", IDENTITY)


def test_a_run_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run", IDENTITY)
    folder.add(ROWS[0])
    with pytest.raises(InputError, match=r"not a whole run.*goes on"):
        read_whole_run(tmp_path / "run")
    _finish(folder, ROWS)
    lines = (tmp_path / "run" / "rows.jsonl").read_text(encoding="utf-8").split("\n")
    (tmp_path / "run" / "rows.jsonl").write_text("\n".join(lines[:2]), encoding="utf-8")
    with pytest.raises(InputError, match="cut off: 2 of 3"):
        read_whole_run(tmp_path / "run")
    (tmp_path / "run" / "rows.jsonl").write_text(lines[0] + "\n" + lines[1][:50], encoding="utf-8")
    with pytest.raises(InputError, match=r"rows\.jsonl:2: not a row"):
        read_whole_run(tmp_path / "run")
    (tmp_path / "run" / "run.json").write_text("[]")
    with pytest.raises(InputError, match="not a JSON object"):
        read_identity(tmp_path / "run")


def test_trec_files_rank_articles_by_their_first_passage_and_leave_out_what_has_no_evidence() -> None:
    case = Case("q 1", "?", evidence=(Evidence("g h"),))
    row = Row(case, passages=("x#0", "x#1", "g h#2"), relevant=("g h#2",))
    assert trec_files([row, Row(Case("n", "?", answerable=False), passages=("x#0",))]) == {
        "articles.run": "q_1 Q0 x 1 2 beleg\nq_1 Q0 g_h 2 1 beleg\n",
        "articles.qrels": "q_1 0 g_h 1\n",
        "passages.run": "q_1 Q0 x#0 1 3 beleg\nq_1 Q0 x#1 2 2 beleg\nq_1 Q0 g_h#2 3 1 beleg\n",
        "passages.qrels": "q_1 0 g_h#2 1\n",
    }
