"""Who said what, measured on annotated articles: the quotations found, and the speakers that are right, by type.

Rows are those of the German quotation annotation of Wikinews (Petersen-Frey & Biemann 2024): article_id, type, quote,
spans, speaker, cue, and optionally split.

A span is found where it overlaps one that was annotated, and exact where the two are the same but for marks and white
space at their ends. A speaker is right where a head word of the annotated mention is one of the words that were given
(`said_by`) or of the name that these stand for (`name`): the last noun of a part between commas, without what depends
on it, so "Der Innenminister Frankreichs, Nicolas Sarkozy" is met by "Sarkozy"; a pronoun by itself, or by nothing.
Of a source ("Angaben der Polizei") the owner counts. Rows without a speaker have no say in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from pydantic import BaseModel, Field

from evals.formats.lines import read_rows
from evals.intervals import Values, folded_figure
from evals.types import Figure
from rag.errors import InputError
from rag.types import Article, Span, Speech

SpeechType = Literal["Direct", "Indirect", "FreeIndirect", "IndirectFreeIndirect", "Reported"]
TYPES: tuple[SpeechType, ...] = get_args(SpeechType)

_MARKS = " \t\r\n„“”\"»«‚‘’'‹›.,;:!?–—-()[]"
_WORD = re.compile(r"[^\W_]+(?:[-’'.&/][^\W_]+)*")
_BRACKETS = re.compile(r"\([^()]*\)")
_SOURCES = re.compile(
    r"^(?:(?:nach|laut|gemäß|den|der|dem|einer|einem|ersten|eigenen|bisherigen|offiziellen|jüngsten|\w+en)\s+)*"
    r"(?:Angaben?|Aussagen?|Ansicht|Meinung|Auffassung|Berichte?n?|Bericht|Informationen|Mitteilung|Meldung(?:en)?|"
    r"Darstellung(?:en)?|Worten?|Bewertung|Fazit|Einschätzung|Überzeugung|Auskunft)\s+(?:(?:von|vom|der|des|eines|einer|aus|im|in)\s+)",
    re.IGNORECASE,
)
_PARTICLES = frozenset("von van de der den del la bin al".split())


class _Row(BaseModel):
    article_id: str
    type: SpeechType
    quote: str
    spans: list[tuple[int, int]] = Field(min_length=1)
    speaker: str
    cue: str = ""
    split: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A row of the annotation: `spans` are where its words stand, `speaker` the mention of who says them, or ""."""

    article_id: str
    type: SpeechType
    spans: tuple[Span, ...]
    speaker: str


def read_quotes(path: Path, articles: Mapping[str, Article], *, split: str | None = None) -> list[Quote]:
    """The rows, those of a split where one is named. Raises InputError by file, line and field."""
    quotes: list[Quote] = []
    for where, row in read_rows(path, _Row):
        if split is not None and row.split != split:
            continue
        article = articles.get(row.article_id)
        if article is None:
            raise InputError(f"{where}: article_id: there is no article {row.article_id!r} in the corpus")
        for start, end in row.spans:
            if not 0 <= start < end <= len(article.text):
                raise InputError(f"{where}: spans: [{start}, {end}] is not in the article, of {len(article.text)} characters")
        spoken = " ".join(article.text[start:end] for start, end in row.spans)
        if spoken.split() != row.quote.split():
            raise InputError(f"{where}: quote: the article reads {spoken[:60]!r} there")
        quotes.append(Quote(row.article_id, row.type, tuple(Span(*span) for span in row.spans), row.speaker))
    if not quotes:
        raise InputError(f"{path}: there are no rows{f' of the split {split!r}' if split else ''}")
    return quotes


def heads(mention: str) -> frozenset[str]:
    """The words that a mention of a speaker is compared by, in small letters, without a genitive's s."""
    mention = _SOURCES.sub("", _BRACKETS.sub(" ", mention).strip())
    found = {_head(part) for part in mention.split(",")} - {None}
    return frozenset(head.rstrip("s") for head in found if head)


def _head(part: str) -> str | None:
    """The last word of the first run of capitals in it; a part without any is a pronoun, and that is its own head."""
    words = _WORD.findall(part)
    run: list[str] = []
    for at, word in enumerate(words):
        name = word[0].isupper() and not (at == 0 and word.lower() in _SMALL)
        if name or (run and word[0].isdigit()):
            run.append(word)
        elif run and not (word in _PARTICLES and at + 1 < len(words) and words[at + 1][0].isupper() and word in {"von", "van", "de"} and len(run) == 1):
            break
    if run:
        return run[-1].lower()
    return words[0].lower() if len(words) == 1 else None


_SMALL = frozenset(
    "der die das ein eine einer er sie es man dieser diese dieses demnach danach wonach wie auch den dem des sein seine ihr ihre".split()
)
