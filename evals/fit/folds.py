"""Weights on disk: those of each fold, and which groups had no part in them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.types import Case
from rag.errors import InputError
from rag.weights import Weights, weights_from


@dataclass(frozen=True, slots=True)
class Fold:
    """Weights that were fitted without these groups."""

    groups: frozenset[str]
    weights: Weights


def write_folds(path: Path, folds: Sequence[Fold]) -> None:
    data = [{"groups": sorted(fold.groups)} | fold.weights.as_data() for fold in folds]
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def read_folds(path: Path) -> list[Fold]:
    """Raises InputError for a file that `beleg-eval fit` did not write."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return [Fold(frozenset(map(str, fold["groups"])), weights_from(fold)) for fold in data]
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise InputError(f"{str(path)!r} holds no folds: {error!r}. `beleg-eval fit` writes them.") from error


def read_weights(path: Path) -> Weights:
    """The weights of a file of the form of `rag/weights.json`. Raises InputError."""
    try:
        return weights_from(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"{str(path)!r} holds no weights: {error}. `beleg-eval fit` writes them.") from error


def weights_of(case: Case, folds: Sequence[Fold], groups: Mapping[str, str]) -> Weights:
    """The weights that the groups of the case's evidence had no part in. Raises InputError where there are none."""
    named = {groups.get(evidence.article_id) for evidence in case.evidence}
    for fold in folds:
        if named and named <= fold.groups:
            return fold.weights
    raise InputError(f"The groups of the case {case.id!r}, {sorted(map(str, named))}, were in no fold together.")
