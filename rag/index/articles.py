"""The articles in SQL: the truth that both indexes are made from. A URL may name another database than SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from rag.index.database import open_database, upsert
from rag.types import Article, Filters, Passage, Sentence, Span, Speech

PENDING, INDEXED, LEAVING = "pending", "indexed", "leaving"

Condition = sa.ColumnElement[bool]

_BATCH = 500
_metadata = sa.MetaData()
_meta = sa.Table(
    "meta",
    _metadata,
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
_articles = sa.Table(
    "articles",
    _metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("url", sa.Text, index=True),
    sa.Column("source", sa.Text),
    sa.Column("published", sa.Date),
    sa.Column("language", sa.String),
    sa.Column("origin", sa.Text),
    sa.Column("guessed", sa.String, nullable=False),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("ingested", sa.DateTime, nullable=False),
    sa.Column("state", sa.String, nullable=False, index=True),
)
# Holds all that a filter asks for: in the table itself these columns lie behind the text.
_filtered = sa.Index(
    "articles_by_filters", *(_articles.c[name] for name in ("state", "language", "source", "published", "id"))
)
_sentences = sa.Table(
    "sentences",
    _metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("passage", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
)
_SPANS = ("name", "said_by", "cue")
_speeches = sa.Table(
    "speeches",
    _metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("speaker", sa.Text),
    *(sa.Column(f"{name}_{edge}", sa.Integer) for name in _SPANS for edge in ("start", "end")),
)


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
        with self._engine.begin() as connection:
            _metadata.create_all(connection)
            _filtered.create(connection, checkfirst=True)  # in an archive of an earlier version too

    def close(self) -> None:
        self._engine.dispose()

    def get(self, article_id: str) -> Article | None:
        found = self.many([article_id])
        return found.get(article_id)

    def many(self, ids: Iterable[str], *, state: str | None = None) -> dict[str, Article]:
        """The articles that are there and not being deleted, by id; with `state`, those in it."""
        articles: dict[str, Article] = {}
        with self._engine.connect() as connection:
            for batch in _batches(list(ids)):
                query = sa.select(_articles).where(_articles.c.id.in_(batch))
                for row in connection.execute(query):  # asked for the state too, SQLite looks through all in that state
                    if row.state != LEAVING if state is None else row.state == state:
                        articles[row.id] = _article(row)
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
                yield _article(row)

    def with_address(self, url: str) -> list[str]:
        """Ids of the articles that have this address."""
        with self._engine.connect() as connection:
            query = sa.select(_articles.c.id).where(_articles.c.url == url, _articles.c.state != LEAVING)
            return list(connection.scalars(query))

    def put(self, articles: Sequence[Article], *, leaving: Sequence[str] = ()) -> None:
        """Stores articles as pending, in place of any with their ids, and marks others as leaving: one transaction."""
        now = datetime.now(UTC).replace(tzinfo=None)
        rows = [_row(article) | {"ingested": now, "state": PENDING} for article in articles]
        with self._engine.begin() as connection:
            _forget(connection, [article.id for article in articles])
            if rows:
                connection.execute(upsert(self._engine, _articles), rows)
            _set_state(connection, leaving, LEAVING)

    def mark_leaving(self, ids: Sequence[str]) -> None:
        with self._engine.begin() as connection:
            _set_state(connection, ids, LEAVING)

    def mark_all_pending(self) -> None:
        """For a rebuild: no article counts as indexed until it is again."""
        with self._engine.begin() as connection:
            connection.execute(_sentences.delete())
            connection.execute(_speeches.delete())
            connection.execute(_articles.update().where(_articles.c.state == INDEXED).values(state=PENDING))

    def mark_indexed(self, passages: Sequence[Passage], ids: Sequence[str], *, speeches: Sequence[Speech] = ()) -> None:
        """Both indexes hold these articles: stores their passages and speeches and lets searches see them."""
        rows = [
            {"article_id": p.article_id, "number": s.index, "passage": p.index, "start": s.start, "end": s.end}
            for p in passages
            for s in p.sentences
        ]
        said = [_speech_row(number, speech) for number, speech in enumerate(speeches)]
        with self._engine.begin() as connection:
            _forget(connection, ids)
            if rows:
                connection.execute(_sentences.insert(), rows)
            if said:
                connection.execute(_speeches.insert(), said)
            _set_state(connection, ids, INDEXED)

    def remove(self, ids: Sequence[str]) -> None:
        """Deletes for good. The indexes must have let go of them before."""
        with self._engine.begin() as connection:
            _forget(connection, ids)
            for batch in _batches(list(ids)):
                connection.execute(_articles.delete().where(_articles.c.id.in_(batch)))

    def ids_in_state(self, state: str) -> list[str]:
        with self._engine.connect() as connection:
            query = sa.select(_articles.c.id).where(_articles.c.state == state).order_by(_articles.c.id)
            return list(connection.scalars(query))

    def reach(self, filters: Filters) -> Reach:
        """Which of the indexed articles the filters let through."""
        fields, dates = _conditions(filters)
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
            for batch in _batches(list(ids)):
                query = sa.select(_articles.c.id, _articles.c.language, _articles.c.state)
                rows = connection.execute(query.where(_articles.c.id.in_(batch)))
                languages |= {row.id: row.language for row in rows if row.state == INDEXED}
        return languages

    def passages(self, article_ids: Iterable[str]) -> dict[str, list[Passage]]:
        """The passages, in order, of those articles that are indexed."""
        runs: dict[str, dict[int, list[Sentence]]] = {}
        with self._engine.connect() as connection:
            for batch in _batches(list(article_ids)):
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

    def speeches(self, article_ids: Iterable[str]) -> dict[str, list[Speech]]:
        """What is said in those articles that are indexed, in the order in which it begins; no key where nothing is."""
        found: dict[str, list[Speech]] = {}
        with self._engine.connect() as connection:
            for batch in _batches(list(article_ids)):
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
        """Articles by state, under `pending`, `indexed` and `leaving`, and `passages` and `sentences`."""
        with self._engine.connect() as connection:
            states = connection.execute(sa.select(_articles.c.state, sa.func.count()).group_by(_articles.c.state))
            counts = {PENDING: 0, INDEXED: 0, LEAVING: 0}
            for state, count in states:
                counts[state] = count
            distinct = sa.select(_sentences.c.article_id, _sentences.c.passage).distinct().subquery()
            counts["passages"] = connection.scalar(sa.select(sa.func.count()).select_from(distinct)) or 0
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


def _row(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "text": article.text,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "published": article.published,
        "language": article.language,
        "origin": article.origin,
        "guessed": ",".join(article.guessed),
        "content_hash": article.content_hash,
    }


def _article(row: Any) -> Article:
    published: date | None = row.published
    return Article(
        id=row.id,
        text=row.text,
        title=row.title,
        url=row.url,
        source=row.source,
        published=published,
        language=row.language,
        origin=row.origin,
        guessed=tuple(row.guessed.split(",")) if row.guessed else (),
    )


def _speech_row(number: int, speech: Speech) -> dict[str, Any]:
    spans = {name: getattr(speech, name) for name in _SPANS}
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
    starts = {name: getattr(row, f"{name}_start") for name in _SPANS}
    spans = {n: None if start is None else Span(start, getattr(row, f"{n}_end")) for n, start in starts.items()}
    return Speech(row.article_id, row.kind, row.start, row.end, row.speaker, **spans)


def _conditions(filters: Filters) -> tuple[list[Condition], list[Condition]]:
    """What the filters ask of the articles' fields, and of their dates."""
    fields, dates = [], []
    if filters.language is not None:
        fields.append(_articles.c.language == filters.language)
    if filters.source is not None:
        fields.append(_articles.c.source == filters.source)
    if filters.since is not None:
        dates.append(_articles.c.published >= filters.since)
    if filters.until is not None:
        dates.append(_articles.c.published <= filters.until)
    return fields, dates


def _count_indexed(connection: sa.Connection, conditions: Sequence[Condition]) -> int:
    query = sa.select(sa.func.count()).where(_articles.c.state == INDEXED, *conditions)
    return connection.scalar(query) or 0


def _indexed_ids(connection: sa.Connection, conditions: Sequence[Condition], filters: Filters) -> frozenset[str]:
    """Ids of the indexed articles that meet the conditions and are among those that the filters name."""
    query = sa.select(_articles.c.id).where(_articles.c.state == INDEXED, *conditions)
    if filters.articles is not None and len(filters.articles) <= _BATCH:
        query = query.where(_articles.c.id.in_(sorted(filters.articles)))
    ids = frozenset(connection.scalars(query).all())
    return (ids if filters.articles is None else ids & filters.articles) - filters.without


def _forget(connection: sa.Connection, ids: Sequence[str]) -> None:
    """Deletes what was made from the articles."""
    for batch in _batches(list(ids)):
        connection.execute(_sentences.delete().where(_sentences.c.article_id.in_(batch)))
        connection.execute(_speeches.delete().where(_speeches.c.article_id.in_(batch)))


def _set_state(connection: sa.Connection, ids: Sequence[str], state: str) -> None:
    for batch in _batches(list(ids)):
        connection.execute(_articles.update().where(_articles.c.id.in_(batch)).values(state=state))


def _batches(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]
