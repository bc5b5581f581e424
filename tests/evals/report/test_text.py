"""What a terminal and a CI log show."""

from __future__ import annotations

from dataclasses import replace

from evals.report.summary import summarise
from evals.report.text import as_markdown, as_text
from evals.types import Checked, Row, Score
from tests.evals.seen import CASE, row

CLAIM = replace(CASE, kind="claim", verdict="refuted", tags=("a|b",))
WAITING = Row(CLAIM, {"verdict right": Score(None, "no check")})


def test_figures_are_one_a_line_and_what_was_not_scored_is_left_out_or_said() -> None:
    shown = as_text(summarise([row(CASE, sentence_first=1.0), WAITING, Row(CASE, error="E: x")], {}))
    assert shown.splitlines() == [
        "sentence first         1.000 [1.000, 1.000]  1 cases",
        "1 claims were not scored: no check.",
        "1 cases crashed; the first: q: E: x",
    ]


def test_altered_claims_have_a_line_each_and_a_table() -> None:
    one = Row(replace(CLAIM, original="x", tags=("altered", "date")), {}, checked=Checked("refuted", against=("date",)))
    summary = summarise([one, Row(one.case, {}, checked=Checked("supported"))], {})
    cell = "0.500 [0.000, 1.000]"
    assert f"altered date           not supported {cell}  refuted {cell}  with its finding {cell}  2 claims" in as_text(
        summary
    )
    assert f"| date | 2 | {cell} | {cell} | {cell} |" in as_markdown(summary)


def test_markdown_has_the_tables_and_what_it_was_run_with() -> None:
    checked = Row(CLAIM, {"verdict right": Score(1.0)}, checked=Checked("refuted"))
    shown = as_markdown(
        summarise([row(CASE, sentence_first=1.0), checked], {"model": "m", "versions": {"python": "3"}})
    )
    assert "| sentence first | 1.000 [1.000, 1.000] | 1 |" in shown
    assert "| tag: a/b | 1 |" in shown
    assert "| refuted | 0 | 1 | 0 | 0 |" in shown
    assert "- model: m\n- versions: python 3\n" in shown
