"""Earlier versions of articles, in SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from rag.index.articles import ArticleStore
from rag.index.tables import LEAVING
from rag.types import Article

FIRST = Article(
    *("a", "Ein Satz.", "Titel", "https://beispiel.example/a", "Beispiel-Zeitung"),
    published=date(2022, 7, 29),
    language="de",
    origin="a.txt",
    guessed=("language",),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    store = ArticleStore(f"sqlite:///{tmp_path / 'articles.db'}")
    store.put([FIRST])
    yield store
    store.close()


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Anders."},
        {"title": None},
        {"source": "Beispiel-Agentur"},
        {"url": None},
        {"published": None},
        {"language": "en"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_a_reader_sees_makes_a_version(store: ArticleStore, change: dict[str, Any]) -> None:
    store.put([replace(FIRST, **change)])
    assert [version.article for version in store.versions("a")] == [FIRST]


def test_versions_follow_each_other_newest_first(store: ArticleStore) -> None:
    begin, moments = datetime.now(UTC), [store.ingested("a")]
    for text in ("Zweiter.", "Dritter."):
        store.put([replace(FIRST, text=text)])
        moments.append(store.ingested("a"))
    newest, oldest = store.versions("a")
    assert (oldest.article.text, newest.article.text) == ("Ein Satz.", "Zweiter.")
    assert [oldest.since, oldest.until, newest.until] == moments
    assert oldest.until == newest.since > oldest.since
    assert newest.until >= begin


def test_a_version_is_found_by_its_hash_and_the_present_one_before_it(store: ArticleStore) -> None:
    other = replace(FIRST, text="Anders.", title="Neu")
    store.put([other])
    assert store.version("a", FIRST.content_hash) == FIRST
    assert store.version("a", other.content_hash) == other
    back = replace(FIRST, title="Noch neuer")
    store.put([back])
    assert store.version("a", FIRST.content_hash) == back
    assert store.version("a", "0" * 64) is None
    assert store.version("b", FIRST.content_hash) is None


def test_who_takes_a_place_gets_what_stood_there_and_its_versions(store: ArticleStore) -> None:
    second, third = replace(FIRST, text="Zweiter."), replace(FIRST, id="b", text="Dritter.")
    store.put([second])
    store.put([third], taken_over={"a": "b"})
    assert store.ids_in_state(LEAVING) == ["a"]
    store.remove(["a"])
    assert [version.article for version in store.versions("b")] == [second, FIRST]
    assert store.versions("a") == []
    assert store.version("a", FIRST.content_hash) == store.version("b", FIRST.content_hash) == FIRST


def test_another_name_for_the_same_article_is_no_version(store: ArticleStore) -> None:
    store.put([replace(FIRST, id="b")], taken_over={"a": "b"})
    assert store.versions("b") == []


def test_a_deleted_article_leaves_no_version(store: ArticleStore) -> None:
    store.put([replace(FIRST, text="Anders.")])
    store.mark_leaving(["a"])
    assert store.version("a", FIRST.content_hash) is None
    store.put([replace(FIRST, text="Wieder da.")])  # before what was cut short has been mended
    assert store.versions("a") == []


def test_a_rebuild_keeps_versions(store: ArticleStore) -> None:
    store.put([replace(FIRST, text="Anders.")])
    store.mark_all_pending()
    assert [version.article for version in store.versions("a")] == [FIRST]
