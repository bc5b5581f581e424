"""What the page looks like and what its script does: the style sheets and scripts, put into the page itself."""

from __future__ import annotations

import json
from pathlib import Path

from rag.text.language import Language
from rag.web.draw_head import draw_no_evidence
from rag.web.wording import WORDING

_HERE = Path(__file__).parent / "static"
STYLES = tuple(_HERE / f"{name}.css" for name in ("desk", "answer", "panel", "archive"))
_SCRIPTS = ("preferences", "desk", "archive")
# The body's colours before the style sheets are there, in the look that was chosen.
_PAPER = "html body{background:#faf9f7}html.dark body{background:#141312}"
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
    """For the page's head, before Gradio starts: language and look, what the script says, the script."""
    words = json.dumps({language: _said(language) for language in WORDING}).replace("<", "\\u003c")
    preferences, *others = (_script(name) for name in _SCRIPTS)
    spoken = f"window.beleg.words = {words}[document.documentElement.lang];"
    scripts = "".join(f"<script>{script}</script>" for script in (preferences + spoken, *others))
    return f"<style>{_PAPER}</style>{scripts}"


def _script(name: str) -> str:
    return (_HERE / f"{name}.js").read_text(encoding="utf-8")


def _said(language: Language) -> dict[str, str]:
    said = {key: WORDING[language][key] for key in _SAID}
    return said | {"no_evidence": draw_no_evidence(language=language)}
