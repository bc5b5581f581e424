"""Question rows over passages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.formats.passage_rows import read_passage_rows
from evals.types import Evidence
from rag.errors import InputError

ROW = {
    "id": "q1",
    "question": "Wann?",
    "question_en": "When?",
    "gold_passages": ["a", "b"],
    "answers": [{"text": "1987", "start": 5}, {"text": "1987", "start": 5}],
}


def _file(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_answers_stand_in_the_first_passage_and_the_others_are_evidence_too(tmp_path: Path) -> None:
    [case] = read_passage_rows(_file(tmp_path, ROW)).cases
    assert (case.text, case.answers) == ("Wann?", ("1987",))
    assert case.evidence == (Evidence("a", "1987", 5), Evidence("b"))


def test_another_field_may_hold_the_question(tmp_path: Path) -> None:
    assert read_passage_rows(_file(tmp_path, ROW), question="question_en").cases[0].text == "When?"
    with pytest.raises(InputError, match=r"rows\.jsonl:1: question_fr: there is no question"):
        read_passage_rows(_file(tmp_path, ROW), question="question_fr")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"gold_passages": []}, "gold_passages: "),
        ({"gold_passages": [1]}, r"gold_passages\.0: "),
        ({"answers": [{"text": "1987"}]}, r"answers\.0\.start: "),
        ({"id": None}, "id: "),
    ],
)
def test_a_bad_row_is_named_by_file_line_and_field(tmp_path: Path, change: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=rf"rows\.jsonl:2: {said}"):
        read_passage_rows(_file(tmp_path, ROW, ROW | change))
