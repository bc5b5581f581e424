"""Whether a quotation is something that somebody says, or a name, a title, a word set apart."""

from __future__ import annotations

from collections.abc import Sequence

from rag.text.language import Language
from rag.text.speech.cues import Cue
from rag.text.speech.words import Word, inner_words


def is_utterance(
    text: str, words: Sequence[Word], at: int, *, cue: Cue | None, reported: bool, language: Language
) -> bool:
    """Whether the quotation at `words[at]` is speech."""
    return True
