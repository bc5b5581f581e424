"""Weights of folds on disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evals.fit.folds import Fold, read_folds, read_weights, weights_of, write_folds
from evals.types import Case, Evidence
from rag.errors import InputError
from rag.weights import shipped_weights

OTHER = replace(shipped_weights(), same=shipped_weights().other)
FOLDS = [Fold(frozenset({"a", "b"}), shipped_weights()), Fold(frozenset({"c"}), OTHER)]


def test_folds_come_back_as_they_were_written(tmp_path: Path) -> None:
    write_folds(tmp_path / "folds.json", FOLDS)
    assert read_folds(tmp_path / "folds.json") == FOLDS


def test_a_case_is_asked_with_weights_that_its_group_had_no_part_in() -> None:
    case = Case("q", "Wo?", evidence=(Evidence("artikel"),))
    assert weights_of(case, FOLDS, {"artikel": "c"}) == OTHER
    assert weights_of(case, FOLDS, {"artikel": "a"}) == shipped_weights()


def test_a_case_of_no_fold_is_named() -> None:
    case = Case("q", "Wo?", evidence=(Evidence("artikel"),))
    with pytest.raises(InputError, match="case 'q', \\['z'\\]"):
        weights_of(case, FOLDS, {"artikel": "z"})


@pytest.mark.parametrize("text", ["", "{}x", "[1]", '[{"groups": ["a"]}]'])
def test_what_is_no_file_of_folds_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "folds.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        read_folds(tmp_path / "folds.json")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        read_weights(tmp_path / "nowhere.json")
