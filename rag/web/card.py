"""An article -> its card in the evidence panel, opened at the cited sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from urllib.parse import urlsplit

from rag.cite import holds
from rag.errors import UnknownArticle
from rag.text.language import Language
from rag.types import Article
from rag.web.markup import Cited, as_class, draw_marker, draw_quote, draw_text, draw_words, name_source
from rag.web.wording import WORDING

# An article is drawn whole up to this length; of a longer one, as much on either side of each cited sentence.
_WHOLE_CHARACTERS = 30_000
_AROUND_CHARACTERS = 4_000


def draw_cards(cited: Iterable[Cited], article: Callable[[str], Article], language: Language) -> str:
    """A card for each article with its cited sentences highlighted, in the order in which they are first cited.

    `article` gives an article by its id, or raises UnknownArticle: of one that was deleted meanwhile, and of one that
    reads otherwise now, the quotations alone are drawn.
    """
    by_article: dict[str, list[Cited]] = {}
    for one in cited:
        by_article.setdefault(one.citation.article_id, []).append(one)
    return "".join(_card(_known(article, key), run, language) for key, run in by_article.items())


def _known(article: Callable[[str], Article], article_id: str) -> Article | None:
    try:
        return article(article_id)
    except UnknownArticle:
        return None


def _card(article: Article | None, cited: Sequence[Cited], language: Language) -> str:
    wording = WORDING[language]
    first = cited[0].citation
    title, url = (article.title, article.url) if article else (first.title, first.url)
    numbers = "".join(_numbers(list(run)) for _, run in groupby(cited, key=lambda one: (one.kind, one.note)))
    if article and all(holds(one.citation, article) for one in cited):
        text = _highlighted(article, cited, wording["left_out"])
    else:  # it was replaced or deleted after the answer: the offsets would mark other words, or nothing
        quotes = "".join(f"<p>{_mark(one.anchor, one.kind, draw_quote(one))}</p>" for one in cited)
        text = f'<p class="gap">{wording["changed" if article else "gone"]}</p>{quotes}'
    link = (
        f' · <a href="{draw_text(url)}" target="_blank" rel="noopener noreferrer">{wording["open"]}</a>'
        if url and _is_web_address(url)
        else ""
    )
    return (
        f'<article class="card"><header><span class="numbers">{numbers}</span>'
        f'<h3 dir="auto">{draw_text(title or wording["untitled"].format(id=first.article_id))}</h3>'
        f"<p>{draw_text(name_source(first, language))}{link}</p></header>"
        f'<div class="text" dir="auto" lang="{draw_text((article.language if article else None) or "")}" tabindex="0">'
        f"{text}</div></article>"
    )


def _numbers(cited: Sequence[Cited]) -> str:
    """Markers that have one note, and the note."""
    note = f'<span class="stance">{draw_text(cited[0].note)}</span>' if cited[0].note else ""
    return f"{''.join(draw_marker(one) for one in cited)}{note}"


def _mark(anchor: str, kind: str, drawn: str) -> str:
    return f'<mark id="{anchor}"{as_class(kind)}>{drawn}</mark>'


def _highlighted(article: Article, cited: Sequence[Cited], left_out: str) -> str:
    """The article's text with each cited span marked; line breaks are kept for the style sheet to show."""
    marks = _merged(cited)
    gap = f'<span class="gap">{left_out}</span>'
    pieces: list[str] = []
    at = 0
    for start, end in _shown(len(article.text), [(first, last) for first, last, _ in marks]):
        pieces.append(gap if start > at else "")
        at = start
        for first, last, run in marks:
            if at <= first and last <= end:
                words = draw_words(article.text[first:last], [w for one in run for w in one.words], offset=first)
                others = "".join(f'<span id="{one.anchor}"></span>' for one in run[1:])
                pieces += [draw_text(article.text[at:first]), _mark(run[0].anchor, run[0].kind, others + words)]
                at = last
        pieces.append(draw_text(article.text[at:end]))
        at = end
    return "".join(pieces) + (gap if at < len(article.text) else "")


def _merged(cited: Iterable[Cited]) -> list[tuple[int, int, list[Cited]]]:
    """The cited spans in the text's order, those that overlap as one, each with the citations in it."""
    merged: list[tuple[int, int, list[Cited]]] = []
    for one in sorted(cited, key=lambda one: (one.citation.start, one.citation.end)):
        start, end = one.citation.start, one.citation.end
        if merged and start < merged[-1][1]:
            first, last, run = merged[-1]
            merged[-1] = (first, max(last, end), [*run, one])
        else:
            merged.append((start, end, [one]))
    return merged


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
