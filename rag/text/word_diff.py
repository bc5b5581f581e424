"""What differs between two wordings, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

TOKEN = re.compile(r"\w+(?:[.,:]\w+)*|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words that both wordings have, or only the first (`removed`), or only the second (`added`)."""

    kind: Literal["same", "removed", "added"]
    text: str


def word_diff(before: str, after: str) -> tuple[Edit, ...]:
    """The edits that lead from one wording to the other, in order.

    The texts of the same and removed ones, joined, are `before`; those of the same and added ones are `after`.
    """
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    edits: list[Edit] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            edits.append(Edit("same", "".join(old[i:j])))
            continue
        if i < j:
            edits.append(Edit("removed", "".join(old[i:j])))
        if k < m:
            edits.append(Edit("added", "".join(new[k:m])))
    return tuple(edits)


def mark_edits(edits: tuple[Edit, ...]) -> str:
    """On one line, as `git diff --word-diff` marks them: `rund [-45-]{+25+} Minuten`."""
    forms = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(forms[edit.kind].format(edit.text) for edit in edits)
