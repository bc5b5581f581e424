"""What the indexes of an archive were built with: another model's vectors mean something else."""

from __future__ import annotations

from rag.errors import IndexMismatch
from rag.index.articles import ArticleStore
from rag.models.embedder import Embedder

INDEX_VERSION = "2"


def write_identity(store: ArticleStore, embedder: Embedder) -> None:
    """Says that this model, and this version, build the indexes."""
    store.write_meta(
        {
            "fingerprint": embedder.fingerprint,
            "dimensions": str(embedder.dimensions),
            "index_version": INDEX_VERSION,
        }
    )


def check_identity(store: ArticleStore, embedder: Embedder) -> None:
    """Raises IndexMismatch where another model or version built them. Where nothing has yet, these do from now on."""
    stored, now = store.read_meta("fingerprint"), embedder.fingerprint
    if stored is None:
        write_identity(store, embedder)
    elif stored != now:
        raise IndexMismatch(f"The index was built with {stored}; the settings say {now}. Run `beleg reindex`.")
    elif (version := store.read_meta("index_version")) != INDEX_VERSION:
        raise IndexMismatch(f"The index has format {version}; this version reads {INDEX_VERSION}. Run `beleg reindex`.")
