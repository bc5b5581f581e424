"""What the judge and the reader learn from, and how it is written as word pieces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

Label = Literal["entailment", "contradiction", "neutral", "not_entailment"]
# The lengths in which texts are filled up.
STEP = 16
LABELS: tuple[Label, ...] = ("entailment", "contradiction", "neutral", "not_entailment")


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, a source sentence with what stands before and after it, and how it relates to the claim.

    `not_entailment` is contradiction or neutral: it is not known which.
    """

    claim: str
    sentence: str
    label: Label
    before: str = ""
    after: str = ""
    kind: str = ""


def by_length(lengths: Sequence[int], *, tokens: int, random: Random) -> list[list[int]]:
    """Batches of numbers of texts, of about as long ones: each holds so many tokens when it is filled up.

    Lengths are multiples of `STEP`, and of each length there are as many texts in a batch: a CPU's matrix products are
    made ready for each shape, which takes longer than the product. Which texts meet is by chance, and so is the order.
    """
    groups: dict[int, list[int]] = {}
    for at, length in enumerate(lengths):
        groups.setdefault(-(-length // STEP) * STEP, []).append(at)
    batches: list[list[int]] = []
    waiting: list[int] = []
    for longest in sorted(groups):
        waiting += random.sample(groups[longest], len(groups[longest]))
        size = max(1, tokens // longest)
        full = len(waiting) // size * size
        batches += [waiting[first : first + size] for first in range(0, full, size)]
        waiting = waiting[full:]
    if waiting:
        batches.append(waiting)
    random.shuffle(batches)
    return batches


def counted(pairs: Iterable[Pair]) -> dict[str, int]:
    """How many of each kind and label."""
    counts: dict[str, int] = {}
    for pair in pairs:
        name = f"{pair.kind} {pair.label}"
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items()))
