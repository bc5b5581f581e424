"""What the indexes of an archive were built with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.errors import IndexMismatch
from rag.index.articles import ArticleStore
from rag.index.identity import check_identity, write_identity
from rag.models.embedder import HashEmbedder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    store = ArticleStore(f"sqlite:///{tmp_path / 'articles.db'}")
    yield store
    store.close()


def test_the_first_model_is_the_archives_own(store: ArticleStore) -> None:
    check_identity(store, HashEmbedder("one"))
    check_identity(store, HashEmbedder("one"))
    assert (store.read_meta("fingerprint"), store.read_meta("dimensions")) == ("one", "64")
    with pytest.raises(IndexMismatch, match="built with one; the settings say other"):
        check_identity(store, HashEmbedder("other"))
    write_identity(store, HashEmbedder("other"))
    check_identity(store, HashEmbedder("other"))


def test_another_format_is_refused(store: ArticleStore) -> None:
    write_identity(store, HashEmbedder())
    store.write_meta({"index_version": "1"})
    with pytest.raises(IndexMismatch, match="format 1; this version reads 3"):
        check_identity(store, HashEmbedder())
