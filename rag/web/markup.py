"""The smallest drawn parts, shared by what draws: escaped text, words that stand out, markers, outlet and date.

Whatever comes from an article, a question, a claim or a setting is escaped here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape

from rag.ingest.fields import is_web_address
from rag.text.language import Language
from rag.text.unicode import escape_obeyed
from rag.types import Citation
from rag.web.icons import draw_icon
from rag.web.wording import WORDING

# Draws what stands beside a statement, by its number: the buttons of the page, or nothing.
Tools = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a text that stand out: `text[start:end]`. `kind` is the class that the style sheet knows them by."""

    start: int
    end: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as it is drawn: its number, where in the page its sentence stands, and which words stand out there.

    `words` are places in the article's text. `kind` is the sentence's class, `note` what is said beside its number.
    """

    citation: Citation
    anchor: str
    number: str
    words: tuple[Words, ...] = ()
    kind: str = ""
    note: str = ""

    def elsewhere(self, where: str) -> Cited:
        """The same, drawn a second time in another part of the page."""
        return replace(self, anchor=f"{where}-{self.anchor}")


def draw_text(text: str) -> str:
    """Escaped, for an element's content and for an attribute's value."""
    return escape(text)


def draw_beside(text: str) -> str:
    """As `draw_text`, for what stands on one line with our own words: marks of direction would turn those round."""
    return draw_text(escape_obeyed(text))


def no_tools(_: int) -> str:
    """For where an answer is only to be read."""
    return ""


def as_class(kind: str) -> str:
    """The attribute, where there is a kind."""
    return f' class="{kind}"' if kind else ""


def draw_words(text: str, words: Iterable[Words], *, tag: str = "b", offset: int = 0) -> str:
    """The text with the words in an element each. `offset` is where the text begins in what the words are places of.

    Words that do not lie within the text, or overlap earlier ones, are left as they are.
    """
    pieces, at = [], 0
    for one in sorted(words, key=lambda one: (one.start, one.end)):
        start, end = one.start - offset, one.end - offset
        if at <= start < end <= len(text):
            inner = draw_text(text[start:end])
            pieces += [draw_text(text[at:start]), f"<{tag}{as_class(one.kind)}>{inner}</{tag}>"]
            at = end
    return "".join([*pieces, draw_text(text[at:])])


def draw_quote(cited: Cited) -> str:
    """The cited sentence with its words standing out."""
    return draw_words(cited.citation.quote, cited.words, offset=cited.citation.start)


def draw_button(
    action: str,
    words: str,
    *,
    icon: str | None = None,
    label: str | None = None,
    pressed: bool | None = None,
    statement: int | None = None,
    value: str | None = None,
) -> str:
    """A button that the page's script knows by its class: its `words`, or an icon that they are said for.

    `label` is what it does in more words, `statement` which one it is about, `value` what else it hands over.
    """
    said = draw_text(label or words)
    known = f' title="{said}" aria-label="{said}"' if icon or label else ""
    state = "" if pressed is None else f' aria-pressed="{str(pressed).lower()}"'
    about = "" if statement is None else f' data-statement="{statement}"'
    given = "" if value is None else f' data-value="{draw_text(value)}"'
    shown = draw_icon(icon) if icon else draw_text(words)
    return f'<button type="button" class="act {action}"{known}{state}{about}{given}>{shown}</button>'


def draw_marker(cited: Cited) -> str:
    about = draw_text(" · ".join(part for part in (cited.citation.title, cited.citation.source) if part))
    return f'<a class="cite" href="#{cited.anchor}" title="{about}">[{cited.number}]</a>'


def draw_section(kind: str, drawn: str, *, language: Language) -> str:
    """A turn's evidence, with the way from each cited sentence to the next."""
    wording = WORDING[language]
    steps = "".join(
        draw_button(action, wording[action], icon=icon) for action, icon in (("previous", "left"), ("next", "right"))
    )
    return f'<section class="evidence {kind}"><nav class="steps">{steps}</nav>{drawn}</section>'


def draw_link(url: str | None, language: Language) -> str:
    """The way to the original, where the address is one of the web."""
    if not url or not is_web_address(url):
        return ""
    opened = f'target="_blank" rel="noopener noreferrer">{WORDING[language]["open"]}</a>'
    return f' · <a href="{draw_text(url)}" {opened}'


def draw_markers(cited: Sequence[Cited]) -> str:
    """Markers that stay on the line of the word before them."""
    return f'&#160;<span class="markers">{"".join(draw_marker(one) for one in cited)}</span>'


def name_source(citation: Citation, language: Language) -> str:
    """The outlet and the date, not escaped but for what would turn the date round."""
    outlet = escape_obeyed(citation.source or "") or WORDING[language]["no_source"]
    return ", ".join((outlet, name_date(citation.published, language)))


def name_date(day: date | None, language: Language) -> str:
    """The date in words, not escaped."""
    from babel.dates import format_date

    return format_date(day, "long", locale=language) if day else WORDING[language]["undated"]
