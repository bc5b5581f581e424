"""The parts of the archive's page, as Gradio lays them out: adding articles, what became of it, and the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag.web.uploads import remove_uploads

# What articles are mostly written in; every other code can be typed.
_LANGUAGES = (("Deutsch", "de"), ("English", "en"), ("Français", "fr"), ("Italiano", "it"), ("Español", "es"))


@dataclass(frozen=True, slots=True)
class ArchiveRoom:
    """`uploads` holds files that have arrived, `earlier` the reports of this visit, drawn, the oldest first."""

    uploads: gr.State
    earlier: gr.State
    adding: gr.Column
    files: gr.File
    address: gr.Textbox
    fetch: gr.Button
    text: gr.Textbox
    title: gr.Textbox
    source: gr.Textbox
    url: gr.Textbox
    published: gr.DateTime
    language: gr.Dropdown
    paste: gr.Button
    working: gr.Row
    progress: gr.HTML
    stop: gr.Button
    reports: gr.HTML
    table: gr.HTML

    @property
    def pasted(self) -> tuple[Any, ...]:
        """What a pasted text is given with."""
        return self.text, self.title, self.source, self.url, self.published, self.language

    @property
    def shown(self) -> list[Any]:
        """What changes while something is taken in."""
        return [self.adding, self.working, self.progress, self.reports, self.earlier, self.uploads]


def lay_out_archive(say: gr.I18n, *, max_upload: int, fetch: bool) -> ArchiveRoom:
    """To be called where the archive is to stand. `max_upload` is in bytes; `fetch`: whether addresses are fetched."""
    # Of a tab that was closed, Gradio gives up the state, and with it what arrived and was not come to.
    uploads, earlier = gr.State([], delete_callback=remove_uploads), gr.State([])
    with gr.Column(elem_id="archive"):
        with gr.Column(elem_id="adding") as adding, gr.Row(elem_id="ways"):
            files = gr.File(label=say("drop"), file_count="multiple", height=150, elem_id="drop", scale=2)
            with gr.Column(scale=3, min_width=300):
                with gr.Row(elem_id="from-address"):
                    address = gr.Textbox(
                        label=say("from_address"),
                        info=None if fetch else say("fetch_is_off"),
                        placeholder="https://",
                        max_lines=1,
                        max_length=2_000,
                        interactive=fetch,
                        scale=5,
                        elem_id="address",
                    )
                    get = gr.Button(say("fetch"), min_width=90, interactive=fetch, elem_id="fetch")
                with gr.Accordion(say("paste"), open=False, elem_id="pasting"):
                    text = gr.Textbox(label=say("pasted_text"), lines=6, max_lines=14, elem_id="pasted-text")
                    with gr.Row():
                        title = gr.Textbox(label=say("title"), max_length=500, min_width=220, elem_id="pasted-title")
                        source = gr.Textbox(label=say("source"), max_length=200, min_width=160, elem_id="pasted-source")
                    with gr.Row():
                        url = gr.Textbox(
                            label=say("address"), max_length=2_000, min_width=220, elem_id="pasted-address"
                        )
                        published = gr.DateTime(
                            label=say("published"),
                            include_time=False,
                            type="string",
                            min_width=130,
                            elem_id="pasted-date",
                        )
                        language = gr.Dropdown(
                            choices=[(say("find_out"), ""), *_LANGUAGES],
                            value="",
                            label=say("language"),
                            allow_custom_value=True,
                            min_width=130,
                            elem_id="pasted-language",
                        )
                    paste = gr.Button(say("take_in"), variant="primary", elem_id="paste")
        with gr.Row(elem_id="working", visible=False) as working:
            progress = gr.HTML(elem_id="taking", js_on_load="beleg.taking(element)")
            stop = gr.Button(say("stop"), min_width=90, elem_id="stop-taking")
        reports = gr.HTML(elem_id="reports", js_on_load="beleg.reported(element, watch)")
        # The script dispatches by name: that articles were deleted or had back, and files that are too large.
        connect = f"beleg.shelves(element, trigger, ['changed', 'refused'], {max_upload})"
        table = gr.HTML(elem_id="shelves", js_on_load=connect)
    return ArchiveRoom(
        uploads=uploads,
        earlier=earlier,
        adding=adding,
        files=files,
        address=address,
        fetch=get,
        text=text,
        title=title,
        source=source,
        url=url,
        published=published,
        language=language,
        paste=paste,
        working=working,
        progress=progress,
        stop=stop,
        reports=reports,
        table=table,
    )
