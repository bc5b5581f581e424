"""What happens on the archive's page when files are dropped, an address is given or a text is pasted.

Each goes through Gradio's queue, beside the questions: it can be followed and stopped, and what was taken in stays.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

import gradio as gr

from rag.archive import Archive
from rag.ingest.pasted import read_pasted
from rag.ingest.read import read_file
from rag.text.language import Language
from rag.types import Article, Failure
from rag.web.archive_room import ArchiveRoom
from rag.web.draw_report import draw_report, draw_reports, draw_step
from rag.web.intake import Given, Source, Step, Taken, take_in
from rag.web.markup import is_web_address
from rag.web.stages import Runs
from rag.web.uploads import Upload, UploadFolder, receive_uploads, remove_uploads
from rag.web.visitor import visitor_of
from rag.web.wording import WORDING

# So many people's articles are taken in side by side, a batch of each in turn.
_TAKEN_IN_AT_ONCE = 4
_REPORTS_KEPT = 20

Update = dict[Any, Any]
Fields = Mapping[Any, Any]
# What an event of Gradio's is to be followed by.
Then = Callable[[Any], Any]


class TakingIn:
    """The handlers of one archive's parts. `max_upload` is in bytes, a file."""

    def __init__(self, archive: Archive, room: ArchiveRoom, *, uploads: UploadFolder, max_upload: int) -> None:
        self._archive = archive
        self._room = room
        self._uploads = uploads
        self._max_upload = max_upload
        self._runs = Runs()

    def connect(self, then: Then) -> None:
        """Ties the handlers to the parts; `then` is called with each event that may have changed the archive."""
        room = self._room
        hidden: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        private = hidden | {"concurrency_limit": _TAKEN_IN_AT_ONCE, "concurrency_id": "taking-in"}
        # Gradio's own reading of a file's payload forgets what the file was called.
        arrived = room.files.upload(
            self.receive, inputs=room.files, outputs=[room.uploads, room.files], preprocess=False, **private
        )
        fields = {room.earlier, *room.pasted}
        taken = (
            arrived.then(self.take_files, inputs={room.uploads, room.earlier}, outputs=room.shown, **private),
            gr.on(
                [room.fetch.click, room.address.submit],
                self.take_address,
                inputs={room.address, room.earlier},
                outputs=[*room.shown, room.address],
                **private,
            ),
            room.paste.click(self.take_pasted, inputs=fields, outputs=[*room.shown, *room.pasted], **private),
        )
        for one in taken:
            then(one.then(self.rest, outputs=[room.adding, room.working], **hidden))
        room.stop.click(self.stop, queue=False, **hidden)
        room.table.refused(self.refuse, inputs={room.earlier}, outputs=[room.reports, room.earlier], **hidden)
        then(room.table.changed(_nothing, **hidden))

    def receive(self, payload: Sequence[Any] | None) -> Update:
        return {self._room.uploads: receive_uploads(payload or (), self._uploads), self._room.files: None}

    def take_files(self, given: Fields, request: gr.Request) -> Iterator[Update]:
        uploads: list[Upload] = given[self._room.uploads]
        language = visitor_of(request).language
        try:
            files = [Given(upload.name, partial(_read, upload, language)) for upload in uploads]
            for update, _ in self._take(files, given, request):
                yield {self._room.uploads: [], **update}
        finally:
            remove_uploads(uploads)

    def take_address(self, given: Fields, request: gr.Request) -> Iterator[Update]:
        typed = str(given[self._room.address] or "").strip()
        if not typed:
            return
        source = _address(typed, visitor_of(request).language)
        for update, taken in self._take([Given(typed, lambda: [source])], given, request):
            yield {**update, **({self._room.address: ""} if _all_in(taken) else {})}

    def take_pasted(self, given: Fields, request: gr.Request) -> Iterator[Update]:
        """Where it is refused, what was typed stays."""
        room, language = self._room, visitor_of(request).language
        text, title, source, url, published, code = (given[part] or None for part in room.pasted)
        if not text or not text.strip():
            gr.Info(WORDING[language]["nothing_pasted"])
            return
        read = partial(read_pasted, text, title=title, source=source, url=url, language=code)
        name = str(title or WORDING[language]["pasted_text"])
        # How long an article may be, the archive itself says.
        one = Given(name, lambda: [read(published=published and published[:10], max_characters=sys.maxsize)])
        for update, taken in self._take([one], given, request):
            empty = dict.fromkeys(room.pasted, "") | {room.published: None} if _all_in(taken) else {}
            yield {**update, **empty}

    def stop(self, request: gr.Request) -> None:
        self._runs.stop(str(request.session_hash))

    def rest(self) -> Update:
        return {self._room.adding: gr.update(visible=True), self._room.working: gr.update(visible=False)}

    def refuse(self, given: Fields, request: gr.Request, data: gr.EventData) -> Update:
        """Files that the script did not send, because they are too large."""
        language = visitor_of(request).language
        reason = WORDING[language]["reason_too_large"].format(limit=_megabytes(self._max_upload, language))
        names = [str(name) for name in data.names]
        return self._reported([Taken(n, failed=(Failure(n, reason),)) for n in names], given, language, stopped=False)

    def _take(
        self, things: Sequence[Given], given: Fields, request: gr.Request
    ) -> Iterator[tuple[Update, Sequence[Taken]]]:
        """What changes on the page, with what has become of all in the end; nothing yet before."""
        if not things:
            return
        room, language = self._room, visitor_of(request).language
        taken: list[Taken] = []
        busy = {room.adding: gr.update(visible="hidden"), room.working: gr.update(visible=True)}
        with self._runs.begin(str(request.session_hash)) as run:
            if run is None:
                gr.Info(WORDING[language]["one_at_a_time"])
                return
            stop = run.stop
            for step in take_in(self._archive, things, stop):
                if isinstance(step, Step):
                    yield {**busy, room.progress: draw_step(step, language=language)}, ()
                    busy = {}
                else:
                    taken.append(step)
        stopped = any(one.left or not one.begun for one in taken) and stop.is_set()
        yield {room.progress: "", **self._reported(taken, given, language, stopped=stopped)}, taken

    def _reported(self, taken: Sequence[Taken], given: Fields, language: Language, *, stopped: bool) -> Update:
        """The reports with a new one. The list is the visit's own: other actions of it may add to it meanwhile."""
        earlier: list[str] = given[self._room.earlier]
        earlier.append(draw_report(taken, made=datetime.now(UTC), stopped=stopped, language=language))
        del earlier[:-_REPORTS_KEPT]
        return {self._room.reports: draw_reports(earlier, language=language), self._room.earlier: earlier}


def _nothing() -> None:
    pass


def _all_in(taken: Sequence[Taken]) -> bool:
    return bool(taken) and not any(one.failed or one.left or not one.begun for one in taken)


def _read(upload: Upload, language: Language) -> Iterable[Article | Failure]:
    if upload.path is None:
        return [Failure(upload.name, WORDING[language]["reason_not_arrived"])]
    return read_file(upload.path, name=upload.name)


def _address(typed: str, language: Language) -> Source:
    """The address, which need not name its scheme; never a path on this machine."""
    address = typed if "://" in typed else f"https://{typed}"
    return address if is_web_address(address) else Failure(typed, WORDING[language]["reason_no_address"])


def _megabytes(size: int, language: Language) -> str:
    from babel.numbers import format_decimal

    return f"{format_decimal(size / 1_000_000, '#,##0.##', locale=language)} MB"
