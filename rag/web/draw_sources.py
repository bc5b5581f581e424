"""A Check's sources -> a table: for, against, neither, with who, when, and what counts as one source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.text.language import Language
from rag.types import Check, Evidence, IndependentSource, Stance
from rag.web.markup import Cited, draw_beside, draw_marker, draw_text, name_date
from rag.web.wording import WORDING
from rag.wording import STANCES

_STANCES: tuple[Stance, ...] = ("for", "against", "neither")
_SIGNS: dict[Stance, str] = {"for": "+", "against": "−", "neither": "○"}


def draw_sources(check: Check, cited: Mapping[int, Cited], *, language: Language) -> str:
    """The table; nothing where there is no source. `cited` holds the check's citations by marker, as they are drawn."""
    groups = "".join(_group(stance, check, cited, language) for stance in _STANCES)
    if not groups:
        return ""
    wording = WORDING[language]
    caption = wording["sources" if {"for", "against"} & {one.stance for one in check.sources} else "nearest_sources"]
    heads = "".join(f'<th scope="col">{wording[key]}</th>' for key in ("outlet", "article", "evidence_short"))
    return f'<table class="standing"><caption>{caption}</caption><thead><tr>{heads}</tr></thead>{groups}</table>'


def _group(stance: Stance, check: Check, cited: Mapping[int, Cited], language: Language) -> str:
    sources = [source for source in check.sources if source.stance == stance]
    if not sources:
        return ""
    wording = WORDING[language]
    counted = wording["one_source" if len(sources) == 1 else "several_sources"].format(count=len(sources))
    by_marker = {one.citation.marker: one for one in check.evidence}
    rows = "".join(_rows(source, by_marker, cited, language) for source in sources)
    head = f"{_SIGNS[stance]} {STANCES[language][stance]} · {counted}"
    return f'<tbody class="{stance}"><tr><th colspan="3" scope="rowgroup">{head}</th></tr>{rows}</tbody>'


def _rows(
    source: IndependentSource, evidence: Mapping[int, Evidence], cited: Mapping[int, Cited], language: Language
) -> str:
    """A row for each article; later ones say that they print the first one's text, or are of its outlet."""
    by_article: dict[str, list[int]] = {article: [] for article in source.articles}
    for marker in source.markers:
        by_article.setdefault(cited[marker].citation.article_id, []).append(marker)
    first = next((marker for markers in by_article.values() for marker in markers), None)
    rows = []
    for number, (article, markers) in enumerate(by_article.items()):
        notes = []
        if any(evidence[marker].corrects for marker in markers):
            notes.append(draw_text(WORDING[language]["corrects"]))
        if number and first is not None:
            outlets = {cited[marker].citation.source for marker in (first, *markers)}
            said = WORDING[language]["same_text" if len(outlets) > 1 else "same_outlet"]
            notes.append(said.format(marker=draw_marker(cited[first])))
        rows.append(_row(article, [cited[marker] for marker in markers], notes, language))
    return "".join(rows)


def _row(article: str, cited: Sequence[Cited], notes: Sequence[str], language: Language) -> str:
    """`notes` are drawn already. An article without a citation of its own is known by its id alone."""
    citation = cited[0].citation if cited else None
    title = (citation.title if citation else None) or WORDING[language]["untitled"].format(id=article)
    outlet = draw_beside(citation.source or WORDING[language]["no_source"]) if citation else ""
    day = f'<span class="day">{draw_text(name_date(citation.published, language))}</span>' if citation else ""
    noted = "".join(f'<span class="note">{note}</span>' for note in notes)
    markers = "".join(draw_marker(one) for one in cited)
    return (
        f'<tr><td dir="auto">{outlet} {day}</td><td dir="auto">{draw_beside(title)}{noted}</td>'
        f'<td class="markers">{markers}</td></tr>'
    )
