"""The parts of the desk, as Gradio lays them out: conversations, the one that is open, asking, filters, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag.web.draw_head import draw_panel

# More than is ever taken: what is too long is refused with words, not cut in silence.
_MAX_TYPED = 20_000
# What buttons in the drawn conversation hand to the handlers of the page: the script dispatches them by name.
_CONNECT = "beleg.connect(trigger, watch, ['open', 'ask', 'again', 'edit'])"


@dataclass(frozen=True, slots=True)
class DeskRoom:
    """`conversation` and `replacing` hold ids, "" for none: the open one, and the turn whose question is edited."""

    conversation: gr.State
    replacing: gr.State
    sidebar: gr.HTML
    log: gr.HTML
    live: gr.HTML
    editing: gr.Row
    leave: gr.Button
    box: gr.Textbox
    ask: gr.Button
    check: gr.Button
    stop: gr.Button
    source: gr.Dropdown
    language: gr.Dropdown
    since: gr.Textbox
    until: gr.Textbox
    clear: gr.Button

    @property
    def typed(self) -> set[Any]:
        """What a question is made of."""
        return {self.box, self.conversation, self.replacing, *self.filters}

    @property
    def filters(self) -> tuple[Any, ...]:
        return self.source, self.language, self.since, self.until

    @property
    def shown(self) -> list[Any]:
        """What changes when a question is asked or a conversation opened."""
        asking = [self.box, self.ask, self.check, self.stop, self.editing]
        return [self.log, self.live, self.conversation, self.replacing, *asking]


def lay_out_desk(say: gr.I18n) -> DeskRoom:
    """To be called where the desk is to stand."""
    conversation, replacing = gr.State(""), gr.State("")
    with gr.Row(elem_id="desk"):
        sidebar = gr.HTML(elem_id="sidebar", js_on_load="beleg.listed(watch)")
        with gr.Column(elem_id="conversation", min_width=300):
            with gr.Column(elem_id="thread"):
                log = gr.HTML(elem_id="log", js_on_load=_CONNECT)
                live = gr.HTML(elem_id="live", js_on_load="beleg.pending(watch)")
            with gr.Row(elem_id="editing", visible=False) as editing:
                gr.Markdown(say("editing"))
                leave = gr.Button(say("leave_editing"), size="sm", elem_id="leave", min_width=80)
            with gr.Row(elem_id="ask"):
                box = gr.Textbox(
                    label=say("ask_here"),
                    placeholder=say("ask_here"),
                    show_label=False,
                    container=False,
                    max_lines=8,
                    max_length=_MAX_TYPED,
                    autofocus=True,
                    scale=6,
                    elem_id="question",
                )
                ask = gr.Button(say("ask"), variant="primary", min_width=90, elem_id="send")
                check = gr.Button(say("check"), min_width=90, elem_id="check")
                stop = gr.Button(say("stop"), min_width=90, elem_id="stop", visible=False)
            with gr.Accordion(say("filters"), open=False, elem_id="filters"), gr.Row():
                source = gr.Dropdown(label=say("source"), min_width=150, elem_id="by-source")
                language = gr.Dropdown(label=say("language"), min_width=110, elem_id="by-language")
                since, until = (
                    gr.Textbox(label=say(name), max_lines=1, min_width=130, elem_id=f"by-{name}", elem_classes="day")
                    for name in ("since", "until")
                )
                clear = gr.Button(say("no_filters"), size="sm", min_width=90, elem_id="no-filters")
        gr.HTML(draw_panel(), elem_id="panel")
    return DeskRoom(
        conversation=conversation,
        replacing=replacing,
        sidebar=sidebar,
        log=log,
        live=live,
        editing=editing,
        leave=leave,
        box=box,
        ask=ask,
        check=check,
        stop=stop,
        source=source,
        language=language,
        since=since,
        until=until,
        clear=clear,
    )
