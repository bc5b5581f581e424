"""What the page looks like and what its script does: the style sheets and scripts, put into the page itself."""

from __future__ import annotations

import json
from pathlib import Path

from rag.text.language import Language
from rag.web.wording import WORDING

_HERE = Path(__file__).parent / "static"
STYLES = tuple(_HERE / f"{name}.css" for name in ("desk", "answer", "panel", "archive"))
_SCRIPTS = ("preferences", "desk", "archive")
# What the script says to a person itself.
_SAID = (
    "ask_name",
    "cancel",
    "close",
    "copied",
    "copy",
    "lost",
    "new_name",
    "note_label",
    "note_save_checked",
    "note_save_wrong",
    "save",
)


def head() -> str:
    """The scripts, for the page's head; nothing is fetched for them."""
    words = json.dumps({language: _said(language) for language in WORDING}).replace("<", "\\u003c")
    preferences, *others = (_HERE.joinpath(f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS)
    spoken = f"window.beleg.words = {words}[document.documentElement.lang];"
    return "".join(f"<script>{script}</script>" for script in (preferences, spoken, *others))


def _said(language: Language) -> dict[str, str]:
    return {key: WORDING[language][key] for key in _SAID}
