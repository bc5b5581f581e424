"""Evidence and quotations, and the verdict that they come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.check.verdict import decide
from rag.types import Article, Evidence, QuotationCheck
from tests.checks import CALL, CLAIM, cited, evidence, finding

FOR = evidence(CALL, "25 Minuten", "for", findings=[finding(CLAIM, CALL, says="Telefonat", source="Telefonat")])
AGAINST = evidence(
    CALL, "25 Minuten", "against", findings=[finding(CLAIM, CALL, says="45 Minuten", source="rund 25 Minuten")]
)
NEITHER = evidence(CALL, "Freitag", "neither")
EXACT = QuotationCheck("x", 0, 1, "exact", cited(CALL, "anerkennen"), marked=True)


@pytest.mark.parametrize(
    ("pieces", "verdict"),
    [
        ([FOR], "supported"),
        ([FOR, NEITHER], "supported"),
        ([AGAINST, NEITHER], "refuted"),
        ([FOR, AGAINST], "conflicting"),
        ([NEITHER], "not_enough_evidence"),
        ([], "not_enough_evidence"),
    ],
)
def test_the_verdict_follows_the_stances(pieces: list[Evidence], verdict: str):
    assert decide(pieces, ()).verdict == verdict


def test_one_that_corrects_the_other_still_conflicts_and_stands_first():
    newer = replace(AGAINST, corrects=True)
    older = replace(AGAINST, citation=replace(AGAINST.citation, published=date(2022, 8, 30)))
    decision = decide([FOR, older, newer], ())
    assert decision.verdict == "conflicting"
    assert [one.corrects for one in decision.evidence if one.stance == "against"] == [True, False]


def test_a_sentence_that_speaks_of_much_less_of_the_claim_does_not_stand_against_it():
    decision = decide([replace(FOR, bearing=1.0), replace(AGAINST, bearing=0.8)], ())
    assert decision.verdict == "supported"
    assert [one.stance for one in decision.evidence] == ["for", "neither"]


def test_the_findings_are_those_that_decided():
    assert [one.source_words for one in decide([AGAINST, NEITHER], ()).findings] == ["rund 25 Minuten"]
    assert decide([NEITHER], ()).findings == ()


def test_confidence_is_what_the_deciding_sentence_speaks_of_and_none_without_a_verdict():
    assert decide([replace(FOR, bearing=0.85), replace(NEITHER, bearing=0.95)], ()).confidence == 0.85
    assert decide([NEITHER], ()).confidence is None


def test_why_there_is_no_verdict():
    assert decide([replace(NEITHER, bearing=0.9)], ()).reason == "not_decided"
    assert decide([replace(NEITHER, bearing=0.4)], ()).reason == "nothing_on_topic"
    assert decide([FOR], ()).reason is None


def test_a_sentence_that_seems_to_say_so_and_differs_is_told_of():
    near = replace(NEITHER, bearing=0.3, disputed="for", findings=AGAINST.findings)
    decision = decide([NEITHER, near], ())
    assert (decision.verdict, decision.reason) == ("not_enough_evidence", "disputed")
    assert [one.claim_words for one in decision.findings] == ["45 Minuten"]
    assert decide([FOR, near], ()).reason is None


def test_a_quotation_refutes_where_evidence_says_so_and_only_there():
    altered = replace(EXACT, status="altered")
    reads = finding(CLAIM, CALL, says="Telefonat", source="Minuten", kind="quotation")
    refuting = evidence(CALL, "anerkennen", "against", findings=[reads])
    decision = decide([refuting], [altered, QuotationCheck("x", 0, 1, "absent")])
    assert (decision.verdict, decision.confidence, decision.findings) == ("refuted", 0.9, (reads,))
    for quote in (altered, replace(EXACT, speaker_agrees=False)):
        assert decide([NEITHER], [quote]).verdict == "not_enough_evidence"
    assert decide([FOR], [EXACT]).verdict == "supported"


def test_a_quotation_that_is_nowhere_or_only_told_in_other_words_leaves_the_claim_open():
    for quote, reason in (
        (QuotationCheck("x", 0, 1, "absent"), "quotation_absent"),
        (replace(EXACT, status="altered", marked=False), "quotation_reworded"),
    ):
        for piece in (FOR, AGAINST):
            decision = decide([piece], [quote])
            assert (decision.verdict, decision.reason) == ("not_enough_evidence", reason)


def test_markers_are_given_in_the_order_that_is_shown():
    undated = Article("b", CALL.text, language="de")
    other = evidence(undated, "25 Minuten", "for", marker=9)
    decision = decide([NEITHER, other, FOR], ())
    assert [(one.citation.marker, one.stance) for one in decision.evidence] == [(1, "for"), (2, "for"), (3, "neither")]
    assert decision.evidence[0].citation.article_id == CALL.id
