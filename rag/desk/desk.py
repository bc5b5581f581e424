"""The desk over an archive: ask and check in conversations, say what is right, make suite cases of it, undo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self, Unpack, get_args

from rag.answer.write import OnDraft
from rag.archive import Archive, OnStage
from rag.check.claims import is_claim
from rag.desk.cases import make_row, put_row
from rag.desk.earlier import history_of
from rag.desk.naming import check_name, check_text, name_for, one_line
from rag.desk.samples import SampleCache
from rag.desk.store import Clock, DeskStore, unknown_article
from rag.desk.types import Binned, CaseMade, Conversation, ConversationEntry, NewTurn, Turn
from rag.errors import BelegError, InputError, UnknownArticle, UnknownConversation
from rag.pack.pack import ConversationPack, Pack, check_statement
from rag.retrieve.filters import FilterOptions, make_filters
from rag.settings import Settings
from rag.text.language import Language
from rag.types import Answer, Article, Check, Draft, Exchange, Filters, Review, Stage, Verdict, Word

# More than a text to check may have: what is too long for that is refused with its words, and kept.
MAX_TYPED_CHARACTERS = 20_000
MAX_NOTE_CHARACTERS = 2_000
MAX_REVIEWER_CHARACTERS = 80

_MAX_QUERY_CHARACTERS = 500


class Desk:
    """Conversations over one archive, each of one owner, and what people said of their results.

    An owner is an opaque token. What one has, no other can read or change: a foreign id raises UnknownConversation, as
    does one that is not there. The bin of deleted articles is everybody's. Safe to call from several threads. Use it as
    a context manager, inside of the archive's.
    """

    @classmethod
    def open(cls, archive: Archive, settings: Settings | None = None, *, now: Clock | None = None) -> Self:
        """Opens the desk: in the settings' database where one is set, else in `desk.db` in the archive's folder.

        `now` tells the time in UTC. Raises ArchiveError where the database cannot be used.
        """
        settings = settings or Settings()
        now = now or _now
        url = settings.database or f"sqlite:///{archive.folder / 'desk.db'}"
        cases = settings.cases or archive.folder / "cases.jsonl"
        return cls(archive, DeskStore(url, now=now), cases=cases, now=now)

    def __init__(self, archive: Archive, store: DeskStore, *, cases: Path, now: Clock) -> None:
        self._archive = archive
        self._store = store
        self._cases = cases
        self._now = now
        self._binning = Lock()
        self._samples = SampleCache()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the database; the archive stays open."""
        self._store.close()

    def conversations(self, owner: str, query: str = "") -> list[ConversationEntry]:
        """The owner's conversations, the one that changed last first.

        With a `query`, those in which every word of it stands, letters' case aside, be it in the name, in what was
        typed or in what was answered. Raises InputError for a query of more than 500 characters.
        """
        query = check_text("What to look for", query, most=_MAX_QUERY_CHARACTERS)
        return self._store.entries(_known(owner), query)

    def conversation(self, owner: str, conversation_id: str) -> Conversation:
        """A conversation with its turns. Raises UnknownConversation."""
        return self._store.conversation(_known(owner), conversation_id)

    def turn(self, owner: str, turn_id: str) -> Turn:
        """One turn. Raises UnknownConversation."""
        return self._store.turn(_known(owner), turn_id)

    def take(
        self,
        owner: str,
        typed: str,
        *,
        conversation: str | None = None,
        as_claim: bool | None = None,
        replacing: str | None = None,
        on_stage: OnStage | None = None,
        on_draft: OnDraft | None = None,
        **filters: Unpack[FilterOptions],
    ) -> Turn:
        """Asks a question or checks a claim, and stores the turn; in a new conversation where none is given.

        What it is, is decided by `is_claim` unless `as_claim` says it. A question is understood after the turns before
        it. `replacing` names a turn to be asked anew, as `typed` now: the new turn takes its place and number, and is
        understood after the turns before that; it comes at the end instead if there is a review of the other by then.
        Where the archive cannot answer for an error, the turn holds its words as `failure`; but where it was to replace
        one that has a result, the error is raised and that stays as it is.
        `on_stage` hears how far it is, "storing" at the end, and `on_draft` what a language model has written; what
        they raise ends the asking, and then nothing is stored. The filters are those of `Archive.search`. Raises
        InputError for an empty or over-long text and for filters that cannot be used, UnknownConversation for one that
        is not the owner's.
        """
        owner, typed, limits = _known(owner), _check_typed(typed), make_filters(**filters)
        context = self._context(owner, conversation, replacing)
        if as_claim is None:
            replaced = context.replaced
            as_claim = replaced.kind == "claim" if replaced and replaced.typed == typed else is_claim(typed)
        history = () if as_claim else history_of(context.before, typed)
        made = self._now()
        result, error = self._ask(typed, history, limits, as_claim=as_claim, on_stage=on_stage, on_draft=on_draft)
        if error is not None and context.replaced is not None and context.replaced.result is not None:
            raise error
        failure = None if error is None else str(error)
        asked = tuple(one.question for one in history)
        new = NewTurn(typed, "claim" if as_claim else "question", limits, made, asked, result, failure)
        if on_stage is not None:
            on_stage("storing", 1, 1)
        name = name_for(typed)
        return self._store.put(owner, new, conversation=context.conversation, name=name, replacing=replacing)

    def rename(self, owner: str, conversation_id: str, name: str) -> None:
        """Raises InputError for an empty name and one of more than 120 characters, UnknownConversation."""
        self._store.rename(_known(owner), conversation_id, check_name(name))

    def delete(self, owner: str, conversation_id: str) -> None:
        """Deletes a conversation; for 15 minutes `restore` brings it back. Raises UnknownConversation."""
        self._store.purge()
        self._store.delete(_known(owner), conversation_id)

    def restore(self, owner: str, conversation_id: str) -> None:
        """Brings a deleted conversation back as it was. Raises UnknownConversation, also where that is too late."""
        self._store.restore(_known(owner), conversation_id)

    def review(
        self,
        owner: str,
        turn_id: str,
        statement: int | None,
        word: Word | None,
        *,
        name: str = "",
        note: str | None = None,
    ) -> Turn:
        """Stores a person's word on a statement of a result (counted as in `Review`), and returns the turn with it.

        There is one of each `name` on each statement: a new one replaces it, and None withdraws it. Without a `note`
        the one that was there stays; "" clears it. Raises InputError for a statement that is not there, a name of more
        than 80 and a note of more than 2,000 characters, UnknownConversation.
        """
        name = check_text("The name", one_line(name), most=MAX_REVIEWER_CHARACTERS)
        kept = None if note is None else check_text("The note", note, most=MAX_NOTE_CHARACTERS)
        _check_statement(self.turn(owner, turn_id), statement)
        if word is None:
            return self._store.withdraw_review(owner, turn_id, statement, name)
        if word not in get_args(Word):
            raise InputError(f"{word!r} is no word on a result. Say {' or '.join(get_args(Word))}, or None.")
        review = Review(statement, word, name, self._now(), kept or "")
        return self._store.put_review(owner, turn_id, review, keep_note=kept is None)

    def make_case(
        self, owner: str, turn_id: str, statement: int | None = None, *, verdict: Verdict | None = None
    ) -> CaseMade:
        """Makes a suite's row of a statement that there is a word on, or of the whole result, and puts it in the file.

        The newest word counts. The same again replaces its row. `verdict` is the right one of a claim, needed where the
        check was marked as wrong. Raises InputError where it makes no case (see `make_row`), ArchiveUnwritable where
        the file cannot be written, UnknownConversation.
        """
        turn = self.turn(owner, turn_id)
        _check_statement(turn, statement)
        return put_row(self._cases, make_row(turn, statement, verdict=verdict, article=self._article))

    def delete_article(self, article_id: str) -> Binned:
        """Deletes an article everywhere; for 15 minutes `restore_article` takes it in again. Raises UnknownArticle.

        Its earlier versions are lost.
        """
        self._store.purge()
        with self._binning:
            binned = self._store.bin(self._archive.article(article_id))
            self._archive.delete(article_id)
        return binned

    def restore_article(self, article_id: str) -> Article:
        """Takes a deleted article in again, with its text and fields as they were, but without its earlier versions.

        Raises UnknownArticle where there is none to restore, InputError where another has its id or address by now.
        """
        with self._binning:
            binned = next((one for one in self._store.binned() if one.article.id == article_id), None)
            if binned is None:
                raise unknown_article(article_id)
            self._archive.put_back(binned.article)
            self._store.unbin(article_id)
        return binned.article

    def binned(self) -> list[Binned]:
        """The deleted articles that can be restored, the last deleted first."""
        return [one for one in self._store.binned() if self._article(one.article.id) != one.article]

    def pack(self, owner: str, turn_id: str) -> Pack:
        """The evidence pack of a turn's result. Raises InputError where it has none, UnknownConversation."""
        turn = self.turn(owner, turn_id)
        if turn.result is None:
            raise InputError("There is no result to make an evidence pack of. Ask again first.")
        return self._archive.pack(turn.result, reviews=turn.reviews, number=turn.number)

    def conversation_pack(self, owner: str, conversation_id: str) -> ConversationPack:
        """The evidence packs of the turns that have a result, with the turns' numbers. Raises UnknownConversation."""
        conversation = self.conversation(owner, conversation_id)
        packs = [
            self._archive.pack(turn.result, reviews=turn.reviews, number=turn.number)
            for turn in conversation.turns
            if turn.result
        ]
        return self._archive.conversation_pack(conversation.name, packs)

    def samples(self, language: Language, count: int = 4) -> list[str]:
        """Questions and claims that the archive answers from different articles, in this language where there are such.

        Made by rule from the newest articles, the same each time, and each tried. Made anew when the archive has
        changed; while another caller makes them, those of before, or none. None of an archive in which nothing fits.
        """
        return self._samples.of(self._archive, language, count)

    def _article(self, article_id: str) -> Article | None:
        try:
            return self._archive.article(article_id)
        except UnknownArticle:
            return None

    def _context(self, owner: str, conversation: str | None, replacing: str | None) -> _Context:
        replaced = None if replacing is None else self._store.turn(owner, replacing)
        if replaced is not None:
            if conversation not in {None, replaced.conversation}:
                raise UnknownConversation(f"The turn {replacing!r} is of another conversation than {conversation!r}.")
            conversation = replaced.conversation
        if conversation is None:
            return _Context(None, ())
        turns = self._store.conversation(owner, conversation).turns
        before = tuple(turn for turn in turns if replaced is None or turn.number < replaced.number)
        return _Context(conversation, before, replaced)

    def _ask(
        self,
        typed: str,
        history: tuple[Exchange, ...],
        limits: Filters,
        *,
        as_claim: bool,
        on_stage: OnStage | None,
        on_draft: OnDraft | None,
    ) -> tuple[Answer | Check | None, BelegError | None]:
        """The result, or the error that there is instead."""
        raised: list[BaseException] = []

        def hear(stage: Stage, claim: int, claims: int) -> None:
            with _noted(raised):
                if on_stage is not None:
                    on_stage(stage, claim, claims)

        def read(draft: Draft) -> None:
            with _noted(raised):
                if on_draft is not None:
                    on_draft(draft)

        within: Any = {field.name: getattr(limits, field.name) for field in fields(limits)}
        try:
            if as_claim:
                return self._archive.check(typed, on_stage=hear, **within), None
            return self._archive.ask(typed, history, on_stage=hear, on_draft=read, **within), None
        except BelegError as error:
            if error in raised:
                raise
            return None, error


@dataclass(frozen=True, slots=True)
class _Context:
    """Where a turn goes (None: into a new conversation), the turns before it, and the one that it replaces."""

    conversation: str | None
    before: tuple[Turn, ...]
    replaced: Turn | None = None


@contextmanager
def _noted(raised: list[BaseException]) -> Iterator[None]:
    """What is raised within is noted, to be told from what the archive raises by itself."""
    try:
        yield
    except BaseException as error:
        raised.append(error)
        raise


def _known(owner: str) -> str:
    if not owner:  # else all who have none would share what they have
        raise InputError("The owner is empty. Name whose conversations are meant.")
    return owner


def _check_typed(typed: str) -> str:
    if not typed.strip():
        raise InputError("Nothing was typed. Ask a question, or give a claim to check.")
    return check_text("What was typed", typed, most=MAX_TYPED_CHARACTERS)


def _check_statement(turn: Turn, statement: int | None) -> None:
    if turn.result is None:
        raise InputError("There is no result to say anything of. Ask again first.")
    check_statement(turn.result, statement)


def _now() -> datetime:
    return datetime.now(UTC)
