"""The project's own form: rows become cases and come back, and a bad one is named by file, line and field."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evals.formats.form import read_form, write_row
from evals.types import Case, Evidence
from rag.errors import InputError
from rag.types import Filters

QUESTION = {
    "id": "q1",
    "question": "Wann?",
    "answers": ["1987"],
    "evidence": [{"article": "a", "quote": "Es war 1987."}],
    "history": ["Wer?"],
    "filters": {"language": "de", "since": "2022-01-31", "articles": ["a", "b"]},
    "tags": ["german"],
}
CLAIM = {
    "id": "c1",
    "claim": "Er sagte „nein“.",
    "verdict": "refuted",
    "quotation": "exact",
    "speaker": "Ada",
    "evidence": [{"article": "a", "quote": "„nein“", "start": 7}],
}
REJECTED = [{"article": "a", "quote": "Es war 1988.", "start": 40}, {"article": "b", "quote": "Nie."}]
REVIEWED: list[dict[str, Any]] = [
    {"id": "r", "question": "Wann?", "rejected": REJECTED},
    {"id": "n", "question": "Wann?", "rejected": REJECTED, "answerable": False},
    {"id": "y", "question": "Wann?", "answerable": True},
    QUESTION | {"id": "b", "rejected": REJECTED},
]


def _file(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "suite.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_rows_become_cases_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    path = _file(tmp_path, QUESTION, "", CLAIM)
    question, claim = read_form(path).cases
    assert question == Case(
        "q1",
        "Wann?",
        answers=("1987",),
        evidence=(Evidence("a", "Es war 1987."),),
        history=("Wer?",),
        filters=Filters(language="de", since=date(2022, 1, 31), articles=frozenset({"a", "b"})),
        tags=("german",),
        where=f"{path}:1",
    )
    assert claim == Case(
        "c1",
        "Er sagte „nein“.",
        "claim",
        evidence=(Evidence("a", "„nein“", 7),),
        answerable=False,
        verdict="refuted",
        quotation="exact",
        speaker="Ada",
        where=f"{path}:3",
    )


def test_a_question_that_the_archive_does_not_answer_says_so(tmp_path: Path) -> None:
    [case] = read_form(_file(tmp_path, {"id": "x", "question": "Wer?", "answerable": False})).cases
    assert not case.answerable


def test_a_question_says_what_must_not_be_cited_and_whether_the_archive_answers_as_far_as_it_is_known(
    tmp_path: Path,
) -> None:
    cases = read_form(_file(tmp_path, *REVIEWED)).cases
    rejected = (Evidence("a", "Es war 1988.", 40), Evidence("b", "Nie."))
    assert [(case.rejected, case.answerable, len(case.evidence)) for case in cases] == [
        (rejected, None, 0),
        (rejected, False, 0),
        ((), True, 0),
        (rejected, True, 1),
    ]


def test_the_same_words_at_another_place_may_be_rejected(tmp_path: Path) -> None:
    words = {"article": "a", "quote": "Es war 1987."}
    row = QUESTION | {"evidence": [words | {"start": 0}], "rejected": [words | {"start": 40}]}
    [case] = read_form(_file(tmp_path, row)).cases
    assert (case.spans, case.rejected) == ((Evidence("a", "Es war 1987.", 0),), (Evidence("a", "Es war 1987.", 40),))


def test_a_case_is_written_as_the_row_that_it_came_from(tmp_path: Path) -> None:
    rows = [QUESTION, CLAIM, {"id": "x", "question": "Wer?", "answerable": False}, *REVIEWED]
    assert [json.loads(write_row(case)) for case in read_form(_file(tmp_path, *rows)).cases] == rows


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "not JSON"),
        ("[]", "object"),
        ({"id": "q"}, "either a question or a claim"),
        (QUESTION | {"claim": "x"}, "either a question or a claim"),
        (QUESTION | {"id": 3}, "id: "),
        (QUESTION | {"id": ""}, "id: "),
        (QUESTION | {"colour": "red"}, "colour: there is no such field"),
        (QUESTION | {"evidence": [{"quote": "x"}]}, r"evidence\.0\.article: "),
        (QUESTION | {"evidence": []}, "evidence is empty"),
        (QUESTION | {"evidence": [], "answerable": True}, "answers are there, but no evidence"),
        (QUESTION | {"evidence": [], "rejected": REJECTED}, "answers are there, but no evidence"),
        (QUESTION | {"rejected": [{"article": "a"}]}, r"rejected\.0\.quote: "),
        (QUESTION | {"rejected": QUESTION["evidence"]}, "rejected: 'Es war 1987.' is evidence of the same question"),
        (CLAIM | {"rejected": REJECTED}, "rejected belongs to a question"),
        (QUESTION | {"answerable": False}, "answerable is false"),
        (QUESTION | {"verdict": "refuted"}, "verdict belongs to a claim"),
        (QUESTION | {"filters": {"since": "gestern"}}, r"filters\.since: "),
        (QUESTION | {"filters": {"articles": "a"}}, r"filters\.articles: "),
        (CLAIM | {"verdict": "true"}, "verdict: "),
        (CLAIM | {"verdict": None}, "verdict is missing"),
        (CLAIM | {"quotation": "nearly"}, "quotation: "),
        (CLAIM | {"history": ["Wer?"]}, "history belongs to a question"),
    ],
)
def test_a_bad_row_is_named_by_file_line_and_field(tmp_path: Path, row: Any, said: str) -> None:
    with pytest.raises(InputError, match=rf"suite\.jsonl:2: .*{said}"):
        read_form(_file(tmp_path, QUESTION, row))


def test_a_claim_may_come_without_its_evidence(tmp_path: Path) -> None:
    row = {name: value for name, value in CLAIM.items() if name != "evidence"}
    (tmp_path / "claims.jsonl").write_text(json.dumps(row))
    [case] = read_form(tmp_path / "claims.jsonl").cases
    assert (case.verdict, case.evidence) == (CLAIM["verdict"], ())
