"""What differs between two versions of a whole text: sentence by sentence, and word by word where sentences differ."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, groupby, pairwise, takewhile

from rag.text.word_diff import TOKEN, Edit

# Ends of sentences good enough to line two versions up: that an abbreviation ends a piece does no harm.
_SENTENCE = re.compile(r".+?(?:[.!?:;][»«“”\"'’)\]]*\s+|\n\s*|\Z)", re.DOTALL)
_WORD = re.compile(r"\s*\S+\s*|\s+")
# Cut into the finest pieces up to so many characters on both sides together.
_MOST_COMPARED = 8_000

# So many pieces on both sides together are very many.
_MANY = 2_000

# How often pieces are compared, once for the sentences and once for the words: half a second's work at the most.
STEPS = 1_500_000
# What one search for a match costs beside its comparisons, and through how many of them a piece goes as a rule.
_SEARCH, _ROUNDS = 20, 16
# What stands in more places than this is no beginning of a match, where all that do would be too many to compare.
_PLACES = (1_000_000, 32, 8, 1)


def text_diff(before: str, after: str, *, steps: int = STEPS) -> tuple[Edit, ...]:
    """The edits that lead from one text to the other, in order, within the second that a person waits.

    As in `word_diff`, the texts of the same and removed ones are `before`, and those of the same and added ones
    `after`; no two edits of one kind follow each other. `steps` bounds the work, so where very much was reworded fewer
    of the words that both have are found; where even that is too much, one is all removed and the other all added.
    """
    edits: list[Edit] = []
    pairs = list(_aligned(_SENTENCE.findall(before), _SENTENCE.findall(after), steps))
    differing = sum(len(removed) + len(added) for removed, added in pairs if removed != added)
    for removed, added in pairs:
        size = len(removed) + len(added)
        if removed == added or not removed or not added:
            edits += _edits(removed, added)
            continue
        pieces = TOKEN if size <= _MOST_COMPARED else _WORD
        for old, new in _aligned(pieces.findall(removed), pieces.findall(added), steps * size // differing):
            edits += _edits(old, new)
    return _joined(edits)


def _aligned(old: Sequence[str], new: Sequence[str], steps: int) -> Iterator[tuple[str, str]]:
    """Stretches of both that lie beside each other, in order: alike, or different.

    What both begin and end with is set aside first.
    """
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle, others = old[head : len(old) - tail], new[head : len(new) - tail]
    yield "".join(old[:head]), "".join(new[:head])
    i = k = 0
    for j, m, size in [*_matches(middle, others, steps), (len(middle), len(others), 0)]:
        yield "".join(middle[i:j]), "".join(others[k:m])
        yield "".join(middle[j : j + size]), "".join(others[m : m + size])
        i, k = j + size, m + size
    yield "".join(old[len(old) - tail :]), "".join(new[len(new) - tail :])


def _matches(old: Sequence[str], new: Sequence[str], steps: int) -> list[tuple[int, int, int]]:
    """Where both have the same, in order: the place in either, and how many pieces.

    The longest match first and then those on either side of it, as `difflib` does it (after Ratcliff and Obershelp);
    but that goes on to the end, for minutes where much repeats, and here what there are no steps left for stays apart.
    Where there are very many pieces, those that stand once in either are lined up before.
    """
    if not old or not new:
        return []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    places: dict[str, list[int]] = matcher.b2j  # type: ignore[attr-defined]  # documented, though not in the stubs
    _thin(places, Counter(old), most=steps // _ROUNDS)
    costs = list(accumulate((1 + len(places.get(piece, ())) for piece in old), initial=0))
    anchors = _anchors(old, new) if len(old) + len(new) > _MANY else []
    found = [(i, k, 1) for i, k in anchors]
    bounds = pairwise([(-1, -1), *anchors, (len(old), len(new))])
    stretches = deque((i + 1, j, k + 1, m) for (i, k), (j, m) in bounds if i + 1 < j and k + 1 < m)
    while stretches:
        i, j, k, m = stretches.popleft()
        steps -= _SEARCH + costs[j] - costs[i]
        if steps < 0:
            break
        at, other, size = matcher.find_longest_match(i, j, k, m)
        if size:
            found.append((at, other, size))
            beside = ((i, at, k, other), (at + size, j, other + size, m))
            stretches += [one for one in beside if one[0] < one[1] and one[2] < one[3]]
    return sorted(found)


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The places in both of pieces that stand once in either: the most that are in one order, after Bram Cohen.

    These are the longest increasing subsequence of the places in `new`, found in n log n steps.
    """
    once = [{piece for piece, count in Counter(pieces).items() if count == 1} for pieces in (old, new)]
    there = {piece: k for k, piece in enumerate(new) if piece in once[1]}
    places = [(i, there[piece]) for i, piece in enumerate(old) if piece in once[0] and piece in there]
    ends: list[int] = []  # of the subsequences of each length, the smallest place that one ends with
    last: list[int] = []  # and which of the places that is
    before: list[int | None] = []
    for number, (_, k) in enumerate(places):
        length = bisect_left(ends, k)
        before.append(last[length - 1] if length else None)
        ends[length : length + 1], last[length : length + 1] = [k], [number]
    chain = []
    at = last[-1] if last else None
    while at is not None:
        chain.append(places[at])
        at = before[at]
    return chain[::-1]


def _thin(places: dict[str, list[int]], counts: Counter[str], *, most: int) -> None:
    """Takes away what stands in the most places, until at `most` so many pairs of places are left to compare."""
    for limit in _PLACES:
        for piece in [piece for piece, at in places.items() if len(at) > limit or counts[piece] > limit]:
            del places[piece]
        if sum(count * len(places.get(piece, ())) for piece, count in counts.items()) <= most:
            return


def _edits(removed: str, added: str) -> list[Edit]:
    return [Edit("same", removed)] if removed == added else [Edit("removed", removed), Edit("added", added)]


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _joined(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    runs = groupby((edit for edit in edits if edit.text), key=lambda edit: edit.kind)
    return tuple(Edit(kind, "".join(edit.text for edit in run)) for kind, run in runs)
