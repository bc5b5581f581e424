"""SQuAD JSON, both versions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.formats.squad import read_squad
from evals.types import Case, Evidence
from rag.errors import InputError

CONTEXT = "Das Haus wurde 1987 gebaut."


def _file(tmp_path: Path, *questions: object) -> Path:
    path = tmp_path / "squad.json"
    entry = {"title": "Haus", "paragraphs": [{"context": "Leer.", "qas": []}, {"context": CONTEXT, "qas": questions}]}
    path.write_text(json.dumps({"version": "1.1", "data": [entry]}), encoding="utf-8")
    return path


def test_paragraphs_become_articles_in_a_group_and_questions_cases(tmp_path: Path) -> None:
    answer = {"text": "1987", "answer_start": CONTEXT.index("1987")}
    path = _file(tmp_path, {"id": "q", "question": "Wann?", "answers": [answer, answer]})
    suite = read_squad(path)
    assert [(article.id, article.text) for article in suite.articles] == [("Haus#0", "Leer."), ("Haus#1", CONTEXT)]
    assert suite.groups == {"Haus#0": "Haus", "Haus#1": "Haus"}
    where = f"{path}: Haus#1: q"
    assert suite.cases == (
        Case("q", "Wann?", answers=("1987",), evidence=(Evidence("Haus#1", "1987", 15),), where=where),
    )


def test_an_impossible_question_is_unanswerable(tmp_path: Path) -> None:
    [case] = read_squad(_file(tmp_path, {"id": 7, "question": "Wer?", "is_impossible": True, "answers": []})).cases
    assert (case.id, case.answerable, case.evidence) == ("7", False, ())


def test_a_file_that_is_no_squad_is_named_with_the_field(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"squad\.json: data\.0\.paragraphs\.1\.qas\.0\.question: "):
        read_squad(_file(tmp_path, {"id": "q"}))
    (tmp_path / "none.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"none\.json: not JSON"):
        read_squad(tmp_path / "none.json")
