"""Evidence and quotations -> the verdict, and the findings that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.check.sources import order_evidence
from rag.types import CheckReason, Evidence, Finding, QuotationCheck, Stance, Verdict

# A sentence that speaks of less of the claim than the best does, by more than this, does not stand against it.
_COMPARABLE = 0.1
# Below, what was found does not touch the topic.
_ON_TOPIC = 0.45


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict, why it is no more than that, how sure it is, and the evidence as it counted, in order."""

    verdict: Verdict
    reason: CheckReason | None
    confidence: float | None
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]


def decide(evidence: Sequence[Evidence], quotes: Sequence[QuotationCheck]) -> Decision:
    """For alone supports, against alone refutes, both conflict: also where one corrects the other, which stands first.

    A quotation that reads otherwise in the source, or that another than the claimed one said, refutes; one that is not
    found leaves the claim open, whatever else is.
    """
    counted = order_evidence(_comparable(evidence))
    stances = {one.stance for one in counted}
    verdict: Verdict = "not_enough_evidence"
    if stances >= {"for", "against"}:
        verdict = "conflicting"
    elif "for" in stances or "against" in stances:
        verdict = _by_stance("for" if "for" in stances else "against")
    reason: CheckReason | None = None
    if any(quote.speaker_agrees is False or (quote.status == "altered" and quote.marked) for quote in quotes):
        verdict = "refuted"
    elif any(quote.status != "exact" for quote in quotes):
        verdict, reason = "not_enough_evidence", "quotation_absent"
    if verdict == "not_enough_evidence":
        touched = any(one.bearing >= _ON_TOPIC for one in counted)
        reason = reason or ("not_decided" if touched else "nothing_on_topic")
        return Decision(verdict, reason, None, (), counted)
    deciding = [one for one in counted if one.stance != "neither"]
    findings = tuple(finding for one in deciding for finding in one.findings if _counts(finding, one.stance))
    confidence = max((one.bearing for one in deciding), default=1.0)
    return Decision(verdict, None, confidence, findings, counted)


def _by_stance(stance: Stance) -> Verdict:
    return "supported" if stance == "for" else "refuted"


def _counts(finding: Finding, stance: Stance) -> bool:
    return finding.agrees == (stance == "for")


def _comparable(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence; what speaks of much less of the claim than the best of the other side speaks neither way."""
    best = {
        stance: max((one.bearing for one in evidence if one.stance == stance), default=0.0)
        for stance in ("for", "against")
    }
    other = {"for": best["against"], "against": best["for"]}
    return tuple(
        replace(one, stance="neither")
        if one.stance != "neither" and one.bearing < other[one.stance] - _COMPARABLE
        else one
        for one in evidence
    )
