"""Conversations, reviews and deleted articles in SQL: beside the articles, or in a file of their own."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import RLock
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import sqlalchemy as sa

from rag.as_json import as_plain
from rag.desk.types import Binned, Conversation, ConversationEntry, Kind, NewTurn, Turn
from rag.errors import UnknownArticle, UnknownConversation
from rag.index.database import open_database, upsert
from rag.types import Answer, Article, Check, Filters, Review

if TYPE_CHECKING:
    from pydantic import TypeAdapter

# So long what was deleted can be had back.
KEPT = timedelta(minutes=15)

Clock = Callable[[], datetime]

_UNREADABLE = "The result was stored by another version of Beleg, and this one cannot read it. Ask again."
# NULL is no part of a primary key.
_WHOLE = -1

_metadata = sa.MetaData()
_conversations = sa.Table(
    "desk_conversations",
    _metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("owner", sa.String, nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("folded", sa.Text, nullable=False),
    sa.Column("made", sa.DateTime, nullable=False),
    sa.Column("changed", sa.DateTime, nullable=False),
    sa.Column("deleted", sa.DateTime, index=True),
)
_turns = sa.Table(
    "desk_turns",
    _metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("conversation", sa.ForeignKey("desk_conversations.id", ondelete="CASCADE"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("typed", sa.Text, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("filters", sa.Text, nullable=False),
    sa.Column("history", sa.Text, nullable=False),
    sa.Column("made", sa.DateTime, nullable=False),
    sa.Column("result", sa.Text),
    sa.Column("failure", sa.Text),
    sa.Column("folded", sa.Text, nullable=False),
    sa.UniqueConstraint("conversation", "number"),
)
_reviews = sa.Table(
    "desk_reviews",
    _metadata,
    sa.Column("turn", sa.ForeignKey("desk_turns.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("statement", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("word", sa.String, nullable=False),
    sa.Column("made", sa.DateTime, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
)
_bin = sa.Table(
    "desk_bin",
    _metadata,
    sa.Column("article_id", sa.String, primary_key=True),
    sa.Column("article", sa.Text, nullable=False),
    sa.Column("deleted", sa.DateTime, nullable=False),
)


class DeskStore:
    """What the desk keeps. Every method that takes an owner sees and changes that owner's alone.

    What was deleted is gone for everything but `restore` at once, and after 15 minutes for that too; it leaves the
    database with the next deletion, or when that is opened. Safe to call from several threads; each change is one
    transaction, so it is there whole or not at all. `now` tells the time in UTC.
    """

    def __init__(self, url: str, *, now: Clock) -> None:
        """Opens, creates what is missing, and purges. Raises ArchiveError where the database cannot be used."""
        self._engine = open_database(url)
        self._now = now
        # A transaction of SQLite begins with its first write: without the lock, what a change has read before that
        # could be another's by then. Others that write to the same file, such as the articles, are waited for.
        self._writing = RLock()
        with self._change() as connection:
            _metadata.create_all(connection)
        self.purge()

    def close(self) -> None:
        self._engine.dispose()

    def purge(self) -> None:
        """Deletes for good what can no longer be restored."""
        before = _naive(self._now() - KEPT)
        with self._change() as connection:
            connection.execute(_conversations.delete().where(_conversations.c.deleted < before))
            connection.execute(_bin.delete().where(_bin.c.deleted < before))

    def entries(self, owner: str, query: str = "") -> list[ConversationEntry]:
        """The owner's conversations, the one that changed last first; `query`: see `Desk.conversations`."""
        counted = sa.select(sa.func.count()).where(_turns.c.conversation == _conversations.c.id).scalar_subquery()
        found = sa.select(_conversations, counted.label("turns")).where(_is_owners(owner))
        for word in fold(query).split():
            of_turn = _turns.c.folded.contains(word, autoescape=True)
            in_turn = sa.exists().where(_turns.c.conversation == _conversations.c.id, of_turn)
            found = found.where(_conversations.c.folded.contains(word, autoescape=True) | in_turn)
        with self._engine.connect() as connection:
            rows = connection.execute(found.order_by(_conversations.c.changed.desc(), _conversations.c.id)).all()
        return [ConversationEntry(row.id, row.name, _utc(row.made), _utc(row.changed), row.turns) for row in rows]

    def conversation(self, owner: str, conversation_id: str) -> Conversation:
        """Raises UnknownConversation."""
        with self._engine.connect() as connection:
            row = _owned(connection, owner, conversation_id)
            turns = _turns_of(connection, _turns.c.conversation == conversation_id)
        return Conversation(row.id, row.name, _utc(row.made), _utc(row.changed), turns)

    def turn(self, owner: str, turn_id: str) -> Turn:
        """Raises UnknownConversation."""
        with self._engine.connect() as connection:
            return _turn_of(connection, owner, turn_id)

    def put(
        self, owner: str, new: NewTurn, *, conversation: str | None, name: str = "", replacing: str | None = None
    ) -> Turn:
        """Stores a turn at the end of a conversation, or of a new one of this `name` where none is given.

        `replacing`: it takes that turn's place and number, unless that is reviewed or there no more by now. Raises
        UnknownConversation.
        """
        turn_id, made = uuid4().hex, _naive(new.made)
        with self._change() as connection:
            if conversation is None:
                conversation = uuid4().hex
                begun = {"id": conversation, "owner": owner, "made": made, "changed": made}
                connection.execute(_conversations.insert(), begun | _named(name))
            else:
                _owned(connection, owner, conversation)
                of_it = _conversations.c.id == conversation
                connection.execute(_conversations.update().where(of_it).values(changed=made))
            number = replacing and _give_way(connection, conversation, replacing)
            row = {"id": turn_id, "conversation": conversation, "number": number or _next(connection, conversation)}
            connection.execute(_turns.insert(), row | _row_of(new))
            return _turn_of(connection, owner, turn_id)

    def rename(self, owner: str, conversation_id: str, name: str) -> None:
        """Raises UnknownConversation."""
        with self._change() as connection:
            _owned(connection, owner, conversation_id)
            of_it = _conversations.c.id == conversation_id
            connection.execute(_conversations.update().where(of_it).values(_named(name)))

    def delete(self, owner: str, conversation_id: str) -> None:
        """Raises UnknownConversation."""
        with self._change() as connection:
            _owned(connection, owner, conversation_id)
            deleted = _conversations.update().where(_conversations.c.id == conversation_id)
            connection.execute(deleted.values(deleted=_naive(self._now())))

    def restore(self, owner: str, conversation_id: str) -> None:
        """Raises UnknownConversation, also where it was deleted too long ago. One that is there stays as it is."""
        kept = _conversations.c.deleted.is_(None) | (_conversations.c.deleted >= _naive(self._now() - KEPT))
        owners = (_conversations.c.id == conversation_id) & (_conversations.c.owner == owner)
        with self._change() as connection:
            if not connection.execute(_conversations.update().where(owners, kept).values(deleted=None)).rowcount:
                raise _unknown(conversation_id)

    def put_review(self, owner: str, turn_id: str, review: Review, *, keep_note: bool) -> Turn:
        """Stores a word in place of an earlier one of the same name on the same statement. Raises UnknownConversation.

        `keep_note`: with the note of the earlier one, where there is one. Returns the turn with its reviews.
        """
        row = as_plain(review) | {
            "turn": turn_id,
            "statement": _WHOLE if review.statement is None else review.statement,
            "made": _naive(review.made),
        }
        with self._change() as connection:
            before = _turn_of(connection, owner, turn_id).reviews
            same = (one for one in before if (one.statement, one.name) == (review.statement, review.name))
            if keep_note and (earlier := next(same, None)):
                row["note"] = earlier.note
            connection.execute(upsert(self._engine, _reviews), row)
            return _turn_of(connection, owner, turn_id)

    def withdraw_review(self, owner: str, turn_id: str, statement: int | None, name: str) -> Turn:
        """Raises UnknownConversation."""
        number = _WHOLE if statement is None else statement
        same = (_reviews.c.turn == turn_id) & (_reviews.c.statement == number) & (_reviews.c.name == name)
        with self._change() as connection:
            _turn_of(connection, owner, turn_id)
            connection.execute(_reviews.delete().where(same))
            return _turn_of(connection, owner, turn_id)

    def bin(self, article: Article) -> Binned:
        """Keeps a deleted article, in place of an earlier one with its id."""
        now = self._now()
        row = {"article_id": article.id, "article": _encoded(article), "deleted": _naive(now)}
        with self._change() as connection:
            connection.execute(upsert(self._engine, _bin), row)
        return Binned(article, now, now + KEPT)

    def binned(self) -> list[Binned]:
        """The deleted articles that can be restored, the last deleted first."""
        query = sa.select(_bin).where(_bin.c.deleted >= _naive(self._now() - KEPT))
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(_bin.c.deleted.desc(), _bin.c.article_id)).all()
        return [binned for row in rows if (binned := _binned(row))]

    def unbin(self, article_id: str) -> None:
        """Lets go of a deleted article."""
        with self._change() as connection:
            connection.execute(_bin.delete().where(_bin.c.article_id == article_id))

    @contextmanager
    def _change(self) -> Iterator[sa.Connection]:
        with self._writing, self._engine.begin() as connection:
            yield connection


def fold(text: str) -> str:
    """The text as it is searched: without case, in one form of Unicode."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def unknown_article(article_id: str) -> UnknownArticle:
    return UnknownArticle(f"There is no deleted article {article_id!r} to restore: it is kept for 15 minutes.")


def _unknown(wanted: str) -> UnknownConversation:
    return UnknownConversation(f"There is no conversation or turn {wanted!r}. It was deleted, or is somebody else's.")


def _is_owners(owner: str) -> sa.ColumnElement[bool]:
    return (_conversations.c.owner == owner) & _conversations.c.deleted.is_(None)


def _owned(connection: sa.Connection, owner: str, conversation_id: str) -> Any:
    query = sa.select(_conversations).where(_conversations.c.id == conversation_id, _is_owners(owner))
    if row := connection.execute(query).one_or_none():
        return row
    raise _unknown(conversation_id)


def _turn_of(connection: sa.Connection, owner: str, turn_id: str) -> Turn:
    query = sa.select(_turns.c.id).join(_conversations).where(_turns.c.id == turn_id, _is_owners(owner))
    if connection.scalar(query) is None:
        raise _unknown(turn_id)
    return _turns_of(connection, _turns.c.id == turn_id)[0]


def _turns_of(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> tuple[Turn, ...]:
    rows = connection.execute(sa.select(_turns).where(condition).order_by(_turns.c.number)).all()
    said = sa.select(_reviews).join(_turns).where(condition).order_by(_reviews.c.made, _reviews.c.statement)
    reviews: dict[str, list[Review]] = {}
    for row in connection.execute(said):
        statement = None if row.statement == _WHOLE else row.statement
        review = Review(statement, row.word, row.name, _utc(row.made), row.note)
        reviews.setdefault(row.turn, []).append(review)
    return tuple(_turn(row, reviews.get(row.id, ())) for row in rows)


def _turn(row: Any, reviews: Sequence[Review]) -> Turn:
    filters, result, failure = _filters(row.filters), _result(row.kind, row.result), row.failure
    if filters is None or (result is None and failure is None):
        filters, result, failure = filters or Filters(), None, _UNREADABLE
    return Turn(
        id=row.id,
        conversation=row.conversation,
        number=row.number,
        typed=row.typed,
        kind=row.kind,
        filters=filters,
        made=_utc(row.made),
        result=result,
        failure=failure,
        reviews=tuple(reviews),
        history=tuple(json.loads(row.history)),
    )


def _give_way(connection: sa.Connection, conversation: str, turn_id: str) -> int | None:
    """Deletes a turn of the conversation that nobody has reviewed, and returns its number; None where there is none."""
    reviewed = sa.exists().where(_reviews.c.turn == _turns.c.id)
    turn = (_turns.c.id == turn_id) & (_turns.c.conversation == conversation) & ~reviewed
    number = connection.scalar(sa.select(_turns.c.number).where(turn))
    if number is not None:
        connection.execute(_turns.delete().where(_turns.c.id == turn_id))
    return number


def _next(connection: sa.Connection, conversation: str) -> int:
    last = connection.scalar(sa.select(sa.func.max(_turns.c.number)).where(_turns.c.conversation == conversation))
    return (last or 0) + 1


def _named(name: str) -> dict[str, str]:
    return {"name": name, "folded": fold(name)}


def _row_of(new: NewTurn) -> dict[str, Any]:
    return {
        "typed": new.typed,
        "kind": new.kind,
        "filters": _adapter(Filters).dump_json(new.filters).decode(),
        "history": json.dumps(new.history),
        "made": _naive(new.made),
        "result": None if new.result is None else _encoded(new.result),
        "failure": new.failure,
        "folded": fold("\n".join([new.typed, new.failure or "", *_answered(new.result)])),
    }


def _answered(result: Answer | Check | None) -> Iterable[str]:
    """What a person reads as the answer; of a check, the evidence too."""
    if isinstance(result, Answer):
        yield result.text
    elif result is not None:
        yield result.message
        yield from (one.citation.quote for one in result.evidence)
        for part in result.parts:
            yield from _answered(part)


def _encoded(value: Answer | Check | Article) -> str:
    return json.dumps(as_plain(value))


def _result(kind: Kind, stored: str | None) -> Answer | Check | None:
    """None too where another version stored it in a form that is not known."""
    from pydantic import ValidationError

    if stored is None:
        return None
    try:
        result: Check | Answer = _adapter(Check if kind == "claim" else Answer).validate_json(stored)
        return result
    except ValidationError:
        return None


def _filters(stored: str) -> Filters | None:
    from pydantic import ValidationError

    try:
        filters: Filters = _adapter(Filters).validate_json(stored)
        return filters
    except ValidationError:
        return None


def _binned(row: Any) -> Binned | None:
    from pydantic import ValidationError

    try:
        article = _adapter(Article).validate_json(row.article)
    except ValidationError:
        return None
    return Binned(article, _utc(row.deleted), _utc(row.deleted) + KEPT)


# One for each type, since one of several would be tried for each where it does not fit.
@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _naive(moment: datetime) -> datetime:
    """In UTC, as columns without a zone hold it."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def _utc(stored: datetime) -> datetime:
    return stored.replace(tzinfo=UTC)
