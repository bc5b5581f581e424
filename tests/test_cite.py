"""A citation is a checked span, or there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.cite import cite, holds
from rag.types import Article, Sentence, Span

ARTICLE = Article(
    "a", "Erster Satz. Zweiter Satz.", title="T", source="Beispiel-Zeitung", url="https://beispiel.example/a"
)


def test_a_citation_carries_where_it_is_from_and_the_hash_of_what_was_checked() -> None:
    citation = cite(ARTICLE, Sentence("a", 1, 13, 26), marker=2, score=0.5)
    assert citation is not None
    assert citation.quote == "Zweiter Satz."
    assert (citation.marker, citation.sentence, citation.start, citation.end) == (2, 1, 13, 26)
    assert (citation.title, citation.source, citation.url) == (ARTICLE.title, ARTICLE.source, ARTICLE.url)
    assert citation.content_hash == ARTICLE.content_hash


@pytest.mark.parametrize(
    "sentence",
    [Sentence("a", 0, 0, 99), Sentence("a", 0, -5, 4), Sentence("a", 0, 5, 5), Sentence("b", 0, 0, 12)],
    ids=["past the end", "before the start", "empty", "another article"],
)
def test_a_span_that_does_not_lie_in_the_article_is_no_citation(sentence: Sentence) -> None:
    assert cite(ARTICLE, sentence, marker=1, score=0.0) is None


def test_a_citation_holds_only_in_the_very_text_it_was_checked_in() -> None:
    citation = cite(ARTICLE, Sentence("a", 0, 0, 12), marker=1, score=0.0)
    assert citation is not None
    assert holds(citation, ARTICLE)
    assert not holds(citation, replace(ARTICLE, text=ARTICLE.text + " Neu."))
    assert not holds(citation, replace(ARTICLE, id="b"))
    assert not holds(replace(citation, quote="Erster Satz!"), ARTICLE)
    assert not holds(replace(citation, start=1), ARTICLE)


def test_the_words_that_answer_lie_within_the_cited_sentence_or_there_is_no_citation() -> None:
    sentence = Sentence("a", 1, 13, 26)
    citation = cite(ARTICLE, sentence, marker=1, score=0.0, answer=Span(13, 20))
    assert citation is not None
    assert citation.answer_text == "Zweiter"
    for outside in (Span(0, 6), Span(13, 27), Span(20, 20)):
        assert cite(ARTICLE, sentence, marker=1, score=0.0, answer=outside) is None
