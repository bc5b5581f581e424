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

    A quotation that is not found word for word leaves the claim open, whatever else is, unless a sentence speaks
    against the claim because of a quotation in it. Where none speaks for or against it, and one seems to, the findings
    are what differs there.
    """
    counted = order_evidence(_comparable(evidence))
    stances = {one.stance for one in counted}
    reason = None if any(_refutes_quotation(one) for one in counted) else _left_open(quotes)
    if reason is not None or not stances & {"for", "against"}:
        disputed = next((one for one in counted if one.disputed), None)
        if reason is None and disputed:
            differing = tuple(finding for finding in disputed.findings if not finding.agrees)
            return Decision("not_enough_evidence", "disputed", None, differing, counted)
        touched = any(one.bearing >= _ON_TOPIC for one in counted)
        reason = reason or ("not_decided" if touched else "nothing_on_topic")
        return Decision("not_enough_evidence", reason, None, (), counted)
    verdict: Verdict = "conflicting"
    if not stances >= {"for", "against"}:
        verdict = "supported" if "for" in stances else "refuted"
    deciding = [one for one in counted if one.stance != "neither"]
    findings = tuple(finding for one in deciding for finding in one.findings if _counts(finding, one.stance))
    likely = [one.probability for one in deciding if one.probability is not None]
    sure = max(likely) if likely else max(one.bearing for one in deciding)
    return Decision(verdict, None, sure, findings, counted)


def _left_open(quotes: Sequence[QuotationCheck]) -> CheckReason | None:
    """Why the quotations leave the claim open; None where all were found word for word."""
    statuses = {quote.status for quote in quotes}
    if "absent" in statuses:
        return "quotation_absent"
    return "quotation_reworded" if "altered" in statuses else None


def _refutes_quotation(evidence: Evidence) -> bool:
    return evidence.stance == "against" and any(
        finding.kind in ("quotation", "speaker") and not finding.agrees for finding in evidence.findings
    )


def _counts(finding: Finding, stance: Stance) -> bool:
    return finding.agrees == (stance == "for")


def _comparable(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence; what speaks of much less of the claim than the best of the other side speaks neither way.

    Not so where a judge has read it: then its words tell no more.
    """
    if any(one.probability is not None for one in evidence):
        return tuple(evidence)
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
