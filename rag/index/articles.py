"""The articles in SQL: the truth that both indexes are made from. A URL may name another database than SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from rag.index.database import open_database, upsert
from rag.index.listing import Sort, add_functions, check_page, count_by_source, list_articles
from rag.index.tables import (
    INDEXED,
    LEAVING,
    PENDING,
    SPEECH_SPANS,
    Condition,
    article_of,
    article_row,
    conditions_of,
    filters_index,
    id_batches,
    metadata,
)
from rag.index.tables import articles as _articles
from rag.index.tables import meta as _meta
from rag.index.tables import sentence_vectors as _sentence_vectors
from rag.index.tables import sentences as _sentences
from rag.index.tables import speeches as _speeches
from rag.index.versions import find_version, forget_versions, keep_versions, reads_the_same, stored_rows, versions_of
from rag.types import Article, Filters, Listing, Passage, Sentence, Span, Speech, Version

_MOST_NAMED = 500


@dataclass(frozen=True, slots=True)
class Reach:
    """What filters let through of the `indexed` articles: `ids`, or None where that is all of them.

    `matching` of them match; `undated` match but for a date filter, having no date.
    """

    ids: frozenset[str] | None
    matching: int
    indexed: int
    undated: int = 0


class ArticleStore:
    """Articles, the sentences, passages and speeches of the indexed ones, and what is known about the indexes.

    An article is `pending` from the moment it is stored until both indexes hold it, and `leaving` from the moment it is
    to be deleted until neither does. Only `indexed` articles are given to a search.
    """

    def __init__(self, url: str) -> None:
        """Opens, and creates what is missing. Raises ArchiveError where the database cannot be used."""
        self._engine = open_database(url)
        if self._engine.dialect.name == "sqlite":
            sa.event.listen(self._engine, "connect", lambda connection, _: add_functions(connection))
        with self._engine.begin() as connection:
            metadata.create_all(connection)
            filters_index.create(connection, checkfirst=True)  # in an archive of an earlier version too

    def close(self) -> None:
        self._engine.dispose()

    def get(self, article_id: str) -> Article | None:
        found = self.many([article_id])
        return found.get(article_id)

    def many(self, ids: Iterable[str], *, state: str | None = None) -> dict[str, Article]:
        """The articles that are there and not being deleted, by id; with `state`, those in it."""
        articles: dict[str, Article] = {}
        with self._engine.connect() as connection:
            for batch in id_batches(list(ids)):
                query = sa.select(_articles).where(_articles.c.id.in_(batch))
                for row in connection.execute(query):  # asked for the state too, SQLite looks through all in that state
                    if row.state != LEAVING if state is None else row.state == state:
                        articles[row.id] = article_of(row)
        return articles

    def ingested(self, article_id: str) -> datetime | None:
        """When the article was taken in as it is now, in UTC; None where it is not there.

        The same content again, from whichever file, does not count.
        """
        with self._engine.connect() as connection:
            query = sa.select(_articles.c.ingested).where(_articles.c.id == article_id, _articles.c.state != LEAVING)
            stored = connection.scalar(query)
        return stored.replace(tzinfo=UTC) if stored else None

    def all(self) -> Iterator[Article]:
        """Every article that is not being deleted, newest first, then by id; undated ones last."""
        order = (_articles.c.published.is_(None), _articles.c.published.desc(), _articles.c.id)
        with self._engine.connect() as connection:
            for row in connection.execute(sa.select(_articles).where(_articles.c.state != LEAVING).order_by(*order)):
                yield article_of(row)

    def with_address(self, url: str) -> list[str]:
        """Ids of the articles that have this address."""
        with self._engine.connect() as connection:
            query = sa.select(_articles.c.id).where(_articles.c.url == url, _articles.c.state != LEAVING)
            return list(connection.scalars(query))

    def put(self, articles: Sequence[Article], *, taken_over: Mapping[str, str] | None = None) -> None:
        """Stores articles as pending, in place of any with their ids: one transaction.

        What they replace is kept as their earlier versions. `taken_over` names the articles that take the place of
        others, by the others' ids: these are marked as leaving, and what they said becomes an earlier version too.
        """
        taken_over, now = taken_over or {}, datetime.now(UTC).replace(tzinfo=None)
        with self._engine.begin() as connection:
            stored = stored_rows(connection, [*(article.id for article in articles), *taken_over])
            rows = [
                article_row(article) | {"ingested": _since(stored.get(article.id), article, now), "state": PENDING}
                for article in articles
            ]
            _forget(connection, [article.id for article in articles])
            if rows:
                connection.execute(upsert(self._engine, _articles), rows)
            keep_versions(connection, stored, articles, taken_over=taken_over, until=now)
            _set_state(connection, list(taken_over), LEAVING)

    def mark_leaving(self, ids: Sequence[str]) -> None:
        """For a deletion: their earlier versions are gone at once."""
        with self._engine.begin() as connection:
            forget_versions(connection, ids)
            _set_state(connection, ids, LEAVING)

    def versions(self, article_id: str) -> list[Version]:
        """How an article read earlier, newest first. An id that it took the place of has none any more."""
        with self._engine.connect() as connection:
            return versions_of(connection, article_id)

    def version(self, article_id: str, content_hash: str) -> Article | None:
        """The article as it read with this hash, now or earlier, also under an id whose place another has taken."""
        if (article := self.get(article_id)) and article.content_hash == content_hash:
            return article
        with self._engine.connect() as connection:
            return find_version(connection, article_id, content_hash)

    def browse(self, query: str, filters: Filters, *, sort: Sort, descending: bool, offset: int, limit: int) -> Listing:
        """A page of the articles that hold every word of the query. Raises InputError for what cannot be used."""
        check_page(query, sort=sort, offset=offset, limit=limit)
        with self._engine.connect() as connection:
            return list_articles(
                connection, query, filters, sort=sort, descending=descending, offset=offset, limit=limit
            )

    def sources(self) -> dict[str, int]:
        """Articles by outlet, most first; those without one do not count."""
        with self._engine.connect() as connection:
            return count_by_source(connection)

    def mark_all_pending(self) -> None:
        """For a rebuild: no article counts as indexed until it is again."""
        with self._engine.begin() as connection:
            connection.execute(_sentences.delete())
            connection.execute(_speeches.delete())
            connection.execute(_sentence_vectors.delete())
            connection.execute(_articles.update().where(_articles.c.state == INDEXED).values(state=PENDING))

    def mark_indexed(
        self,
        passages: Sequence[Passage],
        ids: Sequence[str],
        *,
        sentence_vectors: Sequence[bytes],
        speeches: Sequence[Speech] = (),
    ) -> None:
        """Both indexes hold these articles: stores their passages and speeches and lets searches see them.

        `sentence_vectors` are packed, those of each passage's sentences.
        """
        rows = [
            {"article_id": p.article_id, "number": s.index, "passage": p.index, "start": s.start, "end": s.end}
            for p in passages
            for s in p.sentences
        ]
        said = [_speech_row(number, speech) for number, speech in enumerate(speeches)]
        vectors = [
            {"passage_id": passage.id, "article_id": passage.article_id, "rows": rows}
            for passage, rows in zip(passages, sentence_vectors, strict=True)
        ]
        with self._engine.begin() as connection:
            _forget(connection, ids)
            if rows:
                connection.execute(_sentences.insert(), rows)
            if said:
                connection.execute(_speeches.insert(), said)
            if vectors:
                connection.execute(_sentence_vectors.insert(), vectors)
            _set_state(connection, ids, INDEXED)

    def remove(self, ids: Sequence[str]) -> None:
        """Deletes for good. The indexes must have let go of them before."""
        with self._engine.begin() as connection:
            _forget(connection, ids)
            for batch in id_batches(list(ids)):
                connection.execute(_articles.delete().where(_articles.c.id.in_(batch)))

    def ids_in_state(self, state: str) -> list[str]:
        with self._engine.connect() as connection:
            query = sa.select(_articles.c.id).where(_articles.c.state == state).order_by(_articles.c.id)
            return list(connection.scalars(query))

    def reach(self, filters: Filters) -> Reach:
        """Which of the indexed articles the filters let through."""
        fields, dates = conditions_of(filters)
        with self._engine.connect() as connection:
            indexed = _count_indexed(connection, [])
            named = filters.articles is not None or filters.without
            if not filters or (not named and _count_indexed(connection, [*fields, *dates]) == indexed):
                return Reach(None, matching=indexed, indexed=indexed)
            ids = _indexed_ids(connection, [*fields, *dates], filters)
            undated = _indexed_ids(connection, [*fields, _articles.c.published.is_(None)], filters) if dates else ()
        return Reach(ids, matching=len(ids), indexed=indexed, undated=len(undated))

    def languages_of(self, ids: Iterable[str]) -> dict[str, str | None]:
        """The language of each of these articles that is indexed, by id."""
        languages: dict[str, str | None] = {}
        with self._engine.connect() as connection:
            for batch in id_batches(list(ids)):
                query = sa.select(_articles.c.id, _articles.c.language, _articles.c.state)
                rows = connection.execute(query.where(_articles.c.id.in_(batch)))
                languages |= {row.id: row.language for row in rows if row.state == INDEXED}
        return languages

    def passages(self, article_ids: Iterable[str]) -> dict[str, list[Passage]]:
        """The passages, in order, of those articles that are indexed."""
        runs: dict[str, dict[int, list[Sentence]]] = {}
        with self._engine.connect() as connection:
            for batch in id_batches(list(article_ids)):
                query = (
                    sa.select(_sentences)
                    .join(_articles, _articles.c.id == _sentences.c.article_id)
                    .where(_sentences.c.article_id.in_(batch), _articles.c.state == INDEXED)
                    .order_by(_sentences.c.article_id, _sentences.c.number)
                )
                for row in connection.execute(query):
                    sentence = Sentence(row.article_id, row.number, row.start, row.end)
                    runs.setdefault(row.article_id, {}).setdefault(row.passage, []).append(sentence)
        return {
            article_id: [Passage(article_id, index, run[0].start, run[-1].end, tuple(run)) for index, run in by.items()]
            for article_id, by in runs.items()
        }

    def sentence_vectors(self, passage_ids: Iterable[str]) -> dict[str, bytes]:
        """The packed vectors of each passage's sentences, by its id (`ARTICLE#INDEX`); of those that are there."""
        found: dict[str, bytes] = {}
        with self._engine.connect() as connection:
            for batch in id_batches(list(passage_ids)):
                query = sa.select(_sentence_vectors).where(_sentence_vectors.c.passage_id.in_(batch))
                found |= {row.passage_id: row.rows for row in connection.execute(query)}
        return found

    def speeches(self, article_ids: Iterable[str]) -> dict[str, list[Speech]]:
        """What is said in those articles that are indexed, in the order in which it begins; no key where nothing is."""
        found: dict[str, list[Speech]] = {}
        with self._engine.connect() as connection:
            for batch in id_batches(list(article_ids)):
                query = (
                    sa.select(_speeches)
                    .join(_articles, _articles.c.id == _speeches.c.article_id)
                    .where(_speeches.c.article_id.in_(batch), _articles.c.state == INDEXED)
                    .order_by(_speeches.c.article_id, _speeches.c.number)
                )
                for row in connection.execute(query):
                    found.setdefault(row.article_id, []).append(_speech(row))
        return found

    def counts(self) -> dict[str, int]:
        """Articles by state, under `pending`, `indexed` and `leaving`; `passages`, `sentences`, `sentence_vectors`.

        The last are as many as passages.
        """
        with self._engine.connect() as connection:
            states = connection.execute(sa.select(_articles.c.state, sa.func.count()).group_by(_articles.c.state))
            counts = {PENDING: 0, INDEXED: 0, LEAVING: 0}
            for state, count in states:
                counts[state] = count
            distinct = sa.select(_sentences.c.article_id, _sentences.c.passage).distinct().subquery()
            counts["passages"] = connection.scalar(sa.select(sa.func.count()).select_from(distinct)) or 0
            vectors = sa.select(sa.func.count()).select_from(_sentence_vectors)
            counts["sentence_vectors"] = connection.scalar(vectors) or 0
            counts["sentences"] = connection.scalar(sa.select(sa.func.count()).select_from(_sentences)) or 0
        return counts

    def languages(self) -> dict[str, int]:
        """Articles by language; `?` where it is not known."""
        with self._engine.connect() as connection:
            query = sa.select(_articles.c.language, sa.func.count()).group_by(_articles.c.language)
            rows = connection.execute(query).all()
            return {language or "?": count for language, count in rows}

    def read_meta(self, key: str) -> str | None:
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(_meta.c.value).where(_meta.c.key == key))

    def write_meta(self, values: dict[str, str]) -> None:
        with self._engine.begin() as connection:
            rows = [{"key": key, "value": value} for key, value in values.items()]
            connection.execute(upsert(self._engine, _meta), rows)


def _since(stored: Any, article: Article, now: datetime) -> datetime:
    """When an article was taken in as it is now: earlier, where it reads as it did."""
    if stored is not None and reads_the_same(article_of(stored), article):
        since: datetime = stored.ingested
        return since
    return now


def _speech_row(number: int, speech: Speech) -> dict[str, Any]:
    spans = {name: getattr(speech, name) for name in SPEECH_SPANS}
    return {
        "article_id": speech.article_id,
        "number": number,
        "kind": speech.kind,
        "start": speech.start,
        "end": speech.end,
        "speaker": speech.speaker,
        **{f"{name}_start": span.start if span else None for name, span in spans.items()},
        **{f"{name}_end": span.end if span else None for name, span in spans.items()},
    }


def _speech(row: Any) -> Speech:
    starts = {name: getattr(row, f"{name}_start") for name in SPEECH_SPANS}
    spans = {n: None if start is None else Span(start, getattr(row, f"{n}_end")) for n, start in starts.items()}
    return Speech(row.article_id, row.kind, row.start, row.end, row.speaker, **spans)


def _count_indexed(connection: sa.Connection, conditions: Sequence[Condition]) -> int:
    query = sa.select(sa.func.count()).where(_articles.c.state == INDEXED, *conditions)
    return connection.scalar(query) or 0


def _indexed_ids(connection: sa.Connection, conditions: Sequence[Condition], filters: Filters) -> frozenset[str]:
    """Ids of the indexed articles that meet the conditions and are among those that the filters name."""
    query = sa.select(_articles.c.id).where(_articles.c.state == INDEXED, *conditions)
    if filters.articles is not None and len(filters.articles) <= _MOST_NAMED:
        query = query.where(_articles.c.id.in_(sorted(filters.articles)))
    ids = frozenset(connection.scalars(query).all())
    return (ids if filters.articles is None else ids & filters.articles) - filters.without


def _forget(connection: sa.Connection, ids: Sequence[str]) -> None:
    """Deletes what was made from the articles."""
    for batch in id_batches(list(ids)):
        connection.execute(_sentences.delete().where(_sentences.c.article_id.in_(batch)))
        connection.execute(_speeches.delete().where(_speeches.c.article_id.in_(batch)))
        connection.execute(_sentence_vectors.delete().where(_sentence_vectors.c.article_id.in_(batch)))


def _set_state(connection: sa.Connection, ids: Sequence[str], state: str) -> None:
    for batch in id_batches(list(ids)):
        connection.execute(_articles.update().where(_articles.c.id.in_(batch)).values(state=state))
