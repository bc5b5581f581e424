"""Rows -> the same rows by tag, by language and by what the question asks with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evals.types import Row
from rag.text.language import question_language

_WORD = re.compile(r"\w+")
_ASKING = frozenset(
    """
    wer was wann warum weshalb wieso woher wohin wo wie who what when why where how which
    """.split()
)
_FORMS = {"wen": "wer", "wem": "wer", "wessen": "wer", "whom": "who", "whose": "who"}
_MEASURES = frozenset(
    """
    viel viele vielen lange hoch oft weit groß alt many much long high often far big old
    """.split()
)


def cut(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """`tag: x`, `language: de`, `asks: wer` -> the rows that are so, by name; a row is in as many as fit."""
    cuts: dict[str, list[Row]] = {}
    for row in rows:
        names = [f"tag: {tag}" for tag in row.case.tags] + [f"language: {question_language(row.case.text)}"]
        if row.case.kind == "question":
            names.append(f"asks: {question_word(row.case.text) or 'otherwise'}")
        for name in names:
            cuts.setdefault(name, []).append(row)
    return dict(sorted(cuts.items()))


def question_word(question: str) -> str | None:
    """What it asks with: "wer" for its cases too, "welch" for its forms, "wie lange" with what is measured."""
    found: list[str] = [word.casefold() for word in _WORD.findall(question)]
    for form, following in zip(found, [*found[1:], ""], strict=True):
        word = _FORMS.get(form, form)
        if word.startswith("welch"):
            return "welch"
        if word in {"wie", "how"} and following in _MEASURES:
            return f"{word} {following}"
        if word in _ASKING:
            return word
    return None
