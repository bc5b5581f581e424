"""The lexical index: character 4-grams and stems under BM25, by tantivy. Tokens are made here in Python, not there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import tantivy

from rag.errors import ArchiveError

Field = Literal["grams", "stems"]

_HEAP_BYTES = 60_000_000
# A set of many ids costs tantivy more than to find this many times as much and keep what is allowed.
_MANY_ARTICLES = 500
_WIDER = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """One indexed piece of text: its id, its article's, and its tokens."""

    id: str
    article_id: str
    grams: Sequence[str]
    stems: Sequence[str]


class WordIndex:
    """BM25 (tantivy's k1 = 1.2, b = 0.75) over units of text, each with two fields of tokens."""

    def __init__(self, folder: Path) -> None:
        """Opens, and creates what is missing. The caller holds the archive's lock."""
        builder = tantivy.SchemaBuilder()
        for name in ("id", "article"):
            builder.add_text_field(name, stored=name == "id", tokenizer_name="raw", index_option="basic")
        for name in ("grams", "stems"):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
        except (ValueError, OSError) as error:
            raise ArchiveError(f"The word index cannot be opened: {error}. Run `beleg reindex`.") from error

    def __len__(self) -> int:
        return int(self._index.searcher().num_docs)

    def replace(self, units: Iterable[Unit], *, article_ids: Iterable[str]) -> None:
        """Lets go of all units of `article_ids` and adds `units`, in one atomic commit."""
        try:
            writer = self._index.writer(_HEAP_BYTES, 1)
            for article_id in article_ids:
                writer.delete_documents_by_term("article", article_id)
            for unit in units:
                document = tantivy.Document()
                document.add_text("id", unit.id)
                document.add_text("article", unit.article_id)
                document.add_text("grams", " ".join(unit.grams))
                document.add_text("stems", " ".join(unit.stems))
                writer.add_document(document)
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()
        except (ValueError, OSError) as error:
            raise ArchiveError(f"The words were not stored: {error}.") from error

    def search(
        self, field: Field, tokens: Iterable[str], *, k: int, article_ids: Collection[str] | None = None
    ) -> dict[str, float]:
        """The `k` units with the highest BM25 for these tokens in this field; of these articles only, if named.

        The scores are those of a search without a filter: how rare a word is does not depend on where it is looked for.
        """
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, self._term(field, token)) for token in set(tokens)])
        if article_ids is None:
            return self._best(query, k)
        if len(article_ids) >= _MANY_ARTICLES:
            allowed, wider = frozenset(article_ids), self._best(query, _WIDER * k)
            kept = {id: score for id, score in wider.items() if id.rpartition("#")[0] in allowed}
            if len(kept) >= k or len(wider) < _WIDER * k:
                return dict(list(kept.items())[:k])
        inside = tantivy.Query.term_set_query(self._schema, "article", list(article_ids))
        unscored = tantivy.Query.const_score_query(inside, 0.0)
        return self._best(tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, unscored)]), k)

    def document_frequencies(self, field: Field, tokens: Iterable[str]) -> dict[str, int]:
        """In how many units each token occurs in this field. Counted: tantivy's own figure has deleted units in it."""
        searcher: Any = self._index.searcher()
        return {token: int(searcher.search(self._term(field, token), 1, count=True).count) for token in set(tokens)}

    def _best(self, query: tantivy.Query, k: int) -> dict[str, float]:
        searcher = self._index.searcher()
        hits = searcher.search(query, k, count=False).hits
        return {searcher.doc(address)["id"][0]: float(score) for score, address in hits}

    def _term(self, field: Field, token: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, token, "freq")
