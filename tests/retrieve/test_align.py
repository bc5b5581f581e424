"""Where a question's words are found in articles."""

from __future__ import annotations

import pytest

from rag.retrieve.align import Alignment
from rag.text.asked import WORD_KINDS
from rag.text.sentences import split_sentences
from rag.types import Article
from tests.finding import question

ARTICLE = Article("a", "Der Turm steht in Ankara. Er ist alt. Gebaut wurde er 1912.", title="Türme", language="de")


def _alignment(asked: str) -> Alignment:
    alignment = Alignment(question(asked))
    alignment.add(ARTICLE, split_sentences(ARTICLE.id, ARTICLE.text, language="de"))
    return alignment


def test_a_sentence_has_its_own_row_and_one_that_is_not_there_has_nothing() -> None:
    alignment = _alignment("Turm 1912")
    assert alignment.row("a", 0).tolist() == [1.0, 0.0]
    assert alignment.row("a", 2).tolist() == [0.0, 1.0]
    assert alignment.row("a", 9).tolist() == alignment.row("b", 0).tolist() == [0.0, 0.0]


def test_sentences_together_hold_each_word_where_it_is_best() -> None:
    alignment = _alignment("Turm Türme 1912")
    assert alignment.best("a", [0, 2]).tolist()[::2] == [1.0, 1.0]
    assert alignment.best("a", [0, 2])[1] < 1.0
    assert alignment.best("a", [0, 2], title=True).tolist() == [1.0, 1.0, 1.0]
    assert alignment.best("a", []).tolist() == [0.0, 0.0, 0.0]


def test_shares_are_by_kind_and_add_up_to_what_is_found() -> None:
    alignment = _alignment("Wer baute 1912 den Turm in Ankara?")
    asked = alignment.asked(language="de")
    assert asked.keys() == set(WORD_KINDS)
    assert sum(asked.values()) == pytest.approx(1.0)
    whole = alignment.shares(alignment.best("a", range(3)), language="de")
    assert (whole["number"], whole["name"], whole["noun"]) == pytest.approx(
        (asked["number"], asked["name"], asked["noun"])
    )
    assert whole["other"] < asked["other"]  # "Gebaut" for "baute": by stem or 4-grams, not wholly
