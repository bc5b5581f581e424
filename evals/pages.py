"""Questions over pages of which people marked the sentences that answer: what the reader that comes with Beleg finds.

No search: the page is given, as OMoS-QA has it (Kleinle et al. 2024); some of the questions it does not answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel

from evals.formats.lines import read_rows
from evals.intervals import mean_figure, two_sample_figure
from evals.metrics import area_under_curve
from evals.types import Figure
from rag.errors import InputError
from rag.models.trained_reader import TrainedReaderModel

# How much of a page is read at once, and of one sentence, in characters.
_MOST, LONGEST_SENTENCE = 900, 500


class Page(BaseModel):
    """`answers` are places in `sentences`; none where nothing answers."""

    question: str
    sentences: tuple[str, ...]
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page and the log odds that each of its sentences answers; above the `least` it is taken to do so."""

    page: Page
    log_odds: tuple[float, ...]
    least: float = 0.0

    @property
    def chosen(self) -> frozenset[int]:
        return frozenset(at for at, odds in enumerate(self.log_odds) if odds > self.least)

    @property
    def best(self) -> float:
        return max(self.log_odds)


def read_pages(path: Path) -> list[Page]:
    """The pages of a file of JSON lines. Raises InputError by file and line."""
    pages = []
    for where, page in read_rows(path, Page):
        if not page.sentences or not set(page.answers) <= set(range(len(page.sentences))):
            raise InputError(f"{where}: a page needs sentences, and its answers are places among them, from 0.")
        pages.append(page)
    return pages


def cut_page(sentences: Sequence[str]) -> list[range]:
    """Which sentences are read at once: one of them, or as many as a passage holds."""
    cuts, size = [0], 0
    for at, sentence in enumerate(sentences):
        if at > cuts[-1] and size + len(sentence) > _MOST:
            cuts.append(at)
            size = 0
        size += len(sentence)
    return [range(first, last) for first, last in zip(cuts, [*cuts[1:], len(sentences)], strict=True)]


def read_page(page: Page, model: TrainedReaderModel) -> PageRead:
    """In pieces, its first sentence before each, as a title; what is too long to be read is as unlikely as any."""
    pieces = cut_page(page.sentences)
    texts = [(page.sentences[0], [page.sentences[at][:LONGEST_SENTENCE] for at in piece]) for piece in pieces]
    read = model.read(page.question, texts)
    odds = {
        at: one.log_odds for piece, some in zip(pieces, read, strict=True) for at, one in zip(piece, some, strict=False)
    }
    unread = min(odds.values())
    return PageRead(page, tuple(odds.get(at, unread) for at in range(len(page.sentences))))


def tuned_least(reads: Sequence[PageRead]) -> float:
    """The log odds, in tenths, above which F1 over these pages is best; 0 where no page answers."""
    there = [one for one in reads if one.page.answers]
    tenths = [at / 10 for at in range(-60, 61)]
    return max(tenths, key=lambda least: (sum(_f1(replace(one, least=least)) for one in there), -abs(least)))


def page_figures(reads: Sequence[PageRead]) -> Mapping[str, Figure | None]:
    """F1 over the sentences of each question that is answered, and how well it is told whether anything answers."""
    there = [one for one in reads if one.page.answers]
    absent = [one for one in reads if not one.page.answers]
    answered = mean_figure(float(bool(one.chosen)) for one in there)
    abstained = mean_figure(float(not one.chosen) for one in absent)
    return {
        "F1": mean_figure(_f1(one) for one in there),
        "precision": mean_figure(_share(one, one.chosen) for one in there if one.chosen),
        "recall": mean_figure(_share(one, frozenset(one.page.answers)) for one in there),
        "first": mean_figure(float(one.log_odds.index(one.best) in one.page.answers) for one in there),
        "answered": answered,
        "abstained": abstained,
        "balanced": two_sample_figure(
            (float(bool(one.chosen)) for one in there),
            (float(not one.chosen) for one in absent),
            lambda ones, others: float(ones.mean() + others.mean()) / 2,
        ),
        "AUROC": two_sample_figure((one.best for one in there), (one.best for one in absent), area_under_curve),
    }


def _f1(read: PageRead) -> float:
    chosen, due = read.chosen, frozenset(read.page.answers)
    return 2 * len(chosen & due) / (len(chosen) + len(due))


def _share(read: PageRead, of: frozenset[int]) -> float:
    """How many of these sentences are both chosen and due."""
    return len(read.chosen & frozenset(read.page.answers)) / len(of)
