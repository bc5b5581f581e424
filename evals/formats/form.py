"""The project's own form: JSON lines, one question or claim each. evals/README.md documents the fields."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from evals.formats.lines import read_rows
from evals.types import Case, Evidence, Suite
from rag.types import Filters, QuotationStatus, Verdict


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class EvidenceRow(_Strict):
    article: str = Field(min_length=1)
    quote: str | None = Field(default=None, min_length=1)
    start: int | None = Field(default=None, ge=0)


class RejectedRow(_Strict):
    article: str = Field(min_length=1)
    quote: str = Field(min_length=1)
    start: int | None = Field(default=None, ge=0)


class FilterRow(_Strict):
    language: str | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None
    articles: list[str] | None = None


class CaseRow(_Strict):
    """One row. A field that is absent is not expected of the archive, and so not scored."""

    id: str = Field(min_length=1)
    question: str | None = Field(default=None, min_length=1)
    claim: str | None = Field(default=None, min_length=1)
    answers: list[str] = []
    evidence: list[EvidenceRow] = []
    rejected: list[RejectedRow] = []
    answerable: bool | None = None
    verdict: Verdict | None = None
    quotation: QuotationStatus | None = None
    speaker: str | None = None
    history: list[str] = []
    filters: FilterRow = FilterRow()
    tags: list[str] = []
    original: str | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> CaseRow:
        if (self.question is None) == (self.claim is None):
            raise ValueError("a row has either a question or a claim")
        if self.question is not None:
            self._check_question()
        else:
            self._check_claim()
        return self

    def _check_question(self) -> None:
        for name in ("verdict", "quotation", "speaker", "original"):
            if getattr(self, name) is not None:
                raise ValueError(f"{name} belongs to a claim, and this row has a question")
        if self.answerable is False and (self.evidence or self.answers):
            raise ValueError("answerable is false, but there are answers or evidence")
        if self.answerable is None and not self.evidence and not self.rejected:
            raise ValueError(
                "evidence is empty; where only whether the archive answers is known, say so with answerable, and where "
                "only what must not be cited is, with rejected"
            )
        if self.answers and not self.evidence:
            raise ValueError("answers are there, but no evidence that gives them")
        for sentence in self.rejected:
            if any(_same_words(sentence, evidence) for evidence in self.evidence):
                raise ValueError(f"rejected: {sentence.quote!r} is evidence of the same question")

    def _check_claim(self) -> None:
        for name in ("answers", "rejected", "answerable", "history"):
            if getattr(self, name):
                raise ValueError(f"{name} belongs to a question, and this row has a claim")
        if self.verdict is None:
            raise ValueError("verdict is missing")


def read_form(path: Path) -> Suite:
    """The suite of a JSONL file in this form. Raises InputError by file, line and field."""
    return Suite(tuple(_case(row, where) for where, row in read_rows(path, CaseRow)))


def write_row(case: Case) -> str:
    """One line of the form, without the line end. `without` and `where` have no field there."""
    filters = case.filters
    row = CaseRow(
        id=case.id,
        question=case.text if case.kind == "question" else None,
        claim=case.text if case.kind == "claim" else None,
        answers=list(case.answers),
        evidence=[EvidenceRow(article=e.article_id, quote=e.quote, start=e.start) for e in case.evidence],
        rejected=[RejectedRow(article=s.article_id, quote=s.quote or "", start=s.start) for s in case.rejected],
        answerable=case.answerable if case.kind == "question" and not case.evidence else None,
        verdict=case.verdict,
        quotation=case.quotation,
        speaker=case.speaker,
        history=list(case.history),
        filters=FilterRow(
            language=filters.language,
            source=filters.source,
            since=filters.since,
            until=filters.until,
            articles=None if filters.articles is None else sorted(filters.articles),
        ),
        tags=list(case.tags),
        original=case.original,
    )
    return row.model_dump_json(exclude_defaults=True)


def _same_words(sentence: RejectedRow, evidence: EvidenceRow) -> bool:
    same = (sentence.article, sentence.quote) == (evidence.article, evidence.quote)
    return same and (sentence.start == evidence.start or None in (sentence.start, evidence.start))


def _answerable(row: CaseRow) -> bool | None:
    """False for a claim; None where a question only says what must not be cited."""
    if row.question is None:
        return False
    return True if row.evidence else row.answerable


def _case(row: CaseRow, where: str) -> Case:
    filters = row.filters
    return Case(
        id=row.id,
        text=row.question or row.claim or "",
        kind="question" if row.question is not None else "claim",
        answers=tuple(row.answers),
        evidence=tuple(Evidence(e.article, e.quote, e.start) for e in row.evidence),
        rejected=tuple(Evidence(sentence.article, sentence.quote, sentence.start) for sentence in row.rejected),
        answerable=_answerable(row),
        verdict=row.verdict,
        quotation=row.quotation,
        speaker=row.speaker,
        history=tuple(row.history),
        filters=Filters(
            language=filters.language,
            source=filters.source,
            since=filters.since,
            until=filters.until,
            articles=None if filters.articles is None else frozenset(filters.articles),
        ),
        tags=tuple(row.tags),
        original=row.original,
        where=where,
    )
