"""An article and its earlier versions -> HTML: what each newer one changed, the newest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.text.language import Language
from rag.text.text_diff import STEPS, text_diff
from rag.text.word_diff import Edit
from rag.types import Article, Version
from rag.web.draw_reviews import draw_time
from rag.web.markup import draw_text, name_date
from rag.web.wording import WORDING, name_language

_TAGS = {"removed": "del", "added": "ins"}
# Of what stayed the same, so much is shown on either side of a change; a longer stretch is folded.
_AROUND = 240
_FOLDED = 3 * _AROUND
_BREAK = re.compile(r"\s+")
# The newest change is always shown; of the older ones those in so many characters, both texts of each counted.
_MOST_CHARACTERS = 500_000


def draw_changes(article: Article, versions: Sequence[Version], *, language: Language) -> str:
    """What changed from each earlier version, newest first, to the next; that there is none where there is none.

    Where there are very many and long ones, what changed in the oldest texts is not drawn.
    """
    wording = WORDING[language]
    title = article.title or wording["untitled"].format(id=article.id)
    heading = f"{wording['changes']}: <bdi>{draw_text(title)}</bdi>"
    head = f'<header class="about-article"><h3>{heading}</h3></header>'
    if not versions:
        return f"{head}<p>{wording['no_versions']}</p>"
    later = [article, *(version.article for version in versions)]
    changes = list(zip(versions, later[:-1], strict=True))
    drawn = "".join(
        _change(version, now, drawn_text, language)
        for (version, now), drawn_text in zip(changes, _texts(changes, language), strict=True)
    )
    return f'{head}<div class="changes-of" tabindex="0">{drawn}</div>'


def draw_text_diff(edits: Sequence[Edit], *, language: Language) -> str:
    """What was removed and added, marked, among what stayed; long stretches of that can be unfolded."""
    last = len(edits) - 1
    return "".join(
        _same(edit.text, first=number == 0, last=number == last, language=language)
        if edit.kind == "same"
        else f"<{_TAGS[edit.kind]}>{draw_text(edit.text)}</{_TAGS[edit.kind]}>"
        for number, edit in enumerate(edits)
    )


def _texts(changes: Sequence[tuple[Version, Article]], language: Language) -> Iterator[str]:
    """What became of the text with each change: for all older ones together as much work as for the newest."""
    wording, characters = WORDING[language], 0
    for place, (version, now) in enumerate(changes):
        before, after = version.article.text, now.text
        if before == after:
            yield f'<p class="unchanged">{wording["same_words"]}</p>'
            continue
        characters += len(before) + len(after) if place else 0
        if characters > _MOST_CHARACTERS:
            yield f'<p class="unchanged">{wording["not_compared"]}</p>'
            continue
        edits = text_diff(before, after, steps=STEPS // (len(changes) - 1) if place else STEPS)
        drawn = draw_text_diff(edits, language=language)
        yield f'<div class="diff" dir="auto" lang="{draw_text(now.language or "")}">{drawn}</div>'


def _change(before: Version, now: Article, text: str, language: Language) -> str:
    wording = WORDING[language]
    then = before.article
    moment = wording["replaced_at"].format(time=draw_time(before.until, language))
    since = wording["had_been_since"].format(time=draw_time(before.since, language))
    fields = "".join(
        f'<div><dt>{wording[key]}</dt><dd><del dir="auto">{draw_text(old)}</del> <span aria-hidden="true">→</span> '
        f'<ins dir="auto">{draw_text(new)}</ins></dd></div>'
        for key, old, new in _fields(then, now, language)
    )
    known = f"<dl>{fields}</dl>" if fields else ""
    return f'<section class="change"><h4>{moment}</h4><p class="since">{since}</p>{known}{text}</section>'


def _fields(then: Article, now: Article, language: Language) -> Iterator[tuple[str, str, str]]:
    """Those that changed: the wording's key, and both values as they are said, not escaped."""
    said = [_said(then, language), _said(now, language)]
    for key, old in said[0].items():
        if old != said[1][key]:
            yield key, old, said[1][key]


def _said(article: Article, language: Language) -> dict[str, str]:
    wording = WORDING[language]
    return {
        "title": article.title or wording["none_given"],
        "source": article.source or wording["none_given"],
        "date": name_date(article.published, language),
        "address": article.url or wording["none_given"],
        "language": name_language(article.language, language) if article.language else wording["none_given"],
        "id": article.id,
    }


def _same(text: str, *, first: bool, last: bool, language: Language) -> str:
    begin, end = (0 if first else _AROUND), (0 if last else _AROUND)
    if len(text) <= begin + end + _FOLDED:
        return draw_text(text)
    start, stop = _next_break(text, begin), _last_break(text, len(text) - end)
    label = WORDING[language]["unfold"].format(count=len(text[start:stop].split()))
    return (
        f'{draw_text(text[:start])}<details><summary title="{label}" aria-label="{label}">…</summary>'
        f"{draw_text(text[start:stop])}</details>{draw_text(text[stop:])}"
    )


def _next_break(text: str, at: int) -> int:
    """The end of the white space that follows, so that no word is cut; `at` 0 stays."""
    found = _BREAK.search(text, at) if at else None
    return found.end() if found else at


def _last_break(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    cut = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at))
    return cut + 1 if cut > 0 else at
