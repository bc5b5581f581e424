"""What the indexes of an archive were built with: another model's vectors mean something else."""

from __future__ import annotations

from rag.errors import IndexMismatch
from rag.index.articles import ArticleStore
from rag.models.embedder import Embedder

INDEX_VERSION = "3"
_REBUILDING = "rebuilding"


def write_identity(store: ArticleStore, embedder: Embedder) -> None:
    """Says that this model, and this version, build the indexes."""
    store.write_meta(_identity(embedder))


def begin_rebuilding(store: ArticleStore, embedder: Embedder) -> None:
    """Says so, and that until `end_rebuilding` they are not whole."""
    store.write_meta(_identity(embedder) | {_REBUILDING: "yes"})


def end_rebuilding(store: ArticleStore) -> None:
    store.write_meta({_REBUILDING: ""})


def is_rebuilding(store: ArticleStore, embedder: Embedder) -> bool:
    """Whether a rebuilding with this model and this version was cut off, and can be gone on with."""
    identity = _identity(embedder)
    return bool(store.read_meta(_REBUILDING)) and all(store.read_meta(key) == value for key, value in identity.items())


def check_identity(store: ArticleStore, embedder: Embedder) -> None:
    """Raises IndexMismatch where another model or version built them. Where nothing has yet, these do from now on."""
    stored, now = store.read_meta("fingerprint"), embedder.fingerprint
    if stored is None:
        write_identity(store, embedder)
    elif stored != now:
        raise IndexMismatch(f"The index was built with {stored}; the settings say {now}. Run `beleg reindex`.")
    elif (version := store.read_meta("index_version")) != INDEX_VERSION:
        raise IndexMismatch(f"The index has format {version}; this version reads {INDEX_VERSION}. Run `beleg reindex`.")
    elif store.read_meta(_REBUILDING):
        raise IndexMismatch("The rebuilding of the index was cut off. Run `beleg reindex`: it goes on where it was.")


def _identity(embedder: Embedder) -> dict[str, str]:
    return {
        "fingerprint": embedder.fingerprint,
        "dimensions": str(embedder.dimensions),
        "index_version": INDEX_VERSION,
    }
