"""What can be stored, found and cited from, and in which form."""

from __future__ import annotations

import pytest

from rag.types import Article
from tests.conftest import OpenArchive
from tests.lighthouse import OTHER, SHORT
from tests.lighthouse import article as _article


def test_articles_that_share_a_front_page_address_are_all_kept(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest(
        [_article("a", url="https://beispiel.example/"), _article("b", OTHER, url="https://beispiel.example")]
    )
    assert len(archive.articles()) == 2


@pytest.mark.parametrize(
    ("article", "said"),
    [
        (_article(text="12345 ... 678"), "no sentence"),
        (_article(text="Ein Satz ist zu lang. " * 10), "at most 100 are taken"),
        (_article(id=" "), "id"),
        (_article(text="Ein halbes Zeichen \ud800 steht hier."), "Unicode"),
    ],
)
def test_an_article_that_cannot_be_cited_from_is_refused_with_the_reason(
    open_archive: OpenArchive, article: Article, said: str
) -> None:
    archive = open_archive(max_article_characters=100)
    report = archive.ingest([article, _article("gut", SHORT)])
    assert said in report.failed[0].reason
    assert report.added == ("gut",)


def test_an_article_of_one_sentence_is_found_and_cited(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest(_article(text=SHORT))
    answer = archive.ask("Wurde der Leuchtturm auf Sandholm abgerissen?")
    assert [citation.quote for citation in answer.citations] == [SHORT]


def test_a_language_that_is_not_given_is_marked_as_guessed(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([Article("a", SHORT), _article("b", OTHER)])
    assert archive.article("a").language == "de"
    assert archive.article("a").guessed == ("language",)
    assert archive.article("b").guessed == ()


def test_a_language_is_kept_as_filters_name_it(open_archive: OpenArchive) -> None:
    archive = open_archive()
    report = archive.ingest([_article(language="DE-at"), _article("kurz", SHORT, language="German")])
    assert [failure.reason for failure in report.failed] == ["language 'German' is not a code such as de or en"]
    assert archive.article("turm").language == "de"
    assert archive.ingest(_article(language="DE-at")).unchanged == ("turm",)
