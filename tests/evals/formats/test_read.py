"""Which format a file is in, and several files as one suite."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.formats.read import read_suite, read_suites
from rag.errors import InputError

FORM = {"id": "f", "question": "Wer?", "answerable": False}
ROWS = {"id": "r", "question": "Wann?", "gold_passages": ["a"], "answers": [{"text": "1987", "start": 0}]}
FEVER = {"id": "c", "claim": "It is.", "evidence": "It is.", "label": "SUPPORTS"}
SQUAD = {"data": [{"paragraphs": [{"context": "Ein Satz.", "qas": [{"id": "s", "question": "Was?"}]}]}]}


def _write(path: Path, row: object) -> Path:
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def test_each_format_is_known_by_its_name_or_its_fields(tmp_path: Path) -> None:
    files = [
        _write(tmp_path / "form.jsonl", FORM),
        _write(tmp_path / "rows.jsonl", ROWS),
        _write(tmp_path / "fever.jsonl", FEVER),
        _write(tmp_path / "squad.json", SQUAD),
    ]
    suite = read_suites(files)
    assert [case.id for case in suite.cases] == ["f", "r", "c", "s"]
    assert len(suite.articles) == 2
    assert list(suite.groups.values()) == ["squad 0"]


def test_a_folder_is_read_as_beir(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"corpus\.jsonl"):
        read_suite(tmp_path)


def test_two_cases_of_one_id_are_refused_with_both_places(tmp_path: Path) -> None:
    one, two = _write(tmp_path / "one.jsonl", FORM), _write(tmp_path / "two.jsonl", FORM)
    with pytest.raises(InputError, match=r"two\.jsonl:1: id: another case is called 'f' already, at .*one\.jsonl:1"):
        read_suites([one, two])


def test_two_articles_of_one_id_are_refused_unless_they_are_the_same(tmp_path: Path) -> None:
    one = _write(tmp_path / "x.json", SQUAD)
    other = tmp_path / "y"
    other.mkdir()
    changed = json.loads(json.dumps(SQUAD).replace("Ein Satz", "Zwei").replace('"s"', '"t"'))
    with pytest.raises(InputError, match="another article is called 'x 0#0'"):
        read_suites([one, _write(other / "x.json", changed)])
    same = json.loads(json.dumps(SQUAD).replace('"s"', '"t"'))
    assert len(read_suites([one, _write(other / "x.json", same)]).cases) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "is empty"), ("\n\n", "is empty"), ("nein", ":1: not JSON"), ("\xff", "not JSON|cannot be read")],
)
def test_an_empty_suite_and_one_that_is_not_json_are_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "suite.jsonl").write_text(text, encoding="latin-1")
    with pytest.raises(InputError, match=said):
        read_suite(tmp_path / "suite.jsonl")


def test_a_suite_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.jsonl.* cannot be read"):
        read_suite(tmp_path / "none.jsonl")


def test_the_suite_of_this_repository_has_every_kind_of_case() -> None:
    cases = read_suite(Path(__file__).parents[3] / "evals" / "suites" / "seeds.jsonl").cases
    tags = [tag for case in cases for tag in case.tags]
    assert len(cases) >= 100
    assert {case.verdict for case in cases} >= {"supported", "refuted", "conflicting", "not_enough_evidence"}
    assert {case.quotation for case in cases} >= {"exact", "altered", "absent"}
    kinds = ("german", "cross-lingual", "follow-up", "absent topic", "absent detail", "wrong speaker", "filter")
    assert min(tags.count(kind) for kind in kinds) >= 4
