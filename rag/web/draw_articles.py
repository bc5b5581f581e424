"""The archive's articles -> HTML: what they can be searched by, the table, the bin, and one article to be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rag.desk.types import Binned
from rag.ingest.fields import is_web_address
from rag.text.language import Language
from rag.text.unicode import escape_obeyed
from rag.types import Article, Listed, Listing
from rag.web.draw_reviews import draw_time
from rag.web.markup import draw_button, draw_text, name_date
from rag.web.wording import WORDING, name_language

PAGE = 50
# In the table's order, by the wording's key; those that articles can be sorted by, by the archive's name for it.
_COLUMNS = ("title", "source", "date", "language", "length", "taken_in", "earlier")
_SORTS = {"title": "title", "source": "source", "date": "published", "language": "language", "taken_in": "ingested"}
# So many deleted articles stand there at once; the others are folded.
_BINNED = 3


@dataclass(frozen=True, slots=True)
class Order:
    """What a listing is sorted by, and where in all that matches it begins."""

    sort: str = "published"
    descending: bool = True
    offset: int = 0


def draw_filters(sources: Mapping[str, int], languages: Iterable[str], *, language: Language) -> str:
    """The fields that say which articles are listed. The script reads them by their names."""
    wording = WORDING[language]
    named = sorted((name_language(code, language), code) for code in languages)
    outlets = "".join(_option(name, f"{name} ({_count(count, language)})") for name, count in sources.items())
    spoken = "".join(_option(code, name) for name, code in named)
    anything = _option("", wording["any"])
    return (
        f'<form class="find" role="search" aria-label="{wording["find_articles"]}">'
        f'<label class="wide">{wording["find_articles"]}<input type="search" name="q" maxlength="500" '
        f'autocomplete="off" placeholder="{wording["find_articles_in"]}"></label>'
        f'<label>{wording["source"]}<select name="source">{anything}{outlets}</select></label>'
        f'<label>{wording["language"]}<select name="language">{anything}{spoken}</select></label>'
        f'<label>{wording["since"]}<input type="date" name="since"></label>'
        f'<label>{wording["until"]}<input type="date" name="until"></label>'
        f'<button type="reset" class="act">{wording["no_filters"]}</button></form>'
    )


def draw_articles(listing: Listing, order: Order, *, filtered: bool, language: Language) -> str:
    """The table with the way to the next page. `filtered`: not all articles of the archive were asked for."""
    wording = WORDING[language]
    counted = _counted(listing.total, filtered=filtered, language=language)
    said = f'<p class="matching" role="status" tabindex="-1">{counted}</p>'
    if not listing.articles:
        return said
    heads = "".join(_head(key, order, language) for key in _COLUMNS)
    rows = "".join(_row(article, language) for article in listing.articles)
    return (
        f'{said}<div class="table" data-remove="{wording["delete"]}">'
        f'<table role="table"><caption>{wording["caption"]}</caption><thead role="rowgroup">'
        f'<tr role="row">{heads}<th role="columnheader" scope="col"><span class="unseen">{wording["actions"]}</span>'
        f'</th></tr></thead><tbody role="rowgroup">{rows}</tbody></table></div>{_pages(listing, order, language)}'
    )


def draw_bin(binned: Sequence[Binned], *, language: Language) -> str:
    """The deleted articles that can be had back, each with the way; nothing where there is none."""
    lines = [_binned(one, language) for one in binned]
    if not lines:
        return ""
    more, folded = lines[_BINNED:], ""
    if more:
        summary = WORDING[language]["more_deleted"].format(count=len(more))
        folded = f"<details><summary>{summary}</summary>{''.join(more)}</details>"
    return "".join(lines[:_BINNED]) + folded


def draw_reader(article: Article, *, ingested: datetime, versions: int, language: Language) -> str:
    """The whole text of an article, with all that is known of it."""
    wording = WORDING[language]
    facts = [
        ("source", _guessable("source", article, draw_text(article.source or wording["no_source"]), language)),
        ("date", _guessable("published", article, draw_text(name_date(article.published, language)), language)),
        ("language", _guessable("language", article, _language(article.language, language), language)),
        ("address", _guessable("url", article, _address(article.url), language)),
        ("taken_in", draw_time(ingested, language)),
        ("taken_from", f"<bdi>{draw_text(article.origin or '–')}</bdi>"),
        ("length", _length(len(article.text), language)),
        ("id", f"<code><bdi>{draw_text(article.id)}</bdi></code>"),
        ("hash", f"<code>{article.content_hash}</code>"),
    ]
    known = "".join(f"<div><dt>{wording[key]}</dt><dd>{drawn}</dd></div>" for key, drawn in facts)
    changes = (
        draw_button("changes", f"{wording['changes']} ({_earlier(versions, language)})", value=article.id)
        if versions
        else ""
    )
    title = _guessable("title", article, draw_text(_title(article, language)), language)
    return (
        f'<header class="about-article"><h3 dir="auto">{title}</h3>'
        f"<details open><summary>{wording['facts']}</summary><dl>{known}</dl></details>{changes}</header>"
        f'<div class="text" dir="auto" lang="{draw_text(article.language or "")}" tabindex="0">'
        f"{draw_text(article.text)}</div>"
    )


def _option(value: str, shown: str) -> str:
    return f'<option value="{draw_text(value)}">{draw_text(shown)}</option>'


def _head(key: str, order: Order, language: Language) -> str:
    """The heading of a column; one that can be sorted by is a button, which hands over what a click sorts by."""
    name = WORDING[language][key]
    sort = _SORTS.get(key)
    if sort is None:
        return f'<th role="columnheader" scope="col">{name}</th>'
    sorted_now = sort == order.sort
    state = ("descending" if order.descending else "ascending") if sorted_now else "none"
    falling = not order.descending if sorted_now else sort in {"published", "ingested"}
    sign = ("▼" if order.descending else "▲") if sorted_now else "↕"
    return (
        f'<th role="columnheader" scope="col" aria-sort="{state}"><button type="button" class="sort" '
        f'data-value="{sort}" data-descending="{str(falling).lower()}">{name}<span aria-hidden="true">{sign}</span>'
        "</button></th>"
    )


def _row(article: Listed, language: Language) -> str:
    wording = WORDING[language]
    title = _title(article, language)
    day = _day(article.published, language)
    cells = (
        ("source", f"<bdi>{draw_text(article.source or '–')}</bdi>"),
        ("date", day),
        ("language", _language(article.language, language)),
        ("length", _length(article.characters, language)),
        ("taken_in", _day(article.ingested.astimezone().date(), language)),
        ("earlier", _versions(article, language)),
    )
    drawn = "".join(f'<td role="cell" class="{key}" data-label="{wording[key]}">{cell}</td>' for key, cell in cells)
    ask = wording["ask_delete"].format(title=escape_obeyed(title))
    return (
        f'<tr role="row" data-article="{draw_text(article.id)}"><th role="rowheader" scope="row"><button type="button" '
        f'class="read" dir="auto">{draw_text(title)}</button></th>{drawn}<td role="cell" class="actions" '
        f'data-ask="{draw_text(ask)}">'
        f"{draw_button('remove', wording['delete'], icon='bin', label=wording['delete_this'].format(title=title))}"
        "</td></tr>"
    )


def _versions(article: Listed, language: Language) -> str:
    if not article.versions:
        return '<span class="unseen">0</span>'
    label = f"{WORDING[language]['changes']}: {_title(article, language)}"
    return draw_button("changes", _earlier(article.versions, language), label=label, value=article.id)


def _pages(listing: Listing, order: Order, language: Language) -> str:
    """The way to the page before and after; nothing where all is on one."""
    if listing.total <= len(listing.articles):
        return ""
    wording = WORDING[language]
    first, last = order.offset + 1, order.offset + len(listing.articles)
    shown = wording["shown"].format(
        first=_count(first, language), last=_count(last, language), total=_count(listing.total, language)
    )
    before = _page("before", order.offset - PAGE, order.offset > 0, language)
    after = _page("after", order.offset + PAGE, last < listing.total, language)
    return f'<nav class="pages" aria-label="{wording["pages"]}">{before}<span>{shown}</span>{after}</nav>'


def _page(key: str, offset: int, there: bool, language: Language) -> str:
    off = "" if there else " disabled"
    return (
        f'<button type="button" class="act page {key}" data-value="{max(0, offset)}"{off}>'
        f"{WORDING[language][f'page_{key}']}</button>"
    )


def _counted(total: int, *, filtered: bool, language: Language) -> str:
    wording = WORDING[language]
    if not total:
        return wording["nothing_matches" if filtered else "no_articles"]
    key = f"{'one' if total == 1 else 'many'}_{'matching' if filtered else 'listed'}"
    return wording[key].format(count=_count(total, language))


def _binned(one: Binned, language: Language) -> str:
    from babel.dates import format_time

    wording = WORDING[language]
    title = _title(one.article, language)
    until = format_time(one.until.astimezone(), "short", locale=language)
    undo = draw_button("undo", wording["undo"], label=wording["undo_delete"].format(title=title), value=one.article.id)
    said = draw_text(wording["deleted"]).replace("{name}", f"<bdi>{draw_text(title)}</bdi>")
    left = wording["undo_until"].format(time=until)
    return f'<p class="binned"><span>{said}</span> {undo} <span class="until">{left}</span></p>'


def _title(article: Article | Listed, language: Language) -> str:
    """Not escaped."""
    return article.title or WORDING[language]["untitled"].format(id=article.id)


def _guessable(name: str, article: Article, drawn: str, language: Language) -> str:
    guessed = f' <span class="guessed">{WORDING[language]["guessed"]}</span>' if name in article.guessed else ""
    return f"<bdi>{drawn}</bdi>{guessed}"


def _language(code: str | None, language: Language) -> str:
    return draw_text(name_language(code, language)) if code else "–"


def _address(url: str | None) -> str:
    if url and is_web_address(url):
        return f'<a href="{draw_text(url)}" target="_blank" rel="noopener noreferrer">{draw_text(url)}</a>'
    return draw_text(url or "–")


def _earlier(versions: int, language: Language) -> str:
    return WORDING[language]["one_earlier" if versions == 1 else "several_earlier"].format(count=versions)


def _day(day: date | None, language: Language) -> str:
    from babel.dates import format_date

    return f'<time datetime="{day}">{format_date(day, "medium", locale=language)}</time>' if day else "–"


def _length(characters: int, language: Language) -> str:
    return WORDING[language]["characters"].format(count=_count(characters, language))


def _count(number: int, language: Language) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=language))
