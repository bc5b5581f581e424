"""An Answer -> HTML. Whatever comes from an article, a question or a setting is escaped here, and nowhere else.

No line of the drawn HTML is blank, so that Markdown leaves it alone as one block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from html import escape
from urllib.parse import urlsplit

from rag.cite import holds
from rag.types import Answer, Article, Citation, Statement
from rag.web.wording import WORDING, Language

# An article is drawn whole up to this length; of a longer one, as much on either side of each cited sentence.
_WHOLE_CHARACTERS = 30_000
_AROUND_CHARACTERS = 4_000


def draw_question(question: str) -> str:
    """What the person asked, as text."""
    return f'<p class="question" dir="auto">{_text(question)}</p>'


def draw_answer(answer: Answer, *, turn: int, language: Language) -> str:
    """The answer for the conversation: statements with markers that point into the evidence, or why there is none."""
    wording = WORDING[language]
    by_marker = {citation.marker: citation for citation in answer.citations}
    understood = _understood(answer, language)
    if answer.abstained:
        markers = " ".join(_marker(citation, turn) for citation in answer.nearest)
        near = f'<p class="near">{wording["nearest"]} {markers}</p>' if markers else ""
        why = f"<p><b>{wording['abstained']}</b></p><p>{_text(answer.text)}</p>"
        return f'{understood}<div class="abstained">{why}{near}</div>'
    drawn = (_statement(statement, by_marker, turn, language) for statement in answer.statements)
    return f'{understood}<div class="answer">{_differing(answer, turn, language)}{"".join(drawn)}</div>'


def draw_failure(message: str, *, language: Language) -> str:
    """An error meant for a person, in the conversation."""
    return f'<div class="abstained"><p><b>{WORDING[language]["failed"]}</b></p><p>{_text(message)}</p></div>'


def draw_evidence(answer: Answer, article: Callable[[str], Article], *, turn: int, language: Language) -> str:
    """A card for each cited article with its cited sentences highlighted, in the order of the markers.

    `article` gives an article by its id.
    """
    wording = WORDING[language]
    cited = answer.nearest if answer.abstained else answer.citations
    by_article: dict[str, list[Citation]] = {}
    for citation in cited:
        by_article.setdefault(citation.article_id, []).append(citation)
    cards = "".join(_card(article(key), run, turn, language) for key, run in by_article.items())
    heading = wording["nearest_for" if answer.abstained else "evidence_for"].format(question=answer.question)
    kind = "near" if answer.abstained else "cited"
    head = f'<h2 dir="auto">{_text(heading)}</h2>{_understood(answer, language)}'
    return f'<section class="turn {kind}" id="t{turn}">{head}{cards}</section>'


def draw_header(*, articles: int, language: Language) -> str:
    """The page's head: the name, what it promises, how much the archive holds."""
    wording = WORDING[language]
    key = {0: "archive_empty", 1: "archive_one"}.get(articles, "archive")
    counted = wording[key].format(articles=f"{articles:,}".replace(",", "." if language == "de" else ","))
    return f'<h1>Beleg</h1><p>{wording["tagline"]} <span class="count">{_text(counted)}</span></p>'


def draw_no_evidence(*, language: Language) -> str:
    return f'<p class="none">{WORDING[language]["no_evidence_yet"]}</p>'


def _differing(answer: Answer, turn: int, language: Language) -> str:
    """Who gives which value, where the sources differ."""
    by_marker = {citation.marker: citation for citation in answer.citations}
    lines = "".join(
        f'<p class="value"><b>{_text(citation.answer_text or citation.quote)}</b> '
        f"{_text(_source(citation, language))}{_markers([citation], turn)}</p>"
        for citation in (by_marker[marker] for marker in answer.differing)
    )
    heading = WORDING[language]["differing"]
    return f'<div class="differing" dir="auto"><p>{heading}</p>{lines}</div>' if lines else ""


def _understood(answer: Answer, language: Language) -> str:
    """What a follow-up was understood to be, for a person to check; nothing where that is what was asked."""
    if answer.understood is None:
        return ""
    said = WORDING[language]["understood"].format(question=answer.understood)
    return f'<p class="understood" dir="auto">{_text(said)}</p>'


def _statement(statement: Statement, by_marker: Mapping[int, Citation], turn: int, language: Language) -> str:
    citations = [by_marker[marker] for marker in statement.citations]
    first = citations[0] if citations and citations[0].quote == statement.text else None
    text = _emphasised(first) if first else _text(statement.text)
    sources = "; ".join(dict.fromkeys(_source(citation, language) for citation in citations))
    return (
        f'<p class="statement {statement.support}" dir="auto">{text}{_markers(citations, turn)}</p>'
        f'<p class="sources">{_text(sources)}</p>'
    )


def _emphasised(citation: Citation) -> str:
    """The quote with the words that answer standing out."""
    if citation.answer is None:
        return _text(citation.quote)
    start, end = citation.answer.start - citation.start, citation.answer.end - citation.start
    quote = citation.quote
    return f"{_text(quote[:start])}<b>{_text(quote[start:end])}</b>{_text(quote[end:])}"


def _markers(citations: Iterable[Citation], turn: int) -> str:
    """Markers that stay on the line of the word before them."""
    return f'&#160;<span class="markers">{"".join(_marker(citation, turn) for citation in citations)}</span>'


def _marker(citation: Citation, turn: int) -> str:
    about = _text(" · ".join(part for part in (citation.title, citation.source) if part))
    return f'<a class="cite" href="#{_anchor(citation, turn)}" title="{about}">[{citation.marker}]</a>'


def _anchor(citation: Citation, turn: int) -> str:
    return f"t{turn}-c{citation.marker}"


def _card(article: Article, citations: Sequence[Citation], turn: int, language: Language) -> str:
    wording = WORDING[language]
    numbers = "".join(_marker(citation, turn) for citation in citations)
    if all(holds(citation, article) for citation in citations):
        text = _highlighted(article, citations, turn, wording["left_out"])
    else:  # the article was replaced after the answer: its offsets would mark other words
        quotes = "".join(f'<p><mark id="{_anchor(c, turn)}">{_emphasised(c)}</mark></p>' for c in citations)
        text = f'<p class="gap">{wording["changed"]}</p>{quotes}'
    link = (
        f' · <a href="{_text(article.url)}" target="_blank" rel="noopener noreferrer">{wording["open"]}</a>'
        if article.url and _is_web_address(article.url)
        else ""
    )
    return (
        f'<article class="card"><header><span class="numbers">{numbers}</span>'
        f'<h3 dir="auto">{_text(article.title or wording["untitled"].format(id=article.id))}</h3>'
        f"<p>{_text(_source(citations[0], language))}{link}</p></header>"
        f'<div class="text" dir="auto" lang="{_text(article.language or "")}" tabindex="0">'
        f"{text}</div></article>"
    )


def _source(citation: Citation, language: Language) -> str:
    return ", ".join((citation.source or WORDING[language]["no_source"], _date(citation.published, language)))


def _date(day: date | None, language: Language) -> str:
    from babel.dates import format_date

    return format_date(day, "long", locale=language) if day else WORDING[language]["undated"]


def _highlighted(article: Article, citations: Iterable[Citation], turn: int, left_out: str) -> str:
    """The article's text with each cited span marked; line breaks are kept for the style sheet to show."""
    spans = sorted({(citation.start, citation.end): citation for citation in citations}.items())
    gap = f'<span class="gap">{left_out}</span>'
    pieces: list[str] = []
    at = 0
    for start, end in _shown(len(article.text), [span for span, _ in spans]):
        pieces.append(gap if start > at else "")
        at = start
        for (first, last), citation in spans:
            if at <= first and last <= end:
                mark = f'<mark id="{_anchor(citation, turn)}">{_emphasised(citation)}</mark>'
                pieces += [_text(article.text[at:first]), mark]
                at = last
        pieces.append(_text(article.text[at:end]))
        at = end
    return "".join(pieces) + (gap if at < len(article.text) else "")


def _shown(length: int, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Which parts of a text are drawn: all of it, or the surroundings of the spans, merged where they touch."""
    if length <= _WHOLE_CHARACTERS:
        return [(0, length)]
    shown: list[tuple[int, int]] = []
    for start, end in spans:
        first, last = max(0, start - _AROUND_CHARACTERS), min(length, end + _AROUND_CHARACTERS)
        if shown and first <= shown[-1][1]:
            shown[-1] = (shown[-1][0], max(last, shown[-1][1]))
        else:
            shown.append((first, last))
    return shown


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _text(text: str) -> str:
    """Escaped, with line breaks as character references: a blank line would end the block for Markdown."""
    return escape(text).replace("\n", "&#10;")
