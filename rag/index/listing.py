"""Which articles are there, a page at a time: SQL finds, sorts and counts them, and no text leaves the database."""

from __future__ import annotations

import re
from datetime import UTC
from typing import Any, Literal, get_args
from unicodedata import combining, normalize

import sqlalchemy as sa

from rag.errors import InputError
from rag.index.tables import INDEXED, PENDING, Condition, conditions_of
from rag.index.tables import articles as _articles
from rag.index.versions import count_versions
from rag.text.unicode import is_unicode
from rag.types import Filters, Listed, Listing

Sort = Literal["published", "title", "source", "language", "ingested"]

MOST_LISTED = 1_000
LONGEST_QUERY = 500
LAST_OFFSET = 1 << 62
_ALPHABETICAL = ("title", "source")
_NOT_ASCII = re.compile(r"[A-Za-z]?[^\x00-\x7f]+")
_LISTED = ("id", "title", "source", "url", "published", "language", "ingested")
_THERE = _articles.c.state.in_([PENDING, INDEXED])


def add_functions(connection: Any) -> None:
    """Gives an SQLite connection what it lacks: it knows the case of ASCII letters alone, and sorts Ä behind Z."""
    connection.create_function("lower_everywhere", 1, _lower, deterministic=True)
    connection.create_function("alphabetical", 1, _alphabetical, deterministic=True)


def check_page(query: str, *, sort: str, offset: int, limit: int) -> None:
    """Raises InputError for what `list_articles` cannot use."""
    if sort not in get_args(Sort):
        raise InputError(f"sort is {sort!r}; articles can be sorted by {', '.join(get_args(Sort))}.")
    if not 1 <= limit <= MOST_LISTED:
        raise InputError(f"limit is {limit}; it must be from 1 to {MOST_LISTED:,}.")
    if not 0 <= offset <= LAST_OFFSET:
        raise InputError(f"offset is {offset}; it must be 0 or more: how many articles to pass over.")
    if len(query) > LONGEST_QUERY:
        raise InputError(
            f"What to look for has {len(query):,} characters; at most {LONGEST_QUERY:,} are taken. Shorten it."
        )
    if not is_unicode(query):
        raise InputError("What to look for is not valid Unicode: it holds half a character. Type it again.")


def list_articles(
    connection: sa.Connection, query: str, filters: Filters, *, sort: Sort, descending: bool, offset: int, limit: int
) -> Listing:
    """The `limit` articles after the first `offset` of those that hold every word of the query, in order.

    Those that are being deleted are not among them. Where the sort's field is empty they come last either way; what
    else is equal is in the order of the ids. A letter with a mark is the same in every form of Unicode. On PostgreSQL
    its locale says what is one letter in two cases, and what is stored in pieces is found only as it is stored.
    """
    fields, dates = conditions_of(filters)
    wanted = [_THERE, *fields, *dates, *_holding(query, dialect=connection.dialect.name)]
    column = _articles.c[sort]
    key = sa.func.alphabetical(column) if sort in _ALPHABETICAL and connection.dialect.name == "sqlite" else column
    order = (column.is_(None), key.desc() if descending else key, _articles.c.id)
    page = sa.select(_articles.c.id, sa.func.count().over()).where(*wanted).order_by(*order)
    rows = connection.execute(page.offset(offset).limit(limit)).all()
    if rows:
        return Listing(_listed(connection, [id for id, _ in rows]), rows[0][1])
    total = connection.scalar(sa.select(sa.func.count()).select_from(_articles).where(*wanted)) if offset else 0
    return Listing((), total or 0)


def count_by_source(connection: sa.Connection) -> dict[str, int]:
    """Articles by outlet, most first and then by name; those without one do not count."""
    count, source = sa.func.count().label("articles"), _articles.c.source
    query = sa.select(source, count).where(_THERE, source.is_not(None)).group_by(source).order_by(count.desc(), source)
    return {row.source: row.articles for row in connection.execute(query)}


def _listed(connection: sa.Connection, ids: list[str]) -> tuple[Listed, ...]:
    """Read apart from finding them: the database would measure every text that it sorts."""
    columns = (_articles.c[name] for name in _LISTED)
    query = sa.select(*columns, sa.func.length(_articles.c.text).label("characters")).where(_articles.c.id.in_(ids))
    rows, versions = {row.id: row for row in connection.execute(query)}, count_versions(connection, ids)
    return tuple(
        Listed(
            **{name: getattr(rows[id], name) for name in _LISTED if name != "ingested"},
            characters=rows[id].characters,
            ingested=rows[id].ingested.replace(tzinfo=UTC),
            versions=versions.get(id, 0),
        )
        for id in ids
        if id in rows
    )


def _holding(query: str, *, dialect: str) -> list[Condition]:
    """That every word stands somewhere in an article. No word holds a line's end, so none spans two fields."""
    words = dict.fromkeys(_lower(query).split())
    empty, end = sa.literal(""), sa.literal("\n")
    fields = [sa.func.coalesce(_articles.c[name], empty) + end for name in ("title", "source", "url", "text")]
    text = fields[0] + fields[1] + fields[2] + fields[3]
    if dialect != "sqlite":
        return [text.icontains(word, autoescape=True) for word in words]
    # LIKE knows the case of ASCII letters and is seven times as fast: what it lets through is looked at again.
    likely = [text.like(_ascii_pattern(word), escape="/") for word in words]
    everywhere = sa.func.lower_everywhere(text)
    return likely + [everywhere.contains(word, autoescape=True) for word in words if not word.isascii()]


def _ascii_pattern(word: str) -> str:
    """A word for LIKE, with anything in place of what is not ASCII, and of the letter before: it may be one with that.

    `ü` may be stored as one character or as u and a mark, and `İ` in lower case is i and a mark.
    """
    kept = _NOT_ASCII.sub("%", normalize("NFD", word).replace("/", "//").replace("_", "/_").replace("%", "/%"))
    return f"%{kept}%"


def _lower(text: str) -> str:
    """In small letters, and in one form of Unicode."""
    return normalize("NFC", text.lower())


def _alphabetical(text: str | None) -> str | None:
    """As a German dictionary has it: ä with a, ß as ss, case and punctuation aside."""
    if text is None:
        return None
    letters = (letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))
    return "".join(letter for letter in letters if letter.isalnum() or letter == " ").strip()
