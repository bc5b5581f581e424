"""What goes to the clipboard: what was said, each number with its source, and nothing that an editor would obey."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.types import Statement
from rag.web.copied import copied_text
from tests.checks import CALL, CLAIM, cited, refuted_by_the_call
from tests.web.turns import QUESTION, abstained, answer, turn, two_claims

FIRST = "Das Telefonat dauerte nach Angaben eines Beamten rund 25 Minuten."
SECOND = "Blinken und Lawrow haben am Freitag miteinander gesprochen."


def test_each_statement_has_its_numbers_and_each_number_its_source() -> None:
    about = "Blinken und Lawrow telefonieren · Beispiel-Agentur, 29. Juli 2022 · https://beispiel.example/telefonat"
    assert copied_text(turn(answer()), language="de") == (
        f"{QUESTION}\n\n{FIRST} [1]\n{SECOND} [2]\n\n[1] {about}\n[2] {about}\n"
    )


def test_dates_are_in_the_interfaces_language() -> None:
    assert "Beispiel-Agentur, July 29, 2022" in copied_text(turn(answer()), language="en")


def test_what_a_source_does_not_state_is_said_to_be_missing() -> None:
    bare = replace(cited(CALL, "25 Minuten"), title=None, source=None, url=None, published=None)
    text = copied_text(turn(answer(bare)), language="de")
    assert text.endswith("[1] Ohne Titel (telefonat) · ohne Quellenangabe, ohne Datum\n")


def test_a_statement_without_evidence_has_no_number() -> None:
    unsupported = replace(answer(), statements=(Statement(FIRST, 0, len(FIRST), (), "unsupported"),))
    assert f"\n{FIRST}\n" in copied_text(turn(unsupported), language="de")


def test_an_abstention_is_copied_with_what_comes_nearest_in_its_words() -> None:
    text = copied_text(turn(abstained()), language="de")
    assert "Dazu steht hier nichts.\n\nAm nächsten kommt:\n" in text
    assert f"    „{FIRST}“" in text


def test_what_a_follow_up_was_understood_to_be_is_copied() -> None:
    text = copied_text(turn(replace(answer(), understood="Wie lange dauerte das Gespräch?")), language="en")
    assert "Understood as: Wie lange dauerte das Gespräch?\n" in text


@pytest.mark.parametrize(
    ("language", "said", "quoted"), [("de", "Widerlegt. (refuted)", f"„{FIRST}“"), ("en", "Refuted. ", f"“{FIRST}”")]
)
def test_a_check_is_copied_with_its_verdict_and_the_sentences_it_stands_on(
    language: str, said: str, quoted: str
) -> None:
    text = copied_text(turn(refuted_by_the_call()), language=language)  # type: ignore[arg-type]
    assert text.startswith(f"{CLAIM}\n\n{said}")
    assert f"[1] {CALL.title}" in text
    assert f"\n    {quoted}\n" in text


def test_of_a_text_each_claim_has_its_verdict_and_the_numbers_of_the_page() -> None:
    text = copied_text(turn(two_claims()), language="de")
    assert f"1. {CLAIM}: Widerlegt." in text
    assert f"2. {CLAIM}: Widerlegt." in text
    assert text.index("[1.1] ") < text.index("2. ") < text.index("[2.1] ")


def test_a_failure_is_copied_with_its_words() -> None:
    assert (
        copied_text(turn(failure="Die Frage ist zu lang."), language="de") == f"{QUESTION}\n\nDie Frage ist zu lang.\n"
    )


def test_what_an_editor_or_a_terminal_would_obey_is_escaped_and_shown() -> None:
    turning = replace(
        cited(CALL, "25 Minuten"), title="\u202eTitel", source="\x1b[31mBlatt", url="https://x.example/\u2066"
    )
    text = copied_text(turn(answer(turning), typed="\u202eWie\x07?\r\n"), language="de")
    assert not {character for character in text if character in "\u202e\u2066\x1b\x07\r"}
    assert "\\u202eTitel" in text
    assert "\\u001b[31mBlatt" in text
