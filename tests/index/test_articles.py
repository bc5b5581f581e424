"""The articles in SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from rag.errors import ArchiveError
from rag.index.articles import ArticleStore, Reach
from rag.index.tables import INDEXED, LEAVING, PENDING
from rag.types import Article, Filters, Passage, Sentence, Span, Speech

FULL = Article(
    *("a", "Ein Satz. Noch einer.", "Titel", "https://beispiel.example/a", "Beispiel-Zeitung"),
    published=date(2022, 7, 29),
    language="de",
    origin="a.txt",
    guessed=("language",),
)
BARE = Article("b", "Ein Text mit 🙂 und „Zeichen“.\n\nZweiter Absatz.")
PASSAGES = [
    Passage("a", 0, 0, 9, (Sentence("a", 0, 0, 9),)),
    Passage("a", 1, 10, 21, (Sentence("a", 1, 10, 21),)),
]
VECTORS = [b"\x01"] * len(PASSAGES)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    store = ArticleStore(f"sqlite:///{tmp_path / 'articles.db'}")
    store.put([FULL, BARE])
    yield store
    store.close()


def test_an_article_comes_back_as_it_went_in(store: ArticleStore) -> None:
    assert store.get("a") == FULL
    assert store.get("b") == BARE
    assert store.get("c") is None


def test_articles_are_pending_until_they_are_indexed(store: ArticleStore) -> None:
    assert store.ids_in_state(PENDING) == ["a", "b"]
    assert store.reach(Filters()) == Reach(None, matching=0, indexed=0)
    store.mark_indexed(PASSAGES, ["a"], sentence_vectors=VECTORS)
    assert store.ids_in_state(PENDING) == ["b"]
    assert store.reach(Filters()) == Reach(None, matching=1, indexed=1)
    assert store.reach(Filters(articles=frozenset({"a", "b"}))).ids == {"a"}
    assert store.languages_of(["a", "b", "c"]) == {"a": "de"}
    assert store.counts() == {
        **{PENDING: 1, INDEXED: 1, LEAVING: 0},
        **{"passages": 2, "sentences": 2, "sentence_vectors": 2},
    }


def test_passages_come_back_whole_and_in_order(store: ArticleStore) -> None:
    store.mark_indexed(PASSAGES, ["a"], sentence_vectors=VECTORS)
    assert store.passages(["a", "b"]) == {"a": PASSAGES}


def test_putting_an_article_again_makes_it_pending_without_its_old_passages(store: ArticleStore) -> None:
    store.mark_indexed(PASSAGES, ["a"], sentence_vectors=VECTORS)
    store.put([FULL])
    assert store.passages(["a"]) == {}
    assert store.ids_in_state(PENDING) == ["a", "b"]


def test_a_leaving_article_is_gone_for_readers_before_it_is_removed(store: ArticleStore) -> None:
    store.mark_leaving(["a"])
    assert store.get("a") is None
    assert [article.id for article in store.all()] == ["b"]
    assert store.with_address(FULL.url or "") == []
    store.remove(["a"])
    assert store.counts()[LEAVING] == 0


def test_all_is_newest_first_and_undated_last(store: ArticleStore) -> None:
    store.put([Article("c", "Text.", published=date(2023, 1, 1))])
    assert [article.id for article in store.all()] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), Reach(None, 2, 2)),
        (Filters(since=date(2022, 7, 29), until=date(2022, 7, 29)), Reach(frozenset({"a"}), 1, 2, undated=1)),
        (Filters(since=date(2022, 7, 30)), Reach(frozenset(), 0, 2, undated=1)),
        (Filters(until=date(2022, 7, 28)), Reach(frozenset(), 0, 2, undated=1)),
        (Filters(language="de"), Reach(frozenset({"a"}), 1, 2)),
        (Filters(language="de", until=date(2022, 7, 29)), Reach(frozenset({"a"}), 1, 2)),
        (Filters(source="Beispiel-Zeitung"), Reach(frozenset({"a"}), 1, 2)),
        (Filters(language="de", source="x' OR '1'='1"), Reach(frozenset(), 0, 2)),
        (Filters(articles=frozenset({"b", "z"})), Reach(frozenset({"b"}), 1, 2)),
        (Filters(articles=frozenset({"a"}), until=date(2022, 7, 29)), Reach(frozenset({"a"}), 1, 2)),
        (Filters(articles=frozenset()), Reach(frozenset(), 0, 2)),
        (Filters(without=frozenset({"b", "z"})), Reach(frozenset({"a"}), 1, 2)),
        (Filters(without=frozenset({"b"}), until=date(2022, 7, 29)), Reach(frozenset({"a"}), 1, 2)),
    ],
)
def test_filters_include_both_ends_and_count_the_undated_that_they_leave_out(
    store: ArticleStore, filters: Filters, expected: Reach
) -> None:
    store.mark_indexed(PASSAGES, ["a", "b"], sentence_vectors=VECTORS)
    assert store.reach(filters) == expected


def test_an_archive_of_an_earlier_version_gets_the_table_of_earlier_versions(
    tmp_path: Path, store: ArticleStore
) -> None:
    store.close()
    with sqlite3.connect(tmp_path / "articles.db") as connection:
        connection.execute("DROP TABLE versions")
    opened = ArticleStore(f"sqlite:///{tmp_path / 'articles.db'}")
    opened.put([replace(FULL, text="Anders.")])
    assert [version.article for version in opened.versions("a")] == [FULL]
    opened.close()


def test_what_reads_the_same_keeps_its_moment_and_leaves_no_version(store: ArticleStore) -> None:
    before = store.ingested("a")
    store.put([replace(FULL, origin="b.txt", guessed=())])
    assert store.ingested("a") == before
    assert store.versions("a") == []


def test_more_named_articles_than_one_statement_takes(store: ArticleStore) -> None:
    store.mark_indexed(PASSAGES, ["a", "b"], sentence_vectors=VECTORS)
    assert store.reach(Filters(articles=frozenset({"a", *map(str, range(1_200))}))).ids == {"a"}


def test_an_archive_of_an_earlier_version_gets_the_index_that_filters_need(tmp_path: Path, store: ArticleStore) -> None:
    def indexes() -> set[str]:
        with sqlite3.connect(tmp_path / "articles.db") as connection:
            return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}

    store.close()
    with sqlite3.connect(tmp_path / "articles.db") as connection:
        connection.execute("DROP INDEX articles_by_filters")
    ArticleStore(f"sqlite:///{tmp_path / 'articles.db'}").close()
    assert "articles_by_filters" in indexes()


def test_more_ids_than_one_statement_takes(store: ArticleStore) -> None:
    many = [Article(f"n{number:04}", f"Text {number}.") for number in range(1_200)]
    store.put(many)
    assert len(store.many([article.id for article in many])) == 1_200
    store.mark_leaving([article.id for article in many])
    store.remove([article.id for article in many])
    assert store.counts()[PENDING] == 2


def test_values_of_the_archive_are_kept_and_overwritten(store: ArticleStore) -> None:
    assert store.read_meta("fingerprint") is None
    store.write_meta({"fingerprint": "one", "index_version": "1"})
    store.write_meta({"fingerprint": "two"})
    assert (store.read_meta("fingerprint"), store.read_meta("index_version")) == ("two", "1")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "URL cannot be used"),
        ("nonsense://host/name", "URL cannot be used"),
        ("sqlite:////proc/none/a.db", "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_used_is_an_error_of_our_own(url: str, said: str) -> None:
    with pytest.raises(ArchiveError, match=said):
        ArticleStore(url)


def test_a_file_that_is_no_database_is_an_error_of_our_own(tmp_path: Path) -> None:
    (tmp_path / "articles.db").write_bytes(b"not a database" * 1_000)
    with pytest.raises(ArchiveError, match="damaged"):
        ArticleStore(f"sqlite:///{tmp_path / 'articles.db'}")


SPEECHES = [
    Speech("a", "direct", 0, 3, "Muster", name=Span(4, 8), said_by=Span(10, 14), cue=Span(15, 20)),
    Speech("a", "indirect", 2, 9),
]


def test_speeches_come_back_as_they_went_in(store: ArticleStore) -> None:
    store.mark_indexed(PASSAGES, ["a", "b"], sentence_vectors=VECTORS, speeches=SPEECHES)
    assert store.speeches(["a", "b", "c"]) == {"a": SPEECHES}


def test_speeches_are_those_of_indexed_articles_and_go_with_them(store: ArticleStore) -> None:
    store.mark_indexed(PASSAGES, ["a"], sentence_vectors=VECTORS, speeches=SPEECHES)
    store.mark_indexed(PASSAGES, ["a"], sentence_vectors=VECTORS, speeches=SPEECHES[1:])
    assert store.speeches(["a"]) == {"a": SPEECHES[1:]}
    store.put([FULL])
    assert store.speeches(["a"]) == {}
    store.mark_indexed(PASSAGES, ["a"], sentence_vectors=VECTORS)
    assert store.speeches(["a"]) == {}
    store.mark_indexed(PASSAGES, ["a"], sentence_vectors=VECTORS, speeches=SPEECHES)
    store.mark_all_pending()
    store.mark_indexed([], ["a"], sentence_vectors=[])
    assert store.speeches(["a"]) == {}
    store.mark_indexed(PASSAGES, ["a"], sentence_vectors=VECTORS, speeches=SPEECHES)
    store.remove(["a"])
    store.put([FULL])
    store.mark_indexed([], ["a"], sentence_vectors=[])
    assert store.speeches(["a"]) == {}


def test_when_an_article_was_taken_in_is_known_in_utc_while_it_is_there(store: ArticleStore) -> None:
    moment = store.ingested("a")
    assert moment is not None
    assert moment.utcoffset() == timedelta(0)
    store.mark_indexed(PASSAGES, ["a"], sentence_vectors=VECTORS)
    assert store.ingested("a") == moment
    store.mark_leaving(["a"])
    assert store.ingested("a") is None
    assert store.ingested("c") is None
