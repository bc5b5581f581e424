"""What differs between two versions of a whole text: sentence by sentence, and word by word where sentences differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, takewhile

from rag.text.word_diff import Edit, word_diff

# Ends of sentences good enough to line two versions up: that an abbreviation ends a piece does no harm.
_SENTENCE = re.compile(r".+?(?:[.!?:;][»«“”\"'’)\]]*\s+|\n\s*|\Z)", re.DOTALL)
_WORD = re.compile(r"\s*\S+\s*|\s+")
# Compared with all care up to so many characters on both sides together: its time grows with their square.
_MOST_COMPARED = 8_000


def text_diff(before: str, after: str) -> tuple[Edit, ...]:
    """The edits that lead from one text to the other, in order, within the second that a person waits.

    As in `word_diff`, the texts of the same and removed ones are `before`, and those of the same and added ones
    `after`; no two edits of one kind follow each other. Where very much was reworded, fewer of the words that both have
    are found.
    """
    edits: list[Edit] = []
    for removed, added in _aligned(_SENTENCE.findall(before), _SENTENCE.findall(after)):
        if removed == added:
            edits.append(Edit("same", removed))
        elif len(removed) + len(added) <= _MOST_COMPARED:
            edits += word_diff(removed, added)
        else:
            for old, new in _aligned(_WORD.findall(removed), _WORD.findall(added)):
                edits += [Edit("same", old)] if old == new else [Edit("removed", old), Edit("added", new)]
    return _joined(edits)


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Stretches of both that lie beside each other, in order: alike, or different.

    What both begin and end with is set aside first. Of what stands in very many places nothing is anchored at.
    """
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle, others = old[head : len(old) - tail], new[head : len(new) - tail]
    yield "".join(old[:head]), "".join(new[:head])
    for _, i, j, k, m in SequenceMatcher(None, middle, others, autojunk=True).get_opcodes():
        yield "".join(middle[i:j]), "".join(others[k:m])
    yield "".join(old[len(old) - tail :]), "".join(new[len(new) - tail :])


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _joined(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    runs = groupby((edit for edit in edits if edit.text), key=lambda edit: edit.kind)
    return tuple(Edit(kind, "".join(edit.text for edit in run)) for kind, run in runs)
