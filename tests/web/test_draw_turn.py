"""A turn: what was typed, what was said to it, and all that can be done with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.text.language import Language
from rag.types import Filters
from rag.web.draw_turn import draw_beginning, draw_conversation, draw_pending, draw_turn, draw_unsent, draw_within
from tests.checks import CALL, CLAIM, refuted_by_the_call
from tests.web.tags import HOSTILE, SCRIPT, TURNING, Tags, assert_harmless
from tests.web.turns import abstained, answer, conversation, review, turn, two_claims


def _drawn(*args: object, language: Language = "de", **fields: object) -> Tags:
    return Tags(draw_turn(turn(*args, **fields), language=language))  # type: ignore[arg-type]


def test_a_turn_is_named_for_the_script_and_for_readers() -> None:
    seen = _drawn(answer(), number=3)
    assert seen.tags[0] == (
        "article",
        {
            "class": "turn question",
            "id": "turn-turn3",
            "data-made": "2026-11-24T12:30:00+00:00",
            "data-conversation": "conversation1",
            "aria-label": "Frage 3",
        },
    )
    assert _drawn(refuted_by_the_call(), language="en").tags[0][1]["aria-label"] == "Question 1"
    assert seen.balanced


def test_a_turns_markers_are_those_of_its_number() -> None:
    assert "#t3-c1" in _drawn(answer(), number=3).values("href")
    assert "#t3-p2-c1" in _drawn(two_claims(), number=3).values("href")


def test_every_statement_of_an_answer_can_be_ticked_by_its_number() -> None:
    seen = _drawn(answer())
    assert [tick.get("data-statement") for tick in seen.of_class("checked")] == ["0", "1", None]
    assert [cross.get("data-statement") for cross in seen.of_class("wrong")] == ["0", "1", None]


def test_every_claim_of_a_text_can_be_ticked_by_its_number_and_one_claim_by_the_first() -> None:
    assert [tick.get("data-statement") for tick in _drawn(two_claims()).of_class("checked")] == ["0", "1", None]
    assert [tick.get("data-statement") for tick in _drawn(refuted_by_the_call()).of_class("checked")] == ["0", None]


def test_an_abstention_can_only_be_judged_as_a_whole() -> None:
    assert [tick.get("data-statement") for tick in _drawn(abstained()).of_class("checked")] == [None]


def test_what_people_said_stands_with_its_statement_and_with_the_whole() -> None:
    drawn = draw_turn(
        turn(answer(), reviews=[review(1, name="Anna"), review(None, "wrong", name="Ben")]), language="de"
    )
    _, second = drawn.split('<p class="statement')[1:]
    statement, whole = second.split('<div class="reviews whole">')
    assert "Geprüft von Anna" in statement
    assert "Falsch, sagt Ben" in whole


def test_a_result_can_be_copied_asked_again_and_exported_in_three_forms() -> None:
    seen = _drawn(answer())
    assert {"copy", "again", "edit"} <= {(button["class"] or "").split()[-1] for button in seen.of_class("act")}
    assert [href for href in seen.values("href") if not href.startswith("#")] == [
        "desk/turns/turn1/export.md",
        "desk/turns/turn1/export.html",
        "desk/turns/turn1/export.json",
    ]


def test_only_one_claim_can_be_asked_as_a_question_instead() -> None:
    assert len(_drawn(refuted_by_the_call()).of_class("ask-instead")) == 1
    assert _drawn(two_claims()).of_class("ask-instead") == []
    assert _drawn(answer()).of_class("ask-instead") == []


def test_a_failure_can_be_edited_and_asked_again_and_nothing_else() -> None:
    seen = _drawn(failure=HOSTILE)
    assert [(button["class"] or "").split()[-1] for button in seen.of_class("act")] == ["edit", "again"]
    assert seen.values("href") == []
    assert HOSTILE in seen.text


def test_turns_come_in_the_order_of_the_conversation() -> None:
    seen = Tags(draw_conversation(conversation(turn(answer(), number=1), turn(abstained(), number=2)), language="de"))
    assert [turn["id"] for turn in seen.of_class("turn")] == ["turn-turn1", "turn-turn2"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "de",
            "Gesucht nur in: Quelle: Blatt · Sprache: Deutsch · Erschienen ab: 1. August 2024 · "
            "Erschienen bis: 2. August 2024",
        ),
        (
            "en",
            "Searched only in: Source: Blatt · Language: German · Published since: August 1, 2024 · "
            "Published until: August 2, 2024",
        ),
    ],
)
def test_the_filters_of_a_turn_are_said_in_words(language: Language, said: str) -> None:
    filters = Filters("de", "Blatt", date(2024, 8, 1), date(2024, 8, 2))
    assert Tags(draw_within(filters, language=language)).text == said
    assert said in _drawn(answer(), filters=filters, language=language).text
    assert said in _drawn(refuted_by_the_call(), filters=filters, language=language).text
    assert said in _drawn(failure="Nein.", filters=filters, language=language).text


def test_without_filters_none_are_spoken_of() -> None:
    assert draw_within(Filters(), language="de") == ""


def test_a_language_without_a_name_is_said_by_its_code() -> None:
    assert "Sprache: qq" in Tags(draw_within(Filters("qq"), language="de")).text


def test_nothing_of_a_turn_becomes_an_element() -> None:
    article = replace(CALL, title=HOSTILE, source=HOSTILE, url="javascript:alert(1)")
    hostile = replace(answer(), question=HOSTILE, understood=HOSTILE)
    hostile = replace(
        hostile,
        citations=tuple(replace(one, title=article.title, source=article.source) for one in hostile.citations),
    )
    filters, said = Filters(HOSTILE, HOSTILE), [review(0, name=HOSTILE, note=HOSTILE), review(None, note=HOSTILE)]
    for one in (
        turn(hostile, typed=HOSTILE, filters=filters, reviews=said),
        turn(replace(hostile, abstained=True, text=HOSTILE), typed=HOSTILE, filters=filters, reviews=said[1:]),
        turn(replace(refuted_by_the_call(), claim=HOSTILE, message=HOSTILE), filters=filters, reviews=said),
        turn(replace(two_claims(), claim=HOSTILE, message=HOSTILE), reviews=said),
        turn(typed=HOSTILE, failure=HOSTILE, filters=filters),
    ):
        assert_harmless(draw_turn(one, language="de"))
        assert_harmless(draw_conversation(conversation(one, one), language="en"))


def test_a_filter_cannot_turn_the_others_round() -> None:
    text = Tags(draw_within(Filters(source=TURNING, since=date(2024, 8, 1)), language="de")).text
    assert text == "Gesucht nur in: Quelle: \\u202egnul · Erschienen ab: 1. August 2024"


def test_what_is_worked_on_is_shown_as_it_was_typed_with_the_stage() -> None:
    seen = Tags(draw_pending(f"  {CLAIM}\n", "Die Behauptung wird geprüft …"))
    assert seen.text == f"{CLAIM}Die Behauptung wird geprüft …"
    assert_harmless(draw_pending(HOSTILE, "…"))


@pytest.mark.parametrize(("language", "back"), [("de", "Zurück ins Eingabefeld"), ("en", "Back into the box")])
def test_what_came_to_no_turn_is_shown_as_it_was_typed_with_why_and_a_way_to_have_it_back(
    language: Language, back: str
) -> None:
    seen = Tags(draw_unsent(f"  {CLAIM}\n", "Angehalten.", language=language))
    assert seen.text == f"{CLAIM}Angehalten. {back}"
    assert len(seen.of_class("take-back")) == len(seen.of_class("unsent")) == 1
    assert seen.of_class("pending") == []


def test_nothing_of_what_came_to_no_turn_becomes_an_element() -> None:
    assert_harmless(draw_unsent(HOSTILE, HOSTILE, language="de"))
    assert Tags(draw_unsent("Wie?", SCRIPT, language="de")).text.startswith(f"Wie?{SCRIPT}")


def test_a_new_conversation_begins_with_samples_of_the_archive() -> None:
    seen = Tags(draw_beginning(["Wie lange?", CLAIM], language="de"))
    assert [tag for tag, each in seen.tags if each.get("class") == "sample"] == ["button", "button"]
    assert "Wie lange?" in seen.text
    assert "Zum Beispiel, aus diesem Archiv:" in seen.text
    assert_harmless(draw_beginning([HOSTILE], language="de"))


def test_without_samples_none_are_announced() -> None:
    assert "Zum Beispiel" not in draw_beginning([], language="de")


@pytest.mark.parametrize(
    ("language", "said"), [("de", "Das Archiv ist noch leer"), ("en", "The archive is still empty")]
)
def test_over_an_empty_archive_it_is_said_how_articles_come_in(language: Language, said: str) -> None:
    seen = Tags(draw_beginning([], language=language, empty=True))
    assert said in seen.text
    assert "beleg ingest" in seen.text
    assert seen.of_class("to-archive")
    assert seen.balanced
