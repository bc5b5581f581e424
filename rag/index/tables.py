"""The tables of an archive's database, and how an article becomes a row of them and comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from rag.types import Article, Filters

PENDING, INDEXED, LEAVING = "pending", "indexed", "leaving"

Condition = sa.ColumnElement[bool]

_IDS_A_STATEMENT = 500

metadata = sa.MetaData()
meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
_CONTENT = (
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
)
articles = sa.Table(
    "articles",
    metadata,
    *_CONTENT,
    sa.Column("ingested", sa.DateTime, nullable=False),
    sa.Column("state", sa.String, nullable=False, index=True),
)
# Holds all that a filter asks for: in the table itself these columns lie behind the text.
filters_index = sa.Index(
    "articles_by_filters", *(articles.c[name] for name in ("state", "language", "source", "published", "id"))
)
sentences = sa.Table(
    "sentences",
    metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("passage", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
)
# Of a passage's sentences in order, and of the title, a row of 8-bit numbers each: see `rag.index.sentence_vectors`.
sentence_vectors = sa.Table(
    "sentence_vectors",
    metadata,
    sa.Column("passage_id", sa.String, primary_key=True),
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("rows", sa.LargeBinary, nullable=False),
)
SPEECH_SPANS = ("name", "said_by", "cue")
speeches = sa.Table(
    "speeches",
    metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("speaker", sa.Text),
    *(sa.Column(f"{name}_{edge}", sa.Integer) for name in SPEECH_SPANS for edge in ("start", "end")),
)
# `id` is the article's own then: that of another with the same address, where this one took its place.
versions = sa.Table(
    "versions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    *(sa.Column(column.name, column.type, nullable=column.nullable) for column in _CONTENT),
    sa.Column("since", sa.DateTime, nullable=False),
    sa.Column("until", sa.DateTime, nullable=False),
    sa.Index("versions_by_hash", "content_hash"),
)
CONTENT = tuple(column.name for column in _CONTENT)


def article_row(article: Article) -> dict[str, Any]:
    """What the tables keep of an article's content."""
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


def article_of(row: Any) -> Article:
    """The article whose content a row holds."""
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


def id_batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """So many ids at a time as one statement takes."""
    for start in range(0, len(ids), _IDS_A_STATEMENT):
        yield ids[start : start + _IDS_A_STATEMENT]


def conditions_of(filters: Filters) -> tuple[list[Condition], list[Condition]]:
    """What the filters ask of the articles' fields, and of their dates."""
    fields, dates = [], []
    if filters.language is not None:
        fields.append(articles.c.language == filters.language)
    if filters.source is not None:
        fields.append(articles.c.source == filters.source)
    if filters.since is not None:
        dates.append(articles.c.published >= filters.since)
    if filters.until is not None:
        dates.append(articles.c.published <= filters.until)
    return fields, dates
