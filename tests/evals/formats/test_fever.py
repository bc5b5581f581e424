"""Claims in FEVER's forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.formats.fever import read_fever
from evals.types import Evidence
from rag.errors import InputError


def _file(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "claims.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_a_sentence_of_evidence_becomes_an_article_once(tmp_path: Path) -> None:
    row = {"claim": "It is red.", "evidence": "It was painted blue.", "label": "REFUTES"}
    suite = read_fever(_file(tmp_path, row, row | {"claim": "It is blue.", "label": "SUPPORTS"}))
    [article] = suite.articles
    assert article.text == "It was painted blue."
    assert [(case.id, case.kind, case.verdict) for case in suite.cases] == [
        ("1", "claim", "refuted"),
        ("2", "claim", "supported"),
    ]
    assert {case.evidence for case in suite.cases} == {(Evidence(article.id, "It was painted blue.", 0),)}


def test_pages_of_evidence_are_named_once_and_none_is_no_evidence(tmp_path: Path) -> None:
    pages = [[[1, 2, "Tower", 0], [1, 3, "Bridge", 4]], [[1, 5, "Tower", 2]]]
    rows = [
        {"id": 8, "claim": "x", "label": "SUPPORTS", "evidence": pages},
        {"id": 9, "claim": "y", "label": "NOT ENOUGH INFO", "evidence": [[[1, None, None, None]]]},
    ]
    first, second = read_fever(_file(tmp_path, *rows)).cases
    assert first.evidence == (Evidence("Tower"), Evidence("Bridge"))
    assert (second.id, second.evidence, second.verdict) == ("9", (), "not_enough_evidence")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"claim": "x", "label": "TRUE"}, "label: "),
        ({"claim": "x", "label": "SUPPORTS", "evidence": [[["Tower"]]]}, "evidence: not"),
        ({"claim": "x", "label": "SUPPORTS", "evidence": [[[1, 2, 3, 4]]]}, "evidence: a page"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, row: object, said: str) -> None:
    with pytest.raises(InputError, match=rf"claims\.jsonl:1: {said}"):
        read_fever(_file(tmp_path, row))
