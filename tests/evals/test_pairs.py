"""Claims against one sentence each."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.cli import main
from evals.pairs import Pair, check_pairs, pair_figures, read_pairs
from rag.check.judge import DenialJudge
from rag.errors import InputError

PAIRS = [
    Pair("Das Schiff lief am Montag aus.", "Das Schiff lief am Montag aus.", "supported"),
    Pair("Das Schiff lief nicht aus.", "Das Schiff lief aus.", "refuted"),
    Pair("Das Schiff hatte Mais an Bord.", "Das Wetter war gut.", "not_enough_evidence"),
    Pair("Das Schiff kam an.", "Das Schiff ist nun im Hafen.", "supported"),
]
ROWS = """
{"premise": "Das Schiff lief aus.", "hypothesis": "Das Schiff lief nicht aus.", "label": "contradiction"}
{"claim": "The ship left .", "evidence": "The ship left .", "label": "SUPPORTS", "id": 3}
"""


def test_rows_of_both_sets_are_read(tmp_path: Path):
    (tmp_path / "pairs.jsonl").write_text(ROWS)
    assert read_pairs(tmp_path / "pairs.jsonl") == [
        Pair("Das Schiff lief nicht aus.", "Das Schiff lief aus.", "refuted"),
        Pair("The ship left .", "The ship left .", "supported"),
    ]


@pytest.mark.parametrize(
    "row", ['{"premise": "a", "label": "neutral"}', '{"claim": "a", "evidence": "b", "label": "MAYBE"}', "x"]
)
def test_a_bad_row_is_named_by_its_line(tmp_path: Path, row: str):
    (tmp_path / "pairs.jsonl").write_text(f"\n{row}\n")
    with pytest.raises(InputError, match=r"pairs\.jsonl:2"):
        read_pairs(tmp_path / "pairs.jsonl")


def test_verdicts_come_from_the_one_sentence():
    assert check_pairs(PAIRS, language="de") == ["supported", "refuted", "not_enough_evidence", "not_enough_evidence"]


def test_a_judge_decides_where_it_is_sure():
    judged = check_pairs([Pair("Schiff lief", "Das Schiff lief gestern nicht.", "refuted")], judge=DenialJudge())
    assert judged == ["refuted"]


def test_precision_recall_and_what_is_left_open():
    figures = pair_figures(PAIRS, check_pairs(PAIRS, language="de"))
    values = {name: figure.value for name, figure in figures.items() if figure}
    assert values["precision of supported"] == values["precision of refuted"] == values["recall of refuted"] == 1.0
    assert values["recall of supported"] == 0.5
    assert values["not_enough_evidence"] == 0.5
    assert values["wrong verdicts"] == 0.0
    assert values["verdict macro-F1"] == pytest.approx((2 / 3 + 1 + 2 / 3) / 3)


def test_a_verdict_that_was_never_given_has_no_precision():
    figures = pair_figures(PAIRS[2:], ["not_enough_evidence"] * 2)
    assert figures["precision of refuted"] is None


def test_the_command_prints_the_figures_and_who_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "pairs.jsonl").write_text(ROWS)
    assert main(["pairs", str(tmp_path / "pairs.jsonl")]) == 0
    said = capsys.readouterr().out
    assert said.startswith("judge: findings\n")
    assert "precision of refuted   1.000" in said
