"""Rankings, against values worked out by hand and against the library called directly."""

from __future__ import annotations

from dataclasses import replace
from math import log2
from pathlib import Path

import ir_measures
import pytest
from ir_measures import RR, R, Success, nDCG

from evals.run_folder import trec_files
from evals.scorers.retrieval import measure_ranking, score
from evals.types import Case, Evidence, Row
from tests.evals.seen import CASE, answered


def test_each_measure_is_what_it_is_by_hand() -> None:
    # Two to find, at ranks 2 and 4 of 5.
    found = measure_ranking(["a", "x", "b", "y", "c"], ["x", "y"])
    assert (found["success@1"], found["success@5"]) == (0.0, 1.0)
    assert [found[f"recall@{k}"] for k in (1, 3, 5)] == [0.0, 0.5, 1.0]
    assert found["MRR"] == 1 / 2
    # DCG = 1/log2(3) + 1/log2(5); ideal = 1/log2(2) + 1/log2(3)
    assert found["nDCG@10"] == pytest.approx((1 / log2(3) + 1 / log2(5)) / (1 + 1 / log2(3)))


def test_a_ranking_without_anything_scores_nothing() -> None:
    assert set(measure_ranking([], ["x"]).values()) == {0.0}


def test_an_article_ranks_where_its_first_passage_does() -> None:
    scores = score(CASE, answered(hits=("other#0", "other#1", "gold#3", "gold#0")))
    assert scores["article MRR"].value == 1 / 2
    assert scores["article first"].value == 0.0
    assert scores["article in five"].value == 1.0
    assert scores["passage MRR"].value == 1 / 4
    assert scores["passage MRR"].explanation == "1 to find, at rank 4 of 4 passages"


def test_without_evidence_within_reach_nothing_is_scored() -> None:
    scores = score(replace(CASE, without=("gold",)), answered())
    assert {one.value for one in scores.values()} == {None}


def test_evidence_without_words_leaves_the_passages_unscored() -> None:
    seen = replace(answered(), relevant=frozenset())
    scores = score(replace(CASE, evidence=(Evidence("gold"),)), seen)
    assert scores["article MRR"].value == 1.0
    assert scores["passage MRR"].value is None


def test_the_means_agree_with_the_library_over_a_trec_file(tmp_path: Path) -> None:
    rankings = [
        ("a#0", "b#0", "a#1", "c#0"),
        ("c#2", "c#0", "b#1"),
        ("d#0",),
        ("b#0", "a#1", "e#0", "f#0", "g#0", "c#1"),
    ]
    gold = [("a", "c"), ("b",), ("x",), ("c", "b")]
    rows = []
    for number, (ranking, ids) in enumerate(zip(rankings, gold, strict=True)):
        case = Case(f"q{number}", "?", evidence=tuple(Evidence(id, "w", 0) for id in ids))
        relevant = tuple(f"{id}#1" for id in ids)
        seen = replace(answered(hits=ranking), relevant=frozenset(relevant))
        rows.append(Row(case, score(case, seen), passages=ranking, relevant=relevant))
    for name, text in trec_files(rows).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    measures = {"recall@1": R @ 1, "recall@3": R @ 3, "recall@10": R @ 10, "MRR": RR, "nDCG@10": nDCG @ 10}
    for unit in ("article", "passage"):
        qrels = list(ir_measures.read_trec_qrels(str(tmp_path / f"{unit}s.qrels")))
        run = list(ir_measures.read_trec_run(str(tmp_path / f"{unit}s.run")))
        direct = ir_measures.calc_aggregate([*measures.values(), Success @ 5], qrels, run)
        for name, measure in measures.items():
            values = [one.scores[f"{unit} {name}"].value or 0.0 for one in rows]
            assert sum(values) / len(values) == pytest.approx(direct[measure]), (unit, name)
            assert 0 < direct[measure] < 1 or name == "recall@1"
    in_five = [one.scores["article in five"].value or 0.0 for one in rows]
    assert sum(in_five) / len(in_five) == 3 / 4
