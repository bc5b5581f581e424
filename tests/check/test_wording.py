"""What a verdict says to a person."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from rag.check.wording import message, parts_message
from rag.types import CheckReason, IndependentSource
from tests.checks import CALL, CLAIM, check, finding, refuted_by_the_call

ONE = IndependentSource("for", (1,), ("a",))
TWO = IndependentSource("for", (2, 3), ("b", "c"))
CONTRA = IndependentSource("against", (4,), ("d",))


def test_it_counts_independent_sources():
    assert message("supported", None, (), [ONE], language="de") == "Belegt durch eine Quelle."
    assert message("supported", None, (), [ONE, TWO], language="de") == "Belegt durch 2 unabhängige Quellen."
    assert message("conflicting", None, (), [ONE, TWO, CONTRA], language="en").endswith("2 for, 1 against.")


def test_a_refutation_says_what_differs_each_thing_once():
    differs = finding(CLAIM, CALL, says="45 Minuten", source="rund 25 Minuten")
    said = message("refuted", None, [differs, differs], [CONTRA], language="de")
    assert said == "Widerlegt durch eine Quelle: Zahl „45 Minuten“, in der Quelle „rund 25 Minuten“."


def test_what_only_one_of_the_two_says_is_said_so():
    only_claim = finding(CLAIM, CALL, says="45 Minuten", source=None, kind="negation")
    only_source = finding(CLAIM, CALL, says=None, source="nicht", kind="negation")
    assert "nicht in der Quelle" in message("refuted", None, [only_claim], [CONTRA], language="de")
    assert "“nicht” in the source" in message("refuted", None, [only_source], [CONTRA], language="en")


def test_a_correction_is_named_where_it_is_on_one_side():
    sources = [ONE, CONTRA]
    assert "berichtigt" in message("conflicting", None, (), sources, language="de", correcting={"against"})
    assert "berichtigt" not in message("conflicting", None, (), sources, language="de", correcting={"for", "against"})


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_reason_is_told_in_words_of_its_own(language: str):
    reasons: list[CheckReason] = [reason for reason in get_args(CheckReason) if reason != "parts"]
    said = {message("not_enough_evidence", reason, (), (), language=language) for reason in reasons}
    assert len(said) == len(reasons)


def test_what_differs_is_told_of_a_claim_that_stays_open():
    differs = finding(CLAIM, CALL, says="45 Minuten", source="rund 25 Minuten")
    told = message("not_enough_evidence", "disputed", (differs,), (), language="de")
    assert told.endswith("bleibt es offen: Zahl „45 Minuten“, in der Quelle „rund 25 Minuten“.")
    assert message("not_enough_evidence", "disputed", (), (), language="en").endswith("it stays open.")


def test_reasons_are_told_in_the_language_of_the_claim():
    german, english = (message("not_enough_evidence", "question", (), (), language=code) for code in ("de", "en"))
    assert german.startswith("Das ist eine Frage")
    assert english.startswith("This is a question")


@pytest.mark.parametrize("words", ["1" * 400, "ein sehr langes Wort " * 50])
def test_long_words_are_shortened_and_no_others(words: str):
    long = replace(finding(CLAIM, CALL, says="45 Minuten", source="rund 25 Minuten"), claim_words=words)
    said = message("refuted", None, [long], [CONTRA], language="de")
    assert said.startswith(f"Widerlegt durch eine Quelle: Zahl „{words[:50]}")
    assert said.endswith("…“, in der Quelle „rund 25 Minuten“.")
    assert len(said) < 200


def test_of_several_claims_it_counts_the_verdicts():
    parts = [refuted_by_the_call(), check(CLAIM, "supported"), check(CLAIM, "not_enough_evidence")]
    assert parts_message(parts, language="de") == "Von 3 Sätzen: 1 belegt, 1 widerlegt, 1 offen."
    assert parts_message(parts, language="en") == "Of 3 sentences: 1 supported, 1 refuted, 1 open."
