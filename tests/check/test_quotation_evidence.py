"""Quotations that were looked up, as evidence."""

from __future__ import annotations

from dataclasses import replace

from rag.check.quotation_evidence import with_markers, with_quotations
from rag.types import Article, Evidence, QuotationCheck, QuotationPlace, Span
from tests.checks import CALL, cited, evidence, finding

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
    found_words=WORDS,
    claimed_speaker="Blinken",
    claimed_by=Span(0, 7),
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
    assert (one.findings[1].claim, one.findings[1].claim_words) == (Span(0, 7), "Blinken")


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


def elsewhere(id: str, **differently: object) -> QuotationPlace:
    return replace(EXACT.places[0], citation=replace(EXACT.citation, article_id=id), **differently)


def test_each_further_place_has_its_own_findings_and_stance():
    there, silent = elsewhere("b"), elsewhere("c", speaker=None, speaker_agrees=None)
    pieces = told(replace(EXACT, others=(there, silent)))
    assert [(one.citation.article_id, one.stance) for one in pieces] == [
        (CALL.id, "for"),
        ("b", "for"),
        ("c", "neither"),
    ]
    assert [[finding.kind for finding in one.findings] for one in pieces] == [
        ["quotation", "speaker"],
        ["quotation", "speaker"],
        ["quotation"],
    ]


def test_what_weighing_made_of_a_further_place_stays():
    before = [
        evidence(CALL, "anerkennen", "for"),
        replace(evidence(CALL, "anerkennen", "against"), citation=replace(EXACT.citation, article_id="b")),
    ]
    differs = finding(CLAIM, CALL, says="Freitag", source="Blinken", kind="date")
    before[1] = replace(before[1], findings=(differs,))
    pieces = told(replace(EXACT, others=(elsewhere("b"),)), *before)
    assert [one.stance for one in pieces] == ["for", "against"]


def test_the_rest_of_the_claim_is_looked_for_at_each_place():
    claim = CLAIM.replace("am Freitag", "in Paris")
    shifted = len(claim) - len(CLAIM)
    quote = replace(EXACT, start=EXACT.start + shifted, end=EXACT.end + shifted, others=(elsewhere("b"),))
    around = {CALL.id: CALL.text, "b": f"Paris. {CALL.text}"}
    pieces = with_quotations(claim, (), [quote], lambda one: around[one.article_id], language="de")
    assert [one.stance for one in pieces] == ["neither", "for"]


def test_another_speaker_elsewhere_speaks_neither_way_where_the_claimed_one_said_it_too():
    other = elsewhere("b", speaker="Lawrow", speaker_agrees=False)
    assert [one.stance for one in told(replace(EXACT, others=(other,)))] == ["for", "neither"]
    wrong = replace(EXACT, speaker="Lawrow", speaker_agrees=False, others=(other,))
    assert [one.stance for one in told(wrong)] == ["against", "against"]


def test_of_two_quotations_in_a_sentence_the_worse_decides_and_the_findings_of_both_stay():
    half = len("Die Welt werde")
    altered = replace(EXACT, end=EXACT.start + half, status="altered", found=Span(START, START + half))
    reworded = replace(altered, start=EXACT.start + half + 1, end=EXACT.end, marked=False)
    for quotes in ([altered, reworded], [reworded, altered]):
        [one] = with_quotations(CLAIM, (), quotes, lambda _: CALL.text, language="de")
        assert one.stance == "against"
        assert [finding.kind for finding in one.findings] == ["quotation", "speaker"] * 2


def test_against_from_weighing_stands_beside_the_right_words_only_for_a_number_or_a_date():
    denied = finding(CLAIM, CALL, says=None, source="nicht", kind="negation")
    dated = finding(CLAIM, CALL, says="Freitag", source="Blinken", kind="date")
    for found, stance in ((denied, "neither"), (dated, "against")):
        before = replace(evidence(CALL, "anerkennen", "against"), findings=(found,))
        assert [one.stance for one in told(EXACT, before)] == [stance]


def test_words_that_a_pronoun_says_need_the_speaker_to_be_known():
    claim = CLAIM.replace("Blinken", "Er")
    shifted = len(claim) - len(CLAIM)
    quote = replace(EXACT, start=EXACT.start + shifted, end=EXACT.end + shifted, claimed_by=Span(0, 2))
    before = evidence(CALL, "anerkennen", "for")
    for speaker, agrees, stance in (("Blinken", True, "for"), ("Blinken", None, "neither"), ("Er", None, "neither")):
        one = replace(quote, claimed_speaker=speaker, speaker_agrees=agrees)
        elsewhere_told = evidence(CALL, "25 Minuten", "for")
        assert [piece.stance for piece in told(one, before, elsewhere_told, claim=claim)] == [stance, stance]


def test_where_a_quotation_is_altered_nothing_speaks_for_the_claim():
    pieces = told(replace(EXACT, status="altered"), evidence(CALL, "25 Minuten", "for"))
    assert [one.stance for one in pieces] == ["neither", "against"]


def test_a_quotation_over_two_sentences_is_found_with_all_its_words():
    text = "Er war froh. Das war gut. Wir gehen heim. Das sagte er."
    words = "war gut. Wir gehen heim"
    article = Article("a", text, language="de")
    found = Span(text.index(words), text.index(words) + len(words))
    quote = replace(EXACT, citation=cited(article, "war gut"), found=found, found_words=words)
    [one] = told(quote, around=text)
    source = one.findings[0].source
    assert text[source.start : source.end] == one.findings[0].source_words == words


def test_an_absent_quotation_is_no_evidence():
    assert told(QuotationCheck("x", 0, 1, "absent")) == []


def test_quotations_get_the_markers_of_their_sentences_at_every_place():
    shown = evidence(CALL, "anerkennen", marker=3)
    other = replace(shown, citation=replace(shown.citation, article_id="b", marker=5))
    quote = replace(EXACT, others=(elsewhere("b"), elsewhere("c")))
    [quote] = with_markers([quote], [evidence(CALL, "Freitag", marker=1), shown, other])
    assert quote.citation.marker == 3
    assert [(place.citation.article_id, place.citation.marker) for place in quote.others] == [("b", 5)]


def test_a_quotation_that_leaves_out_the_denial_it_stands_in_speaks_against_the_claim():
    text = "Das sei „kein ernsthaftes Angebot“, sagte Watson."
    article, words = Article("a", text, language="de"), "ernsthaftes Angebot"
    claim = f"Watson nannte es ein „{words}“."
    found = Span(text.index(words), text.index(words) + len(words))
    at = claim.index(words)
    quote = QuotationCheck(words, at, at + len(words), "exact", cited(article, "Watson"), found, words, marked=True)
    [one] = told(quote, claim=claim, around=text)
    assert one.stance == "against"
    assert ("negation", "", "kein") in [(f.kind, f.claim_words, f.source_words) for f in one.findings if not f.agrees]
    [whole] = told(quote, claim=f"Watson sagte, es sei kein „{words}“.", around=text)
    assert whole.stance != "against"
