"""Rows -> figures: means of the cases' scores, and what only many cases together can say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from evals.intervals import Values, folded_figure, mean_figure, two_sample_figure
from evals.scorers import CASE_METRICS
from evals.types import VERDICTS, Altered, Figure, Reliability, Row
from rag.types import FindingKind, Verdict

BALANCED, AUROC, AURC = "abstention balanced", "abstention AUROC", "risk-coverage area"
CALIBRATION = "calibration error"
MACRO_F1, FLIPPED = "verdict macro-F1", "verdict flipped"
SUPPORTED, REFUTED, UNDECIDED = "supported precision", "refuted precision", "not enough evidence"
MEDIAN, SLOW = "seconds median", "seconds 95th percentile"
CHECK_MEDIAN, CHECK_SLOW = "check seconds median", "check seconds 95th percentile"

# Every figure of a report, in its order.
METRICS: tuple[str, ...] = (
    *CASE_METRICS,
    *(BALANCED, AUROC, AURC, CALIBRATION),
    *(MACRO_F1, SUPPORTED, REFUTED, UNDECIDED, FLIPPED),
    *(MEDIAN, SLOW, CHECK_MEDIAN, CHECK_SLOW),
)

# What finding names what was altered. A unit is a number's.
_NAMED_BY: dict[str, FindingKind] = {
    "number": "number",
    "unit": "number",
    "date": "date",
    "name": "name",
    "direction": "direction",
    "negation": "negation",
}

_TENTHS = 10

# Of these, less is better.
LOWER_IS_BETTER = frozenset({AURC, CALIBRATION, UNDECIDED, MEDIAN, SLOW, CHECK_MEDIAN, CHECK_SLOW})


def aggregate(rows: Sequence[Row]) -> dict[str, Figure | None]:
    """Every figure over the cases that it could be given for; None where there is none.

    `abstention balanced`: the mean of `answered` and `abstained`. `abstention AUROC`: how often an answerable case has
    more confidence than an unanswerable one. `risk-coverage area`, `calibration error`: see their functions.
    `supported precision`, `refuted precision`: of the claims that were found so, the share that is. `not enough
    evidence`: the share of all that were checked that got no other verdict, be it due or not. `verdict flipped`: of the
    altered claims whose original was found supported, the share that was found refuted.
    """
    figures = {name: mean_figure(values(rows, name)) for name in CASE_METRICS}
    figures[BALANCED] = two_sample_figure(values(rows, "answered"), values(rows, "abstained"), _balanced)
    sure = [row.confidence for row in rows if row.case.answerable and row.confidence is not None]
    unsure = [row.confidence for row in rows if row.case.answerable is False and row.confidence is not None]
    figures[AUROC] = two_sample_figure(sure, unsure, area_under_curve)
    figures[AURC] = folded_figure(confident_losses(rows), risk_coverage_area)
    figures[CALIBRATION] = folded_figure(_sureness(rows), calibration_error)
    figures[MACRO_F1] = folded_figure(_verdict_pairs(rows), macro_f1)
    figures[SUPPORTED] = mean_figure(_found(rows, "supported"))
    figures[REFUTED] = mean_figure(_found(rows, "refuted"))
    figures[UNDECIDED] = mean_figure(float(r.checked.verdict == "not_enough_evidence") for r in rows if r.checked)
    figures[FLIPPED] = mean_figure(_flips(rows))
    for kind, median, slow in (("question", MEDIAN, SLOW), ("claim", CHECK_MEDIAN, CHECK_SLOW)):
        taken = [[row.seconds] for row in rows if row.seconds is not None and row.case.kind == kind]
        seconds = np.array(taken).reshape(-1, 1)
        figures[median] = folded_figure(seconds, lambda sample: float(np.median(sample)))
        figures[slow] = folded_figure(seconds, partial(_percentile, percent=95))
    return figures


def values(rows: Sequence[Row], metric: str) -> list[float]:
    """The scores that a metric of single cases could give."""
    scores = (row.scores.get(metric) for row in rows)
    return [score.value for score in scores if score is not None and score.value is not None]


def area_under_curve(higher: Values, lower: Values) -> float:
    """The share of pairs in which the value of `higher` is the larger, ties counted half: Mann-Whitney U / (n1 n2)."""
    ordered = np.sort(lower)
    below = np.searchsorted(ordered, higher, side="left")
    up_to = np.searchsorted(ordered, higher, side="right")
    return float((below + up_to).sum() / 2 / (higher.size * lower.size))


def confident_losses(rows: Sequence[Row]) -> Values:
    """Confidence and loss of each question, shape (n, 2), as if every one had been answered with its best sentence.

    The loss is 1 where that sentence is not evidence; so it is for every unanswerable question.
    """
    return _asked(rows)[:, [0, 2]]


def risk_coverage(losses: Values) -> Values:
    """Coverage and risk, shape (n, 2), were only the i most confident answered, for i from 1 to n.

    Risk is the mean loss of those (El-Yaniv & Wiener 2010). Cases of the same confidence share their losses evenly.
    """
    confidence, loss = losses[:, 0], losses[:, 1]
    _, group = np.unique(-confidence, return_inverse=True)
    sizes = np.bincount(group)
    means = np.bincount(group, weights=loss) / sizes
    answered = np.arange(1, len(losses) + 1)
    return np.column_stack([answered / len(losses), np.cumsum(np.repeat(means, sizes)) / answered])


def risk_coverage_area(losses: Values) -> float:
    """The mean risk over all coverages: 0 where no answer is ever wrong (Geifman & El-Yaniv 2019)."""
    return float(risk_coverage(losses)[:, 1].mean())


def reliability(rows: Sequence[Row]) -> list[Reliability]:
    """Questions by confidence, in tenths; empty tenths are left out."""
    asked = _asked(rows)
    tenths = np.minimum((asked[:, 0] * _TENTHS).astype(int), _TENTHS - 1)
    bins = []
    for tenth in np.unique(tenths).tolist():
        inside = asked[tenths == tenth]
        sure, answerable, loss = inside.mean(axis=0).tolist()
        bins.append(Reliability(tenth / _TENTHS, (tenth + 1) / _TENTHS, len(inside), sure, answerable, 1.0 - loss))
    return bins


def calibration_error(asked: Values) -> float:
    """`Σ n/N |mean confidence - share answerable|` over the tenths of confidence (Naeini et al. 2015).

    `asked` has a row for each question: confidence, and 1 where it could be answered.
    """
    tenths = np.minimum((asked[:, 0] * _TENTHS).astype(int), _TENTHS - 1)
    sums = np.abs(np.bincount(tenths, weights=asked[:, 0] - asked[:, 1], minlength=_TENTHS))
    return float(sums.sum() / len(asked))


def confusion(rows: Sequence[Row]) -> dict[Verdict, dict[Verdict, int]]:
    """How many claims of each expected verdict got which; empty where none was checked."""
    pairs = [(row.case.verdict, row.checked.verdict) for row in rows if row.case.verdict and row.checked]
    return {want: {got: pairs.count((want, got)) for got in VERDICTS} for want in VERDICTS} if pairs else {}


def altered(rows: Sequence[Row]) -> list[Altered]:
    """What became of the altered claims, by how they were altered; those kinds alone that there are."""
    found = []
    for kind, named in _NAMED_BY.items():
        some = [(row.checked.verdict, row.checked.against) for row in _altered_rows(rows, kind) if row.checked]
        not_supported = mean_figure(float(verdict != "supported") for verdict, _ in some)
        refuted = mean_figure(float(verdict == "refuted") for verdict, _ in some)
        right = mean_figure(float(verdict == "refuted" and named in against) for verdict, against in some)
        if not_supported and refuted and right:
            found.append(Altered(kind, not_supported, refuted, right))
    return found


def macro_f1(pairs: Values) -> float:
    """Mean of `2 tp / (2 tp + fp + fn)` over the verdicts expected or given; a pair is (expected, given) by number."""
    scores = []
    for verdict in np.unique(pairs):
        expected, got = pairs[:, 0] == verdict, pairs[:, 1] == verdict
        scores.append(2 * (expected & got).sum() / (expected.sum() + got.sum()))
    return float(np.mean(scores))


def unscored(rows: Sequence[Row]) -> Mapping[str, int]:
    """Claims that wait unscored, by why."""
    reasons = [
        score.explanation
        for row in rows
        if row.case.kind == "claim" and (score := row.scores.get("verdict right")) and score.value is None
    ]
    return {reason: reasons.count(reason) for reason in dict.fromkeys(reasons)}


def _sureness(rows: Sequence[Row]) -> Values:
    """Confidence, and 1 where it could be answered, of each question of which that is known, shape (n, 2)."""
    known = [row for row in rows if row.confidence is not None and row.case.answerable is not None]
    return np.array([(row.confidence, float(row.case.answerable or 0)) for row in known], dtype=float).reshape(-1, 2)


def _asked(rows: Sequence[Row]) -> Values:
    """Confidence, 1 where it could be answered, and loss of each question of which they are known, shape (n, 3)."""
    asked = []
    for row in rows:
        best = row.scores.get("best sentence")
        right = best.value if best is not None and row.case.answerable else 0.0
        if row.confidence is not None and row.case.answerable is not None and right is not None:
            asked.append((row.confidence, float(row.case.answerable), 1.0 - right))
    return np.array(asked, dtype=float).reshape(-1, 3)


def _altered_rows(rows: Sequence[Row], kind: str) -> list[Row]:
    """Not those whose evidence was left out: nothing is there to refute them."""
    return [row for row in rows if row.case.verdict == "refuted" and row.case.original and kind in row.case.tags]


def _found(rows: Sequence[Row], verdict: Verdict) -> list[float]:
    """Of the claims that got this verdict, and for which one is expected, 1 where it is this one."""
    return [
        float(row.case.verdict == verdict)
        for row in rows
        if row.case.verdict and row.checked and row.checked.verdict == verdict
    ]


def _flips(rows: Sequence[Row]) -> list[float]:
    verdicts = {row.case.text: row.checked.verdict for row in rows if row.checked}
    return [
        float(row.checked.verdict == "refuted")
        for row in rows
        if row.checked and row.case.original is not None and verdicts.get(row.case.original) == "supported"
    ]


def _balanced(answered: Values, abstained: Values) -> float:
    return float(answered.mean() + abstained.mean()) / 2


def _percentile(sample: Values, *, percent: float) -> float:
    return float(np.percentile(sample, percent))


def _verdict_pairs(rows: Sequence[Row]) -> Values:
    pairs = [
        (VERDICTS.index(row.case.verdict), VERDICTS.index(row.checked.verdict))
        for row in rows
        if row.case.verdict and row.checked
    ]
    return np.array(pairs, dtype=float).reshape(-1, 2)
