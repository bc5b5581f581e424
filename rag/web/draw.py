"""An Answer -> HTML. No line of the drawn HTML is blank, so that Markdown leaves it alone as one block."""

from __future__ import annotations

from collections.abc import Callable

from rag.text.language import Language
from rag.types import Answer, Article, Citation, Statement
from rag.web.card import draw_cards
from rag.web.markup import Cited, Words, draw_marker, draw_markers, draw_quote, draw_text, name_source
from rag.web.wording import WORDING


def draw_question(question: str) -> str:
    """What the person asked, or gave to check, as text."""
    return f'<p class="question" dir="auto">{draw_text(question)}</p>'


def draw_answer(answer: Answer, *, turn: int, language: Language) -> str:
    """The answer for the conversation: statements with markers that point into the evidence, or why there is none."""
    wording = WORDING[language]
    understood = _understood(answer, language)
    if answer.abstained:
        markers = " ".join(draw_marker(_cited(citation, turn)) for citation in answer.nearest)
        near = f'<p class="near">{wording["nearest"]} {markers}</p>' if markers else ""
        why = f"<p><b>{wording['abstained']}</b></p><p>{draw_text(answer.text)}</p>"
        return f'{understood}<div class="abstained">{why}{near}</div>'
    by_marker = {citation.marker: _cited(citation, turn) for citation in answer.citations}
    differing = _differing([by_marker[marker] for marker in answer.differing], language)
    statements = (
        _statement(one, [by_marker[marker] for marker in one.citations], language) for one in answer.statements
    )
    return f'{understood}<div class="answer">{differing}{"".join(statements)}</div>'


def draw_failure(message: str, *, language: Language) -> str:
    """An error meant for a person, in the conversation."""
    return f'<div class="abstained"><p><b>{WORDING[language]["failed"]}</b></p><p>{draw_text(message)}</p></div>'


def draw_evidence(answer: Answer, article: Callable[[str], Article], *, turn: int, language: Language) -> str:
    """A card for each cited article with its cited sentences highlighted, in the order of the markers.

    `article` gives an article by its id.
    """
    wording = WORDING[language]
    cited = answer.nearest if answer.abstained else answer.citations
    cards = draw_cards((_cited(citation, turn) for citation in cited), article, language)
    heading = wording["nearest_for" if answer.abstained else "evidence_for"].format(question=answer.question)
    kind = "near" if answer.abstained else "cited"
    head = f'<h2 dir="auto">{draw_text(heading)}</h2>{_understood(answer, language)}'
    return f'<section class="turn {kind}" id="t{turn}">{head}{cards}</section>'


def draw_header(*, articles: int, language: Language) -> str:
    """The page's head: the name, what it promises, how much the archive holds."""
    wording = WORDING[language]
    key = {0: "archive_empty", 1: "archive_one"}.get(articles, "archive")
    counted = wording[key].format(articles=f"{articles:,}".replace(",", "." if language == "de" else ","))
    return f'<h1>Beleg</h1><p>{wording["tagline"]} <span class="count">{draw_text(counted)}</span></p>'


def draw_no_evidence(*, language: Language) -> str:
    return f'<p class="none">{WORDING[language]["no_evidence_yet"]}</p>'


def _cited(citation: Citation, turn: int) -> Cited:
    words = (Words(citation.answer.start, citation.answer.end),) if citation.answer else ()
    return Cited(citation, f"t{turn}-c{citation.marker}", str(citation.marker), words)


def _differing(cited: list[Cited], language: Language) -> str:
    """Who gives which value, where the sources differ."""
    lines = "".join(
        f'<p class="value"><b>{draw_text(one.citation.answer_text or one.citation.quote)}</b> '
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


def _statement(statement: Statement, cited: list[Cited], language: Language) -> str:
    first = cited[0] if cited and cited[0].citation.quote == statement.text else None
    text = draw_quote(first) if first else draw_text(statement.text)
    sources = "; ".join(dict.fromkeys(name_source(one.citation, language) for one in cited))
    return (
        f'<p class="statement {statement.support}" dir="auto">{text}{draw_markers(cited)}</p>'
        f'<p class="sources">{draw_text(sources)}</p>'
    )
