"""What flows through Beleg: frozen values, standard library only.

Offsets are characters into `Article.text`, end exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Literal

Support = Literal["quoted", "unsupported"]
Reason = Literal["empty_archive", "not_understood", "outside_filters", "nothing_on_topic", "not_answered"]


def content_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Article:
    """One news article. What the source did not give is None; what Beleg worked out itself is named in `guessed`."""

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published: date | None = None
    language: str | None = None
    origin: str | None = None
    guessed: tuple[str, ...] = ()
    content_hash: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "content_hash", content_hash(self.text))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `article.text[start:end]`. `index` counts from 0 in its article."""

    article_id: str
    index: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences: `article.text[start:end]`. `index` counts from 0 in its article."""

    article_id: str
    index: int
    start: int
    end: int
    sentences: tuple[Sentence, ...]

    @property
    def id(self) -> str:
        return f"{self.article_id}#{self.index}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found. `score` is comparable within one search only; `parts` names what it is made of."""

    passage: Passage
    score: float
    parts: Mapping[str, float]
    article: Article

    @property
    def text(self) -> str:
        return self.article.text[self.passage.start : self.passage.end]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may be searched. Dates are the articles' own, both ends included; undated articles are outside.

    `without` names articles that are kept out of reach.
    """

    language: str | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None
    without: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Citation:
    """A checked span of an article: `article.text[start:end] == quote`, with the hash of the text it was checked in."""

    marker: int
    article_id: str
    title: str | None
    source: str | None
    url: str | None
    published: date | None
    sentence: int
    start: int
    end: int
    quote: str
    content_hash: str
    score: float


@dataclass(frozen=True, slots=True)
class Statement:
    """A part of an answer, `answer.text[start:end]`, and the markers of the citations that bear it out."""

    text: str
    start: int
    end: int
    citations: tuple[int, ...]
    support: Support


@dataclass(frozen=True, slots=True)
class Answer:
    """What `ask` gives. When `abstained`, `reason` is set, `text` says so to a person, and there are no citations.

    `question` is what was asked; `understood` what a follow-up was understood to be, None where that is the same.
    """

    question: str
    text: str
    language: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    abstained: bool = False
    reason: Reason | None = None
    confidence: float | None = None
    nearest: tuple[Citation, ...] = ()
    understood: str | None = None
    engine: str = "extract"
    config: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, or a record in it, that did not become an article, and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Article ids by what happened to them, and the failures."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    replaced: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Status:
    """What an archive holds, with which model, in how many bytes. `pending` articles are stored but not yet indexed."""

    path: str
    version: str
    articles: int
    passages: int
    pending: int
    languages: Mapping[str, int]
    model: str | None
    dimensions: int | None
    bytes: Mapping[str, int]
