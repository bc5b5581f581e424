"""Checks made by hand, with citations that hold, for what comes after the checking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.cite import cite
from rag.text.sentences import split_sentences
from rag.types import (
    Article,
    Check,
    Citation,
    Evidence,
    Finding,
    FindingKind,
    IndependentSource,
    QuotationCheck,
    Span,
    Stance,
    Verdict,
)

CALL = Article(
    id="telefonat",
    text=(
        "Blinken und Lawrow haben am Freitag miteinander gesprochen. "
        "Das Telefonat dauerte nach Angaben eines Beamten rund 25 Minuten. "
        "Die Welt werde einen solchen Schritt nicht anerkennen, sagte Blinken."
    ),
    title="Blinken und Lawrow telefonieren",
    source="Beispiel-Agentur",
    url="https://beispiel.example/telefonat",
    published=date(2022, 7, 29),
    language="de",
)
CLAIM = "Das Telefonat dauerte 45 Minuten."


def cited(article: Article, words: str, *, marker: int = 1) -> Citation:
    """The citation of the article's sentence that holds these words."""
    for sentence in split_sentences(article.id, article.text, language=article.language):
        if words in article.text[sentence.start : sentence.end]:
            citation = cite(article, sentence, marker=marker, score=1.0)
            assert citation is not None
            return citation
    raise AssertionError(f"no sentence of {article.id!r} holds {words!r}")


def finding(
    claim: str, article: Article, *, says: str | None, source: str | None, kind: FindingKind = "number", marker: int = 1
) -> Finding:
    """What the claim `says` against what the `source` has: each in its first place, None where it does not say it."""
    claim_span = Span(claim.index(says), claim.index(says) + len(says)) if says else None
    source_span = Span(article.text.index(source), article.text.index(source) + len(source)) if source else None
    return Finding(kind, says == source, claim_span, says or "", source_span, source or "", marker)


def evidence(
    article: Article,
    words: str,
    stance: Stance = "for",
    *,
    marker: int = 1,
    findings: Sequence[Finding] = (),
    said_by: str | None = None,
    corrects: bool = False,
) -> Evidence:
    """The article's sentence that holds these words, as evidence."""
    citation = cited(article, words, marker=marker)
    return Evidence(citation, stance, 0.9, tuple(findings), said_by, corrects)


def check(
    claim: str,
    verdict: Verdict,
    *pieces: Evidence,
    quotes: Sequence[QuotationCheck] = (),
    sources: Sequence[IndependentSource] | None = None,
    parts: Sequence[Check] = (),
    message: str = "",
    language: str = "de",
) -> Check:
    """A check of the whole text given; every article is a source of its own where no `sources` are given."""
    alone = tuple(IndependentSource(e.stance, (e.citation.marker,), (e.citation.article_id,)) for e in pieces)
    decided = {"supported": "for", "refuted": "against"}.get(verdict)
    return Check(
        claim=claim,
        start=0,
        end=len(claim),
        language=language,
        verdict=verdict,
        message=message or f"({verdict})",
        reason="not_decided" if verdict == "not_enough_evidence" else None,
        confidence=0.9 if verdict != "not_enough_evidence" else None,
        findings=tuple(f for e in pieces if e.stance == decided for f in e.findings),
        evidence=pieces,
        quotes=tuple(quotes),
        sources=alone if sources is None else tuple(sources),
        parts=tuple(parts),
        config={"version": "0.1.0", "model": "hash", "weights": "0123456789abcdef", "filters": ""},
        seconds=0.1,
    )


def refuted_by_the_call() -> Check:
    """A claim of 45 minutes against the article's 25."""
    differs = finding(CLAIM, CALL, says="45 Minuten", source="rund 25 Minuten")
    return check(CLAIM, "refuted", evidence(CALL, "25 Minuten", "against", findings=[differs]))
