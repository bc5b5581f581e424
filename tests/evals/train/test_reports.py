"""Reports by hand: what a claim's sentence says of it, and what a question's sentences answer."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from evals.train.reports import ASKED, FOLDER, asked_of_reports, read_reports, report_pairs

FIRE = {
    "report": ["In {P} brannte {T} ein Stall.", "{N} Rinder kamen um.", "Die Ursache ist unklar."],
    "true": [["In {P} stand ein Stall in Flammen.", 0]],
    "false": [["Alle Tiere überlebten.", 1]],
    "open": ["Ein Kurzschluss setzte den Stall in Brand."],
}
ABOUT = {
    "n": 0,
    "headline": "Stall in {P} abgebrannt",
    "asked": [["Wie viele Tiere starben?", [1], "{N} Rinder"], ["War es Brandstiftung?", [2], ""]],
    "unanswered": ["Wie hoch ist der Schaden?"],
}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    reports, asked = tmp_path / "reports", tmp_path / "asked"
    for folder, rows in ((reports, [FIRE, FIRE | {"report": ["Es regnet.", "Es schneit."]}]), (asked, [ABOUT])):
        folder.mkdir()
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / "fire.jsonl").write_text(text, encoding="utf-8")
    (reports / "held_out.jsonl").write_text(json.dumps(FIRE) + "\n", encoding="utf-8")
    return reports, asked


def test_a_claim_meets_the_sentence_that_decides_it_or_one_that_does_not(folders: tuple[Path, Path]) -> None:
    fire = read_reports(*folders)[:1]
    seen = set()
    for pair in report_pairs(fire, Random(1), count=300):
        assert "{" not in pair.claim + pair.sentence + pair.before + pair.after
        decided = (pair.kind == "reports entailment" and "brannte" in pair.sentence) or (
            pair.kind == "reports contradiction" and "Rinder" in pair.sentence
        )
        assert (pair.label != "neutral") == decided
        assert pair.sentence not in (pair.before, pair.after)
        seen.add((pair.kind, pair.label))
    assert len(seen) == 5


def test_a_question_has_its_sentences_and_words_wherever_its_report_stands(folders: tuple[Path, Path]) -> None:
    reports = read_reports(*folders)
    places = set()
    for seed in range(20):
        counted, yes_or_no, unanswered = asked_of_reports(reports, Random(seed))
        assert counted.span is not None
        sentence, start, end = counted.span
        assert counted.answers == (sentence,)
        assert counted.sentences[sentence][start:end].endswith(" Rinder")
        places.add(sentence)
        assert "unklar" in yes_or_no.sentences[yes_or_no.answers[0]]
        assert yes_or_no.span is None
        assert unanswered.answers == ()
        assert counted.before in ("", *(f"Stall in {place} abgebrannt" for place in counted.before.split()))
    assert places == {1, 3}


def test_what_is_held_out_is_read_by_itself(folders: tuple[Path, Path]) -> None:
    assert [len(read_reports(*folders, held_out=held_out)) for held_out in (False, True)] == [2, 1]


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.jsonl")), ids=lambda file: file.name)
def test_a_file_holds_claims_and_questions_about_sentences_that_are_there(file: Path) -> None:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        assert len(row["report"]) >= 3
        assert min(len(row["true"]), len(row["false"]), len(row["open"])) >= 3
        assert {place for _, place in (*row["true"], *row["false"])} <= set(range(len(row["report"])))
    asked = (ASKED / file.name).read_text(encoding="utf-8").splitlines() if (ASKED / file.name).exists() else []
    for about in map(json.loads, asked):
        report = rows[about["n"]]["report"]
        for _, places, words in about["asked"]:
            assert places
            assert words.casefold() in report[places[0]].casefold()
