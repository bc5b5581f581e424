"""A turn of a conversation -> HTML: what was typed, what was said to it, and what a person said of that."""

from __future__ import annotations

from collections.abc import Sequence

from rag.desk.types import Conversation, Turn
from rag.text.language import Language
from rag.types import Answer, Check, Filters
from rag.web.draw import draw_answer, draw_failure
from rag.web.draw_check import draw_check
from rag.web.draw_reviews import draw_statement_tools, draw_thumbs, draw_whole_reviews
from rag.web.markup import draw_beside, draw_button, draw_text, name_date
from rag.web.wording import WORDING, name_language

EXPORTS = ("md", "html", "json")


def draw_conversation(conversation: Conversation, *, language: Language) -> str:
    """All turns in order."""
    return "".join(draw_turn(turn, language=language) for turn in conversation.turns)


def draw_beginning(samples: Sequence[str], *, language: Language, empty: bool = False) -> str:
    """What a person sees before anything was asked: questions to start with, or how to fill an empty archive."""
    wording = WORDING[language]
    if empty:
        steps = "".join(f"<li>{wording[key]}</li>" for key in ("fill_drop", "fill_command", "fill_samples"))
        to_archive = f'<button type="button" class="to-archive">{wording["to_archive"]}</button>'
        return f'<div class="beginning"><h2>{wording["empty_title"]}</h2><ul>{steps}</ul>{to_archive}</div>'
    offered = "".join(
        f'<button type="button" class="sample" dir="auto">{draw_text(sample)}</button>' for sample in samples
    )
    under = f"<p>{wording['samples']}</p><div>{offered}</div>" if offered else ""
    return f'<div class="beginning"><h2>{wording["beginning"]}</h2>{under}</div>'


def draw_turn(turn: Turn, *, language: Language) -> str:
    """One turn with everything that can be done with it. `id` and the `data-` attributes are what the script uses."""
    wording = WORDING[language]
    edit = draw_button("edit", wording["edit"], icon="pencil")
    return (
        f'<article class="turn {turn.kind}" id="turn-{turn.id}" data-made="{turn.made.isoformat()}" '
        f'data-conversation="{turn.conversation}" aria-label="{wording["turn_label"].format(number=turn.number)}">'
        f'<div class="asked"><p class="question" dir="auto">{draw_text(turn.typed)}</p>{edit}</div>'
        f"{_draw_said(turn, language)}{draw_whole_reviews(turn, language=language)}{_actions(turn, language)}</article>"
    )


def draw_pending(typed: str, said: str, *, draft: str = "") -> str:
    """A question that is being worked on, at what, and what is written of its answer, drawn already."""
    stage = f'<p class="stage"><span class="dots" aria-hidden="true"></span>{draw_text(said)}</p>'
    return (
        f'<article class="turn pending"><div class="asked"><p class="question" dir="auto">{draw_text(typed.strip())}'
        f"</p></div>{stage}{draft}</article>"
    )


def draw_unsent(typed: str, why: str, *, language: Language) -> str:
    """A question that came to no turn, and why. The script puts it back into the box where that is empty."""
    back = draw_button("take-back", WORDING[language]["take_back"])
    return (
        f'<article class="turn unsent"><div class="asked"><p class="question" dir="auto">{draw_text(typed.strip())}</p>'
        f'</div><p class="stage">{draw_text(why)} {back}</p></article>'
    )


def draw_within(filters: Filters, *, language: Language) -> str:
    """The filters that an answer was found within; nothing where there were none."""
    wording = WORDING[language]
    said = []
    if filters.source:
        said.append(f"{wording['source']}: {filters.source}")
    if filters.language:
        said.append(f"{wording['language']}: {name_language(filters.language, language)}")
    if filters.since:
        said.append(f"{wording['since']}: {name_date(filters.since, language)}")
    if filters.until:
        said.append(f"{wording['until']}: {name_date(filters.until, language)}")
    if not said:
        return ""
    return f'<p class="within" dir="auto"><b>{wording["within"]}</b> {draw_beside(" · ".join(said))}</p>'


def _draw_said(turn: Turn, language: Language) -> str:
    def tools(statement: int) -> str:
        return draw_statement_tools(turn, statement, language=language)

    within = draw_within(turn.filters, language=language)
    if isinstance(turn.result, Answer):
        return within + draw_answer(turn.result, turn=turn.number, language=language, tools=tools)
    if isinstance(turn.result, Check):
        return within + draw_check(turn.result, turn=turn.number, language=language, tools=tools)
    return within + draw_failure(turn.failure or "", language=language)


def _actions(turn: Turn, language: Language) -> str:
    wording = WORDING[language]
    again = draw_button("again", wording["again"], icon="again")
    if turn.result is None:
        return f'<footer class="actions">{again}</footer>'
    copy = draw_button("copy", wording["copy"], icon="copy")
    otherwise = draw_button("ask-instead", wording["ask_instead"]) if _is_one(turn) else ""
    links = "".join(
        f'<a href="desk/turns/{turn.id}/export.{ending}" download>{wording[f"export_{ending}"]}</a>'
        for ending in EXPORTS
    )
    export = f'<details class="export"><summary>{wording["export"]}</summary><span>{links}</span></details>'
    return f'<footer class="actions">{draw_thumbs(turn, language=language)}{copy}{again}{otherwise}{export}</footer>'


def _is_one(turn: Turn) -> bool:
    return isinstance(turn.result, Check) and not turn.result.parts
