"""What was found for a claim, weighed sentence by sentence."""

from __future__ import annotations

from rag.check.claims import Claim, read_claims
from rag.check.weigh import text_around, weigh_sentences
from rag.types import Evidence, Hit, Speech
from tests.finding import found, hit

CALL = (
    "Blinken und Lawrow sprachen am Freitag. Das Telefonat dauerte rund 25 Minuten. "
    "Die Welt werde das nicht anerkennen, sagte Blinken. Danach regnete es in Bonn."
)


def weighed(claim: str | Claim, *hits: Hit, speeches: dict[str, list[Speech]] | None = None) -> list[Evidence]:
    read = read_claims(claim)[0] if isinstance(claim, str) else claim
    sentences = {one.article.id: list(one.passage.sentences) for one in hits}
    return weigh_sentences(read, found(read.text, hits), sentences, speeches or {})


def test_what_speaks_for_or_against_comes_first_and_the_nearest_else_behind():
    evidence = weighed("Das Telefonat dauerte 25 Minuten.", hit(CALL))
    assert evidence[0].stance == "for"
    assert "25 Minuten" in evidence[0].citation.quote
    assert all(one.stance == "neither" for one in evidence[1:])
    assert [one.citation.marker for one in evidence] == list(range(1, len(evidence) + 1))


def test_findings_lie_in_the_claim_and_in_the_article():
    claim, one = "Das Telefonat dauerte 45 Minuten.", hit(CALL)
    [finding] = [f for f in weighed(claim, one)[0].findings if not f.agrees]
    assert claim[finding.claim.start : finding.claim.end] == finding.claim_words == "45 Minuten"
    assert CALL[finding.source.start : finding.source.end] == finding.source_words == "rund 25 Minuten"
    assert finding.marker == 1


def test_every_citation_holds():
    for one in weighed("Das Telefonat in Bonn dauerte 25 Minuten.", hit(CALL), hit(CALL, id="b")):
        assert CALL[one.citation.start : one.citation.end] == one.citation.quote


def test_what_does_not_touch_the_claim_is_no_evidence():
    assert weighed("Das Telefonat dauerte 25 Minuten.", hit("Die Ernte war gut. Es gab viel Wein.")) == []


def test_who_says_so_is_told_where_the_article_only_reports_it():
    start = CALL.index("Die Welt")
    speech = Speech("a", "indirect", start, start + len("Die Welt werde das nicht anerkennen"), "Antony Blinken")
    evidence = weighed("Die Welt werde das nicht anerkennen.", hit(CALL), speeches={"a": [speech]})
    assert (evidence[0].stance, evidence[0].said_by) == ("for", "Antony Blinken")


def test_a_pronoun_of_a_paragraph_must_be_about_the_same_person():
    text = "Griner kam frei. Sie wurde zu neun Jahren verurteilt."
    claim = read_claims(text)[1]
    assert claim.context == "Griner kam frei."
    same = hit("Griner wurde zu neun Jahren verurteilt.", id="same")
    other = hit("Whelan wurde zu neun Jahren verurteilt.", id="other")
    by_article = {one.citation.article_id: one.stance for one in weighed(claim, same, other)}
    assert by_article == {"same": "for", "other": "neither"}


def test_the_text_around_a_sentence_is_what_stands_before_it_and_the_title():
    one = hit(CALL, title="Das Telefonat")
    assert text_around(one.article, one.passage.sentences, 0) == "Das Telefonat Blinken und Lawrow sprachen am Freitag."
    assert text_around(one.article, one.passage.sentences, 3).startswith("Das Telefonat Das Telefonat dauerte")
