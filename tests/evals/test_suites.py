"""Question files become cases, and a bad row is named by file, line and field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.suites import read_suite
from evals.types import Span
from rag.errors import InputError

ROW = {
    "id": "q1",
    "question": "Wann?",
    "question_en": "When?",
    "gold_passages": ["a"],
    "answers": [{"text": "1987", "start": 5}, {"text": "1987", "start": 5}],
}


def _suite(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "suite.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_a_row_becomes_a_case_with_its_answers_once(tmp_path: Path) -> None:
    [case] = read_suite(_suite(tmp_path, ROW, ""))
    assert (case.id, case.question, case.evidence) == ("q1", "Wann?", ("a",))
    assert case.answers == (Span("a", 5, 9, "1987"),)


def test_an_answer_may_stand_in_another_of_the_articles(tmp_path: Path) -> None:
    row = ROW | {"gold_passages": ["a", "b"], "answers": [{"text": "1987", "start": 5, "article": "b"}]}
    assert read_suite(_suite(tmp_path, row))[0].answers == (Span("b", 5, 9, "1987"),)


def test_another_field_may_hold_the_question(tmp_path: Path) -> None:
    assert read_suite(_suite(tmp_path, ROW), question="question_en")[0].question == "When?"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        (ROW | {"id": 3}, "id is not str but int"),
        ({key: value for key, value in ROW.items() if key != "question"}, "the field question is missing"),
        (ROW | {"gold_passages": []}, "gold_passages"),
        (ROW | {"gold_passages": [1]}, "gold_passages"),
        (ROW | {"answers": ["1987"]}, "answers"),
        (ROW | {"answers": [{"text": "1987"}]}, "start is missing"),
    ],
)
def test_a_bad_row_is_named_by_file_line_and_field(tmp_path: Path, row: object, said: str) -> None:
    with pytest.raises(InputError, match=f"suite.jsonl:2: .*{said}"):
        read_suite(_suite(tmp_path, ROW, row))


def test_a_missing_and_an_empty_suite_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_suite(tmp_path / "none.jsonl")
    with pytest.raises(InputError, match="no rows"):
        read_suite(_suite(tmp_path, ""))
