"""The two indexes that are made from SQL, kept in step with it: an article counts once both hold it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from rag.errors import ArchiveError, ArchiveUnwritable
from rag.index.articles import ArticleStore
from rag.index.prepare import Prepared, pieces, prepare
from rag.index.sentence_vectors import pack_vectors
from rag.index.tables import LEAVING, PENDING
from rag.index.vectors import VectorIndex
from rag.index.words import WordIndex
from rag.models.embedder import Embedder
from rag.types import Article

_VECTORS, _PASSAGES, _SENTENCES = "vectors", "words/passages", "words/sentences"


class DerivedIndex:
    """Vectors of passages; words of passages, each with its neighbours; words of single sentences.

    A passage's vector is the mean of its sentences', which the store keeps beside them. Words are weighed in a longer
    unit, since BM25 gains from it. The sentences' index says how rare a word is among sentences.
    """

    def __init__(self, folder: Path, *, store: ArticleStore, embedder: Embedder) -> None:
        """Opens, and creates what is missing. The caller holds the archive's lock."""
        self._store = store
        self._embedder = embedder
        self.vectors = VectorIndex(folder / _VECTORS)
        with closed_on_error(self):
            self.passages = WordIndex(folder / _PASSAGES)
            self.sentences = WordIndex(folder / _SENTENCES)

    def close(self) -> None:
        self.vectors.close()

    def add(self, articles: Iterable[Article], *, tell: Callable[[int], object] = lambda _count: None) -> None:
        """Indexes articles that are stored as pending, and marks them so; tells how many are done, a few at a time.

        One that cannot be prepared stays pending, which `prepare` writes to the log: it can be read, not found, and is
        tried again at the next open. Nothing that the indexes held of it stays.
        """
        for piece in pieces(articles):
            prepared, failed = prepare(piece, embedder=self._embedder)
            if prepared:
                self.write(prepared)
            if failed:
                ready = {one.article.id for one in prepared}
                self._let_go([article.id for article in piece if article.id not in ready])
            tell(len(piece))

    def write(self, prepared: Sequence[Prepared]) -> None:
        """Writes articles that are stored as pending, in place of what the indexes held of them, and marks them so."""
        readings = [one.reading for one in prepared]
        ids = [reading.article.id for reading in readings]
        passages = [passage for reading in readings for passage in reading.passages]
        self.vectors.delete(ids)
        if passages:
            vectors = np.concatenate([one.passage_vectors for one in prepared])
            self.vectors.add([p.id for p in passages], [p.article_id for p in passages], vectors)
        self.passages.replace([unit for reading in readings for unit in reading.passage_units], article_ids=ids)
        self.sentences.replace([unit for reading in readings for unit in reading.sentence_units], article_ids=ids)
        packed = [
            rows
            for one in prepared
            for rows in pack_vectors(one.sentence_vectors, one.reading.counts, title=one.title_vectors)
        ]
        speeches = [speech for reading in readings for speech in reading.speeches]
        self._store.mark_indexed(passages, ids, sentence_vectors=packed, speeches=speeches)

    def remove(self, ids: Sequence[str]) -> None:
        """Lets go of articles that are stored as leaving, then deletes them for good."""
        if ids:
            self._let_go(ids)
            self._store.remove(ids)

    def _let_go(self, ids: Sequence[str]) -> None:
        self.vectors.delete(ids)
        self.passages.replace([], article_ids=ids)
        self.sentences.replace([], article_ids=ids)

    def mend(self) -> None:
        """Ends what a crash cut short. Raises ArchiveError where an index is not whole: some of its files were lost.

        An article that cannot be prepared stays pending: it keeps no other from being found.
        """
        self.remove(self._store.ids_in_state(LEAVING))
        self.add(self.pending())
        self.check()

    def check(self) -> None:
        """Raises ArchiveError where an index does not hold as much as the indexed articles have."""
        counts = self._store.counts()
        for name, held, unit in (
            ("vectors", len(self.vectors), "passages"),
            ("sentences' vectors", counts["sentence_vectors"], "passages"),
            ("words", len(self.passages), "passages"),
            ("words", len(self.sentences), "sentences"),
        ):
            if held != counts[unit]:
                raise ArchiveError(
                    f"The index of {name} holds {held:,} {unit}, the articles have {counts[unit]:,}. "
                    "Run `beleg reindex`."
                )

    def pending(self) -> Iterator[Article]:
        for article_id in self._store.ids_in_state(PENDING):
            if article := self._store.get(article_id):
                yield article


def delete_files(folder: Path) -> None:
    """Deletes both indexes from the disk. They must be closed. Raises ArchiveUnwritable."""
    for path in (folder / _VECTORS, folder / "words"):
        try:
            if path.is_symlink() or path.is_file():
                path.unlink()
            elif path.exists():
                shutil.rmtree(path)
        except OSError as error:
            raise ArchiveUnwritable(f"The index {str(path)!r} cannot be deleted: {error.strerror}.") from error


@contextmanager
def closed_on_error(index: DerivedIndex) -> Iterator[None]:
    """Lets go of an index that could not be made ready, so that it can be deleted and opened anew."""
    try:
        yield
    except BaseException:
        index.close()
        raise


def bytes_on_disk(folder: Path) -> dict[str, int]:
    """Bytes of the articles' database, where it is a file here, and of each index."""
    database = list(folder.glob("articles.db*"))
    sizes = {"articles": sum(file.stat().st_size for file in database)} if database else {}
    for name in (_VECTORS, "words"):
        sizes[name] = sum(file.stat().st_size for file in (folder / name).rglob("*") if file.is_file())
    return sizes


def article_ids(passage_ids: Iterable[str]) -> set[str]:
    """The articles that passage ids (`ARTICLE#INDEX`) belong to."""
    return {passage_id.rpartition("#")[0] for passage_id in passage_ids}
