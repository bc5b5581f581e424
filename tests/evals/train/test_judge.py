"""What the judge is told to learn, and what is said of it."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from evals.train.examples import LABELS, Label, Pair
from evals.train.judge import relation_loss, report

ROW = (0.5, 0.3, 0.2)


@pytest.mark.parametrize(
    ("label", "likely"), [("entailment", 0.5), ("contradiction", 0.3), ("neutral", 0.2), ("not_entailment", 0.5)]
)
def test_a_loss_is_that_of_what_is_known(label: Label, likely: float) -> None:
    loss = relation_loss(torch.tensor([ROW]).log(), torch.tensor([LABELS.index(label)]))
    assert float(loss) == pytest.approx(-math.log(likely), abs=1e-5)


def test_a_report_counts_what_is_right_by_set() -> None:
    pairs = [
        Pair("a", "b", "contradiction", kind="frame almost"),
        Pair("a", "b", "not_entailment", kind="frame denies"),
        Pair("a", "b", "entailment", kind="nli_rte3_de"),
    ]
    judged = np.array([[0.1, 0.8, 0.1], [0.1, 0.2, 0.7], [0.2, 0.7, 0.1]], dtype=np.float32)
    assert report(pairs, judged) == "frame 1.000 of 2, nli_rte3_de 0.000 of 1"
