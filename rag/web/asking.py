"""What happens on the desk when a question is asked, stopped, edited or asked again, and when a conversation is opened.

Each handler says what changes on the page, part by part; what an answer is comes from `rag.desk`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import gradio as gr

from rag.answer.write import OnDraft
from rag.archive import Archive, OnStage
from rag.desk.desk import Desk
from rag.desk.types import Turn
from rag.errors import BelegError, InputError, UnknownConversation
from rag.retrieve.filters import FilterOptions
from rag.text.language import Language
from rag.types import Draft
from rag.web.desk_room import DeskRoom
from rag.web.draw import draw_draft
from rag.web.draw_turn import draw_beginning, draw_conversation, draw_pending, draw_unsent
from rag.web.markup import draw_text
from rag.web.stages import Run, Runs, Step, Stopped, staged
from rag.web.visitor import Visitor, visitor_of
from rag.web.wording import WORDING, name_language

# So many questions are answered side by side.
_ASKED_AT_ONCE = 8

Update = dict[Any, Any]
Given = Mapping[Any, Any]


class Asking:
    """The handlers of one desk's parts."""

    def __init__(self, archive: Archive, desk: Desk, room: DeskRoom) -> None:
        self._archive = archive
        self._desk = desk
        self._room = room
        self._runs = Runs()

    def connect(self) -> None:
        """Ties the handlers to the parts. To be called within the page."""
        room, at_once = self._room, {"concurrency_limit": _ASKED_AT_ONCE}
        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", **at_once}
        filters = {room.conversation, *room.filters}
        # Gradio's page would drop a second question without a word; here it is told of.
        asked: dict[str, Any] = {"outputs": room.shown, "trigger_mode": "multiple", **private}
        gr.on([room.box.submit, room.ask.click], self.respond, inputs=room.typed, **asked)
        room.check.click(self.check, inputs=room.typed, **asked)
        room.stop.click(self.stop, queue=False, **private)
        room.log.ask(self.ask_given, inputs=filters, **asked)
        room.log.again(self.ask_again, **asked)
        room.log.edit(self.edit, outputs=room.shown, **private)
        room.log.open(self.open, outputs=room.shown, **private)
        room.leave.click(self.leave, outputs=room.shown, **private)
        room.clear.click(self.clear, outputs=list(room.filters), **private)

    def respond(self, given: Given, request: gr.Request) -> Iterator[Update]:
        """What is typed is checked where it is a claim, and answered otherwise."""
        yield from self._take(given, given[self._room.box], None, request, clears=True)

    def check(self, given: Given, request: gr.Request) -> Iterator[Update]:
        yield from self._take(given, given[self._room.box], True, request, clears=True)

    def ask_given(self, given: Given, request: gr.Request, data: gr.EventData) -> Iterator[Update]:
        """A sample question, or the claim of a turn that is to be asked as a question."""
        turn = str(getattr(data, "turn", "") or "")
        text = self._turn(turn, request).typed if turn else str(data.text)
        yield from self._take(given, text, False if turn else None, request)

    def ask_again(self, request: gr.Request, data: gr.EventData) -> Iterator[Update]:
        """The same question, in the archive as it is now, within the filters that it was asked with."""
        turn, room = self._turn(str(data.turn), request), self._room
        found = turn.filters
        given = {
            room.conversation: turn.conversation,
            room.replacing: turn.id,
            **dict(zip(room.filters, (found.source, found.language, found.since, found.until), strict=True)),
        }
        yield from self._take(given, turn.typed, turn.kind == "claim", request)

    def stop(self, request: gr.Request) -> None:
        self._runs.stop(str(request.session_hash))

    def edit(self, request: gr.Request, data: gr.EventData) -> Update:
        turn = self._turn(str(data.turn), request)
        return {
            self._room.box: turn.typed,
            self._room.replacing: turn.id,
            self._room.editing: gr.update(visible=True),
        }

    def leave(self) -> Update:
        return {self._room.box: "", **self._not_editing()}

    def clear(self) -> Update:
        source, language, since, until = self._room.filters
        return {source: "", language: "", since: "", until: ""}

    def open(self, request: gr.Request, data: gr.EventData) -> Update:
        self._runs.leave(str(request.session_hash), str(data.id))
        return self.opened(visitor_of(request), str(data.id), live=gr.skip())

    def opened(self, who: Visitor, wanted: str, *, live: Any = "") -> Update:
        """A conversation as it was left, or the beginning of a new one where there is none of this id."""
        room = self._room
        try:
            found = self._desk.conversation(who.owner, wanted) if wanted else None
        except UnknownConversation:
            found = None
        if found and found.turns:
            drawn = draw_conversation(found, language=who.language)
        else:
            empty = self._archive.status().articles == 0
            samples = [] if empty else self._desk.samples(who.language)
            drawn = draw_beginning(samples, language=who.language, empty=empty)
        return {room.log: drawn, room.live: live, room.conversation: found.id if found else "", **self._not_editing()}

    def offered(self, language: Language) -> Update:
        """What the filters can be set to."""
        anything = (WORDING[language]["any"], "")
        codes = sorted(code for code in self._archive.status().languages if code != "?")
        named = [(name_language(code, language), code) for code in codes]
        sources = [(name, name) for name in self._archive.sources()]
        return {
            self._room.source: gr.update(choices=[anything, *sources], value=""),
            self._room.language: gr.update(choices=[anything, *named], value=""),
        }

    def _take(
        self, given: Given, typed: str, as_claim: bool | None, request: gr.Request, *, clears: bool = False
    ) -> Iterator[Update]:
        """Asks or checks, saying meanwhile at what it is, and shows the conversation with the new turn.

        `clears`: what is asked is what stands in the box. In a tab one question is worked on at a time.
        """
        room, who = self._room, visitor_of(request)
        if not typed.strip():
            yield {room.live: gr.skip()}
            return
        with self._runs.begin(str(request.session_hash)) as run:
            if run is None:
                gr.Info(WORDING[who.language]["one_at_a_time"])
                yield {room.live: gr.skip()}
                return
            cleared = {room.box: ""} if clears else {}
            yield {room.live: _pending(typed, Step("searching", 1, 1), who.language), **self._busy(True), **cleared}
            yield from self._followed(given, typed, as_claim, who, run)

    def _followed(self, given: Given, typed: str, as_claim: bool | None, who: Visitor, run: Run) -> Iterator[Update]:
        """The stages of a question, and in the end its turn; what was typed, to be had back, where it came to none."""
        room = self._room
        try:
            options = {**self._place(given), **self._within(given), "as_claim": as_claim}

            def take(hear: OnStage, read: OnDraft) -> Turn:
                return self._desk.take(who.owner, typed, on_stage=hear, on_draft=read, **options)

            for step in staged(take, run.stop):
                if isinstance(step, Step):
                    yield {room.live: _pending(typed, step, who.language)}
                elif isinstance(step, Draft):
                    yield {room.live: _being_written(typed, step, who.language)}
                else:
                    still_there = run.left_for in (None, step.conversation)
                    shown = self.opened(who, step.conversation) if still_there else {room.live: ""}
                    yield {**shown, **self._busy(False)}
        except Exception as error:  # whatever it is, what was typed is not lost, and the next can be asked
            why = _said(error, who.language)
            yield {room.live: draw_unsent(typed, why, language=who.language), **self._busy(False)}
            if not isinstance(error, BelegError | Stopped):
                raise

    def _place(self, given: Given) -> dict[str, Any]:
        """Where the turn is to stand."""
        room = self._room
        return {"conversation": given[room.conversation] or None, "replacing": given.get(room.replacing) or None}

    def _within(self, given: Given) -> FilterOptions:
        source, language, since, until = (given.get(part) or None for part in self._room.filters)
        return {"source": source, "language": language, "since": _day(since), "until": _day(until)}

    def _turn(self, turn_id: str, request: gr.Request) -> Turn:
        try:
            return self._desk.turn(visitor_of(request).owner, turn_id)
        except BelegError as error:
            raise gr.Error(draw_text(str(error)), print_exception=False) from error

    def _busy(self, working: bool) -> Update:
        room, at_rest = self._room, gr.update(visible=not working)
        return {room.ask: at_rest, room.check: at_rest, room.stop: gr.update(visible=working)}

    def _not_editing(self) -> Update:
        return {self._room.replacing: "", self._room.editing: gr.update(visible=False)}


def _pending(typed: str, step: Step, language: Language) -> str:
    wording = WORDING[language]
    said = wording[step.stage]
    if step.of > 1:
        said = wording["step_of"].format(stage=said, number=step.number, of=step.of)
    return draw_pending(typed, said)


def _being_written(typed: str, draft: Draft, language: Language) -> str:
    return draw_pending(typed, WORDING[language]["writing"], draft=draw_draft(draft, language=language))


def _said(error: Exception, language: Language) -> str:
    if isinstance(error, BelegError):
        return str(error)
    return WORDING[language]["question_stopped" if isinstance(error, Stopped) else "failed"]


def _day(given: date | str | None) -> date | None:
    """A day as the page's field holds it. Raises InputError for what is none."""
    if given is None or isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given[:10])
    except ValueError as error:
        raise InputError(f"{given!r} is no date. Write it as 2024-08-01.") from error
