"""The page's head -> HTML: the name, what it promises, how much the archive holds, and what a reader chooses."""

from __future__ import annotations

from rag.text.language import Language
from rag.web.markup import draw_text
from rag.web.wording import WORDING

_LANGUAGES: tuple[tuple[Language, str], ...] = (("de", "Deutsch"), ("en", "English"))
_LOOKS = ("system", "light", "dark")


def draw_head(*, articles: int, language: Language) -> str:
    wording = WORDING[language]
    key = {0: "archive_empty", 1: "archive_one"}.get(articles, "archive")
    counted = wording[key].format(articles=f"{articles:,}".replace(",", "." if language == "de" else ","))
    languages = "".join(
        f'<option value="{code}"{" selected" if code == language else ""}>{name}</option>' for code, name in _LANGUAGES
    )
    looks = "".join(f'<option value="{look}">{wording[f"look_{look}"]}</option>' for look in _LOOKS)
    return (
        f'<h1>Beleg</h1><p class="tagline">{wording["tagline"]} <span class="count">{draw_text(counted)}</span></p>'
        f'<div class="choices"><label>{wording["your_name"]}<input type="text" id="my-name" maxlength="80" '
        f'autocomplete="name" placeholder="{wording["your_name_why"]}"></label>'
        f'<label>{wording["language"]}<select id="my-language">{languages}</select></label>'
        f'<label>{wording["look"]}<select id="my-look">{looks}</select></label></div>'
    )


def draw_panel() -> str:
    """Where evidence is shown: the script fills it, and Gradio never draws it anew."""
    return '<div id="shown" class="shelf"></div>'


def draw_no_evidence(*, language: Language) -> str:
    """The evidence panel before anything was asked, with what the keyboard does."""
    wording = WORDING[language]
    keys = "".join(
        f"<div><dt><kbd>{keys}</kbd></dt><dd>{wording[key]}</dd></div>"
        for keys, key in (("Alt+↓", "next"), ("Alt+↑", "previous"), ("Alt+Q", "to_question"))
    )
    return f'<div class="none"><p>{wording["no_evidence_yet"]}</p><dl class="keys">{keys}</dl></div>'
