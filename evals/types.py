"""What flows through an evaluation: frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rag.types import Answer, Article, Check, CheckReason, Filters, FindingKind, Hit, QuotationStatus, Verdict

Kind = Literal["question", "claim"]

VERDICTS: tuple[Verdict, ...] = ("supported", "refuted", "conflicting", "not_enough_evidence")


@dataclass(frozen=True, slots=True)
class Evidence:
    """An article that bears on a case and, where they are known, the words in it: `article.text[start:end] == quote`.

    Before `evals.formats.locate` has looked into the archive, `start` may be None although there is a quote.
    """

    article_id: str
    quote: str | None = None
    start: int | None = None

    @property
    def end(self) -> int | None:
        return None if self.start is None or self.quote is None else self.start + len(self.quote)


@dataclass(frozen=True, slots=True)
class Case:
    """One question or claim, and what is expected of the archive.

    Each piece of evidence answers by itself. `answerable` is None where it is not known whether the archive answers.
    `rejected` are sentences that must not be cited, `without` articles that are kept out of reach while it is asked.
    `original` is what an altered claim was made from, `where` the file and line that it came from.
    """

    id: str
    text: str
    kind: Kind = "question"
    answers: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    rejected: tuple[Evidence, ...] = ()
    answerable: bool | None = True
    verdict: Verdict | None = None
    quotation: QuotationStatus | None = None
    speaker: str | None = None
    history: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    tags: tuple[str, ...] = ()
    original: str | None = None
    without: tuple[str, ...] = ()
    where: str = ""

    @property
    def within_reach(self) -> tuple[Evidence, ...]:
        return tuple(evidence for evidence in self.evidence if evidence.article_id not in self.without)

    @property
    def spans(self) -> tuple[Evidence, ...]:
        """The evidence within reach whose words are known."""
        return tuple(evidence for evidence in self.within_reach if evidence.start is not None)

    @property
    def rejected_within_reach(self) -> tuple[Evidence, ...]:
        return tuple(sentence for sentence in self.rejected if sentence.article_id not in self.without)


@dataclass(frozen=True, slots=True)
class Suite:
    """Cases, and what their file brings along: articles to ask them of, and the group of each article."""

    cases: tuple[Case, ...]
    articles: tuple[Article, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the archive said of a claim. `against` are the kinds of the deciding findings that do not agree with it.

    `quotation` is the worst status of its quotations: absent, then altered, then exact. `speaker` is who said the first
    of them that has one, by the article.
    """

    verdict: Verdict
    quotation: QuotationStatus | None = None
    speaker: str | None = None
    reason: CheckReason | None = None
    confidence: float | None = None
    against: tuple[FindingKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """What the archive did with a case.

    `relevant` holds the ids of the passages that bear evidence within reach. `answer` is None for a claim,
    `checked` and `check`, of which it is what matters, for a question. `texts` are those of the cited articles.
    """

    hits: tuple[Hit, ...]
    relevant: frozenset[str] = frozenset()
    answer: Answer | None = None
    checked: Checked | None = None
    check: Check | None = None
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Score:
    """One figure for one case, from 0 to 1, and why. `value` is None where it cannot be given."""

    value: float | None
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A cited sentence as a report shows it, with what stands before and after it in its article."""

    article_id: str
    title: str | None
    source: str | None
    published: date | None
    start: int
    end: int
    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What came of a case. `error` is set, and there are no scores, where the case crashed.

    `passages` are the ids found, best first, for what a follow-up was `understood` to be; `seconds` is what `ask` or
    `check` took. Of a claim, `answer` is the check's message, `citations` are its evidence for and against, `nearest`
    the rest.
    """

    case: Case
    scores: Mapping[str, Score] = field(default_factory=dict)
    understood: str | None = None
    answer: str | None = None
    abstained: bool | None = None
    reason: str | None = None
    confidence: float | None = None
    checked: Checked | None = None
    citations: tuple[Quote, ...] = ()
    nearest: tuple[Quote, ...] = ()
    passages: tuple[str, ...] = ()
    relevant: tuple[str, ...] = ()
    seconds: float | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure over the cases that it could be given for, with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float
    cases: int


@dataclass(frozen=True, slots=True)
class Altered:
    """Claims that were altered in one way, by `kind`: the shares not `supported`, `refuted`, and `named`, refuted with
    a finding of that kind.
    """

    kind: str
    not_supported: Figure
    refuted: Figure
    named: Figure


@dataclass(frozen=True, slots=True)
class Reliability:
    """Questions of about the same confidence, `low` to `high`: their mean confidence, and what came of them.

    `answerable` is the share that the archive answers, `right` the share whose best sentence is evidence. A confidence
    that is calibrated is as high as `answerable`, where as many questions can be answered as cannot.
    """

    low: float
    high: float
    cases: int
    confidence: float
    answerable: float
    right: float
