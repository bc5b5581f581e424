"""The page: conversations, the one that is open and its evidence; and the archive behind them.

What is asked and taken in goes through Gradio's queue, so that it can be followed and stopped. What is only looked at
or marked comes as fragments from `rag.web.routes`, fetched by the page's script. Other programs are offered what stands
in `rag.web.public`, and nothing else.
"""

from __future__ import annotations

from typing import Any

import gradio as gr

from rag.archive import Archive
from rag.desk.desk import Desk
from rag.web.archive_room import lay_out_archive
from rag.web.asking import Asking
from rag.web.desk_room import lay_out_desk
from rag.web.draw_conversations import draw_sidebar
from rag.web.draw_head import draw_head
from rag.web.public import offer
from rag.web.taking_in import TakingIn
from rag.web.uploads import UploadFolder
from rag.web.visitor import visitor_of
from rag.web.wording import WORDING

# Every so many seconds, what nobody took in goes that arrived more than so many seconds ago.
_UPLOADS_KEPT = (600, 3_600)


def translations() -> gr.I18n:
    """What Gradio's own components say, by the browser's language."""
    return gr.I18n(**WORDING)


def build_page(
    archive: Archive, desk: Desk, say: gr.I18n, *, uploads: UploadFolder, max_upload: int, fetch: bool
) -> gr.Blocks:
    """The page over one archive and its desk, saying what `translations` holds.

    `max_upload` is in bytes, a file; `fetch`: whether articles are fetched from addresses.
    """
    page: gr.Blocks = gr.Blocks(title="Beleg", fill_width=True, analytics_enabled=False, delete_cache=_UPLOADS_KEPT)
    with page:
        offer(archive)  # first: Gradio gives a name that is taken a number, and handlers of the page have such names
        head = gr.HTML(elem_id="head", js_on_load="beleg.greet(watch)")
        with gr.Tabs(elem_id="rooms"):
            with gr.Tab(say("room_desk"), id="desk", elem_id="room-desk"):
                room = lay_out_desk(say)
            with gr.Tab(say("room_archive"), id="archive", elem_id="room-archive", render_children=True):
                shelves = lay_out_archive(say, max_upload=max_upload, fetch=fetch)
        asking = Asking(archive, desk, room)

        def greet(request: gr.Request) -> dict[Any, Any]:
            who = visitor_of(request)
            return {
                **filled(request),
                room.sidebar: draw_sidebar(language=who.language),
                **asking.opened(who, str(request.query_params.get("c") or "")),
            }

        def filled(request: gr.Request) -> dict[Any, Any]:
            """What depends on how much the archive holds."""
            language = visitor_of(request).language
            return {
                head: draw_head(articles=archive.status().articles, language=language),
                **asking.offered(language),
            }

        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        count = [head, room.source, room.language]
        asking.connect()
        taking_in = TakingIn(archive, shelves, uploads=uploads, max_upload=max_upload)
        taking_in.connect(then=lambda done: done.then(filled, outputs=count, **private))
        page.load(greet, outputs=[*count, room.sidebar, *room.shown], **private)
    return page
