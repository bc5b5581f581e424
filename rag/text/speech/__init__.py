"""Who said what in an article: direct quotations and indirect speech, each with its cue and its speaker."""

from rag.text.speech.find import find_speech

__all__ = ["find_speech"]
