"""What Beleg finds -> what a model is given through MCP: quotations with their places, in few enough characters.

Every quotation is `article.text[start:end]`, also where it was cut short. What is left out is counted in `note`.
The types have no slots: the SDK takes a slot for a field's default, and then gives no schema of the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar, overload

from rag.as_json import to_json
from rag.types import Answer, Article, Check, Citation, Evidence, Finding, Hit, QuotationCheck, Span

# What a result may have of quotations, with what is said of them, and of an article's text.
MAX_CHARACTERS = 16_000
MAX_QUOTE_CHARACTERS = 4_000

_SHORT = 300
_LONG_ADDRESS = 2_000

Item = TypeVar("Item")


@dataclass(frozen=True)
class Quoted:
    """Words of an article, `text[start:end]` of it in characters; `cut`: they go on there."""

    marker: int
    article_id: str
    title: str | None
    source: str | None
    url: str | None
    published: str | None
    start: int
    end: int
    quote: str
    cut: bool = False


@dataclass(frozen=True)
class FoundPassages:
    """The passages nearest to a question, best first; `undated` articles were left out by since or until."""

    question: str
    passages: list[Quoted]
    undated: int = 0
    note: str | None = None


@dataclass(frozen=True)
class Stated:
    """A statement of an answer, the markers of its citations, and how they bear it out."""

    text: str
    citations: list[int]
    support: str


@dataclass(frozen=True)
class Answered:
    """An answer, or with `abstained` that the archive does not answer: then `nearest` holds what comes nearest to it.

    Where the sources differ, `differing` holds the markers of the citations that give different values.
    """

    question: str
    understood: str | None
    answer: str
    abstained: bool
    reason: str | None
    confidence: float | None
    statements: list[Stated]
    citations: list[Quoted]
    nearest: list[Quoted]
    differing: list[int]
    undated: int = 0
    note: str | None = None


@dataclass(frozen=True)
class Compared:
    """What claim and source both speak of (number, date, name, ...), in the words of each, and whether they agree."""

    kind: str
    agrees: bool
    claim_words: str
    source_words: str


@dataclass(frozen=True)
class Bearing:
    """A sentence that bears on a claim: for, against or neither; `said_by` whom the article reports as saying so."""

    stance: str
    source: Quoted
    findings: list[Compared]
    said_by: str | None
    corrects: bool


@dataclass(frozen=True)
class CheckedQuotation:
    """A quotation of a claim: exact, altered or absent, the words that stand in the article, and who says them there.

    `speaker_agrees` is null where it cannot be told.
    """

    text: str
    status: str
    found: Quoted | None
    claimed_speaker: str | None
    speaker: str | None
    speaker_agrees: bool | None


@dataclass(frozen=True)
class CheckedClaim:
    """A claim's verdict: supported, refuted, conflicting or not_enough_evidence, with what it rests on."""

    claim: str
    verdict: str
    message: str
    reason: str | None
    confidence: float | None
    evidence: list[Bearing]
    quotations: list[CheckedQuotation]


@dataclass(frozen=True)
class Checked:
    """The verdict of a text is that of its worst claim."""

    verdict: str
    message: str
    claims: list[CheckedClaim]
    undated: int = 0
    note: str | None = None


@dataclass(frozen=True)
class ArticleText:
    """An article, and `text[start:end]` of its `characters`; `next_start` is where to read on, null at its end."""

    article_id: str
    title: str | None
    source: str | None
    url: str | None
    published: str | None
    language: str | None
    characters: int
    start: int
    end: int
    text: str
    next_start: int | None
    note: str | None = None


class _Room:
    """The characters that a result has left. What no longer fits is left out, and so is all of its kind after it."""

    def __init__(self, characters: int = MAX_CHARACTERS) -> None:
        self._left = characters
        self._out: dict[str, int] = {}

    def fitting(self, items: Sequence[Item], kind: str) -> list[Item]:
        """Those of the first items that there is room for. A thing of which there are several is its `kind`."""
        taken: list[Item] = []
        for item in items:
            size = len(to_json(item))
            if size > self._left:
                self._out[kind] = self._out.get(kind, 0) + len(items) - len(taken)
                break
            self._left -= size
            taken.append(item)
        return taken

    @property
    def note(self) -> str | None:
        """What was left out."""
        if not self._out:
            return None
        counts = ", ".join(f"{count} {kind}" for kind, count in self._out.items())
        return f"To keep this result short, there was left out: {counts}. Ask for less at once to see them."


def found_passages(question: str, hits: Sequence[Hit], *, undated: int) -> FoundPassages:
    """The hits in their order."""
    room = _Room()
    quoted = [_passage(number, hit) for number, hit in enumerate(hits, start=1)]
    return FoundPassages(_short(question), room.fitting(quoted, "passages"), undated, room.note)


def answered(answer: Answer) -> Answered:
    """The answer with the citations of its statements."""
    room = _Room()
    citations = room.fitting([_citation(one) for one in answer.citations], "citations")
    nearest = room.fitting([_citation(one) for one in answer.nearest], "nearest sentences")
    stated = [Stated(_short(one.text), list(one.citations), one.support) for one in answer.statements]
    return Answered(
        question=_short(answer.question),
        understood=_short(answer.understood),
        answer=_short(answer.text, MAX_QUOTE_CHARACTERS),
        abstained=answer.abstained,
        reason=answer.reason,
        confidence=answer.confidence,
        statements=room.fitting(stated, "statements"),
        citations=citations,
        nearest=nearest,
        differing=list(answer.differing),
        undated=answer.undated,
        note=room.note,
    )


def checked(check: Check) -> Checked:
    """The check of one claim, or of each claim of a text: every verdict has room before any evidence has."""
    room = _Room()
    parts = check.parts or (check,)
    bare = room.fitting([_claim(part) for part in parts], "claims")
    claims = [
        replace(
            claim,
            quotations=room.fitting([_quotation(one) for one in part.quotes], "quotations"),
            evidence=room.fitting([_bearing(one) for one in part.evidence], "sentences of evidence"),
        )
        for claim, part in zip(bare, parts, strict=False)
    ]
    return Checked(check.verdict, _short(check.message), claims, check.undated, room.note)


def article_text(article: Article, start: int) -> ArticleText:
    """As much of the article's text from `start` on as a result holds."""
    total = len(article.text)
    start = min(max(start, 0), total)
    end = min(start + MAX_CHARACTERS, total)
    rest = total - end
    return ArticleText(
        article_id=article.id,
        title=_short(article.title),
        source=_short(article.source),
        url=_address(article.url),
        published=_day(article.published),
        language=article.language,
        characters=total,
        start=start,
        end=end,
        text=article.text[start:end],
        next_start=end if rest else None,
        note=f"{rest} more characters follow: ask again with start={end}." if rest else None,
    )


def _passage(number: int, hit: Hit) -> Quoted:
    article, passage = hit.article, hit.passage
    return _cut(
        Quoted(
            marker=number,
            article_id=article.id,
            title=_short(article.title),
            source=_short(article.source),
            url=_address(article.url),
            published=_day(article.published),
            start=passage.start,
            end=passage.end,
            quote=hit.text,
        )
    )


def _citation(citation: Citation) -> Quoted:
    return _cited(citation, Span(citation.start, citation.end), citation.quote)


def _cited(citation: Citation, place: Span, words: str) -> Quoted:
    """Words of the citation's article."""
    return _cut(
        Quoted(
            marker=citation.marker,
            article_id=citation.article_id,
            title=_short(citation.title),
            source=_short(citation.source),
            url=_address(citation.url),
            published=_day(citation.published),
            start=place.start,
            end=place.end,
            quote=words,
        )
    )


def _cut(quoted: Quoted) -> Quoted:
    """Cut to its beginning where it is too long: what is left is still what stands from start to end."""
    if len(quoted.quote) <= MAX_QUOTE_CHARACTERS:
        return quoted
    quote = quoted.quote[:MAX_QUOTE_CHARACTERS]
    return replace(quoted, quote=quote, end=quoted.start + len(quote), cut=True)


def _claim(check: Check) -> CheckedClaim:
    """The claim without its evidence and its quotations."""
    return CheckedClaim(
        claim=_short(check.claim),
        verdict=check.verdict,
        message=_short(check.message),
        reason=check.reason,
        confidence=check.confidence,
        evidence=[],
        quotations=[],
    )


def _bearing(evidence: Evidence) -> Bearing:
    return Bearing(
        stance=evidence.stance,
        source=_citation(evidence.citation),
        findings=[_compared(one) for one in evidence.findings],
        said_by=_short(evidence.said_by),
        corrects=evidence.corrects,
    )


def _compared(finding: Finding) -> Compared:
    return Compared(finding.kind, finding.agrees, _short(finding.claim_words), _short(finding.source_words))


def _quotation(quotation: QuotationCheck) -> CheckedQuotation:
    citation, found = quotation.citation, quotation.found
    return CheckedQuotation(
        text=_short(quotation.text),
        status=quotation.status,
        found=_cited(citation, found, quotation.found_words) if citation and found else None,
        claimed_speaker=_short(quotation.claimed_speaker),
        speaker=_short(quotation.speaker),
        speaker_agrees=quotation.speaker_agrees,
    )


def _day(published: date | None) -> str | None:
    return published.isoformat() if published else None


@overload
def _short(text: str, characters: int = ...) -> str: ...
@overload
def _short(text: None, characters: int = ...) -> None: ...
@overload
def _short(text: str | None, characters: int = ...) -> str | None: ...
def _short(text: str | None, characters: int = _SHORT) -> str | None:
    """What is said of a quotation, or repeated of what was asked; what is quoted is cut by `_cut` alone."""
    return f"{text[: characters - 1]}…" if text and len(text) > characters else text


def _address(url: str | None) -> str | None:
    """Part of an address leads elsewhere: one that is too long is left out."""
    return url if url and len(url) <= _LONG_ADDRESS else None
