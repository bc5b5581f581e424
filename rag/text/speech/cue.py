"""What gives words to a speaker, as it is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.text.speech.phrases import Phrase
from rag.text.speech.words import Word

Strength = Literal["speech", "opinion", "light", "source", "colon"]


@dataclass(frozen=True, slots=True)
class Cue:
    """What cues, `words[start:end]`, and who speaks. `contents` are the runs of words that it gives to the speaker.

    `region` is the cue with its speaker and what belongs to them, which is no content. `complement`: what is said hangs
    on the cue. `called`: the quotations that its verb calls something, "nannte es „...“".
    """

    start: int
    end: int
    strength: Strength
    region: tuple[int, int]
    said: Phrase | None = None
    antecedent: Phrase | None = None
    contents: tuple[tuple[int, int], ...] = ()
    complement: bool = False
    called: tuple[int, int] | None = None


def around(words: Sequence[Word], region: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """What stands before and after the words of a cue."""
    start, end = region
    return tuple(
        (low, high)
        for low, high in ((0, start), (end, len(words)))
        if any(w.text[0].isalnum() or w.quoted for w in words[low:high])
    )
