"""Who understands a follow-up: the model where there is one and its words can be trusted, else the rules."""

from __future__ import annotations

from typing import Any

import pytest

from rag.answer.follow_up import Understood, earlier_exchanges, understand_in_conversation
from rag.errors import InputError
from rag.llm.writer import ScriptedWriter, WritingFailed
from rag.types import Exchange

CONVERSATION = [Exchange("Wann wurde Griner festgenommen?", "In Moskau, im Februar."), Exchange("Und Bout?")]
BY_RULES = "Wo wurde Bout festgenommen?"


def test_the_model_is_asked_first_and_the_rules_where_it_cannot_be_trusted_or_is_not_there() -> None:
    by_model = ScriptedWriter("Wo wurde Bout im Februar festgenommen?", "Wo wurde Whelan festgenommen?")
    assert (
        understand_in_conversation("Und wo?", CONVERSATION, by_model).question
        == "Wo wurde Bout im Februar festgenommen?"
    )
    assert understand_in_conversation("Und wo?", CONVERSATION, by_model).question == BY_RULES
    assert understand_in_conversation("Und wo?", CONVERSATION) == Understood(BY_RULES)


def test_after_a_failure_that_lasts_the_model_need_not_be_asked_again() -> None:
    for reason in ("not_reached", "timed_out", "not_authorised", "too_many_requests", "server_error", "refused"):
        writer = ScriptedWriter(WritingFailed(reason))  # type: ignore[arg-type]
        assert understand_in_conversation("Und wo?", CONVERSATION, writer) == Understood(BY_RULES, reason)  # type: ignore[arg-type]
    for reason in ("cut_off", "empty"):
        writer = ScriptedWriter(WritingFailed(reason))  # type: ignore[arg-type]
        assert understand_in_conversation("Und wo?", CONVERSATION, writer) == Understood(BY_RULES)


def test_a_first_question_is_as_it_is_and_no_model_is_asked() -> None:
    assert understand_in_conversation("Und wo?", [], ScriptedWriter()) == Understood("Und wo?")


@pytest.mark.parametrize("history", ["Wo?", [None], [5], [{"question": "Wo?"}], [Exchange(None)], [Exchange("Wo?", 5)]])  # type: ignore[arg-type, list-item]
def test_what_is_no_history_is_refused_with_what_it_is(history: Any) -> None:
    with pytest.raises(InputError, match="history"):
        earlier_exchanges(history)


def test_of_a_long_answer_the_beginning_is_known() -> None:
    [one] = earlier_exchanges([Exchange("Wo?", "x" * 1_000_000)])
    assert one.answer == "x" * 4_000


def test_what_cannot_be_asked_is_no_part_of_the_conversation() -> None:
    history = ["", "x" * 3_000, *[f"Wer ist {number}?" for number in range(6)], Exchange("Wo?", "halb \ud800")]
    assert earlier_exchanges(history) == [*(Exchange(f"Wer ist {number}?") for number in range(2, 6)), Exchange("Wo?")]
