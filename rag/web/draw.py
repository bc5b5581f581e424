"""An Answer -> HTML."""

from __future__ import annotations

from rag.text.language import Language
from rag.types import Answer, Citation, Draft, Statement
from rag.web.card import Shelf, draw_cards
from rag.web.markup import (
    Cited,
    Tools,
    Words,
    draw_beside,
    draw_marker,
    draw_markers,
    draw_quote,
    draw_section,
    draw_text,
    name_source,
    no_tools,
)
from rag.web.wording import WORDING
from rag.wording import support_notes, writing_notes

# What does not hold is shown, but struck.
_STRUCK = ("unsupported", "uncited")


def draw_answer(answer: Answer, *, turn: int, language: Language, tools: Tools = no_tools) -> str:
    """The answer for the conversation: statements with markers that point into the evidence, or why there is none.

    `tools` draws what stands beside a statement, by its number.
    """
    wording = WORDING[language]
    understood = _understood(answer, language)
    if answer.abstained:
        markers = " ".join(draw_marker(_cited(citation, turn)) for citation in answer.nearest)
        near = f'<p class="near">{wording["nearest"]} {markers}</p>' if markers else ""
        why = f"<p><b>{wording['abstained']}</b></p><p>{draw_text(answer.text)}</p>"
        return f'{understood}<div class="abstained">{why}{near}</div>'
    by_marker = {citation.marker: _cited(citation, turn) for citation in answer.citations}
    notes = "".join(
        f'<p class="note">{draw_text(note)}</p>'
        for note in writing_notes(answer.fallback, answer.left_out, language=language)
    )
    differing = _differing([by_marker[marker] for marker in answer.differing], language)
    statements = (
        _statement(one, [by_marker[marker] for marker in one.citations], language, tools(number))
        for number, one in enumerate(answer.statements)
    )
    return f'{understood}<div class="answer">{notes}{differing}{"".join(statements)}</div>'


def draw_draft(draft: Draft, *, language: Language) -> str:
    """What a language model has written so far: finished lines with what they were checked to be, and the next one.

    The numbers point nowhere yet: the evidence comes with the answer.
    """
    lines = "".join(
        f'<p class="statement {one.support}" dir="auto">{_struck(draw_text(one.text), one)}'
        f"{''.join(f'<sup>{number}</sup>' for number in one.citations)}</p>{_flag(one, language)}"
        for one in draft.statements
    )
    pending = f'<p class="unchecked" dir="auto">{draw_text(draft.pending)}</p>' if draft.pending else ""
    return f'<div class="answer draft">{lines}{pending}</div>'


def draw_failure(message: str, *, language: Language) -> str:
    """An error meant for a person, in the conversation."""
    return f'<div class="abstained"><p><b>{WORDING[language]["failed"]}</b></p><p>{draw_text(message)}</p></div>'


def draw_evidence(answer: Answer, articles: Shelf, *, turn: int, language: Language) -> str:
    """A card for each cited article with its cited sentences highlighted, in the order of the markers."""
    wording = WORDING[language]
    cards = draw_cards(cited_in(answer, turn=turn), articles, language)
    heading = wording["nearest_for" if answer.abstained else "evidence_for"].format(question=answer.question)
    kind = "near" if answer.abstained else "cited"
    head = f'<h2 dir="auto">{draw_text(heading)}</h2>{_understood(answer, language)}'
    return draw_section(kind, f"{head}{cards}", language=language)


def cited_in(answer: Answer, *, turn: int) -> list[Cited]:
    """What the answer cites, or comes nearest, as it is drawn."""
    return [_cited(citation, turn) for citation in (answer.nearest if answer.abstained else answer.citations)]


def _cited(citation: Citation, turn: int) -> Cited:
    words = (Words(citation.answer.start, citation.answer.end),) if citation.answer else ()
    return Cited(citation, f"t{turn}-c{citation.marker}", str(citation.marker), words)


def _differing(cited: list[Cited], language: Language) -> str:
    """Who gives which value, where the sources differ."""
    lines = "".join(
        f'<p class="value"><b>{draw_beside(one.citation.answer_text or one.citation.quote)}</b> '
        f"{draw_text(name_source(one.citation, language))}{draw_markers([one])}</p>"
        for one in cited
    )
    heading = WORDING[language]["differing"]
    return f'<div class="differing" dir="auto"><p>{heading}</p>{lines}</div>' if lines else ""


def _understood(answer: Answer, language: Language) -> str:
    """What a follow-up was understood to be, for a person to check; nothing where that is what was asked."""
    if answer.understood is None:
        return ""
    said = WORDING[language]["understood"].format(question=answer.understood)
    return f'<p class="understood" dir="auto">{draw_text(said)}</p>'


def _statement(statement: Statement, cited: list[Cited], language: Language, tools: str) -> str:
    first = cited[0] if cited and cited[0].citation.quote == statement.text else None
    text = draw_quote(first) if first else draw_text(statement.text)
    text = _struck(text, statement)
    sources = "; ".join(dict.fromkeys(name_source(one.citation, language) for one in cited))
    return (
        f'<p class="statement {statement.support}" dir="auto">{text}{draw_markers(cited) if cited else ""}</p>'
        f'{_flag(statement, language)}<div class="below"><p class="sources">{draw_text(sources)}</p>{tools}</div>'
    )


def _struck(text: str, statement: Statement) -> str:
    return f"<s>{text}</s>" if statement.support in _STRUCK else text


def _flag(statement: Statement, language: Language) -> str:
    """How far what a language model wrote is borne out, and what differs; nothing beside a quotation."""
    notes = support_notes(statement, language=language)
    return f'<p class="flag {statement.support}" dir="auto">{draw_text(" · ".join(notes))}</p>' if notes else ""
