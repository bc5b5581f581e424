"""What a judge's word is worth: the surest sentence that nothing exact forbids, and from when on it decides."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.fit.standard import SIDES, Recorder, Weighed, fit_standard, least_probability, surest, write_standard
from rag.check.compare import Comparison, Exact
from rag.check.judge import Judgement
from rag.types import Stance


def _row(entailment: float, contradiction: float, *, words: Stance = "for", **exact: bool) -> Recorder:
    recorder = Recorder()
    neutral = 1 - entailment - contradiction
    comparison = Comparison(words, 0.8, (), exact=Exact(**exact))
    assert recorder.decide(Judgement(entailment, contradiction, neutral), comparison).stance == "neither"
    return recorder


def test_the_surest_sentence_counts_that_nothing_forbids() -> None:
    rows = [*_row(0.99, 0.0, differs=True).rows, *_row(0.7, 0.1).rows, *_row(0.2, 0.6).rows]
    chosen = surest(rows, "for")
    assert chosen is not None
    assert chosen["entailment"] == pytest.approx(0.847, abs=0.001)  # ln(.7 / .3)
    assert surest(_row(0.99, 0.0, differs=True).rows, "for") is None
    assert surest(_row(0.1, 0.8, words="against", differs=True).rows, "against") is not None
    assert surest(_row(0.99, 0.0, words="neither").rows, "for") is None


def test_the_least_is_what_a_judge_that_is_sure_enough_is_worth() -> None:
    # 1 + 0.5 · ln(.9 / .1) = 2.0986, whose sigmoid is .891; ln(.5 / .5) = 0
    assert least_probability({"constant": 1.0, "entailment": 0.5}, "for") == 0.891
    assert least_probability({"constant": 0.0, "contradiction": 2.0}, "against") == 0.5


def test_a_judge_that_tells_gets_weight_and_a_threshold(tmp_path: Path) -> None:
    weighed = []
    for at in range(60):
        sure = 0.5 + at / 130
        for due, (entailment, contradiction) in (
            ("supported", (sure, 0.01)),
            ("refuted", (0.01, sure)),
            ("not_enough_evidence", (0.1, 0.1)),
        ):
            rows = [row for words in SIDES for row in _row(entailment, contradiction, words=words).rows]
            weighed.append(Weighed("claim", due, {"for": surest(rows, "for"), "against": surest(rows, "against")}))  # type: ignore[arg-type]
    standard = fit_standard(weighed)
    assert standard.weights["for"]["entailment"] > 0
    assert standard.weights["against"]["contradiction"] > 0
    agreeing, differing = Comparison("for", 0.8, ()), Comparison("against", 0.8, ())
    assert standard.decide(Judgement(0.95, 0.02, 0.03), agreeing).stance == "for"
    assert standard.decide(Judgement(0.02, 0.95, 0.03), differing).stance == "against"
    assert standard.decide(Judgement(0.1, 0.1, 0.8), agreeing).stance == "neither"
    write_standard(standard, tmp_path / "support.json")
    assert json.loads((tmp_path / "support.json").read_text())["least"] == dict(standard.least)
