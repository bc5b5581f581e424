"""The list of one browser's conversations."""

from __future__ import annotations

import pytest

from rag.desk.types import ConversationEntry
from rag.text.language import Language
from rag.web.draw_conversations import draw_conversations, draw_deleted_conversation, draw_sidebar
from tests.web.tags import HOSTILE, TURNING, Tags, assert_harmless
from tests.web.turns import MADE


def _entry(number: int = 1, *, name: str = "Das Telefonat", turns: int = 2) -> ConversationEntry:
    return ConversationEntry(f"id{number}", name, MADE, MADE, turns)


def _drawn(*entries: ConversationEntry, language: Language = "de", searched: bool = False) -> Tags:
    return Tags(draw_conversations(entries, searched=searched, language=language))


def test_conversations_are_listed_in_the_order_given_with_name_and_time() -> None:
    seen = _drawn(_entry(1), _entry(2, name="Das Schiff"))
    assert [one["data-conversation"] for tag, one in seen.tags if tag == "li"] == ["id1", "id2"]
    assert seen.text.index("Das Telefonat") < seen.text.index("Das Schiff")
    assert seen.values("datetime") == [MADE.isoformat()] * 2
    assert seen.balanced


@pytest.mark.parametrize(
    ("turns", "language", "said"),
    [(1, "de", "1 Frage ·"), (2, "de", "2 Fragen ·"), (1, "en", "1 question ·"), (2, "en", "2 questions ·")],
)
def test_how_many_questions_a_conversation_has_is_said(turns: int, language: Language, said: str) -> None:
    assert said in _drawn(_entry(turns=turns), language=language).text


def test_each_conversation_can_be_renamed_deleted_and_exported() -> None:
    seen = _drawn(_entry(7))
    assert [one["data-value"] for one in seen.of_class("rename")] == ["id7"]
    assert [one["data-value"] for one in seen.of_class("delete")] == ["id7"]
    assert seen.values("href") == [f"desk/conversations/id7/export.{ending}" for ending in ("md", "html", "json")]


@pytest.mark.parametrize(
    ("searched", "language", "said"),
    [
        (False, "de", "Noch keine Gespräche."),
        (True, "de", "Kein Gespräch enthält das."),
        (False, "en", "No conversations yet."),
        (True, "en", "No conversation contains that."),
    ],
)
def test_an_empty_list_says_whether_nothing_is_there_or_nothing_was_found(
    searched: bool, language: Language, said: str
) -> None:
    assert _drawn(searched=searched, language=language).text == said


def test_a_deleted_conversation_can_be_brought_back() -> None:
    seen = Tags(draw_deleted_conversation("id7", "Das Telefonat", language="de"))
    assert "„Das Telefonat“ wurde gelöscht." in seen.text
    assert [one["data-value"] for one in seen.of_class("restore")] == ["id7"]


def test_a_name_becomes_no_element() -> None:
    assert_harmless(draw_conversations([_entry(name=HOSTILE)], searched=False, language="de"))
    assert_harmless(draw_deleted_conversation('"onclick="alert(1)', HOSTILE, language="de"))


def test_a_name_cannot_turn_round_that_it_was_deleted() -> None:
    drawn = draw_deleted_conversation("id7", TURNING, language="de")
    assert "„\\u202egnul“ wurde gelöscht." in Tags(drawn).text


def test_the_place_of_the_list_can_be_searched_and_begun_anew() -> None:
    seen = Tags(draw_sidebar(language="en"))
    assert "New conversation" in seen.text
    assert seen.values("aria-label", tag="input") == ["Search conversations"]
    assert [one["aria-live"] for one in seen.of_class("list")] == ["polite"]
    assert seen.balanced
