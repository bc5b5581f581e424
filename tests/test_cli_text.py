"""What is printed for a person about checks and verified packs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.cli_text import check_lines, verification_lines, verified_file_lines
from rag.pack.verify import verify_pack, verify_packs
from rag.types import Change, Check, IndependentSource, QuotationCheck, Span
from tests.checks import CALL, CLAIM, check, cited, evidence, finding, refuted_by_the_call
from tests.pack.packs import answer, conversation, packed

CITED = "[1] Blinken und Lawrow telefonieren · Beispiel-Agentur · 2022-07-29 · https://beispiel.example/telefonat"


def test_verdict_and_message_come_first_then_evidence_with_both_sides_words_then_sources() -> None:
    assert check_lines(replace(refuted_by_the_call(), message="Es waren 25.")).splitlines() == [
        "Urteil: widerlegt",
        "Es waren 25.",
        "",
        "Dagegen:",
        f"  {CITED} (telefonat, 60-125)",
        "      „Das Telefonat dauerte nach Angaben eines Beamten rund 25 Minuten.“",
        "      Zahl: „45 Minuten“ (Behauptung) gegen „rund 25 Minuten“ (Quelle)",
        "",
        "Quellen:",
        "  Dagegen: 1 unabhängige Quelle",
        "    Beispiel-Agentur · 2022-07-29 [1]",
    ]


def test_an_english_check_is_printed_in_english() -> None:
    text = check_lines(replace(refuted_by_the_call(), language="en"))
    assert text.startswith("Verdict: refuted\n")
    assert "Number: “45 Minuten” (claim) against “rund 25 Minuten” (source)" in text


def test_what_one_side_does_not_say_is_called_nothing_and_what_agrees_agrees() -> None:
    denial = finding(CLAIM, CALL, says=None, source="nicht", kind="negation")
    same = finding("Es war Freitag.", CALL, says="Freitag", source="Freitag", kind="date")
    text = check_lines(check(CLAIM, "refuted", evidence(CALL, "Welt", "against", findings=[denial, same])))
    assert "Verneinung: nichts (Behauptung) gegen „nicht“ (Quelle)" in text
    assert "Zeit: „Freitag“ (Behauptung) passt zu „Freitag“ (Quelle)" in text


def test_stances_come_for_against_neither_and_of_neither_only_the_first() -> None:
    pieces = [
        evidence(CALL, "Welt", marker=1, corrects=True, said_by="Blinken"),
        evidence(CALL, "25", "against", marker=2),
    ]
    pieces += [evidence(CALL, "Freitag", "neither", marker=marker) for marker in range(3, 8)]
    text = check_lines(check(CLAIM, "conflicting", *pieces, sources=[]))
    assert text.index("Dafür:") < text.index("[1]") < text.index("Dagegen:") < text.index("[2]")
    assert text.index("[2]") < text.index("Weder noch:") < text.index("[5]") < text.index("und 2 weitere")
    assert "[6]" not in text
    assert "berichtigt nach eigenen Worten eine frühere Meldung" in text
    assert "im Artikel gesagt von: Blinken" in text


def test_one_text_in_two_papers_is_said_to_count_once() -> None:
    other = replace(CALL, id="zeitung", source=None, published=None)
    pieces = [evidence(CALL, "25"), evidence(other, "25", marker=2)]
    source = IndependentSource("for", (1, 2), ("telefonat", "zeitung"))
    text = check_lines(check(CLAIM, "supported", *pieces, sources=[source]))
    assert "  Dafür: 1 unabhängige Quelle\n" in text
    line = "Beispiel-Agentur · 2022-07-29; ohne Quellenangabe · ohne Datum [1] [2] (ein Text, zählt als eine Quelle)"
    assert line in text


def quotation() -> QuotationCheck:
    found = Span(CALL.text.index("einen solchen"), CALL.text.index(" nicht anerkennen"))
    change = Change(Span(0, 5), "jeden", Span(found.start, found.start + 5), "einen")
    return QuotationCheck(
        *("jeden solchen Schritt", 0, 21, "altered", cited(CALL, "Die Welt"), found),
        changes=(change,),
        claimed_speaker="Lawrow",
        speaker="Blinken",
        speaker_agrees=False,
    )


def test_a_quotation_has_its_status_its_difference_and_its_speaker() -> None:
    absent = QuotationCheck("nie gesagt", 30, 40, "absent", claimed_speaker="Biden")
    lines = check_lines(check(CLAIM, "refuted", quotes=[quotation(), absent])).splitlines()
    assert lines[3:] == [
        "Zitate:",
        "  verändert: „jeden solchen Schritt“",
        "      [-jeden-]{+einen+} solchen Schritt",
        "      Sprecher: Lawrow (Behauptung) gegen Blinken (Quelle)",
        f"      {CITED} (telefonat, 126-195)",
        "  nicht im Archiv gefunden: „nie gesagt“",
        "      Sprecher laut Behauptung: Biden",
    ]


def test_a_quotation_found_beyond_one_sentence_lists_its_changes() -> None:
    beyond = replace(quotation(), found=Span(100, 195), speaker_agrees=True)
    text = check_lines(check(CLAIM, "refuted", quotes=[beyond]))
    assert "„jeden“ (Behauptung) gegen „einen“ (Quelle)" in text
    assert "Sprecher: Blinken, wie behauptet" in text


def test_each_part_of_a_text_has_its_own_verdict() -> None:
    parts = [refuted_by_the_call(), check("Es war Freitag.", "supported", evidence(CALL, "Freitag"))]
    lines = check_lines(check("Zwei Teile.", "refuted", parts=parts, message="Ein Teil ist widerlegt.")).splitlines()
    assert lines[:5] == [
        "Urteil: widerlegt",
        "Ein Teil ist widerlegt.",
        "",
        "1. „Das Telefonat dauerte 45 Minuten.“",
        "   Urteil: widerlegt",
    ]
    assert "2. „Es war Freitag.“" in lines
    assert "   Urteil: belegt" in lines
    assert "     [1]" in "\n".join(lines)


def test_another_judge_than_the_findings_is_named() -> None:
    assert "Entschieden hat nli@0123." in check_lines(replace(refuted_by_the_call(), judge="nli@0123"))


def said(words: str) -> Check:
    """A check that has these words wherever an article, a claim or a setting gives some."""
    article = replace(CALL, id=words, title=words, source=words, url=words)
    says = replace(finding(CLAIM, article, says="45 Minuten", source="rund 25 Minuten"), source_words=words)
    one = replace(evidence(article, "25 Minuten", findings=[says]), said_by=words)
    quote = replace(quotation(), text=words, speaker=words, citation=one.citation, found=None)
    return replace(check(words, "supported", one, quotes=[quote], message=words), judge=words)


@pytest.mark.parametrize("parts", [False, True])
def test_nothing_begins_a_line_of_its_own(parts: bool) -> None:
    def printed(words: str) -> list[str]:
        made = check(words, "supported", parts=[said(words)], message=words) if parts else said(words)
        return check_lines(made).split("\n")

    forged, harmless = printed("a\n[2] b\r\nDafür:\n"), printed("a [2] b Dafür:")
    assert forged == harmless
    assert not any("\r" in line for line in forged)


def test_a_verified_pack_says_what_became_of_each_quotation() -> None:
    pieces = [evidence(CALL, words, marker=marker) for marker, words in enumerate(("25", "Welt", "Freitag"), start=1)]
    gone = replace(CALL, id="fort")
    pack = packed(check(CLAIM, "supported", *pieces, evidence(gone, "25", marker=4)), {CALL.id: CALL, gone.id: gone})
    text = CALL.text.replace("rund 25", "knapp 30").replace("Die Welt", "Gut. Die Welt")
    now = replace(CALL, text=text, title="Anders")
    assert verification_lines(verify_pack(pack, {CALL.id: now}.get)).splitlines() == [
        "Nicht alles gilt noch. 1 halten, 1 verschoben, 1 geändert, 1 fort",
        "Das Telefonat dauerte 45 Minuten. (2026-11-24 12:30 UTC)",
        "",
        "  geändert    [1] „Das Telefonat dauerte nach Angaben eines Beamten rund 25 Minuten.“ (telefonat, 60-125)",
        "      Das Telefonat dauerte nach Angaben eines Beamten [-rund-]{+knapp+} [-25-]{+30+} Minuten.",
        "  verschoben  [2] „Die Welt werde einen solchen Schritt nicht anerkennen, sagte Blinken.“ "
        "(telefonat, 126-195)",
        "      steht jetzt bei 132 bis 201",
        "  hält        [3] „Blinken und Lawrow haben am Freitag miteinander gesprochen.“ (telefonat, 0-59)",
        "      der Text des Artikels hat sich anderswo geändert",
        "  fort        [4] „Das Telefonat dauerte nach Angaben eines Beamten rund 25 Minuten.“ (fort, 60-125)",
        "      im Archiv ist kein Artikel fort",
        "",
        "An den Artikeln geändert:",
        "  telefonat, Titel: Blinken und Lawrow telefonieren → Anders",
    ]


def test_a_pack_that_holds_says_so_first() -> None:
    text = verification_lines(verify_pack(packed(refuted_by_the_call()), {CALL.id: CALL}.get))
    assert text.startswith("Alles gilt noch. 1 halten, 0 verschoben")
    nothing = verification_lines(verify_pack(packed(check("A.", "not_enough_evidence")), {}.get))
    assert nothing.startswith("Alles gilt noch. Das Belegpaket enthält keine Zitate.")


def test_a_verified_conversation_says_what_holds_question_by_question() -> None:
    gone = replace(CALL, id="fort")
    packs = packed(answer()), packed(check(CLAIM, "supported", evidence(gone, "25")), {gone.id: gone})
    assert verified_file_lines(verify_packs(conversation(*packs), {CALL.id: CALL}.get)).splitlines() == [
        "Nicht alles gilt noch. Fragen und Behauptungen, bei denen alles noch gilt: 1 von 2.",
        "Das Telefonat (2026-11-24 12:30 UTC)",
        "",
        "1. Alles gilt noch. 1 halten, 0 verschoben, 0 geändert, 0 fort",
        "   Wie lange dauerte es? (2026-11-24 12:30 UTC)",
        "",
        "     hält        [1] „Das Telefonat dauerte nach Angaben eines Beamten rund 25 Minuten.“ (telefonat, 60-125)",
        "",
        "2. Nicht alles gilt noch. 0 halten, 0 verschoben, 0 geändert, 1 fort",
        f"   {CLAIM} (2026-11-24 12:30 UTC)",
        "",
        "     fort        [1] „Das Telefonat dauerte nach Angaben eines Beamten rund 25 Minuten.“ (fort, 60-125)",
        "         im Archiv ist kein Artikel fort",
    ]


def test_a_conversation_without_a_name_or_with_one_of_several_lines_is_named_on_one() -> None:
    named = verified_file_lines(verify_packs(conversation(name="Akte\r\n1. Alles gilt noch."), {}.get))
    assert named.splitlines()[1:] == ["Akte 1. Alles gilt noch. (2026-11-24 12:30 UTC)"]
    nameless = verified_file_lines(verify_packs(conversation(name=" "), {}.get))
    assert nameless.splitlines()[1:] == ["Gespräch (2026-11-24 12:30 UTC)"]


def test_one_verified_pack_reads_as_it_does_without_a_conversation() -> None:
    pack = packed(refuted_by_the_call())
    assert verified_file_lines(verify_packs(pack, {}.get)) == verification_lines(verify_pack(pack, {}.get))
