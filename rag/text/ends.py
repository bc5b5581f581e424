"""Where the marks begin that a text ends with: looked at from its end, however many they are."""

from __future__ import annotations


def marks_start(text: str, marks: str, *, end: int | None = None) -> int:
    """Where the run of `marks` and white space begins that `text`, or `text[:end]`, ends with; else its end.

    A pattern such as `[\\s?!]+$` begins anew at each mark of a run that does not reach the end, and takes the square
    of the run's length.
    """
    at = len(text) if end is None else end
    while at and (text[at - 1] in marks or text[at - 1].isspace()):
        at -= 1
    return at
