"""Rows folded into what every report says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.report.summary import confusion_table, summarise
from evals.types import Checked, Row, Score
from tests.evals.seen import CASE, row

CLAIM = replace(CASE, kind="claim", verdict="refuted", tags=("number",))


def test_a_summary_has_figures_cuts_curves_and_what_it_was_run_with() -> None:
    rows = [
        replace(row(CASE, confidence=0.9, best_sentence=1.0, article_recall_1=1.0), seconds=0.1),
        replace(row(CASE, confidence=0.2, best_sentence=0.0), seconds=0.3, abstained=True),
        Row(CASE, error="ValueError: x"),
        Row(CLAIM, {"verdict right": Score(0.0)}, checked=Checked("supported")),
    ]
    summary = summarise(rows, {"model": "m"})
    assert (summary.cases, summary.crashed, summary.run) == (4, ("q: ValueError: x",), {"model": "m"})
    assert summary.risk_coverage == [(0.5, 0.0), (1.0, 0.5)]
    assert summary.shipped == (0.5, 0.0)  # one of two answered, and right
    assert sum(count for _, count in summary.histogram) >= 1
    assert summary.cut_sizes["tag: number"] == 1
    right = summary.cuts["tag: number"]["verdict right"]
    assert right is not None
    assert right.value == 0.0
    assert confusion_table(summary.confusion)[1] == ("refuted", [1, 0, 0, 0])


def test_the_threshold_is_judged_by_questions_of_which_it_is_known_whether_the_archive_answers() -> None:
    rows = [
        row(CASE, confidence=0.9, best_sentence=1.0),
        row(replace(CASE, answerable=None), confidence=0.8, best_sentence=None),
        row(replace(CASE, answerable=False), confidence=0.7, best_sentence=None),
    ]
    assert summarise(rows, {}).shipped == (1.0, 0.5)  # two answered, one of them right


def test_recall_is_a_curve_over_its_depths() -> None:
    one = Row(CASE, {f"article recall@{k}": Score(k / 20) for k in (1, 3, 5, 10, 20)})
    assert summarise([one], {}).recall == {
        "article": [(1, pytest.approx(0.05)), (3, 0.15), (5, 0.25), (10, 0.5), (20, 1.0)]
    }


def test_a_run_of_nothing_but_crashes_is_still_a_summary() -> None:
    summary = summarise([Row(CASE, error="x")], {})
    assert (summary.recall, summary.risk_coverage, summary.shipped, summary.histogram) == ({}, [], None, [])
    assert confusion_table(summary.confusion) == []
