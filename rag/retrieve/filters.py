"""What a caller wants searched -> Filters, checked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypedDict

from rag.errors import InputError
from rag.text.language import language_code
from rag.types import Filters


class FilterOptions(TypedDict, total=False):
    """What `make_filters` takes, and with it `Archive.search`, `ask` and their like."""

    language: str | None
    source: str | None
    since: date | None
    until: date | None
    articles: Iterable[str] | None
    without: Iterable[str]


def make_filters(
    *,
    language: str | None = None,
    source: str | None = None,
    since: date | None = None,
    until: date | None = None,
    articles: Iterable[str] | None = None,
    without: Iterable[str] = (),
) -> Filters:
    """The filters that `Archive.search` and `ask` take. Of a time, its day is used.

    Raises InputError for a language that is no code, an empty source, what is not a date or not ids, and `since` after
    `until`. An id, a source or a language that no article has is no error: it matches nothing.
    """
    filters = Filters(
        language=_language(language),
        source=_source(source),
        since=_day(since, "since"),
        until=_day(until, "until"),
        articles=None if articles is None else _ids(articles, "articles"),
        without=_ids(without, "without"),
    )
    if filters.since and filters.until and filters.since > filters.until:
        raise InputError(
            f"since ({filters.since}) is after until ({filters.until}), so no article could match. Exchange them."
        )
    return filters


def _language(given: str | None) -> str | None:
    if given is None:
        return None
    if code := language_code(given):
        return code
    raise InputError(f"The language {given!r} is not a code. Give one such as de or en.")


def _source(given: str | None) -> str | None:
    if given is not None and not given.strip():
        raise InputError("The source is empty. Name one as the articles do, or leave it out.")
    return given


def _day(given: date | None, name: str) -> date | None:
    if isinstance(given, datetime):
        return given.date()
    if given is None or isinstance(given, date):
        return given
    raise InputError(f"{name} is {given!r}, which is not a date. Give a datetime.date.")


def _ids(given: Iterable[str], name: str) -> frozenset[str]:
    if isinstance(given, str):
        raise InputError(f"{name} is the text {given[:80]!r}. Give a list of article ids, such as [{given[:80]!r}].")
    ids = frozenset(given)
    if wrong := [id for id in ids if not isinstance(id, str)]:
        raise InputError(f"{name} holds {wrong[0]!r}, which is not an article's id. Ids are texts.")
    return ids
