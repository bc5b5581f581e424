"""Who said what, measured on annotated articles: the speech that is found, and the speakers that are right, by type.

Rows are those of the annotation of German Wikinews (Petersen-Frey & Biemann 2024): article_id, type, quote, spans,
speaker, cue, and optionally split. A direct quotation is met by direct speech, the other types by indirect speech.

- Found: a span that overlaps an annotated one. Exact: the two are the same but for marks and white space at their ends.
- Precision: of direct speech, the share that overlaps a direct quotation of the annotation; of indirect speech, the
  share that overlaps any of the other types but "Reported", which is whole sentences on what somebody did with words.
- Speaker: right where a head of the annotated mention is a head of the words that were given (`said_by`) or of the name
  that they stand for (`name`). A mention's heads are, of each part between commas, the last word of its first run of
  capitals: "Der Minister Frankreichs, Nicolas Muster" has "Muster". Of a source ("Angaben der Polizei") the owner's
  head counts, and a pronoun is its own head, so that it is right only where the same word was given. Rows that name no
  speaker have no say in it. Where the same words have two rows, with who says them and who passes them on ("zitiert der
  Bote die Ministerin"), they are one quotation, and either is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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

Pair = tuple[float, float]  # how many are right, of how many

_INDIRECT = ("Indirect", "FreeIndirect", "IndirectFreeIndirect")
_LONG = 5  # words
_MARKS = " \t\r\n„“”\"»«‚‘’'‹›.,;:!?–—-()[]"
_WORD = re.compile(r"[^\W_]+(?:[-’'.&/][^\W_]+)*")
_BRACKETS = re.compile(r"\([^()]*\)")
_SOURCE = re.compile(
    r"^(?:[^\W\dA-ZÄÖÜ]\w*\s+|Nach\s+|Laut\s+)*"
    r"(?:Angaben?|Aussagen?|Ansicht|Meinung|Auffassung|Berichte?n?|Informationen|Mitteilung|Meldung(?:en)?|Ermittlungen|"
    r"Darstellung(?:en)?|Schätzung(?:en)?|Worten?|Einschätzung|Überzeugung|Auskunft|Bewertung|Fazit)\s+"
    r"(?:von|vom|der|des|eines|einer|aus|(?=[^\W\dA-ZÄÖÜ]\w*er\s))\s*",
)
_SMALL = frozenset(
    """der die das ein eine einer den dem des er sie es man wir dieser diese dieses demnach danach wonach darauf auch
    ihr ihre sein seine in im auf aus bei nach laut von vom the a an he she they this""".split()
)


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
    """A row of the annotation: `spans` are where its words stand, `speaker` the mention of who says them, or "".

    `also` are the mentions of other rows of the same words.
    """

    article_id: str
    type: SpeechType
    spans: tuple[Span, ...]
    speaker: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeFigures:
    """What was made of one type of the annotation. `pronouns` is the share of its named speakers that are one.

    `speaker` is over the rows that were found, `speaker_of_all` counts what was not found as wrong.
    """

    rows: int
    found: Figure | None
    exact: Figure | None
    speaker: Figure | None
    speaker_of_all: Figure | None
    pronouns: float


@dataclass(frozen=True, slots=True)
class SpeechFigures:
    """Figures by type, and of what was found. `long` looks at direct quotations of five words or more alone."""

    articles: int
    types: Mapping[str, TypeFigures]
    direct_precision: Figure | None
    direct_f1: Figure | None
    long_direct_f1: Figure | None
    indirect_precision: Figure | None
    seconds: float


def read_quotes(path: Path, articles: Mapping[str, Article], *, split: str | None = None) -> list[Quote]:
    """The rows, those of a split where one is named. Raises InputError by file, line and field."""
    quotes: list[Quote] = []
    for where, row in read_rows(path, _Row):
        if split is not None and row.split != split:
            continue
        article = articles.get(row.article_id)
        if article is None:
            raise InputError(f"{where}: article_id: there is no article {row.article_id!r} in the corpus")
        length = len(article.text)
        for start, end in row.spans:
            if not 0 <= start < end <= length:
                raise InputError(f"{where}: spans: [{start}, {end}] is not in the article, of {length} characters")
        words = " ".join(article.text[start:end] for start, end in row.spans)
        if words.split() != row.quote.split():
            raise InputError(f"{where}: quote: the article reads {words[:60]!r} at its spans")
        quotes.append(Quote(row.article_id, row.type, tuple(Span(*span) for span in row.spans), row.speaker))
    if not quotes:
        raise InputError(f"{path}: no rows" + (f" are of the split {split!r}" if split else ""))
    return list(_merged(quotes))


def _merged(quotes: Iterable[Quote]) -> Iterator[Quote]:
    """One quotation for all rows of the same words."""
    alike: dict[tuple[str, str, tuple[Span, ...]], list[Quote]] = {}
    for quote in quotes:
        alike.setdefault((quote.article_id, quote.type, quote.spans), []).append(quote)
    for first, *others in alike.values():
        mentions = [quote.speaker for quote in (first, *others) if quote.speaker]
        yield replace(first, speaker=mentions[0], also=tuple(mentions[1:])) if mentions else first


def measure_speech(
    quotes: Sequence[Quote],
    articles: Mapping[str, Article],
    speeches: Mapping[str, Sequence[Speech]],
    *,
    seconds: float,
) -> SpeechFigures:
    """Figures over the articles that have a row, with intervals of resampling articles."""
    annotated: dict[str, list[Quote]] = {}
    for quote in quotes:
        annotated.setdefault(quote.article_id, []).append(quote)
    counted = [
        _count(rows, articles[article_id].text, speeches.get(article_id, ())) for article_id, rows in annotated.items()
    ]
    types = {kind: _type_figures(kind, quotes, counted) for kind in TYPES}
    return SpeechFigures(
        len(annotated),
        {kind: figures for kind, figures in types.items() if figures.rows},
        _ratio(counted, "direct right"),
        _f1(counted, "direct right", "Direct found"),
        _f1(counted, "long direct right", "long Direct found"),
        _ratio(counted, "indirect right"),
        seconds,
    )


def speech_table(figures: SpeechFigures) -> str:
    """The figures as a Markdown table by type, and what was found in lines below it."""
    lines = [
        "| type | rows | found | exact | speaker, of those found | speaker, of all | pronouns |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind, row in figures.types.items():
        cells = (_cell(figure) for figure in (row.found, row.exact, row.speaker, row.speaker_of_all))
        lines.append(f"| {kind} | {row.rows} | {' | '.join(cells)} | {row.pronouns:.2f} |")
    lines += [
        "",
        f"direct speech, precision       {_cell(figures.direct_precision)}",
        f"direct speech, F1              {_cell(figures.direct_f1)}",
        f"direct speech of 5+ words, F1  {_cell(figures.long_direct_f1)}",
        f"indirect speech, precision     {_cell(figures.indirect_precision)}",
        f"{figures.articles} articles; finding speech in the corpus took {figures.seconds:.1f} s",
    ]
    return "\n".join(lines)


def heads(mention: str) -> frozenset[str]:
    """The words that a mention of a speaker is compared by, in small letters, without a genitive's s."""
    plain = _BRACKETS.sub(" ", mention).strip()
    if source := _SOURCE.match(plain):
        plain = plain[source.end() :]
    found = (_head(part) for part in plain.split(","))
    return frozenset(head.removesuffix("s") for head in found if head)


def _head(part: str) -> str | None:
    words = _WORD.findall(part)
    run: list[str] = []
    for at, word in enumerate(words):
        if (word[0].isupper() and not (at == 0 and word.lower() in _SMALL)) or (run and word[0].isdigit()):
            run.append(word)
        elif run:
            break
    if run:
        return run[-1].lower()
    return words[0].lower() if len(words) == 1 else None


def _count(rows: Sequence[Quote], text: str, speeches: Sequence[Speech]) -> dict[str, Pair]:
    """What is right of how many in one article, by what is counted."""
    counts: dict[str, Pair] = {}

    def add(name: str, right: bool) -> None:
        before = counts.get(name, (0.0, 0.0))
        counts[name] = before[0] + right, before[1] + 1

    for row in rows:
        kind = "direct" if row.type == "Direct" else "indirect"
        meeting = [speech for speech in speeches if speech.kind == kind and _overlap(row, speech)]
        best = max(meeting, key=lambda speech: (_overlap(row, speech), speech.start - speech.end), default=None)
        add(f"{row.type} found", best is not None)
        if sum(len(_WORD.findall(text, span.start, span.end)) for span in row.spans) >= _LONG:
            add(f"long {row.type} found", best is not None)
        whole = Span(row.spans[0].start, row.spans[-1].end)
        add(f"{row.type} exact", best is not None and _bare(text, whole) == _bare(text, Span(best.start, best.end)))
        if row.speaker:
            right = best is not None and any(_same_speaker(mention, best, text) for mention in (row.speaker, *row.also))
            add(f"{row.type} speaker of all", right)
            if best is not None:
                add(f"{row.type} speaker", right)
    for speech in speeches:
        types = ("Direct",) if speech.kind == "direct" else _INDIRECT
        right = any(_overlap(row, speech) for row in rows if row.type in types)
        add(f"{speech.kind} right", right)
        if len(_WORD.findall(text, speech.start, speech.end)) >= _LONG:
            add(f"long {speech.kind} right", right)
    return counts


def _overlap(row: Quote, speech: Speech) -> int:
    return sum(max(0, min(speech.end, span.end) - max(speech.start, span.start)) for span in row.spans)


def _bare(text: str, span: Span) -> Span:
    inside = text[span.start : span.end]
    return Span(span.start + len(inside) - len(inside.lstrip(_MARKS)), span.start + len(inside.rstrip(_MARKS)))


def _same_speaker(mention: str, speech: Speech, text: str) -> bool:
    given = [text[span.start : span.end] for span in (speech.said_by, speech.name) if span]
    return any(heads(mention) & heads(words) for words in given)


def _type_figures(kind: SpeechType, quotes: Sequence[Quote], counted: Sequence[Mapping[str, Pair]]) -> TypeFigures:
    rows = [quote for quote in quotes if quote.type == kind]
    named = [quote.speaker for quote in rows if quote.speaker]
    pronouns = sum(mention.lower() in _SMALL for mention in named)
    found, exact, speaker, of_all = (
        _ratio(counted, f"{kind} {what}") for what in ("found", "exact", "speaker", "speaker of all")
    )
    return TypeFigures(len(rows), found, exact, speaker, of_all, pronouns / len(named) if named else 0.0)


def _ratio(counted: Iterable[Mapping[str, Pair]], name: str) -> Figure | None:
    return _folded(counted, (name,), lambda cases: _share(cases[:, 0], cases[:, 1]))


def _f1(counted: Iterable[Mapping[str, Pair]], precision: str, recall: str) -> Figure | None:
    def fold(cases: Values) -> float:
        precise, recalled = _share(cases[:, 0], cases[:, 1]), _share(cases[:, 2], cases[:, 3])
        return 2 * precise * recalled / (precise + recalled) if precise + recalled else 0.0

    return _folded(counted, (precision, recall), fold)


def _folded(
    counted: Iterable[Mapping[str, Pair]], names: Sequence[str], fold: Callable[[Values], float]
) -> Figure | None:
    cases = np.array([[part for name in names for part in one.get(name, (0.0, 0.0))] for one in counted], dtype=float)
    if not cases.size or not all(cases[:, 2 * place + 1].sum() for place in range(len(names))):
        return None
    return folded_figure(cases, fold)


def _share(right: Values, of: Values) -> float:
    total = float(of.sum())
    return float(right.sum()) / total if total else 0.0


def _cell(figure: Figure | None) -> str:
    return "" if figure is None else f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]"
