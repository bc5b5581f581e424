"""Cross-validation by group: what weights are worth on questions that they were not fitted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.fit.examples import Example
from evals.fit.folds import Fold
from evals.fit.logit import Vector
from evals.fit.steps import SIGNS, Read, Signs, fit_read, fit_weights, read_examples
from evals.intervals import mean_figure, two_sample_figure
from evals.metrics import area_under_curve
from evals.types import Figure
from rag.errors import InputError
from rag.weights import Weights

_SURE = 0.5
_SENTENCES = 3
_ARTICLES = 5

Figures = Mapping[str, Figure | None]


def fit_folds(examples: Sequence[Example], before: Weights, *, folds: int, signs: Signs = SIGNS) -> list[Fold]:
    """Weights fitted on all examples but those of the fold's own groups, which are dealt out in turn.

    Raises InputError unless there are 2 to as many folds as groups.
    """
    groups = list(dict.fromkeys(example.group for example in examples))
    if not 2 <= folds <= len(groups):
        raise InputError(f"{folds} folds of {len(groups)} groups cannot be made: name 2 to {len(groups)}.")
    dealt = [frozenset(groups[at::folds]) for at in range(folds)]
    return [Fold(own, fit_weights([e for e in examples if e.group not in own], before, signs)) for own in dealt]


def fit_read_folds(examples: Sequence[Example], folds: Sequence[Fold]) -> list[Fold]:
    """Folds whose weights are fitted to a reader's word too, each again without its own groups."""
    return [
        Fold(fold.groups, fit_read([e for e in examples if e.group not in fold.groups], fold.weights)) for fold in folds
    ]


def read_crossed(examples: Sequence[Example], folds: Sequence[Fold]) -> list[Read]:
    """Each example under the weights that its group had no part in."""
    return [
        read for fold in folds for read in read_examples((e for e in examples if e.group in fold.groups), fold.weights)
    ]


def figures_of(reads: Sequence[Read]) -> Figures:
    """Of questions asked of the whole archive, and of how well each kind of absence is told from presence."""
    figures: dict[str, Figure | None] = {}
    whole = [read for read in reads if read.example.kind == "whole"]
    figures["article first"] = mean_figure(float(any(read.articles[:1])) for read in whole)
    figures["article in five"] = mean_figure(float(any(read.articles[:_ARTICLES])) for read in whole)
    figures["sentence first"] = mean_figure(float(any(read.sentences[:1])) for read in whole)
    figures["sentence in three"] = mean_figure(float(any(read.sentences[:_SENTENCES])) for read in whole)
    for kind in dict.fromkeys(read.example.kind for read in reads if "out" in read.example.kind):
        there = [read.confidence for read in reads if read.example.kind == kind.partition(",")[0]]
        absent = [read.confidence for read in reads if read.example.kind == kind]
        figures[f"AUROC: {kind}"] = two_sample_figure(there, absent, area_under_curve)
        figures[f"balanced: {kind}"] = two_sample_figure(there, absent, _balanced)
    return figures


def without_sign(signs: Signs, step: str, sign: str) -> Signs:
    return {name: tuple(one for one in some if (name, one) != (step, sign)) for name, some in signs.items()}


def _balanced(there: Vector, absent: Vector) -> float:
    return float((there >= _SURE).mean() + (absent < _SURE).mean()) / 2
