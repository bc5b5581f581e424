"""The page: the conversation on one side, the evidence on the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag.archive import Archive
from rag.errors import BelegError
from rag.retrieve.search import MAX_QUESTION_CHARACTERS
from rag.web.draw import draw_answer, draw_evidence, draw_failure, draw_header, draw_no_evidence, draw_question
from rag.web.wording import WORDING, Language, preferred_language

Messages = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation, and it as drawn: what was asked, what was said, the evidence ("" if none)."""

    question: str
    asked: str
    said: str
    evidence: str = ""


def translations() -> gr.I18n:
    """What Gradio's own components say, by the browser's language."""
    return gr.I18n(**WORDING)


def build_page(archive: Archive, say: gr.I18n, *, examples: Sequence[str] = ()) -> gr.Blocks:
    """The page over one archive, saying what `translations` holds. `examples` are questions to start with."""

    def greet(request: gr.Request) -> tuple[str, str, Any]:
        language = _language(request)
        header = draw_header(articles=archive.status().articles, language=language)
        inviting = gr.update(placeholder=WORDING[language]["examples"] if examples else None)
        return header, draw_no_evidence(language=language), inviting

    def respond(question: str, turns: list[Turn], request: gr.Request) -> tuple[str, Messages, list[Turn], str]:
        if question.strip():
            turns = [*turns, _take_turn(archive, question, turns, language=_language(request))]
        return "", _messages(turns), turns, _panel(turns, _language(request))

    def follow_example(
        turns: list[Turn], request: gr.Request, chosen: gr.SelectData
    ) -> tuple[str, Messages, list[Turn], str]:
        return respond(str(chosen.value["text"]), turns, request)

    def begin_anew(request: gr.Request) -> tuple[Messages, list[Turn], str]:
        return [], [], draw_no_evidence(language=_language(request))

    page: gr.Blocks = gr.Blocks(title="Beleg", fill_width=True, analytics_enabled=False)
    with page:
        header = gr.HTML(elem_id="head")
        turns = gr.State([])
        with gr.Row(elem_id="desk"):
            with gr.Column(scale=5, min_width=320, elem_id="conversation"):
                chat = gr.Chatbot(
                    label=say("conversation"),
                    show_label=False,
                    elem_id="chat",
                    layout="bubble",
                    autoscroll=False,  # to the end of an answer; page.js shows its beginning
                    buttons=[],
                    feedback_options=None,
                    latex_delimiters=[],
                    allow_tags=False,
                    examples=[{"text": example} for example in examples],
                )
                with gr.Row(elem_id="ask"):
                    box = gr.Textbox(
                        label=say("ask_here"),
                        placeholder=say("ask_here"),
                        show_label=False,
                        container=False,
                        max_lines=6,
                        max_length=MAX_QUESTION_CHARACTERS,
                        autofocus=True,
                        scale=6,
                        elem_id="question",
                    )
                    ask = gr.Button(say("ask"), variant="primary", scale=1, min_width=96, elem_id="send")
                new = gr.Button(say("new"), variant="secondary", size="sm", elem_id="new")
            with gr.Column(scale=6, min_width=320, elem_id="evidence"):
                panel = gr.HTML(elem_id="panel")

        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        shown = [box, chat, turns, panel]
        gr.on([box.submit, ask.click], respond, inputs=[box, turns], outputs=shown, **private)
        chat.example_select(follow_example, inputs=turns, outputs=shown, **private)
        gr.on([new.click, chat.clear], begin_anew, outputs=[chat, turns, panel], **private)
        page.load(greet, outputs=[header, panel, chat], **private)
    return page


def _take_turn(archive: Archive, question: str, earlier: Sequence[Turn], *, language: Language) -> Turn:
    """The next turn of a conversation: the question is understood after the earlier ones."""
    asked, number = draw_question(question.strip()), len(earlier) + 1
    try:
        answer = archive.ask(question, [turn.question for turn in earlier])
        said = draw_answer(answer, turn=number, language=language)
        return Turn(question, asked, said, draw_evidence(answer, archive.article, turn=number, language=language))
    except BelegError as error:
        return Turn(question, asked, draw_failure(str(error), language=language))


def _messages(turns: Sequence[Turn]) -> Messages:
    return [
        {"role": role, "content": content}
        for turn in turns
        for role, content in (("user", turn.asked), ("assistant", turn.said))
    ]


def _panel(turns: Sequence[Turn], language: Language) -> str:
    return "".join(turn.evidence for turn in turns) or draw_no_evidence(language=language)


def _language(request: gr.Request) -> Language:
    return preferred_language(request.headers.get("accept-language"))
