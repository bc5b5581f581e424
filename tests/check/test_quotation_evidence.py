"""Quotations that were looked up, as evidence."""

from __future__ import annotations

from dataclasses import replace

from rag.check.quotation_evidence import with_markers, with_quotations
from rag.types import Evidence, QuotationCheck, Span
from tests.checks import CALL, cited, evidence

CLAIM = "Blinken sagte am Freitag: „Die Welt werde einen solchen Schritt nicht anerkennen“."
WORDS = "Die Welt werde einen solchen Schritt nicht anerkennen"
START = CALL.text.index(WORDS)
EXACT = QuotationCheck(
    WORDS,
    CLAIM.index(WORDS),
    CLAIM.index(WORDS) + len(WORDS),
    "exact",
    cited(CALL, "anerkennen"),
    Span(START, START + len(WORDS)),
    claimed_speaker="Blinken",
    speaker="Blinken",
    speaker_agrees=True,
    marked=True,
)


def told(quote: QuotationCheck, *before: Evidence, claim: str = CLAIM, around: str = CALL.text) -> list[Evidence]:
    return with_quotations(claim, before, [quote], lambda _citation: around, language="de")


def test_an_exact_quotation_by_the_claimed_speaker_speaks_for_the_claim():
    [one] = told(EXACT)
    assert (one.stance, one.bearing) == ("for", 1.0)
    assert [(f.kind, f.agrees) for f in one.findings] == [("quotation", True), ("speaker", True)]
    assert one.findings[0].source_words == WORDS


def test_but_not_where_the_claim_says_more_than_is_there():
    claim = CLAIM.replace("am Freitag", "am 3. Mai in Paris")
    shifted = len(claim) - len(CLAIM)
    quote = replace(EXACT, start=EXACT.start + shifted, end=EXACT.end + shifted)
    assert told(quote, claim=claim)[0].stance == "neither"


def test_nor_where_it_is_not_known_who_said_it():
    assert told(replace(EXACT, speaker=None, speaker_agrees=None))[0].stance == "neither"


def test_another_speaker_or_other_words_speak_against_it():
    assert told(replace(EXACT, speaker="Lawrow", speaker_agrees=False))[0].stance == "against"
    assert told(replace(EXACT, status="altered"))[0].stance == "against"


def test_words_that_the_article_only_paraphrases_speak_neither_way():
    assert told(replace(EXACT, status="altered", marked=False))[0].stance == "neither"


def test_the_sentence_that_is_evidence_already_is_not_there_twice():
    before = evidence(CALL, "anerkennen", "neither")
    assert len(told(EXACT, before)) == 1
    assert [one.stance for one in told(EXACT, evidence(CALL, "Freitag", "neither"))] == ["neither", "for"]


def test_the_same_words_in_another_article_are_evidence_too():
    elsewhere = replace(cited(CALL, "anerkennen"), article_id="b")
    assert [one.citation.article_id for one in told(replace(EXACT, others=(elsewhere,)))] == [CALL.id, "b"]


def test_an_absent_quotation_is_no_evidence():
    assert told(QuotationCheck("x", 0, 1, "absent")) == []


def test_quotations_get_the_markers_of_their_sentences():
    shown = evidence(CALL, "anerkennen", marker=3)
    [quote] = with_markers([EXACT], [evidence(CALL, "Freitag", marker=1), shown])
    assert quote.citation.marker == 3
