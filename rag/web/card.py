"""An article -> its card in the evidence panel, opened at the cited sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Protocol

from rag.cite import holds
from rag.errors import UnknownArticle
from rag.text.language import Language
from rag.types import Article, Citation
from rag.web.markup import (
    Cited,
    as_class,
    draw_button,
    draw_link,
    draw_marker,
    draw_quote,
    draw_text,
    draw_words,
    name_source,
)
from rag.web.wording import WORDING

# In a card an article is drawn whole up to this length; of a longer one, as much on either side of each cited sentence.
_WHOLE_CHARACTERS = 6_000
_AROUND_CHARACTERS = 1_500


class Shelf(Protocol):
    """Where articles are looked up: the archive, as it is now and as it was."""

    def article(self, article_id: str) -> Article:
        """The article as it reads now. Raises UnknownArticle."""
        ...

    def version(self, article_id: str, content_hash: str) -> Article | None:
        """The article as it reads or once read, by its text's hash."""
        ...


def draw_cards(cited: Iterable[Cited], articles: Shelf, language: Language) -> str:
    """A card for each article with its cited sentences highlighted, in the order in which they are first cited.

    Of an article that was replaced, the text that was cited is drawn, and that it reads otherwise now is said; of one
    whose text is not kept, and of one that was deleted, the quotations alone.
    """
    by_article: dict[tuple[str, str], list[Cited]] = {}
    for one in cited:
        by_article.setdefault((one.citation.article_id, one.citation.content_hash), []).append(one)
    return "".join(_card(run, articles, language) for run in by_article.values())


def draw_whole(cited: Sequence[Cited], articles: Shelf, language: Language) -> str:
    """The whole text of one article with its cited sentences highlighted. `cited` are all of one text."""
    first = cited[0].citation
    article = _as_cited(first, articles)
    if article is None:
        drawn = _quotations(cited, articles, language)
    else:
        drawn = _text(_highlighted(article, cited, "", around=None), article.language)
    return f'<article class="card whole">{_head(cited, article, articles, language)}{drawn}</article>'


def _card(cited: Sequence[Cited], articles: Shelf, language: Language) -> str:
    wording = WORDING[language]
    article = _as_cited(cited[0].citation, articles)
    head = _head(cited, article, articles, language)
    if article is None:
        return f'<article class="card">{head}{_quotations(cited, articles, language)}</article>'
    text = _text(_highlighted(article, cited, wording["left_out"], around=_AROUND_CHARACTERS), article.language)
    whole = draw_button("whole", wording["whole"], value=cited[0].anchor)
    return f'<article class="card">{head}{text}<footer>{whole}</footer></article>'


def _as_cited(citation: Citation, articles: Shelf) -> Article | None:
    """The article with the text that the citation holds in; None where that is not kept."""
    article = articles.version(citation.article_id, citation.content_hash)
    return article if article is not None and holds(citation, article) else None


def _now(article_id: str, articles: Shelf) -> Article | None:
    try:
        return articles.article(article_id)
    except UnknownArticle:
        return None


def _head(cited: Sequence[Cited], article: Article | None, articles: Shelf, language: Language) -> str:
    """Numbers, title, outlet, date and address, as they were cited; and whether the article reads otherwise now."""
    wording = WORDING[language]
    first = cited[0].citation
    numbers = "".join(_numbers(list(run)) for _, run in groupby(cited, key=lambda one: (one.kind, one.note)))
    title = first.title or wording["untitled"].format(id=first.article_id)
    changed = ""
    if article is not None:
        now = _now(first.article_id, articles)
        if now is None:
            changed = f'<p class="changed">{wording["deleted_since"]}</p>'
        elif now.content_hash != article.content_hash:
            button = draw_button("changes", wording["changes"], value=first.article_id)
            changed = f'<p class="changed">{wording["changed_since"]} {button}</p>'
    return (
        f'<header><span class="numbers">{numbers}</span><h3 dir="auto">{draw_text(title)}</h3>'
        f"<p>{draw_text(name_source(first, language))}{draw_link(first.url, language)}</p>{changed}</header>"
    )


def _quotations(cited: Sequence[Cited], articles: Shelf, language: Language) -> str:
    """Of an article whose text is not there: the offsets would mark other words, or nothing."""
    there = _now(cited[0].citation.article_id, articles) is not None
    quotes = "".join(f"<p>{_mark(one.anchor, one.kind, draw_quote(one))}</p>" for one in cited)
    return _text(f'<p class="gap">{WORDING[language]["changed" if there else "gone"]}</p>{quotes}', None)


def _text(drawn: str, language: str | None) -> str:
    """A box to scroll in, so within reach of the keyboard."""
    return f'<div class="text" dir="auto" lang="{draw_text(language or "")}" tabindex="0">{drawn}</div>'


def _numbers(cited: Sequence[Cited]) -> str:
    """Markers that have one note, and the note."""
    note = f'<span class="stance">{draw_text(cited[0].note)}</span>' if cited[0].note else ""
    return f"{''.join(draw_marker(one) for one in cited)}{note}"


def _mark(anchor: str, kind: str, drawn: str) -> str:
    return f'<mark id="{anchor}"{as_class(kind)}>{drawn}</mark>'


def _highlighted(article: Article, cited: Sequence[Cited], left_out: str, *, around: int | None) -> str:
    """The article's text with each cited span marked; line breaks are kept for the style sheet to show."""
    marks = _merged(cited)
    gap = f'<span class="gap">{left_out}</span>'
    pieces: list[str] = []
    at = 0
    for start, end in _shown(len(article.text), [(first, last) for first, last, _ in marks], around):
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


def _shown(length: int, spans: Sequence[tuple[int, int]], around: int | None) -> list[tuple[int, int]]:
    """Which parts of a text are drawn: all of it, or the surroundings of the spans, merged where they touch."""
    if around is None or length <= _WHOLE_CHARACTERS:
        return [(0, length)]
    shown: list[tuple[int, int]] = []
    for start, end in spans:
        first, last = max(0, start - around), min(length, end + around)
        if shown and first <= shown[-1][1]:
            shown[-1] = (shown[-1][0], max(last, shown[-1][1]))
        else:
            shown.append((first, last))
    return shown
