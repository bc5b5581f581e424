"""What only many cases together can say, against values worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evals.metrics import (
    aggregate,
    altered,
    area_under_curve,
    calibration_error,
    confident_losses,
    confusion,
    macro_f1,
    reliability,
    risk_coverage,
    risk_coverage_area,
    unscored,
)
from evals.types import Checked, Figure, Row, Score
from tests.evals.seen import CASE, row

UNANSWERABLE = replace(CASE, answerable=False)
UNKNOWN = replace(CASE, answerable=None)
CLAIM = replace(CASE, kind="claim", verdict="refuted")


def test_the_area_under_the_curve_counts_pairs_and_half_the_ties() -> None:
    # pairs: .9 > .5, .9 > .2, .5 = .5 (half), .5 > .2: 3.5 of 4
    assert area_under_curve(np.array([0.9, 0.5]), np.array([0.5, 0.2])) == 0.875


def test_risk_is_the_share_of_wrong_answers_among_the_most_confident() -> None:
    losses = np.array([[0.2, 1.0], [0.9, 0.0], [0.6, 1.0], [0.8, 0.0]])
    # by confidence: right, right, wrong, wrong
    assert risk_coverage(losses).tolist() == [[0.25, 0.0], [0.5, 0.0], [0.75, pytest.approx(1 / 3)], [1.0, 0.5]]
    assert risk_coverage_area(losses) == pytest.approx((0 + 0 + 1 / 3 + 1 / 2) / 4)


def test_cases_of_one_confidence_share_their_losses_whatever_their_order() -> None:
    one, other = np.array([[0.5, 1.0], [0.5, 0.0]]), np.array([[0.5, 0.0], [0.5, 1.0]])
    assert risk_coverage(one).tolist() == risk_coverage(other).tolist() == [[0.5, 0.5], [1.0, 0.5]]


def test_every_answer_to_an_unanswerable_question_is_a_loss() -> None:
    rows = [
        row(CASE, confidence=0.9, best_sentence=1.0),
        row(CASE, confidence=0.5, best_sentence=0.0),
        row(CASE, confidence=0.4, best_sentence=None),
        row(UNANSWERABLE, confidence=0.3, best_sentence=None),
        row(CLAIM),
    ]
    assert confident_losses(rows).tolist() == [[0.9, 0.0], [0.5, 1.0], [0.3, 1.0]]


def test_a_confidence_is_reliable_where_as_many_can_be_answered_as_it_says() -> None:
    # tenths: .1 to .2 holds .1 and .15, none answerable; .9 to 1 holds .9 and 1, one of two answerable
    asked = np.array([[0.1, 0.0], [0.15, 0.0], [0.9, 1.0], [1.0, 0.0]])
    assert calibration_error(asked) == pytest.approx((0.25 + abs(1.9 - 1.0)) / 4)
    assert calibration_error(np.array([[0.5, 1.0], [0.5, 0.0]])) == 0.0


def test_the_reliability_table_gives_each_tenth_that_is_not_empty() -> None:
    rows = [
        Row(CASE, {"best sentence": Score(1.0)}, confidence=0.95),
        Row(CASE, {"best sentence": Score(0.0)}, confidence=1.0),
        Row(UNANSWERABLE, confidence=0.31),
    ]
    low, high = reliability(rows)
    assert (low.low, low.high, low.cases, low.answerable, low.right) == (0.3, 0.4, 1, 0.0, 0.0)
    assert (high.low, high.high, high.cases, high.answerable, high.right) == (0.9, 1.0, 2, 1.0, 0.5)
    assert high.confidence == pytest.approx(0.975)


def test_abstention_is_balanced_over_answerable_and_unanswerable_cases() -> None:
    rows = [
        *(row(CASE, confidence=0.9, answered=1.0) for _ in range(3)),
        row(CASE, confidence=0.4, answered=0.0),
        *(row(UNANSWERABLE, confidence=0.1 + 0.5 * (n == 0), abstained=float(n > 0)) for n in range(2)),
    ]
    figures = aggregate(rows)
    balanced, area = figures["abstention balanced"], figures["abstention AUROC"]
    assert balanced is not None
    assert area is not None
    assert (balanced.value, balanced.cases) == ((0.75 + 0.5) / 2, 6)
    assert area.value == 7 / 8
    assert aggregate(rows[:4])["abstention balanced"] is None


def test_a_question_that_may_or_may_not_be_answerable_is_in_no_figure_that_needs_to_know() -> None:
    rows = [
        row(CASE, confidence=0.9, answered=1.0, best_sentence=1.0),
        row(UNANSWERABLE, confidence=0.4, abstained=0.0),
    ]
    unknown = [row(UNKNOWN, confidence=0.95, best_sentence=None, rejected_avoided=0.0)]
    assert confident_losses(unknown).tolist() == []
    assert reliability(unknown) == []
    without, figures = aggregate(rows), aggregate(rows + unknown)
    assert {name for name in figures if figures[name] != without[name]} == {"rejected avoided"}
    assert figures["rejected avoided"] == Figure(0.0, 0.0, 0.0, 1)


def test_a_question_whose_evidence_is_not_known_counts_for_whether_it_can_be_answered() -> None:
    rows = [
        row(replace(CASE, evidence=()), confidence=0.9, answered=1.0, best_sentence=None),
        row(UNANSWERABLE, confidence=0.3, abstained=1.0),
    ]
    figures = aggregate(rows)
    values = {name: figure and figure.value for name, figure in figures.items()}
    # tenths: |.9 - 1| and |.3 - 0|, of two questions
    assert values["calibration error"] == pytest.approx((0.1 + 0.3) / 2)
    assert (values["abstention AUROC"], values["abstention balanced"]) == (1.0, 1.0)


def test_macro_f1_and_the_confusion_matrix_of_verdicts() -> None:
    pairs = [("supported", "supported"), ("supported", "refuted"), ("refuted", "refuted"), ("conflicting", "refuted")]
    rows = [Row(replace(CLAIM, verdict=want), {}, checked=Checked(got)) for want, got in pairs]  # type: ignore[arg-type]
    # supported: 2·1 / (2 + 1); refuted: 2·1 / (1 + 3); conflicting: 0
    figure = aggregate(rows)["verdict macro-F1"]
    assert figure is not None
    assert figure.value == pytest.approx((2 / 3 + 2 / 4 + 0) / 3)
    assert macro_f1(np.array([[0.0, 0.0]])) == 1.0
    counts = confusion(rows)
    assert (counts["supported"]["refuted"], counts["conflicting"]["conflicting"]) == (1, 0)
    assert confusion([Row(CLAIM)]) == {}


def test_a_verdict_flips_where_the_original_is_supported_and_the_altered_claim_refuted() -> None:
    def claim(text: str, verdict: str, original: str | None = None) -> Row:
        return Row(replace(CLAIM, text=text, original=original), {}, checked=Checked(verdict))  # type: ignore[arg-type]

    rows = [
        claim("25 Minuten", "supported"),
        claim("26 Minuten", "refuted", "25 Minuten"),
        claim("25 Stunden", "supported", "25 Minuten"),
        claim("zwei Schiffe", "not_enough_evidence"),
        claim("drei Schiffe", "refuted", "zwei Schiffe"),
    ]
    figure = aggregate(rows)["verdict flipped"]
    assert figure is not None
    assert (figure.value, figure.cases) == (0.5, 2)


def _claim(want: str, got: str, *tags: str, against: tuple[str, ...] = (), original: str | None = "x") -> Row:
    case = replace(CLAIM, verdict=want, tags=tags, original=original)  # type: ignore[arg-type]
    return Row(case, {}, checked=Checked(got, against=against))  # type: ignore[arg-type]


def test_precision_is_of_the_claims_that_got_the_verdict_and_silence_of_all() -> None:
    rows = [
        _claim("supported", "supported"),
        _claim("refuted", "supported"),
        _claim("refuted", "refuted"),
        _claim("supported", "not_enough_evidence"),
    ]
    figures = aggregate(rows)
    shown = {name: (one.value, one.cases) for name, one in figures.items() if one and not name.startswith("verdict")}
    assert shown == {"supported precision": (0.5, 2), "refuted precision": (1.0, 1), "not enough evidence": (0.25, 4)}
    assert aggregate(rows[:2])["refuted precision"] is None


def test_altered_claims_are_counted_by_what_was_altered_and_what_was_found() -> None:
    rows = [
        _claim("refuted", "refuted", "altered", "number", against=("number", "name")),
        _claim("refuted", "refuted", "altered", "number", against=("name",)),
        _claim("refuted", "not_enough_evidence", "altered", "number"),
        _claim("refuted", "supported", "altered", "number"),
        _claim("refuted", "refuted", "altered", "unit", against=("number",)),
        _claim("refuted", "supported", "number", original=None),
        _claim("not_enough_evidence", "not_enough_evidence", "altered", "number", "left out"),
        Row(replace(CLAIM, original="x", tags=("altered", "date")), error="ValueError: x"),
    ]
    number, unit = altered(rows)
    assert (number.kind, number.refuted.cases) == ("number", 4)
    assert (number.not_supported.value, number.refuted.value, number.named.value) == (0.75, 0.5, 0.25)
    assert (unit.kind, unit.named.value) == ("unit", 1.0)


def test_seconds_of_claims_are_figures_of_their_own() -> None:
    figures = aggregate([Row(CASE, {}, seconds=0.1), Row(CLAIM, {}, seconds=0.5)])
    asked, checked = figures["seconds median"], figures["check seconds median"]
    assert asked is not None
    assert checked is not None
    assert (asked.value, checked.value) == (0.1, 0.5)


def test_seconds_are_a_median_and_a_95th_percentile() -> None:
    figures = aggregate([Row(CASE, {}, seconds=second / 100) for second in range(101)])
    median, slow = figures["seconds median"], figures["seconds 95th percentile"]
    assert median is not None
    assert slow is not None
    assert (median.value, slow.value) == (pytest.approx(0.5), pytest.approx(0.95))


def test_unscored_and_crashed_cases_are_left_out_of_the_mean() -> None:
    rows = [row(CASE, sentence_first=1.0), row(CASE, sentence_first=None), Row(CASE, error="ValueError: x")]
    figure = aggregate(rows)["sentence first"]
    assert figure is not None
    assert (figure.value, figure.cases) == (1.0, 1)
    assert aggregate(rows)["article first"] is None


def test_claims_that_wait_are_counted_by_why() -> None:
    waiting = Row(CLAIM, {"verdict right": Score(None, "no check")})
    assert unscored([waiting, waiting, Row(CASE, waiting.scores)]) == {"no check": 2}
