"""`beleg-eval` as a maintainer runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.cli import main
from rag.weights import shipped_weights
from tests.evals.test_run import TEXT

QUESTION = {
    "id": "q",
    "question": "In welchem Jahr wurde das Haus gebaut?",
    "answers": ["1987"],
    "evidence": [{"article": "haus", "quote": "1987"}],
}
CLAIM = {
    "id": "c",
    "claim": "Das Haus wurde im Jahr 1987 gebaut.",
    "verdict": "supported",
    "evidence": [{"article": "haus", "quote": "Es wurde im Jahr 1987 von Zimmerleuten gebaut."}],
}
SEEDS = Path(__file__).parents[2] / "seeds"
SUITE = Path(__file__).parents[2] / "evals" / "suites" / "seeds.jsonl"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BELEG_MODEL", "hash")
    monkeypatch.setenv("BELEG_MIN_CONFIDENCE", "0")
    articles = [
        {"id": "haus", "text": TEXT, "language": "de", "group": 1},
        {"id": "hund", "text": "Der Hund bellt.", "language": "de", "group": 2},
    ]
    _write(tmp_path / "articles.jsonl", *articles)
    _write(tmp_path / "suite.jsonl", QUESTION, CLAIM)
    return tmp_path


def _write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _run(files: Path, *options: str) -> int:
    return main(["run", str(files / "suite.jsonl"), "--corpus", str(files / "articles.jsonl"), *options])


def test_a_run_prints_figures_and_writes_its_folder(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(files, "--out", str(files / "out")) == 0
    printed = capsys.readouterr().out
    assert "sentence first         1.000 [1.000, 1.000]  1 cases" in printed
    assert "verdict right          1.000 [1.000, 1.000]  1 cases" in printed
    out = files / "out"
    rows = [json.loads(line) for line in (out / "rows.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["case"]["id"] for row in rows] == ["q", "c"]
    assert json.loads((out / "summary.json").read_text(encoding="utf-8"))["figures"]["citations valid"]["value"] == 1.0
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["articles"]["count"] == 2
    assert "<!doctype html>" in (out / "report.html").read_text(encoding="utf-8")
    assert {"summary.md", "articles.run", "articles.qrels", "passages.run", "passages.qrels"} <= {
        path.name for path in out.iterdir()
    }


def test_leaving_out_the_evidence_asks_every_case_twice(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for leave_out in (["article"], ["group", "--groups", str(files / "articles.jsonl")]):
        assert _run(files, "--json", "--leave-out", *leave_out) == 0
        summary = json.loads(capsys.readouterr().out)
        assert summary["cases"] == 4
        assert summary["figures"]["abstained"]["cases"] == 1
        assert summary["figures"]["article first"] == {"value": 1.0, "low": 1.0, "high": 1.0, "cases": 2}
    assert _run(files, "--leave-out", "group") == 2
    assert "--groups FILE" in capsys.readouterr().err


def test_squad_brings_its_own_articles_and_groups(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = {"text": "1987", "answer_start": TEXT.index("1987")}
    question = {"id": "s", "question": QUESTION["question"], "answers": [answer]}
    entry = {"title": "Haus", "paragraphs": [{"context": TEXT, "qas": [question]}]}
    (files / "squad.json").write_text(json.dumps({"data": [entry]}), encoding="utf-8")
    assert main(["run", str(files / "squad.json"), "--leave-out", "group", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert (figures["sentence first"]["value"], figures["abstained"]["cases"]) == (1.0, 1)


def test_a_gate_that_is_not_met_exits_1_and_says_which(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "gate").write_text('{"sentence first": 1.0}')
    assert _run(files, "--gate", str(files / "gate")) == 0
    (files / "gate").write_text('{"abstained": 0.5}')
    assert _run(files, "--gate", str(files / "gate")) == 1
    assert "abstained was not scored" in capsys.readouterr().err


def test_two_runs_of_the_same_differ_in_nothing_but_time(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = [str(files / name) for name in ("a", "b")]
    for folder in folders:
        assert _run(files, "--out", folder) == 0
    capsys.readouterr()
    assert main(["compare", *folders]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("run with different: nothing\n")
    assert "sentence first         +0.000  [+0.000, +0.000]  p 1.0000  0 won, 1 tied, 0 lost" in printed
    rows = []
    for folder in folders:
        lines = (Path(folder) / "rows.jsonl").read_text(encoding="utf-8").splitlines()
        rows.append([{key: value for key, value in json.loads(line).items() if key != "seconds"} for line in lines])
    assert rows[0] == rows[1]


def test_a_run_that_was_cut_off_goes_on(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = files / "out"
    assert _run(files, "--out", str(out)) == 0
    whole = (out / "rows.jsonl").read_bytes()
    (out / "rows.jsonl").write_bytes(whole[:-40])
    (out / "summary.json").unlink()
    assert main(["compare", str(out), str(out)]) == 2
    assert "not a whole run" in capsys.readouterr().err
    assert _run(files, "--out", str(out)) == 0
    again = (out / "rows.jsonl").read_bytes()
    assert again.split(b"\n")[0] == whole.split(b"\n")[0]  # kept, time and all
    assert _verdicts(again) == _verdicts(whole) == [None, "supported"]
    assert main(["compare", str(out), str(out)]) == 0


def _verdicts(rows: bytes) -> list[str | None]:
    checked = [json.loads(line)["checked"] for line in rows.decode().splitlines()]
    return [one and one["verdict"] for one in checked]


def test_a_folder_of_another_run_is_refused(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(files, "--out", str(files / "out")) == 0
    assert _run(files, "--out", str(files / "out"), "--leave-out", "article") == 2
    assert "its leave out is 'nothing', not 'article'" in capsys.readouterr().err


def test_runs_over_different_suites_are_not_compared(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(files, "--out", str(files / "a")) == 0
    _write(files / "suite.jsonl", QUESTION | {"id": "other"})
    assert _run(files, "--out", str(files / "b")) == 0
    assert main(["compare", str(files / "a"), str(files / "b")]) == 2
    assert "different cases" in capsys.readouterr().err


def test_an_archive_that_exists_is_asked_without_taking_in_anything(files: Path) -> None:
    assert _run(files, "--data", str(files / "kept")) == 0
    assert main(["run", str(files / "suite.jsonl"), "--data", str(files / "kept")]) == 0


def test_altered_claims_are_a_suite_that_runs(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["perturb", str(files / "suite.jsonl"), "--corpus", str(files / "articles.jsonl"), "--seed", "3"]) == 0
    (files / "suite.jsonl").write_text(capsys.readouterr().out, encoding="utf-8")
    assert _run(files, "--json") == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["cut_sizes"]["tag: altered"] == summary["cases"] - 2
    assert summary["cut_sizes"]["tag: date"] == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (QUESTION, "suite.jsonl:2: id: another case is called 'q' already, at "),
        (QUESTION | {"id": "n", "evidence": [{"article": "burg"}]}, "'n': the corpus has no article 'burg'"),
        (QUESTION | {"id": "n", "evidence": [{"article": "haus", "quote": "1988"}]}, "does not say '1988'"),
        (QUESTION | {"id": "n", "colour": 1}, "suite.jsonl:2: colour: there is no such field"),
        ("nein", "suite.jsonl:2: "),
    ],
)
def test_a_bad_suite_is_refused_before_anything_is_asked(
    files: Path, capsys: pytest.CaptureFixture[str], row: object, said: str
) -> None:
    _write(files / "suite.jsonl", QUESTION, row)
    assert _run(files, "--out", str(files / "out")) == 2
    assert said in capsys.readouterr().err
    assert not (files / "out").exists()


FLAG = "Das Schiff fährt unter der Flagge von Sierra Leone; sein Ziel ist der Hafen von Tripoli im Libanon."
MAIZE = "An Bord sind rund 26.000 Tonnen Mais."


def _reviewed(id: str, rejected: str | None = None, **fields: object) -> dict[str, object]:
    crossed_out = {"rejected": [{"article": "erstes-schiff-razoni", "quote": rejected}]} if rejected else {}
    return {"id": id, "question": "Unter welcher Flagge fährt die Razoni?"} | crossed_out | fields


def test_rows_that_a_persons_word_was_made_into_run_over_the_archive_that_they_lie_in(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = files / "data"
    flag = [{"article": "erstes-schiff-razoni", "quote": FLAG}]
    rows = [
        _reviewed("cited", FLAG),
        _reviewed("not cited", MAIZE),
        _reviewed("both", MAIZE, evidence=flag),
        _reviewed("answered", answerable=True),
    ]
    cases = str(_write(files / "cases.jsonl", *rows))
    assert main(["run", cases, "--data", str(data), "--corpus", str(SEEDS)]) == 0
    Path(cases).rename(data / "cases.jsonl")
    run = ["run", str(data / "cases.jsonl"), "--data", str(data)]
    capsys.readouterr()

    assert main([*run, "--json", "--leave-out", "article", "--out", str(files / "after")]) == 0
    summary = json.loads(capsys.readouterr().out)
    scored = {name: (one["value"], one["cases"]) for name, one in summary["figures"].items() if one}
    assert (summary["cases"], summary["crashed"]) == (5, [])
    assert scored["rejected avoided"] == (2 / 3, 3)  # "both" again has its rejected sentence out of reach
    assert scored["answered"] == (1.0, 2)
    assert scored["abstained"][1] == scored["abstention AUROC"][1] - 2 == 1
    assert scored["citation precision"] == (1.0, 1)
    written = [json.loads(line) for line in (files / "after" / "rows.jsonl").read_text(encoding="utf-8").splitlines()]
    assert written[0]["scores"]["rejected avoided"]["explanation"].endswith(
        f"is rejected: {FLAG!r} (erstes-schiff-razoni)"
    )
    assert [row["case"]["answerable"] for row in written] == [None, None, True, True, False]
    assert "| rejected avoided | 0.667 " in (files / "after" / "summary.md").read_text(encoding="utf-8")

    for least, status in ((0.6, 0), (0.7, 1)):
        (files / "gate").write_text(json.dumps({"rejected avoided": least}))
        assert main([*run, "--gate", str(files / "gate")]) == status
    assert "rejected avoided is 0.667; at least 0.700 is asked for" in capsys.readouterr().err


def test_two_runs_are_compared_by_what_is_no_longer_cited(
    files: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rejected = [{"article": "haus", "quote": "Es wurde im Jahr 1987 von Zimmerleuten gebaut."}]
    _write(files / "suite.jsonl", {"id": "r", "question": QUESTION["question"], "rejected": rejected})
    assert _run(files, "--out", str(files / "before")) == 0
    monkeypatch.setenv("BELEG_MIN_CONFIDENCE", "1")
    assert _run(files, "--out", str(files / "after")) == 0
    capsys.readouterr()
    assert main(["compare", str(files / "before"), str(files / "after")]) == 0
    printed = capsys.readouterr().out
    assert "rejected avoided       +1.000  [+1.000, +1.000]  p 1.0000  1 won, 0 tied, 0 lost" in printed


def test_a_rejected_sentence_that_the_archive_no_longer_has_is_named(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for article, quote, said in (
        ("burg", "x", "rejected of 'r': the corpus has no article 'burg'"),
        ("haus", "Es wurde 1988 gebaut.", "rejected of 'r': the article 'haus' does not say 'Es wurde 1988 gebaut.'"),
    ):
        rejected = [{"article": article, "quote": quote}]
        _write(files / "suite.jsonl", QUESTION, {"id": "r", "question": "Wann?", "rejected": rejected})
        assert _run(files) == 2
        assert f"suite.jsonl:2: {said}" in capsys.readouterr().err


def test_wrong_usage_is_said_and_exits_2(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(files / "suite.jsonl")]) == 2
    assert "name an archive with --data" in capsys.readouterr().err
    assert main(["run", str(files / "none.jsonl"), "--data", str(files / "kept")]) == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_a_corpus_that_cannot_be_read_is_named_and_nothing_is_run(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(files / "suite.jsonl"), "--corpus", str(files / "none.txt")]) == 1
    assert "none.txt" in capsys.readouterr().err


def test_a_planted_regression_is_found_and_fails_the_gate(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = ["run", str(SUITE), "--data", str(files / "seeds"), "--gate", str(files / "gate")]
    (files / "gate").write_text('{"article first": 0.6}')
    assert main([*run, "--corpus", str(SEEDS), "--out", str(files / "before")]) == 0
    weights = shipped_weights().as_data()
    for half in weights.values():  # the search by words switched off
        half |= {"search": {"dense": 1.0}, "passage": {"cosine": 1.0}}
    (files / "vectors alone.json").write_text(json.dumps(weights))
    assert main([*run, "--out", str(files / "after"), "--weights", str(files / "vectors alone.json")]) == 1
    assert "article first is 0." in capsys.readouterr().err
    assert main(["compare", str(files / "before"), str(files / "after"), "--json"]) == 0
    differences = {one["metric"]: one for one in json.loads(capsys.readouterr().out)["differences"]}
    assert differences["article first"]["p"] < 0.001
    assert differences["article first"]["change"]["high"] < 0
