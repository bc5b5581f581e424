"""Quotations that were looked up -> evidence: where each stands, who said it, and which way that speaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.check.compare import NAMED, Claimed
from rag.types import Citation, Evidence, Finding, QuotationCheck, Span, Stance


def with_quotations(
    claim: str,
    evidence: Sequence[Evidence],
    quotes: Sequence[QuotationCheck],
    around: Callable[[Citation], str],
    *,
    language: str,
) -> list[Evidence]:
    """The evidence with the sentences that hold the claim's quotations, be they there already or not.

    A quotation that reads otherwise there, or that another said, speaks against the claim; one that stands so, for it
    where the rest of the claim is there too: `around` gives a cited sentence with those before it and the title.
    """
    told = list(evidence)
    for quote in quotes:
        if quote.citation is None:
            continue
        before = _take(told, quote.citation)
        stance = _stance(claim, quote, before, around, language=language)
        findings = (*_findings(quote), *(one for one in before.findings if one.kind not in ("quotation", "speaker")))
        told.append(replace(before, stance=stance, bearing=1.0, findings=findings))
        # Further articles with the same words tell as much of who said them.
        told += [replace(_take(told, other), stance=stance, bearing=1.0) for other in quote.others]
    return told


def _take(evidence: list[Evidence], citation: Citation) -> Evidence:
    """Takes what is known of a sentence out of the evidence; something that speaks neither way, if it is not there."""
    at = next((n for n, one in enumerate(evidence) if _same(one.citation, citation)), None)
    return Evidence(citation, "neither", 0.0) if at is None else evidence.pop(at)


def with_markers(quotes: Sequence[QuotationCheck], evidence: Sequence[Evidence]) -> tuple[QuotationCheck, ...]:
    """The quotations with the markers that their sentences have as evidence."""
    return tuple(
        replace(quote, citation=next((e.citation for e in evidence if _same(e.citation, quote.citation)), None))
        if quote.citation
        else quote
        for quote in quotes
    )


def _same(one: Citation, other: Citation | None) -> bool:
    return other is not None and (one.article_id, one.start) == (other.article_id, other.start)


def _stance(
    claim: str, quote: QuotationCheck, before: Evidence, around: Callable[[Citation], str], *, language: str
) -> Stance:
    if quote.status == "altered" and not quote.marked:  # the article tells it in its own words
        return "neither"
    if quote.status == "altered" or quote.speaker_agrees is False:
        return "against"
    if before.stance != "neither":
        return before.stance
    unsaid = quote.claimed_speaker is not None and quote.speaker_agrees is None
    return "neither" if unsaid or not _rest_is_there(claim, quote, around, language=language) else "for"


def _rest_is_there(claim: str, quote: QuotationCheck, around: Callable[[Citation], str], *, language: str) -> bool:
    """Whether the names, nouns and numbers of the claim beside quotation and speaker are there too."""
    assert quote.citation is not None
    claimed = Claimed(claim, language=language)
    speaker = {word.casefold() for word in (quote.claimed_speaker or "").split()}
    row = claimed.aligner.row(around(quote.citation), language=language)
    return all(
        row[place] >= NAMED
        for place, token in enumerate(claimed.reading.tokens)
        if not quote.start <= token.start < quote.end
        and (token.kind in ("name", "noun", "number") or token.measured)
        and token.text.casefold() not in speaker
    )


def _findings(quote: QuotationCheck) -> list[Finding]:
    assert quote.citation is not None
    marker, source = quote.citation.marker, quote.found
    start, quoted = quote.citation.start, quote.citation.quote
    words = quoted[source.start - start : source.end - start] if source else ""
    mine = Span(quote.start, quote.end)
    found = [Finding("quotation", quote.status == "exact", mine, quote.text, source, words, marker)]
    if quote.speaker_agrees is not None:
        claimed, said = quote.claimed_speaker or "", quote.speaker or ""
        found.append(Finding("speaker", quote.speaker_agrees, None, claimed, None, said, marker))
    return found
