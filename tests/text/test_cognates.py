"""One spelling for two languages."""

from __future__ import annotations

import pytest

from rag.text.cognates import fold_spelling


@pytest.mark.parametrize(
    ("english", "german"),
    [("music", "musik"), ("photo", "foto"), ("system", "system"), ("quality", "qualität"), ("fish", "fisch")],
)
def test_related_words_look_alike_for_at_least_four_letters(english: str, german: str) -> None:
    assert fold_spelling(english)[:4] == fold_spelling(german)[:4]


def test_unrelated_words_stay_apart() -> None:
    assert fold_spelling("bread") != fold_spelling("brot")
