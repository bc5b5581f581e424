"""Earlier versions of articles, in SQL: what an article said before it was replaced can still be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from rag.index.tables import CONTENT, LEAVING, article_of, id_batches
from rag.index.tables import articles as _articles
from rag.index.tables import versions as _versions
from rag.types import Article, Version

_READ = ("text", "title", "source", "url", "published", "language")


def reads_the_same(one: Article, other: Article) -> bool:
    """Whether a reader sees no difference. Which file it is from and what was guessed is not seen."""
    return all(getattr(one, name) == getattr(other, name) for name in _READ)


def stored_rows(connection: sa.Connection, ids: Iterable[str]) -> dict[str, Any]:
    """The rows of those articles that are there and not being deleted, by id."""
    rows: dict[str, Any] = {}
    for batch in id_batches(list(ids)):
        found = connection.execute(sa.select(_articles).where(_articles.c.id.in_(batch)))
        rows |= {row.id: row for row in found if row.state != LEAVING}
    return rows


def keep_versions(
    connection: sa.Connection,
    stored: Mapping[str, Any],
    articles: Sequence[Article],
    *,
    taken_over: Mapping[str, str],
    until: datetime,
) -> None:
    """Keeps what the `stored` rows said as versions of the articles that have just been written in their place.

    `taken_over` names the article that takes another's place, by the other's id; it gets the other's versions too.
    What reads the same is no version.
    """
    new = {article.id: article for article in articles}
    replaced = [(stored[id], article) for id, article in new.items() if id in stored]
    replaced += [(stored[old], new[id]) for old, id in taken_over.items() if old in stored]
    rows = [
        {column: getattr(row, column) for column in CONTENT}
        | {"article_id": article.id, "since": row.ingested, "until": until}
        for row, article in replaced
        if not reads_the_same(article_of(row), article)
    ]
    if rows:
        connection.execute(_versions.insert(), rows)
    for old, id in taken_over.items():
        connection.execute(_versions.update().where(_versions.c.article_id == old).values(article_id=id))


def forget_versions(connection: sa.Connection, article_ids: Sequence[str]) -> None:
    """Deletes every version of these articles."""
    for batch in id_batches(article_ids):
        connection.execute(_versions.delete().where(_versions.c.article_id.in_(batch)))


def versions_of(connection: sa.Connection, article_id: str) -> list[Version]:
    """The versions of an article, newest first."""
    order = (_versions.c.until.desc(), _versions.c.number.desc())
    rows = connection.execute(sa.select(_versions).where(_versions.c.article_id == article_id).order_by(*order))
    return [Version(article_of(row), row.since.replace(tzinfo=UTC), row.until.replace(tzinfo=UTC)) for row in rows]


def find_version(connection: sa.Connection, article_id: str, content_hash: str) -> Article | None:
    """The newest version with this hash of the article that has this id, or had it when it read so."""
    query = (
        sa.select(_versions)
        .where(_versions.c.content_hash == content_hash)
        .where(sa.or_(_versions.c.article_id == article_id, _versions.c.id == article_id))
        .order_by(_versions.c.until.desc(), _versions.c.number.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return article_of(row) if row else None


def count_versions(connection: sa.Connection, article_ids: Sequence[str]) -> dict[str, int]:
    """How many versions of each article are kept; no key where there is none."""
    counts: dict[str, int] = {}
    for batch in id_batches(article_ids):
        query = sa.select(_versions.c.article_id, sa.func.count().label("kept")).where(
            _versions.c.article_id.in_(batch)
        )
        counts |= {row.article_id: row.kept for row in connection.execute(query.group_by(_versions.c.article_id))}
    return counts
