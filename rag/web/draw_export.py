"""Evidence packs -> one page of HTML that stands alone: no script, nothing fetched, every citation a link within it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rag.pack.pack import AnyPack, ConversationPack, Pack, PackedQuotation
from rag.pack.wording import utc_time, wording
from rag.text.language import Language
from rag.web.draw import cited_in, draw_answer
from rag.web.draw_check import cited_in_check, draw_check
from rag.web.draw_reviews import draw_reviews
from rag.web.markup import Cited, draw_link, draw_marker, draw_quote, draw_text, name_source
from rag.web.wording import WORDING

_STYLES = ("export", "answer", "panel")
_STATIC = Path(__file__).parent / "static"
# What is in the page can neither run nor fetch, wherever it is opened.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def draw_export(pack: AnyPack, *, language: Language) -> str:
    """A pack, or those of a conversation in order. Numbers are those of the page; the rest is the interface's."""
    packs = pack.numbered if isinstance(pack, ConversationPack) else ((pack.number or 1, pack),)
    title = pack.name if isinstance(pack, ConversationPack) else pack.text
    turns = "".join(_turn(one, number, language) for number, one in packs)
    style = "".join((_STATIC / f"{name}.css").read_text(encoding="utf-8") for name in _STYLES)
    say = wording(language)
    made = say["made_at"].format(time=utc_time(pack.made, language), version=pack.version)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{draw_text(title)}</title><style>{style}</style></head><body>"
        f'<h1 dir="auto">{draw_text(title)}</h1>{turns}'
        f"<footer><p>{draw_text(made)}</p><p>{draw_text(say['how_to_verify'])}</p></footer></body></html>"
    )


def _turn(pack: Pack, number: int, language: Language) -> str:
    def reviews(statement: int) -> str:
        said = draw_reviews(pack.reviews, statement, language=language)
        return f'<div class="reviews">{said}</div>' if said else ""

    cited: Sequence[Cited] = ()
    drawn = ""
    if pack.answer:
        cited = cited_in(pack.answer, turn=number)
        drawn = draw_answer(pack.answer, turn=number, language=language, tools=reviews)
    elif pack.check:
        cited = cited_in_check(pack.check, turn=number, language=language)
        drawn = draw_check(pack.check, turn=number, language=language, tools=reviews)
    whole = draw_reviews(pack.reviews, None, language=language)
    cards = "".join(_card(one, pack, language) for one in cited)
    return (
        f'<section class="turn"><h2 dir="auto">{draw_text(pack.text)}</h2>{drawn}{whole}'
        f'<div class="shelf">{cards}</div>{_made_with(pack, language)}</section>'
    )


def _card(cited: Cited, pack: Pack, language: Language) -> str:
    """A quotation between what stands around it, where it stands, and the hash of the text that it stands in."""
    citation, say = cited.citation, wording(language)
    held = next((one for one in pack.quotations if _is(one, cited)), None)
    before, after = (held.before, held.after) if held else ("", "")
    title = citation.title or WORDING[language]["untitled"].format(id=citation.article_id)
    place = say["characters"].format(id=citation.article_id, start=citation.start, end=citation.end)
    kind = f' class="{cited.kind}"' if cited.kind else ""
    note = f'<span class="stance">{draw_text(cited.note)}</span>' if cited.note else ""
    article = pack.article(citation.article_id, citation.content_hash)
    taken = f" · {say['retrieved']}: {utc_time(article.retrieved, language)}" if article and article.retrieved else ""
    return (
        f'<article class="card"><header><span class="numbers">{draw_marker(cited)}{note}</span>'
        f'<h3 dir="auto">{draw_text(title)}</h3>'
        f"<p>{draw_text(name_source(citation, language))}{draw_link(citation.url, language)}</p></header>"
        f'<div class="text" dir="auto">{draw_text(before)}<mark id="{cited.anchor}"{kind}>{draw_quote(cited)}</mark>'
        f'{draw_text(after)}</div><p class="place">{draw_text(place + taken)}<br>SHA-256 {citation.content_hash}</p>'
        "</article>"
    )


def _is(quotation: PackedQuotation, cited: Cited) -> bool:
    citation = cited.citation
    one = (quotation.article_id, quotation.content_hash, quotation.start, quotation.end)
    return one == (citation.article_id, citation.content_hash, citation.start, citation.end)


def _made_with(pack: Pack, language: Language) -> str:
    say = wording(language)
    filters = [(say["filters"], pack.config.get("filters") or say["none"])]
    lines: Iterable[tuple[str, str]] = [*filters, *((k, v) for k, v in pack.config.items() if k != "filters")]
    return f'<p class="place">{draw_text(" · ".join(f"{key}: {value}" for key, value in lines))}</p>'
