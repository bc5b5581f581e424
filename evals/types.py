"""What flows through an evaluation: frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rag.types import Answer, Hit


@dataclass(frozen=True, slots=True)
class Span:
    """An accepted answer: `article.text[start:end] == text`, in the article as it was given."""

    article_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """One question, the articles that answer it, and where in them the answer stands.

    `without` names articles that are kept out of reach while it is asked; a case is answerable where none of its
    evidence is among them.
    """

    id: str
    question: str
    evidence: tuple[str, ...]
    answers: tuple[Span, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def answerable(self) -> bool:
        return not set(self.evidence) & set(self.without)


@dataclass(frozen=True, slots=True)
class Observation:
    """What the archive did with a case. `seconds` is what `ask` took."""

    hits: tuple[Hit, ...]
    answer: Answer
    seconds: float


@dataclass(frozen=True, slots=True)
class Score:
    """One figure for one case, from 0 to 1, and why. `value` is None where it cannot be given."""

    value: float | None
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A case's scores by metric. `error` is set, and there are no scores, where the case crashed."""

    case: Case
    scores: Mapping[str, Score] = field(default_factory=dict)
    confidence: float | None = None
    seconds: float | None = None
    cited: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """The mean of a metric over the scored cases with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float
    cases: int
