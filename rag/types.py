"""What flows through Beleg: frozen values, standard library only.

Offsets are characters into `Article.text`, end exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from hashlib import sha256
from typing import Literal

Support = Literal["quoted", "supported", "partly", "unsupported", "uncited"]
Reason = Literal["empty_archive", "not_understood", "outside_filters", "nothing_on_topic", "not_answered"]
Verdict = Literal["supported", "refuted", "conflicting", "not_enough_evidence"]
Stance = Literal["for", "against", "neither"]
FindingKind = Literal["quotation", "speaker", "number", "date", "name", "direction", "negation", "degree", "wording"]
QuotationStatus = Literal["exact", "altered", "absent"]
SpeechKind = Literal["direct", "indirect"]
Word = Literal["checked", "wrong"]
Stage = Literal["understanding", "searching", "choosing", "writing", "checking", "storing"]
Fallback = Literal[
    "not_reached",
    "timed_out",
    "not_authorised",
    "too_many_requests",
    "server_error",
    "refused",
    "cut_off",
    "empty",
    "not_in_form",
    "no_room",
]
CheckReason = Literal[
    "empty_archive",
    "outside_filters",
    "nothing_on_topic",
    "not_decided",
    "disputed",
    "quotation_absent",
    "quotation_reworded",
    "question",
    "opinion",
    "no_claim",
    "not_understood",
    "parts",
]

_IDS_SHOWN = 5
_BORNE_OUT = ("quoted", "supported")


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
    """A passage that a search found. `score` is comparable within one search only.

    `parts` are the signs that it adds up from: see `rag.retrieve.search.reordered`.
    """

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

    `articles` are the only ones that may be found, `without` those that may not; ids that are not there do no harm.
    """

    language: str | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None
    without: frozenset[str] = frozenset()
    articles: frozenset[str] | None = None

    def __bool__(self) -> bool:
        return self != Filters()

    @property
    def names(self) -> tuple[str, ...]:
        """Those of language, source, since, until and articles that are given."""
        return tuple(f.name for f in fields(self) if f.name != "without" and getattr(self, f.name) != f.default)

    def __str__(self) -> str:
        given = ((f.name, getattr(self, f.name)) for f in fields(self) if getattr(self, f.name) != f.default)
        return ", ".join(f"{name}={_ids(value) if isinstance(value, frozenset) else value}" for name, value in given)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of an article's text: `article.text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A checked span of an article: `article.text[start:end] == quote`, with the hash of the text it was checked in.

    `answer` is where inside of it the words stand that answer the question; None where that is not clear.
    """

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
    answer: Span | None = None

    @property
    def answer_text(self) -> str | None:
        """The words that answer."""
        return self.quote[self.answer.start - self.start : self.answer.end - self.start] if self.answer else None


@dataclass(frozen=True, slots=True)
class Statement:
    """A part of an answer, `answer.text[start:end]`, and the markers of the citations that are given for it.

    `support` says how far they bear it out: "quoted" is a source's own sentence. What a language model wrote is
    "supported" where they say all of it, "partly" where they say some or another source differs, "unsupported" where
    they differ or say too little, "uncited" where it names none. `findings` are what agrees and differs there; their
    `claim` is a place in the statement's text.
    """

    text: str
    start: int
    end: int
    citations: tuple[int, ...]
    support: Support
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What `ask` gives. When `abstained`, `reason` is set, `text` says so to a person, and there are no citations.

    `undated` is how many articles a date filter left out for want of a date that match the other filters.
    Where the sources differ, `differing` holds the markers of the citations that give different values, the newest
    article first; otherwise it is empty.
    `question` is what was asked; `understood` what a follow-up was understood to be, None where that is the same.
    `engine` is "extract" where the statements are quotations, "generate" where a language model wrote them; where it
    should have and could not, `fallback` says why the quotations are given instead. `left_out` is how many sentences
    had no room in the model's context window.
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
    differing: tuple[int, ...] = ()
    understood: str | None = None
    engine: str = "extract"
    config: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    undated: int = 0
    fallback: Fallback | None = None
    left_out: int = 0

    @property
    def exchange(self) -> Exchange:
        """What was asked and what was found, for the history of the next question: no statement that does not hold."""
        held = [one.text for one in self.statements if one.support in _BORNE_OUT]
        return Exchange(self.understood or self.question, " ".join(held) or None)


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier question of a conversation and what was answered: None where nothing was, or it is not known."""

    question: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a language model has written so far of an answer.

    `statements` are finished lines, each checked: `text[start:end]`, the markers those of the citations that the answer
    will bring. It may bring more, of other sentences that speak against a statement. `pending` is the line that is
    being written, and not checked. The last draft is the whole answer.
    """

    text: str
    statements: tuple[Statement, ...]
    pending: str


@dataclass(frozen=True, slots=True)
class Speech:
    """Words that an article gives someone, `article.text[start:end]`: in quotation marks, or as indirect speech.

    `said_by` is the speaker as named there ("sie", "der Minister"), `name` the nearest fitting name that this stands
    for ("Adrienne Watson"), and `speaker` the words of `name`, or else of `said_by`; None where it is not known. `cue`
    is what gives the words to the speaker: "sagte", "laut".
    """

    article_id: str
    kind: SpeechKind
    start: int
    end: int
    speaker: str | None = None
    name: Span | None = None
    said_by: Span | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a claim and a source sentence both speak of, and whether they agree in it.

    `claim` is where in the claim, `source` where in the article's text it stands, each with its words; None and ""
    where one of them does not say it, such as a negation. `marker` is that of the evidence that the sentence is.
    """

    kind: FindingKind
    agrees: bool
    claim: Span | None
    claim_words: str
    source: Span | None
    source_words: str
    marker: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A cited sentence that bears on a claim: `bearing` is the share of the claim that it speaks of, 0 to 1.

    `said_by` is who says so in the article, where it only reports it. `corrects`: the article says that it sets an
    earlier report right. `probability` is how likely the stance is, by the judge; None without one. `disputed` is the
    side that the sentence seems to take and cannot be held to: the judge and what can be told exactly disagree.
    """

    citation: Citation
    stance: Stance
    bearing: float
    findings: tuple[Finding, ...] = ()
    said_by: str | None = None
    corrects: bool = False
    probability: float | None = None
    disputed: Stance | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a claim's quotation that read otherwise in the source.

    `claim` is where in the claim, `source` where in the article's text; None and "" where words were put in or left
    out.
    """

    claim: Span | None
    claim_words: str
    source: Span | None
    source_words: str


@dataclass(frozen=True, slots=True)
class QuotationPlace:
    """Where a quotation stands in an article, and who says it there.

    `article.text[found.start:found.end] == found_words`; the citation is of the sentence that this begins in. `speaker`
    is whom the article gives it to, None where it does not say; `speaker_agrees` is None where it cannot be told
    whether that is whom the claim gives it to. `marked`: the article has most of the words in quotation marks itself;
    else it reports them, or tells so.
    """

    citation: Citation
    found: Span
    found_words: str
    speaker: str | None = None
    speaker_agrees: bool | None = None
    marked: bool = False


@dataclass(frozen=True, slots=True)
class QuotationCheck:
    """A quotation of a claim, `claim[start:end]` without its marks, looked up word for word.

    `exact`: its words stand so at `found` in the article of the citation, but for the form of Unicode, punctuation,
    dashes and white space; `altered`: the closest words stand at `found`, and `changes` says what differs;
    `absent`: nothing close was found, and there is no citation. Citation, `found`, `speaker`, `speaker_agrees` and
    `marked` are those of the best place (`QuotationPlace`); `others` are further articles that hold an exact one, a
    place each, at most nine.
    `claimed_speaker` is whom the claim gives it to, None where it does not say, and `claimed_by` where it names them:
    of a pronoun that stands for a name of the claim's context, `claimed_speaker` is that name.
    """

    text: str
    start: int
    end: int
    status: QuotationStatus
    citation: Citation | None = None
    found: Span | None = None
    found_words: str = ""
    changes: tuple[Change, ...] = ()
    claimed_speaker: str | None = None
    claimed_by: Span | None = None
    speaker: str | None = None
    speaker_agrees: bool | None = None
    marked: bool = False
    others: tuple[QuotationPlace, ...] = ()

    @property
    def places(self) -> tuple[QuotationPlace, ...]:
        """Where it was found, the best place first."""
        if self.citation is None or self.found is None:
            return ()
        best = QuotationPlace(
            self.citation, self.found, self.found_words, self.speaker, self.speaker_agrees, self.marked
        )
        return (best, *self.others)


@dataclass(frozen=True, slots=True)
class IndependentSource:
    """What counts as one source of one stance: an article, or several that print one text or are of one outlet.

    `markers` are those of its evidence, `articles` the ids of its articles, newest first.
    """

    stance: Stance
    markers: tuple[int, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What `check` gives. `text[start:end] == claim`, where `text` is what was given to check.

    `findings` are those that decided; those of every sentence are in `evidence`, which comes in the order of its
    citations' markers: for, against, neither, in each what corrects first, then the newest article. `message` is for a
    person; `reason` is why the verdict is no more than `not_enough_evidence`. `confidence` is how likely the verdict is
    right by the deciding sentence, or where none is known how much of the claim that speaks of; None without a verdict.
    `judge` is who decided: "findings" or a fingerprint; `fallback` is why the language model that should have did not.
    Of a text of several claims, `parts` holds the check of each, and the verdict is that of the worst part.
    `undated` is how many articles a date filter left out for want of a date.
    """

    claim: str
    start: int
    end: int
    language: str
    verdict: Verdict
    message: str
    reason: CheckReason | None = None
    confidence: float | None = None
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    quotes: tuple[QuotationCheck, ...] = ()
    sources: tuple[IndependentSource, ...] = ()
    parts: tuple[Check, ...] = ()
    judge: str = "findings"
    config: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    undated: int = 0
    fallback: Fallback | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A person's word on a result: who said it (`name`, "" where they gave none), when, in UTC, and their note.

    `statement` counts from 0: an answer's statements, a check's parts, and 0 is a check of one claim. None is the
    result as a whole.
    """

    statement: int | None
    word: Word
    name: str
    made: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """An article as it read earlier, from when it was taken in until the next version replaced it, both in UTC."""

    article: Article
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in a list, without its text: `characters` long, taken in at `ingested` (UTC).

    `versions` is how many earlier versions of it are kept.
    """

    id: str
    title: str | None
    source: str | None
    url: str | None
    published: date | None
    language: str | None
    characters: int
    ingested: datetime
    versions: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """Some of the articles that were asked for, in order, and how many there are in all."""

    articles: tuple[Listed, ...]
    total: int


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

    @property
    def done(self) -> int:
        """How many articles are in the archive as they were given."""
        return len(self.added) + len(self.updated) + len(self.unchanged)


@dataclass(frozen=True, slots=True)
class Status:
    """What an archive holds, with which models, in how many bytes. `pending` articles are stored but not yet indexed.

    `model` is the one that the index was built with; `reranker`, `reader`, `judge` and `llm` are those of the settings,
    None if off.
    """

    path: str
    version: str
    articles: int
    passages: int
    pending: int
    languages: Mapping[str, int]
    model: str | None
    dimensions: int | None
    bytes: Mapping[str, int]
    reranker: str | None = None
    reader: str | None = None
    judge: str | None = None
    llm: str | None = None


def _ids(ids: frozenset[str]) -> str:
    """The first few, in order, and how many there are: a filter may name thousands."""
    shown = "|".join(sorted(ids)[:_IDS_SHOWN])
    return shown if len(ids) <= _IDS_SHOWN else f"{shown}|... ({len(ids)})"
