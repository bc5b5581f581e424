"""A BEIR folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.formats.beir import read_beir
from evals.types import Evidence
from rag.errors import InputError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "qrels").mkdir()
    documents = [
        {"_id": "d1", "title": "Turm", "text": "Der Turm ist hoch.", "metadata": {}},
        {"_id": "d2", "text": "x"},
    ]
    queries = [{"_id": "q1", "text": "Wie hoch?"}, {"_id": "q2", "text": "Ohne Urteil"}]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)), encoding="utf-8")
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\n", encoding="utf-8")
    (tmp_path / "qrels" / "train.tsv").write_text("q2\td2\t1\n", encoding="utf-8")
    return tmp_path


def test_judged_queries_become_cases_over_whole_articles(folder: Path) -> None:
    suite = read_beir(folder)
    assert [(case.id, case.text, case.evidence) for case in suite.cases] == [("q1", "Wie hoch?", (Evidence("d1"),))]
    assert [(article.id, article.title, article.text) for article in suite.articles] == [
        ("d1", "Turm", "Der Turm ist hoch."),
        ("d2", None, "x"),
    ]


def test_the_only_qrels_file_is_taken_and_several_without_a_test_are_refused(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").unlink()
    assert [case.id for case in read_beir(folder).cases] == ["q2"]
    (folder / "qrels" / "dev.tsv").write_text("q1\td1\t1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"no test\.tsv, and 2 other files"):
        read_beir(folder)


def test_bad_parts_are_named(folder: Path) -> None:
    qrels = folder / "qrels" / "test.tsv"
    qrels.write_text("q1\td1\tviel\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"test\.tsv:1"):
        read_beir(folder)
    qrels.write_text("q9\td1\t1\n", encoding="utf-8")
    with pytest.raises(InputError, match="no query 'q9'"):
        read_beir(folder)
    (folder / "corpus.jsonl").write_text('{"_id": "d1"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"corpus\.jsonl:1: text: "):
        read_beir(folder)
