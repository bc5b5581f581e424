"""The same questions with their evidence out of reach."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.leave_out import leave_out_articles, leave_out_groups, read_groups
from evals.types import Case, Evidence
from rag.errors import InputError

CASES = [
    Case("one", "?", evidence=(Evidence("a"), Evidence("b"))),
    Case("two", "?", evidence=(Evidence("c"),)),
    Case("none", "?", answerable=False),
]
GROUPS = {"a": "x", "b": "y", "c": "y", "d": "z"}


def test_a_case_goes_without_its_own_articles_and_one_without_evidence_is_not_asked_again() -> None:
    left = leave_out_articles(CASES)
    assert [(case.id, case.without, case.answerable, case.within_reach) for case in left] == [
        ("one without", ("a", "b"), False, ()),
        ("two without", ("c",), False, ()),
    ]
    assert left[0].tags == ("left out",)


def test_a_question_that_only_says_what_must_not_be_cited_is_not_asked_again() -> None:
    rejected = (Evidence("a", "x", 0), Evidence("c", "y", 0))
    crossed_out = Case("r", "?", rejected=rejected, answerable=None)
    both = Case("both", "?", evidence=(Evidence("a"),), rejected=rejected)
    for left in (leave_out_articles([crossed_out, both]), leave_out_groups([crossed_out, both], GROUPS)):
        assert [(case.id, case.answerable, case.rejected_within_reach) for case in left] == [
            ("both without", False, rejected[1:])
        ]


def test_a_case_goes_without_its_articles_whole_groups() -> None:
    assert [case.without for case in leave_out_groups(CASES, GROUPS)] == [("a", "b", "c"), ("b", "c")]


def test_a_claim_without_its_evidence_has_not_enough() -> None:
    claim = Case("c", "x", "claim", evidence=(Evidence("a"),), verdict="refuted", quotation="exact", speaker="Ada")
    [left] = leave_out_articles([claim])
    assert (left.verdict, left.quotation, left.speaker) == ("not_enough_evidence", None, None)


def test_evidence_without_a_group_is_named() -> None:
    with pytest.raises(InputError, match="'e', evidence of the case 'three'"):
        leave_out_groups([Case("three", "?", evidence=(Evidence("e"),))], GROUPS)


def test_groups_are_read_from_the_articles_own_file(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(json.dumps({"id": id, "group": 3, "text": "x"}) for id in "ab"), encoding="utf-8")
    assert read_groups(path) == {"a": "3", "b": "3"}


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "a"}', "3"])
def test_a_row_without_id_and_group_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "groups.jsonl"
    path.write_text(f'{{"id": "a", "group": 1}}\n{line}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"groups\.jsonl:2"):
        read_groups(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_groups(tmp_path / "none.jsonl")
