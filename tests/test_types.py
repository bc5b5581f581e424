"""What flows is frozen, and knows its own hash."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from rag.types import Article, Filters, Hit, Passage, content_hash


def test_an_articles_hash_is_that_of_its_text() -> None:
    # SHA-256 of "abc", from FIPS 180-2, appendix B.1
    assert content_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    article = Article("a", "abc")
    assert article.content_hash == content_hash("abc")
    assert replace(article, text="abd").content_hash == content_hash("abd")


def test_what_flows_cannot_be_changed_in_place() -> None:
    with pytest.raises(FrozenInstanceError):
        Article("a", "abc").text = "abd"  # type: ignore[misc]


def test_filters_name_what_is_set_and_the_first_of_many_ids() -> None:
    assert str(Filters()) == ""
    assert str(Filters(language="de", articles=frozenset({"b", "a"}))) == "language=de, articles=a|b"
    assert str(Filters(articles=frozenset("abcdefg"))) == "articles=a|b|c|d|e|... (7)"
    assert str(Filters(articles=frozenset())) == "articles="


def test_filters_are_true_once_one_is_set() -> None:
    assert not Filters()
    assert Filters(language="de")
    assert Filters(articles=frozenset())


def test_a_hits_text_is_its_span_of_the_article() -> None:
    assert Hit(Passage("a", 0, 6, 10, ()), 1.0, {}, Article("a", "Eins. Zwei. Drei.")).text == "Zwei"
