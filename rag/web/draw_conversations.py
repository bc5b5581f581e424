"""The conversations of one browser -> HTML: the list beside the desk."""

from __future__ import annotations

from collections.abc import Sequence

from rag.desk.types import ConversationEntry
from rag.text.language import Language
from rag.web.draw_reviews import draw_time
from rag.web.draw_turn import EXPORTS
from rag.web.icons import draw_icon
from rag.web.markup import draw_beside, draw_button, draw_text
from rag.web.wording import WORDING


def draw_sidebar(*, language: Language) -> str:
    """Where the list stands, which the script fills and searches: `draw_conversations`."""
    wording = WORDING[language]
    return (
        f'<details id="conversations" open><summary>{wording["conversations"]}</summary>'
        f'<button type="button" class="act new">{draw_icon("plus")}{wording["new"]}</button>'
        f'<input type="search" id="find-conversation" aria-label="{wording["find_conversation"]}" '
        f'placeholder="{wording["find_conversation"]}">'
        f'<div class="list" aria-live="polite"></div></details>'
    )


def draw_conversations(found: Sequence[ConversationEntry], *, searched: bool, language: Language) -> str:
    """The list, the one that changed last first."""
    wording = WORDING[language]
    if not found:
        return f'<p class="none">{wording["no_such_conversation" if searched else "no_conversation"]}</p>'
    return f"<ul>{''.join(_entry(one, language) for one in found)}</ul>"


def draw_deleted_conversation(conversation_id: str, name: str, *, language: Language) -> str:
    """That it was deleted, and the way back."""
    wording = WORDING[language]
    undo = draw_button("restore", wording["undo"], value=conversation_id)
    return f'<p class="deleted">{draw_beside(wording["deleted"].format(name=name))} {undo}</p>'


def _entry(one: ConversationEntry, language: Language) -> str:
    wording = WORDING[language]
    count = wording["one_turn" if one.turns == 1 else "turns"].format(count=one.turns)
    links = "".join(
        f'<a href="desk/conversations/{one.id}/export.{ending}" download>{wording[f"export_{ending}"]}</a>'
        for ending in EXPORTS
    )
    rename = draw_button("rename", wording["rename"], icon="pencil", value=one.id)
    delete = draw_button("delete", wording["delete"], icon="bin", value=one.id)
    return (
        f'<li data-conversation="{one.id}"><button type="button" class="open" dir="auto">{draw_text(one.name)}</button>'
        f'<p class="about">{count} · {draw_time(one.changed, language)}</p>'
        f'<span class="more">{rename}{delete}<details class="export"><summary>{wording["export"]}</summary>'
        f"<span>{links}</span></details></span></li>"
    )
