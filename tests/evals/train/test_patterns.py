"""What a German sentence can do without."""

from __future__ import annotations

import pytest

from evals.train.patterns import without_additions


@pytest.mark.parametrize(
    ("text", "shorter"),
    [
        ("Der Turm (siehe Bild) steht.", "Der Turm steht."),
        ("Der Turm, der 1912 gebaut wurde, steht noch.", "Der Turm steht noch."),
        ("Der Turm steht noch, obwohl er unterspült wurde.", "Der Turm steht noch."),
        ("Der Turm, den man sieht und der steht.", "Der Turm, den man sieht und der steht."),
    ],
)
def test_brackets_relative_clauses_and_what_ends_a_sentence_are_left_out(text: str, shorter: str) -> None:
    assert without_additions(text) == shorter
