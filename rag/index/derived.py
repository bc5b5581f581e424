"""The two indexes that are made from SQL, kept in step with it: an article counts once both hold it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rag.errors import ArchiveError, ArchiveUnwritable
from rag.index.articles import ArticleStore
from rag.index.embedder import Embedder
from rag.index.tables import LEAVING, PENDING
from rag.index.vectors import VectorIndex
from rag.index.words import Unit, WordIndex
from rag.text.passages import split_passages
from rag.text.sentences import split_sentences
from rag.text.speech import find_speech
from rag.text.tokens import grams, stems
from rag.types import Article, Passage, Speech

_CONTEXT_CHARACTERS = 1_000
_BATCH_CHARACTERS = 40_000
_VECTORS, _PASSAGES, _SENTENCES = "vectors", "words/passages", "words/sentences"


class DerivedIndex:
    """Vectors of passages; words of passages, each with its neighbours; words of single sentences.

    Words are weighed in a longer unit than the embedder's window, since BM25 gains from it and a vector does not.
    The sentences' index says how rare a word is among sentences.
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

    def add(self, articles: Sequence[Article]) -> None:
        """Indexes articles that are stored as pending, in place of what the indexes held of them, and marks them so."""
        for batch in _batches(articles):
            split = {article.id: self._split(article) for article in batch}
            flat = [(article, passage) for article in batch for passage in split[article.id]]
            vectors = self._embedder.embed_passages([article.text[p.start : p.end] for article, p in flat])
            ids = [article.id for article in batch]
            self.vectors.delete(ids)
            self.vectors.add([p.id for _, p in flat], [p.article_id for _, p in flat], vectors)
            self.passages.replace(
                [unit for article in batch for unit in _passage_units(article, split[article.id])], article_ids=ids
            )
            self.sentences.replace(
                [unit for article, p in flat for unit in _sentence_units(article, p)], article_ids=ids
            )
            speeches = [speech for article in batch for speech in _speeches(article, split[article.id])]
            self._store.mark_indexed([passage for _, passage in flat], ids, speeches=speeches)

    def remove(self, ids: Sequence[str]) -> None:
        """Lets go of articles that are stored as leaving, then deletes them for good."""
        if ids:
            self.vectors.delete(ids)
            self.passages.replace([], article_ids=ids)
            self.sentences.replace([], article_ids=ids)
            self._store.remove(ids)

    def mend(self) -> None:
        """Ends what a crash cut short. Raises ArchiveError where an index is not whole: some of its files were lost."""
        self.remove(self._store.ids_in_state(LEAVING))
        for article in self.pending():
            self.add([article])
        counts = self._store.counts()
        for name, index, unit in (
            ("vectors", self.vectors, "passages"),
            ("words", self.passages, "passages"),
            ("words", self.sentences, "sentences"),
        ):
            if len(index) != counts[unit]:
                raise ArchiveError(
                    f"The index of {name} holds {len(index):,} {unit}, the articles have {counts[unit]:,}. "
                    "Run `beleg reindex`."
                )

    def pending(self) -> Iterator[Article]:
        for article_id in self._store.ids_in_state(PENDING):
            if article := self._store.get(article_id):
                yield article

    def _split(self, article: Article) -> list[Passage]:
        sentences = split_sentences(article.id, article.text, language=article.language)
        lengths = self._embedder.count_tokens([article.text[s.start : s.end] for s in sentences])
        return split_passages(sentences, lengths, window=self._embedder.window)


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


def _batches(articles: Sequence[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += len(article.text)
        if size >= _BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _passage_units(article: Article, passages: Sequence[Passage]) -> Iterator[Unit]:
    title = article.title or ""
    for passage in passages:
        start, end = context_span(passage, passages)
        text = f"{article.text[start:end]} {title}"
        yield Unit(passage.id, article.id, grams(text), stems(text, language=article.language))


def _speeches(article: Article, passages: Sequence[Passage]) -> list[Speech]:
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    return find_speech(article.id, article.text, sentences, language=article.language)


def _sentence_units(article: Article, passage: Passage) -> Iterator[Unit]:
    for sentence in passage.sentences:
        text = article.text[sentence.start : sentence.end]
        yield Unit(f"{article.id}#{sentence.index}", article.id, grams(text), stems(text, language=article.language))


def context_span(passage: Passage, passages: Sequence[Passage]) -> tuple[int, int]:
    """The passage with its nearer neighbours, as long as the whole stays within 1,000 characters."""
    low = high = passage.index
    while True:
        options: list[tuple[int, int, int]] = []
        if low > 0:
            options.append((passage.start - passages[low - 1].start, low - 1, high))
        if high + 1 < len(passages):
            options.append((passages[high + 1].end - passage.end, low, high + 1))
        fitting = [option for option in options if _length(passages, option[1], option[2]) <= _CONTEXT_CHARACTERS]
        if not fitting:
            return passages[low].start, passages[high].end
        _, low, high = min(fitting)


def _length(passages: Sequence[Passage], low: int, high: int) -> int:
    return passages[high].end - passages[low].start


def article_ids(passage_ids: Iterable[str]) -> set[str]:
    """The articles that passage ids (`ARTICLE#INDEX`) belong to."""
    return {passage_id.rpartition("#")[0] for passage_id in passage_ids}
