"""The page: the conversation on one side, the evidence on the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import gradio as gr

from rag.archive import Archive
from rag.check.claims import is_claim
from rag.errors import BelegError
from rag.text.language import Language
from rag.web.draw import draw_answer, draw_evidence, draw_failure, draw_header, draw_no_evidence, draw_question
from rag.web.draw_check import draw_check, draw_check_evidence
from rag.web.wording import WORDING, preferred_language

# More than is ever taken: what is too long is refused with words, not cut in silence.
_MAX_TYPED = 20_000

Messages = list[dict[str, Any]]
Shown = tuple[str, Messages, list["Turn"], str]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question or a claim of a conversation, and it as drawn: what was typed, what was said, the evidence.

    `evidence` is "" if there is none. `kind` is `text` for a checked text of several claims.
    """

    typed: str
    asked: str
    said: str
    evidence: str = ""
    kind: Literal["question", "claim", "text"] = "question"


def translations() -> gr.I18n:
    """What Gradio's own components say, by the browser's language."""
    return gr.I18n(**WORDING)


def build_page(archive: Archive, say: gr.I18n, *, examples: Sequence[str] = ()) -> gr.Blocks:
    """The page over one archive, saying what `translations` holds. `examples` are questions to start with.

    What is typed is checked where it is a claim, and answered otherwise. A second button checks whatever it is, and
    under a claim that was checked a third asks it as a question.
    """

    def greet(request: gr.Request) -> tuple[str, str, Any]:
        language = _language(request)
        header = draw_header(articles=archive.status().articles, language=language)
        inviting = gr.update(placeholder=WORDING[language]["examples"] if examples else None)
        return header, draw_no_evidence(language=language), inviting

    def take(typed: str, turns: list[Turn], language: Language, *, as_claim: bool) -> Shown:
        if typed.strip():
            turns = [*turns, _take_turn(archive, typed, turns, as_claim=as_claim, language=language)]
        return "", _messages(turns, language), turns, _panel(turns, language)

    def respond(typed: str, turns: list[Turn], request: gr.Request) -> Shown:
        return take(typed, turns, _language(request), as_claim=is_claim(typed))

    def check(typed: str, turns: list[Turn], request: gr.Request) -> Shown:
        return take(typed, turns, _language(request), as_claim=True)

    def ask_instead(turns: list[Turn], request: gr.Request) -> Shown:
        return take(turns[-1].typed if turns else "", turns, _language(request), as_claim=False)

    def follow_example(turns: list[Turn], request: gr.Request, chosen: gr.SelectData) -> Shown:
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
                        max_length=_MAX_TYPED,
                        autofocus=True,
                        scale=6,
                        elem_id="question",
                    )
                    ask = gr.Button(say("ask"), variant="primary", scale=1, min_width=96, elem_id="send")
                    checking = gr.Button(say("check"), variant="secondary", scale=1, min_width=96, elem_id="check")
                new = gr.Button(say("new"), variant="secondary", size="sm", elem_id="new")
            with gr.Column(scale=6, min_width=320, elem_id="evidence"):
                panel = gr.HTML(elem_id="panel")

        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        shown = [box, chat, turns, panel]
        gr.on([box.submit, ask.click], respond, inputs=[box, turns], outputs=shown, **private)
        checking.click(check, inputs=[box, turns], outputs=shown, **private)
        chat.option_select(ask_instead, inputs=turns, outputs=shown, **private)
        chat.example_select(follow_example, inputs=turns, outputs=shown, **private)
        gr.on([new.click, chat.clear], begin_anew, outputs=[chat, turns, panel], **private)
        page.load(greet, outputs=[header, panel, chat], **private)
    return page


def _take_turn(archive: Archive, typed: str, earlier: Sequence[Turn], *, as_claim: bool, language: Language) -> Turn:
    """The next turn of a conversation: a question is understood after the earlier ones, a claim stands by itself."""
    asked, number = draw_question(typed.strip()), len(earlier) + 1
    try:
        if as_claim:
            check = archive.check(typed)
            evidence = draw_check_evidence(check, archive.article, turn=number, language=language)
            said = draw_check(check, turn=number, language=language)
            return Turn(typed, asked, said, evidence, "text" if check.parts else "claim")
        answer = archive.ask(typed, _history(earlier, typed))
        evidence = draw_evidence(answer, archive.article, turn=number, language=language)
        return Turn(typed, asked, draw_answer(answer, turn=number, language=language), evidence)
    except BelegError as error:
        said = draw_failure(str(error), language=language)
        return Turn(typed, asked, said, kind="claim" if as_claim else "question")


def _history(earlier: Sequence[Turn], typed: str) -> list[str]:
    """What a follow-up may be about: the questions and claims before it.

    A claim counts, since "Wann war das?" after it means what it tells of. A text of several claims is not looked back
    to, nor beyond: no one thing is meant. What is now asked as a question is not its own history.
    """
    history: list[str] = []
    for turn in earlier:
        history = [] if turn.kind == "text" else [*history, turn.typed]
    return [one for one in history if one != typed]


def _messages(turns: Sequence[Turn], language: Language) -> Messages:
    """What the chat shows. Under a claim that was checked last, the way to ask it as a question."""
    messages: Messages = []
    for turn in turns:
        messages += [{"role": "user", "content": turn.asked}, {"role": "assistant", "content": turn.said}]
    if turns and turns[-1].kind == "claim":
        messages[-1]["options"] = [{"value": "ask", "label": WORDING[language]["ask_instead"]}]
    return messages


def _panel(turns: Sequence[Turn], language: Language) -> str:
    return "".join(turn.evidence for turn in turns) or draw_no_evidence(language=language)


def _language(request: gr.Request) -> Language:
    return preferred_language(request.headers.get("accept-language"))
