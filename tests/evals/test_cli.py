"""`beleg-eval` as a maintainer runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.cli import main
from tests.evals.test_run import TEXT

ROW = {
    "id": "q",
    "question": "In welchem Jahr wurde das Haus gebaut?",
    "gold_passages": ["haus"],
    "answers": [{"text": "1987", "start": TEXT.index("1987")}],
}


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BELEG_MODEL", "hash")
    monkeypatch.setenv("BELEG_MIN_CONFIDENCE", "0")
    article = {"id": "haus", "text": TEXT, "language": "de"}
    (tmp_path / "articles.jsonl").write_text(json.dumps(article), encoding="utf-8")
    (tmp_path / "suite.jsonl").write_text(json.dumps(ROW), encoding="utf-8")
    return tmp_path


def test_a_run_prints_figures_and_writes_its_rows(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    suite, corpus, out = (str(files / name) for name in ("suite.jsonl", "articles.jsonl", "out"))
    assert main(["run", suite, "--corpus", corpus, "--out", out]) == 0
    assert "sentence first       1.000  [1.000, 1.000]  1 cases" in capsys.readouterr().out
    [row] = [json.loads(line) for line in (files / "out" / "rows.jsonl").read_text(encoding="utf-8").splitlines()]
    assert row["scores"]["sentence first"]["value"] == 1.0
    assert json.loads((files / "out" / "summary.json").read_text(encoding="utf-8"))["articles"] == 1


def test_leaving_out_the_evidence_asks_every_question_twice(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = files / "articles.jsonl"
    other = {"id": "hund", "text": "Der Hund bellt.", "language": "de", "group": 1}
    corpus.write_text("\n".join([json.dumps({"id": "haus", "text": TEXT, "group": 2}), json.dumps(other)]))
    run = ["run", str(files / "suite.jsonl"), "--corpus", str(corpus), "--json"]
    for leave_out in (["article"], ["group", "--groups", str(corpus)]):
        assert main([*run, "--leave-out", *leave_out]) == 0
        summary = json.loads(capsys.readouterr().out)
        assert summary["cases"] == 2
        assert summary["figures"]["abstained"]["cases"] == 1
        assert summary["figures"]["article first"]["mean"] == 1.0
    assert main([*run, "--leave-out", "group"]) == 2
    assert "--groups FILE" in capsys.readouterr().err


def test_a_gate_that_is_not_met_exits_1_and_says_which(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = ["run", str(files / "suite.jsonl"), "--corpus", str(files / "articles.jsonl"), "--gate", str(files / "gate")]
    (files / "gate").write_text('{"sentence first": 1.0}')
    assert main(run) == 0
    (files / "gate").write_text('{"abstained": 0.5}')
    assert main(run) == 1
    assert "abstained was not scored" in capsys.readouterr().err


def test_two_runs_are_compared(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = ["run", str(files / "suite.jsonl"), "--corpus", str(files / "articles.jsonl")]
    folders = [str(files / name) for name in ("a", "b")]
    for folder in folders:
        assert main([*run, "--out", folder]) == 0
    capsys.readouterr()
    assert main(["compare", *folders]) == 0
    assert "sentence first       +0.000  [+0.000, +0.000]  p 1.0000  0 won, 1 tied, 0 lost" in capsys.readouterr().out
    assert main(["compare", *folders, "--json"]) == 0
    assert {one["metric"] for one in json.loads(capsys.readouterr().out)["differences"]} >= {"sentence first"}
    assert main(["compare", folders[0], str(files)]) == 2


def test_a_run_as_json_is_one_object(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["run", str(files / "suite.jsonl"), "--corpus", str(files / "articles.jsonl"), "--json"])
    assert json.loads(capsys.readouterr().out)["figures"]["citations valid"]["mean"] == 1.0


def test_an_archive_that_exists_is_asked_without_taking_in_anything(files: Path) -> None:
    data = str(files / "kept")
    suite = str(files / "suite.jsonl")
    assert main(["run", suite, "--corpus", str(files / "articles.jsonl"), "--data", data]) == 0
    assert main(["run", suite, "--data", data]) == 0


def test_wrong_usage_is_said_and_exits_2(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(files / "suite.jsonl")]) == 2
    assert "name an archive with --data" in capsys.readouterr().err
    assert main(["run", str(files / "none.jsonl"), "--data", str(files / "kept")]) == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_a_corpus_that_cannot_be_read_is_named_and_exits_1(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(files / "suite.jsonl"), "--corpus", str(files / "none.txt")]) == 1
    assert "none.txt" in capsys.readouterr().err
