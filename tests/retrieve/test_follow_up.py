"""A question in a conversation -> the question that is searched for."""

from __future__ import annotations

import pytest

from rag.retrieve.follow_up import question_in_conversation

EARLIER = "Wann wurde der Leuchtturm abgerissen?"


@pytest.mark.parametrize(
    ("question", "history", "understood"),
    [
        ("Wo?", [EARLIER], "Wo wurde der Leuchtturm abgerissen?"),
        ("Wo?", [EARLIER, "", "x" * 3_000, "halb \ud800"], "Wo wurde der Leuchtturm abgerissen?"),
        ("Wo?", [], "Wo?"),
        ("Was verkauft die Bäckerei?", [EARLIER], "Was verkauft die Bäckerei?"),
    ],
)
def test_a_follow_up_is_completed_from_what_can_be_used(question: str, history: list[str], understood: str) -> None:
    assert question_in_conversation(question, history) == understood


def test_what_would_be_too_long_to_be_asked_stays_as_it_is() -> None:
    long = f"Wann wurde der {'Leuchtturm' * 198} abgerissen?"
    question = "Was sagte der Bürgermeister dazu?"
    assert question_in_conversation(question, [long]) == question
