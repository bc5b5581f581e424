"""Which articles are there, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize

import pytest

from rag.errors import InputError
from rag.index.articles import ArticleStore
from rag.index.listing import Sort
from rag.types import Article, Filters, Listing

ARTICLES = [
    Article("1", "Es regnet in Köln.", "Äpfel sind teuer", None, "Zeitung", date(2022, 1, 3), "de"),
    Article("2", "100 % sicher_ist nichts.", "„Birnen“ gibt es nicht", None, "agentur", date(2022, 1, 1), "de"),
    Article("3", "It is raining.", "apples", "https://beispiel.example/Obst", None, None, "en"),
    Article("4", "Ein Satz über 🙂.", None, None, "Zeitung", date(2022, 1, 3), None),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    store = ArticleStore(f"sqlite:///{tmp_path / 'articles.db'}")
    for article in ARTICLES:
        store.put([article])
    yield store
    store.close()


def browse(store: ArticleStore, query: str = "", filters: Filters | None = None, **options: Any) -> Listing:
    chosen = {"sort": "published", "descending": True, "offset": 0, "limit": 50} | options
    return store.browse(query, filters or Filters(), **chosen)


def ids(listing: Listing) -> str:
    return "".join(one.id for one in listing.articles)


def test_an_article_is_listed_with_what_is_known_of_it(store: ArticleStore) -> None:
    before = datetime.now(UTC)
    store.put([replace(ARTICLES[2], text="It is 🙂.")])
    [one] = browse(store, "obst").articles
    assert (one.id, one.title, one.source, one.url, one.published, one.language) == (
        *("3", "apples", None, "https://beispiel.example/Obst"),
        *(None, "en"),
    )
    assert (one.characters, one.versions) == (8, 1)
    assert before <= one.ingested <= datetime.now(UTC)
    assert one.ingested == store.ingested("3")


@pytest.mark.parametrize(
    ("sort", "ascending", "falling"),
    [
        ("published", "2143", "1423"),
        ("title", "1324", "2314"),
        ("source", "2143", "1423"),
        ("language", "1234", "3124"),
        ("ingested", "1234", "4321"),
    ],
)
def test_lists_are_sorted_as_a_reader_would_with_the_empty_last(
    store: ArticleStore, sort: Sort, ascending: str, falling: str
) -> None:
    assert ids(browse(store, sort=sort, descending=False)) == ascending
    assert ids(browse(store, sort=sort)) == falling


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("KÖLN", "1"),
        ("köln ÄPFEL", "1"),
        ("köln birnen", ""),
        ("zeitung", "14"),
        ("ÜBER", "4"),
        ("BEISPIEL.EXAMPLE/OBST", "3"),
        ("100 %", "2"),
        ("0%", ""),
        ("r_i", "2"),
        ("x_x", ""),
        ("/", "3"),
        ("'; DROP TABLE articles; --", ""),
        ("teuerZeitung", ""),
        ("  ", "1423"),
        ("🙂", "4"),
        ("nirgends", ""),
    ],
)
def test_every_word_is_somewhere_in_an_article_letters_case_aside(
    store: ArticleStore, query: str, expected: str
) -> None:
    found = browse(store, query)
    assert ids(found) == expected
    assert found.total == len(expected)


@pytest.mark.parametrize("stored", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
@pytest.mark.parametrize("word", ["Kündigung", "İstanbul", "istanbul'da", "Œuvré", "100%ig_ä/b", "Москва"])
def test_a_word_is_found_in_whatever_form_of_unicode_it_was_typed_or_stored(
    store: ArticleStore, stored: Literal["NFC", "NFD"], typed: Literal["NFC", "NFD"], word: str
) -> None:
    text = f"Vor {word.replace('istanbul', 'İstanbul')} dahinter."
    store.put([Article("neu", normalize(stored, text), language="de")])
    query = normalize(typed, word.replace("istanbul", "İSTANBUL"))
    assert ids(browse(store, query)) == "neu"
    assert ids(browse(store, query.swapcase())) == "neu"


def test_letters_with_marks_are_not_those_without(store: ArticleStore) -> None:
    store.put([Article("neu", "Die Kundigung und der Kuhndigung.", language="de")])
    assert ids(browse(store, "kündigung")) == ""


def test_pages_follow_each_other_without_gap_or_overlap(store: ArticleStore) -> None:
    store.put([Article(f"n{number:02}", "Text.", published=date(2022, 1, 3)) for number in range(20)])
    pages = [browse(store, "t", offset=offset, limit=7) for offset in (0, 7, 14, 21)]
    assert {page.total for page in pages} == {24}
    listed = [one.id for page in pages for one in page.articles]
    assert listed == [one.id for one in browse(store, "t").articles]
    assert len(listed) == len(set(listed)) == 24


def test_behind_the_last_page_there_is_none_but_the_count(store: ArticleStore) -> None:
    assert browse(store, offset=400) == Listing((), 4)
    assert browse(store, "zeitung", offset=400) == Listing((), 2)


def test_a_list_holds_what_the_filters_let_through(store: ArticleStore) -> None:
    assert ids(browse(store, filters=Filters(language="de"))) == "12"
    assert ids(browse(store, "es", filters=Filters(source="Zeitung", since=date(2022, 1, 2)))) == "1"
    assert ids(browse(store, filters=Filters(until=date(2022, 1, 2)))) == "2"


def test_what_is_being_deleted_is_not_listed(store: ArticleStore) -> None:
    store.mark_leaving(["1"])
    store.mark_indexed([], ["2"], sentence_vectors=[])
    assert ids(browse(store)) == "423"
    assert store.sources() == {"Zeitung": 1, "agentur": 1}


def test_sources_come_with_the_number_of_their_articles_most_first(store: ArticleStore) -> None:
    assert list(store.sources().items()) == [("Zeitung", 2), ("agentur", 1)]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"sort": "text"}, "sort is 'text'; articles can be sorted by published, title"),
        ({"limit": 0}, "limit is 0; it must be from 1 to 1,000"),
        ({"limit": 1_001}, "limit is 1001"),
        ({"offset": -1}, "offset is -1; it must be 0 or more"),
        ({"offset": 10**30}, "offset is 1000"),
        ({"query": "x" * 501}, "501 characters; at most 500"),
        ({"query": "halb \ud800"}, "not valid Unicode"),
    ],
)
def test_what_cannot_be_used_is_refused(store: ArticleStore, options: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        browse(store, **options)


def test_a_query_of_as_many_words_as_it_can_hold_is_answered(store: ArticleStore) -> None:
    words = " ".join(chr(0x4E00 + number) for number in range(250))
    assert browse(store, words).total == 0
