"""What is drawn of a check: the verdict in words, both findings marked, nothing of anyone's text as an element."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from rag.text.language import Language
from rag.types import Article, Change, Check, Finding, IndependentSource, QuotationCheck, Span, Verdict
from rag.web.draw_check import draw_check, draw_check_evidence
from tests.checks import CALL, CLAIM, check, cited, evidence, finding, refuted_by_the_call
from tests.web.held import Held
from tests.web.tags import HOSTILE, TURNING, Tags, assert_harmless
from tests.web.turns import two_claims

OTHER = replace(CALL, id="zeitung", title="Kein Durchbruch", source="Beispiel-Zeitung", published=date(2022, 7, 30))
SPOKEN = "Die Welt werde einen solchen Schritt nicht anerkennen"


def _said(one: Check, *, language: Language = "de") -> str:
    return draw_check(one, turn=3, language=language)


def _evidence(one: Check, *articles: Article) -> str:
    return draw_check_evidence(one, Held(CALL, OTHER, *articles), turn=3, language="de")


def _marked(html: str, tag: str, kind: str = "") -> list[str]:
    wanted = f' class="{kind}"' if kind else "[^>]*"
    return [Tags(inner).text for inner in re.findall(rf"<{tag}{wanted}>(.*?)</{tag}>", html)]


def _span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def _quoted(claim: str, quote: str, *, changes: Sequence[tuple[str, str]] = (), **fields: object) -> QuotationCheck:
    """A quotation of a claim that stands in the call in the words of `SPOKEN`; `changes` are (claim's, source's)."""
    found = tuple(
        Change(_span(claim, mine) if mine else None, mine, _span(CALL.text, theirs) if theirs else None, theirs)
        for mine, theirs in changes
    )
    given = {"citation": cited(CALL, SPOKEN), "found": _span(CALL.text, SPOKEN), "changes": found} | fields
    span = _span(claim, quote)
    status = "altered" if changes else "exact"
    return QuotationCheck(quote, span.start, span.end, **({"status": status} | given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("verdict", "icon", "german", "english"),
    [
        ("supported", "✓", "Belegt", "Supported"),
        ("refuted", "✗", "Widerlegt", "Refuted"),
        ("conflicting", "⇄", "Widersprüchlich", "Conflicting"),
        ("not_enough_evidence", "?", "Nicht genug Belege", "Not enough evidence"),
    ],
)
def test_a_verdict_is_told_by_a_sign_and_in_words(verdict: Verdict, icon: str, german: str, english: str) -> None:
    one = check(CLAIM, verdict, message="Darum.")
    assert f"{icon} {german}" in Tags(_said(one)).text
    assert f"{icon} {english}" in Tags(_said(one, language="en")).text
    assert "Darum." in Tags(_said(one)).text


def test_both_findings_stand_side_by_side_in_words_and_are_marked_in_claim_and_sentence() -> None:
    drawn = _said(refuted_by_the_call())
    assert "Zahl: 45 Minuten ≠ rund 25 Minuten\xa0[1]" in Tags(drawn).text
    assert _marked(drawn, "mark", "differ") == ["45 Minuten", "rund 25 Minuten"]
    assert "Das Telefonat dauerte nach Angaben eines Beamten rund 25 Minuten." in Tags(drawn).text
    assert 'href="#t3-c1"' in drawn


def test_a_mark_of_direction_turns_none_of_our_own_words_round() -> None:
    turned = finding(CLAIM, CALL, says="45 Minuten", source="rund 25 Minuten")
    turned = replace(turned, claim_words="\u202e45\x1b")
    one = check(
        CLAIM, "refuted", evidence(CALL, "25 Minuten", "against", findings=[turned]), message="„\u202e45“ gegen"
    )
    text = Tags(_said(one)).text
    assert "„\\u202e45“ gegen" in text
    assert "Zahl: \\u202e45\\u001b ≠ rund 25 Minuten" in text
    assert "\u202e" not in text


def test_nothing_of_a_refuted_claim_is_drawn_as_supporting() -> None:
    agrees = finding(CLAIM, CALL, says="Das Telefonat dauerte", source="Das Telefonat dauerte", kind="name")
    differs = finding(CLAIM, CALL, says="45 Minuten", source="rund 25 Minuten")
    one = check(CLAIM, "refuted", evidence(CALL, "25 Minuten", "against", findings=[agrees, differs]))
    for drawn in (_said(one), _evidence(one)):
        kinds = {kind for _, attributes in Tags(drawn).tags for kind in (attributes.get("class") or "").split()}
        assert "against" in kinds
        assert not kinds & {"for", "supported", "exact"}


def test_the_cited_sentence_is_highlighted_in_its_article_with_the_differing_words() -> None:
    drawn = _evidence(refuted_by_the_call())
    [mark] = re.findall(r'<mark id="t3-c1" class="against">(.*?)</mark>', drawn)
    assert Tags(mark).text == "Das Telefonat dauerte nach Angaben eines Beamten rund 25 Minuten."
    assert '<b class="differ">rund 25 Minuten</b>' in mark
    assert CALL.text in Tags(drawn).text
    assert "dagegen" in Tags(drawn).text
    assert f"Belege zu: {CLAIM}" in Tags(drawn).text


def test_words_of_a_sentence_that_speaks_neither_way_are_no_difference() -> None:
    differs = finding(CLAIM, CALL, says="45 Minuten", source="rund 25 Minuten")
    drawn = _evidence(check(CLAIM, "not_enough_evidence", evidence(CALL, "25 Minuten", "neither", findings=[differs])))
    assert '<mark id="t3-c1" class="neither">' in drawn
    assert "<b>rund 25 Minuten</b>" in drawn
    assert "differ" not in drawn


def test_words_that_do_not_stand_where_a_finding_says_are_not_marked() -> None:
    wrong = replace(finding(CLAIM, CALL, says="45 Minuten", source="rund 25 Minuten"), claim=Span(0, 3))
    wrong = replace(wrong, source=Span(0, 15))
    drawn = _said(check(CLAIM, "refuted", evidence(CALL, "25 Minuten", "against", findings=[wrong])))
    assert _marked(drawn, "mark") == []
    assert "45 Minuten ≠ rund 25 Minuten" in Tags(drawn).text


@pytest.mark.parametrize(
    ("language", "said"), [("de", "Verneinung: (steht dort nicht)"), ("en", "Denial: (not said there)")]
)
def test_what_only_one_side_says_is_set_against_its_absence(language: Language, said: str) -> None:
    claim = "Die Welt werde einen solchen Schritt anerkennen."
    denied = finding(claim, CALL, says=None, source="nicht", kind="negation")
    drawn = _said(check(claim, "refuted", evidence(CALL, SPOKEN, "against", findings=[denied])), language=language)
    assert f"{said} ≠ nicht" in Tags(drawn).text


def test_who_said_it_and_what_corrects_is_said_beside_the_sentence() -> None:
    one = check(CLAIM, "refuted", evidence(CALL, "25 Minuten", "against", said_by="ein Beamter", corrects=True))
    text = Tags(_said(one)).text
    assert "Beispiel-Agentur, 29. Juli 2022 · dort sagt das: ein Beamter · berichtigt eine frühere Meldung" in text


def test_the_table_groups_the_sources_by_stance_with_outlet_date_title_and_marker() -> None:
    one = check(
        CLAIM,
        "conflicting",
        evidence(CALL, "25 Minuten", "for", marker=1),
        evidence(OTHER, "25 Minuten", "against", marker=2, corrects=True),
    )
    table = _said(one).split('<table class="standing">')[1]
    text = Tags(table).text
    assert text.index("dafür · 1 Quelle") < text.index("Blinken und Lawrow telefonieren")
    assert text.index("Blinken und Lawrow telefonieren") < text.index("dagegen · 1 Quelle")
    assert "Beispiel-Zeitung 30. Juli 2022Kein Durchbruchberichtigt eine frühere Meldung[2]" in text
    assert "weder noch" not in text


def test_articles_that_print_one_text_are_one_source_and_say_so() -> None:
    one = check(
        CLAIM,
        "refuted",
        evidence(OTHER, "25 Minuten", "against", marker=1),
        evidence(CALL, "25 Minuten", "against", marker=2),
        sources=[IndependentSource("against", (1, 2), ("zeitung", "telefonat"))],
    )
    drawn = _said(one)
    assert "dagegen · 1 Quelle" in Tags(drawn).text
    assert "derselbe Agenturtext wie [1], zählt nicht eigens[2]" in Tags(drawn).text
    assert drawn.count("side-by-side") == 1, "of one text only one article's sentence is set against the claim"


def test_of_many_sentences_the_first_three_are_set_against_the_claim_and_all_are_in_the_table() -> None:
    articles = [replace(CALL, id=f"a{number}", title=f"Titel {number}") for number in range(1, 6)]
    pieces = [evidence(article, "25 Minuten", "against", marker=n) for n, article in enumerate(articles, start=1)]
    drawn = _said(check(CLAIM, "refuted", *pieces))
    assert drawn.count("side-by-side") == 3
    assert "Weitere Quellen stehen in der Tabelle." in Tags(drawn).text
    assert all(f"Titel {number}" in Tags(drawn).text for number in range(1, 6))


def test_without_a_verdict_what_comes_nearest_is_named_as_no_evidence() -> None:
    one = check(CLAIM, "not_enough_evidence", evidence(CALL, "25 Minuten", "neither"))
    assert "side-by-side" not in _said(one)
    assert "Am nächsten kommt" in Tags(_said(one)).text
    assert 'href="#t3-c1"' in _said(one)
    assert f"Nächste Fundstellen (kein Beleg) zu: {CLAIM}" in Tags(_evidence(one)).text
    assert f"Keine Fundstellen zu: {CLAIM}" in Tags(_evidence(check(CLAIM, "not_enough_evidence"))).text


def test_an_altered_quotation_shows_what_was_changed_on_either_side() -> None:
    claim = "Blinken sagte: „Die Welt wird einen solchen Schritt anerkennen“."
    quote = "Die Welt wird einen solchen Schritt anerkennen"
    quotation = _quoted(
        claim, quote, changes=[("wird", "werde"), ("", "nicht")], speaker="Blinken", speaker_agrees=True
    )
    one = check(claim, "refuted", evidence(CALL, SPOKEN, "against"), quotes=[quotation])
    drawn = _said(one)
    assert "Zitat verändert" in Tags(drawn).text
    assert _marked(drawn, "del") == ["wird"]
    assert _marked(drawn, "ins") == ["werde", "nicht"]
    assert f"{SPOKEN}" in Tags(drawn).text
    assert "dort sagt das: Blinken" in Tags(drawn).text
    assert _marked(_evidence(one), "b", "differ") == ["werde", "nicht"]


def test_an_exact_quotation_of_another_speaker_names_both() -> None:
    claim = f"Lawrow sagte: „{SPOKEN}“."
    quotation = _quoted(claim, SPOKEN, claimed_speaker="Lawrow", speaker="Blinken", speaker_agrees=False)
    differs = finding(claim, CALL, says="Lawrow", source="Blinken", kind="speaker")
    one = check(claim, "refuted", evidence(CALL, SPOKEN, "against", findings=[differs]), quotes=[quotation])
    drawn = _said(one)
    text = Tags(drawn).text
    assert "Zitat wörtlich gefunden\xa0[1]" in text
    assert text.count("Wer es sagte: Lawrow ≠ Blinken\xa0[1]") == 1
    assert 'class="quotation exact"' not in drawn
    assert 'class="quotation misattributed"' in drawn


def test_a_quotation_that_is_nowhere_is_drawn_without_a_source() -> None:
    claim = "Whelan sagte: „Ich bin wieder da“."
    quotation = _quoted(claim, "Ich bin wieder da", status="absent", citation=None, found=None)
    drawn = _said(check(claim, "not_enough_evidence", quotes=[quotation]))
    assert "Zitat nicht im Archiv gefunden" in Tags(drawn).text
    assert "href" not in drawn


def test_a_quotation_cited_where_no_other_evidence_is_has_its_card_too() -> None:
    claim = f"Blinken sagte: „{SPOKEN}“."
    one = check(claim, "supported", quotes=[_quoted(claim, SPOKEN)])
    assert 'href="#t3-c1"' in _said(one)
    [mark] = re.findall(r'<mark id="t3-c1" class="quoted">(.*?)</mark>', _evidence(one))
    assert _marked(mark, "b", "agree") == [SPOKEN]


def test_of_a_text_each_part_has_its_verdict_in_its_place_and_its_own_markers() -> None:
    text = f"Vorweg: {CLAIM}\n\nDas Telefonat dauerte rund 25 Minuten."
    first = replace(refuted_by_the_call(), start=8, end=8 + len(CLAIM))
    claim = "Das Telefonat dauerte rund 25 Minuten."
    agrees = finding(claim, CALL, says="rund 25 Minuten", source="rund 25 Minuten")
    second = check(claim, "supported", evidence(CALL, "25 Minuten", "for", findings=[agrees]))
    second = replace(second, start=text.index(claim), end=len(text))
    one = check(text, "refuted", parts=[first, second])
    drawn = _said(one)
    given = drawn.split('<p class="given"')[1].split("</p>")[0]
    assert re.findall(r'<span class="part-text (\w+)">(.*?)</span>', given) == [
        ("refuted", CLAIM),
        ("supported", claim),
    ]
    assert "Vorweg: " in given
    assert "1\xa0✗" in unescape(given)
    assert "2\xa0✓" in unescape(given)
    assert {'href="#t3-p1-c1"', 'href="#t3-p2-c1"'} <= set(re.findall(r'href="[^"]*"', drawn))
    assert "[2.1]" in Tags(drawn).text
    shown = _evidence(one)
    assert '<mark id="t3-p1-c1" class="against">' in shown
    assert '<mark id="t3-p2-c1" class="for">' in shown


def test_a_judge_is_named_and_findings_alone_are_not() -> None:
    one = refuted_by_the_call()
    assert "Urteil von" not in Tags(_said(one)).text
    assert "Urteil von: nli@1234, torch float32" in Tags(_said(replace(one, judge="nli@1234, torch float32"))).text


def test_hostile_text_becomes_no_element_anywhere() -> None:
    article = Article("a", f"{HOSTILE} Ende.", title=HOSTILE, source=HOSTILE, language='"><script>', url=HOSTILE)
    claim = f"{HOSTILE} Anfang."
    text = article.text
    found = Finding("name", False, Span(0, 30), claim[:30], Span(0, 30), text[:30], 1)
    sentence = replace(cited(CALL, "25 Minuten"), article_id="a", start=0, end=len(text), quote=text)
    sentence = replace(sentence, title=HOSTILE, source=HOSTILE, content_hash=article.content_hash)
    piece = replace(evidence(CALL, "25 Minuten", "against", findings=[found], said_by=HOSTILE), citation=sentence)
    quotation = QuotationCheck(
        *(claim[5:40], 5, 40, "altered", sentence, Span(3, 50)),
        changes=(Change(Span(6, 20), claim[6:20], Span(4, 30), text[4:30]),),
        claimed_speaker=HOSTILE,
        speaker=HOSTILE,
        speaker_agrees=False,
    )
    one = check(claim, "refuted", piece, quotes=[quotation], message=HOSTILE)
    one = replace(one, judge=HOSTILE)
    whole = replace(check(claim, "refuted", parts=[one], message=HOSTILE), judge=HOSTILE)
    for html in (*(_said(each) for each in (one, whole)), *(_evidence(each, article) for each in (one, whole))):
        assert_harmless(html)


def test_each_claim_has_its_own_tools_by_its_number_and_one_claim_has_the_first() -> None:
    def drawn(one: Check) -> str:
        return draw_check(one, turn=1, language="de", tools=lambda number: f"<i>Werkzeug {number}</i>")

    first, second = drawn(two_claims()).split('<div class="part')[1:]
    assert "Werkzeug 0" in first
    assert "Werkzeug 1" in second
    assert drawn(two_claims()).count("Werkzeug") == 2
    assert drawn(refuted_by_the_call()).count("Werkzeug 0") == 1


def test_whom_an_article_names_cannot_turn_the_words_beside_it_round() -> None:
    article = replace(CALL, source=TURNING, title=TURNING)
    one = check(CLAIM, "refuted", evidence(article, "25 Minuten", "against", said_by=TURNING, corrects=True))
    text = Tags(_said(one)).text
    assert "\\u202egnul, 29. Juli 2022 · dort sagt das: \\u202egnul · berichtigt eine frühere Meldung" in text
    assert "\\u202egnul 29. Juli 2022\\u202egnulberichtigt eine frühere Meldung[1]" in text
    assert "\u202e" not in text


def test_the_text_of_several_claims_cannot_move_their_signs() -> None:
    claim = f"{TURNING} {CLAIM}"
    one = check(claim, "refuted", parts=[replace(refuted_by_the_call(), start=6, end=len(claim))])
    drawn = _said(one).split('<p class="given"')[1].split("</p>")[0]
    assert Tags(f"<p{drawn}</p>").text == f"\\u202egnul {CLAIM}1\xa0✗"
