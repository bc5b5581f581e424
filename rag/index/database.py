"""A SQL database: SQLite in a file, or what a URL names. What is stored in it is its caller's."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from rag.errors import ArchiveError, ArchiveInUse, ArchiveUnwritable, InputError

_DIALECTS: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}


def open_database(url: str) -> sa.Engine:
    """The database at a SQLAlchemy URL, not connected to yet; its errors that a user can mend become the project's own.

    Raises ArchiveError for a URL that cannot be used.
    """
    try:
        engine = sa.create_engine(url)
    except (sa.exc.ArgumentError, ModuleNotFoundError) as error:
        raise ArchiveError(f"The database URL cannot be used: {error}. Set BELEG_DATABASE, or unset it.") from error
    if engine.dialect.name not in _DIALECTS:
        raise ArchiveError(f"Articles are kept in {' or '.join(_DIALECTS)}, not in {engine.dialect.name}.")
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "handle_error", _translate)
    return engine


def upsert(engine: sa.Engine, table: sa.Table) -> Any:
    """An insert that takes the place of the row with the same primary key."""
    insert = _DIALECTS[engine.dialect.name].insert(table)
    keys = [column.name for column in table.primary_key]
    others = {column.name: insert.excluded[column.name] for column in table.columns if column.name not in keys}
    return insert.on_conflict_do_update(index_elements=keys, set_=others)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _translate(context: sa.engine.ExceptionContext) -> None:
    """Database errors that a user can mend become this project's own."""
    if isinstance(context.original_exception, UnicodeEncodeError):
        raise InputError("What was asked for is not valid Unicode: it holds half a character. Type it again.")
    words = str(context.original_exception).lower()
    if "full" in words:
        raise ArchiveError("The disk is full: the last change was not stored, all earlier ones are.")
    if "locked" in words or "busy" in words:
        raise ArchiveInUse("The archive's database is locked by another process. Try again when it is done.")
    if any(sign in words for sign in ("unable to open", "readonly", "read-only", "disk i/o")):
        raise ArchiveUnwritable(f"The archive's database cannot be opened or written: {context.original_exception}.")
    if "not a database" in words or "malformed" in words:
        raise ArchiveError(f"The archive's database is damaged: {context.original_exception}.")
    if isinstance(context.sqlalchemy_exception, sa.exc.OperationalError):
        raise ArchiveError(f"The archive's database does not answer: {' '.join(words.split())}.")
