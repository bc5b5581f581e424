"""What people said of a result: in words, by whom and when, and the buttons to say it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.text.language import Language
from rag.types import Verdict, Word
from rag.web.draw_reviews import (
    draw_reviews,
    draw_statement_tools,
    draw_thumbs,
    draw_time,
    draw_whole_reviews,
)
from tests.checks import CALL, CLAIM, check, evidence, refuted_by_the_call
from tests.web.tags import HOSTILE, TURNING, Tags, assert_harmless
from tests.web.turns import MADE, abstained, answer, review, turn, two_claims


@pytest.mark.parametrize(
    ("word", "language", "said"),
    [
        ("checked", "de", "✓ Geprüft von Erika Muster"),
        ("checked", "en", "✓ Checked by Erika Muster"),
        ("wrong", "de", "✗ Falsch, sagt Erika Muster"),
        ("wrong", "en", "✗ Wrong, says Erika Muster"),
    ],
)
def test_a_review_says_who_said_what(word: Word, language: Language, said: str) -> None:
    assert Tags(draw_reviews([review(0, word)], 0, language=language)).text.startswith(f"{said} ")


@pytest.mark.parametrize(
    ("word", "language", "said"),
    [
        ("checked", "de", "✓ Geprüft "),
        ("checked", "en", "✓ Checked "),
        ("wrong", "de", "✗ Als falsch vermerkt "),
        ("wrong", "en", "✗ Marked as wrong "),
    ],
)
def test_a_review_without_a_name_says_what_alone(word: Word, language: Language, said: str) -> None:
    text = Tags(draw_reviews([review(0, word, name="")], 0, language=language)).text
    assert text.startswith(said)
    assert " von " not in text


def test_a_review_says_when_in_the_interfaces_form_and_for_machines() -> None:
    german, english = draw_time(MADE, "de"), draw_time(MADE, "en")
    assert Tags(german).values("datetime") == Tags(english).values("datetime") == ["2026-11-24T12:30:00+00:00"]
    assert "24.11.2026" in Tags(german).text
    assert "Nov 24, 2026" in Tags(english).text


def test_whose_word_it_is_and_on_what_is_there_for_the_script_as_it_was_given() -> None:
    [one] = Tags(draw_reviews([review(1, name=TURNING)], 1, language="de")).of_class("review")
    assert (one["data-name"], one["data-statement"]) == (TURNING, "1")
    [whole] = Tags(draw_reviews([review(None, name="")], None, language="de")).of_class("review")
    assert whole["data-name"] == ""
    assert "data-statement" not in whole


def test_a_note_stands_beside_the_review_and_none_leaves_no_place() -> None:
    assert "angerufen" in Tags(draw_reviews([review(0, note="angerufen")], 0, language="de")).text
    assert "note" not in draw_reviews([review(0)], 0, language="de")


def test_only_what_was_said_of_this_statement_is_drawn() -> None:
    reviews = [review(0, name="Null"), review(1, name="Eins"), review(None, name="Ganz")]
    for statement, name in ((0, "Null"), (1, "Eins"), (None, "Ganz")):
        drawn = draw_reviews(reviews, statement, language="de")
        assert drawn.count('class="review ') == 1
        assert f"Geprüft von {name}" in Tags(drawn).text
    assert draw_reviews(reviews, 2, language="de") == ""


def test_a_name_and_a_note_become_no_element() -> None:
    said = [review(0, name=HOSTILE, note=HOSTILE), review(None, "wrong", name=HOSTILE, note=HOSTILE)]
    one = turn(answer(), reviews=said)
    assert_harmless(draw_reviews(said, 0, language="de"))
    assert_harmless(draw_statement_tools(one, 0, language="de"))
    assert_harmless(draw_whole_reviews(one, language="de"))


def test_a_name_cannot_turn_the_time_round() -> None:
    text = Tags(draw_reviews([review(0, name=TURNING)], 0, language="de")).text
    assert "Geprüft von \\u202egnul 24.11.2026" in text
    assert "\u202e" not in text


def test_a_statement_has_a_tick_a_cross_and_a_note_of_its_own() -> None:
    seen = Tags(draw_statement_tools(turn(answer()), 1, language="de"))
    assert [button["class"] for button in seen.of_class("act")] == ["act checked", "act wrong", "act note"]
    assert {button["data-statement"] for button in seen.of_class("act")} == {"1"}
    assert [button.get("aria-pressed") for button in seen.of_class("act")] == ["false", "false", None]
    assert seen.of_class("words")[0]["aria-label"] == "Ihr Urteil zu Aussage 2"
    assert seen.of_class("reviews") == []


def test_what_was_said_is_a_pressed_button_on_its_statement_alone() -> None:
    one = turn(answer(), reviews=[review(0, "wrong"), review(None)])
    assert _pressed(draw_statement_tools(one, 0, language="de")) == ["act wrong"]
    assert _pressed(draw_statement_tools(one, 1, language="de")) == []
    assert _pressed(draw_thumbs(one, language="de")) == ["act checked"]


def test_thumbs_are_about_the_whole() -> None:
    seen = Tags(draw_thumbs(turn(answer()), language="en"))
    assert [button["aria-label"] for button in seen.of_class("act")] == ["Good answer", "Bad answer"]
    assert all("data-statement" not in button for button in seen.of_class("act"))


def test_the_whole_has_a_place_only_where_somebody_said_something_of_it() -> None:
    assert draw_whole_reviews(turn(answer(), reviews=[review(0)]), language="de") == ""
    drawn = Tags(draw_whole_reviews(turn(answer(), reviews=[review(None)]), language="de"))
    assert "Geprüft von Erika Muster" in drawn.text
    assert [button.get("data-statement") for button in drawn.of_class("case")] == [None]


def test_a_test_case_can_be_made_of_what_somebody_has_said_a_word_on() -> None:
    one = turn(answer(), reviews=[review(0), review(1, "wrong")])
    for statement in (0, 1):
        [button] = Tags(draw_statement_tools(one, statement, language="de")).of_class("case")
        assert button["data-statement"] == str(statement)
        assert "data-value" not in button
    assert Tags(draw_statement_tools(turn(answer()), 0, language="de")).of_class("case") == []
    assert Tags(draw_whole_reviews(turn(abstained(), reviews=[review(None)]), language="de")).of_class("case")


def test_of_a_check_that_is_right_one_button_makes_the_test_case() -> None:
    [button] = Tags(draw_statement_tools(turn(refuted_by_the_call(), reviews=[review(0)]), 0, language="de")).of_class(
        "case"
    )
    assert "data-value" not in button


def test_of_a_check_that_is_wrong_each_other_verdict_can_be_said_to_be_right() -> None:
    one = turn(refuted_by_the_call(), reviews=[review(0, "wrong")])
    seen = Tags(draw_statement_tools(one, 0, language="de"))
    assert [button["data-value"] for button in seen.of_class("case")] == [
        "supported",
        "conflicting",
        "not_enough_evidence",
    ]
    assert "Testfall, richtig wäre:" in seen.text


@pytest.mark.parametrize(("statement", "left_out"), [(0, "refuted"), (1, "supported"), (None, "refuted")])
def test_of_a_text_the_verdict_that_was_given_to_that_claim_is_left_out(
    statement: int | None, left_out: Verdict
) -> None:
    whole = two_claims()
    second = replace(check(CLAIM, "supported", evidence(CALL, "25 Minuten")), start=whole.parts[1].start)
    one = turn(replace(whole, parts=(whole.parts[0], second)), reviews=[review(statement, "wrong")])
    drawn = (
        draw_whole_reviews(one, language="de")
        if statement is None
        else draw_statement_tools(one, statement, language="de")
    )
    offered = {button["data-value"] for button in Tags(drawn).of_class("case")}
    assert len(offered) == 3
    assert left_out not in offered


def test_the_last_word_decides_which_test_case_is_offered() -> None:
    first_wrong = [review(0, "wrong", name="Anna"), review(0, "checked", name="Ben")]
    one = turn(refuted_by_the_call(), reviews=first_wrong)
    assert len(Tags(draw_statement_tools(one, 0, language="de")).of_class("case")) == 1
    one = replace(one, reviews=tuple(reversed(first_wrong)))
    assert len(Tags(draw_statement_tools(one, 0, language="de")).of_class("case")) == 3


def _pressed(drawn: str) -> list[str]:
    return [str(button["class"]) for button in Tags(drawn).of_class("act") if button.get("aria-pressed") == "true"]
