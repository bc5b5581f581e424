"""What a follow-up may be about."""

from __future__ import annotations

from datetime import UTC, datetime

from rag.desk.earlier import history_of
from rag.desk.types import Turn
from rag.types import Answer, Check, Filters, Statement
from tests.checks import check


def _turn(typed: str, result: Answer | Check | None = None) -> Turn:
    made = datetime(2026, 11, 24, tzinfo=UTC)
    return Turn(typed, "gespräch", 1, typed, "claim" if result else "question", Filters(), made, result)


def _questions(turns: list[Turn], typed: str) -> list[str]:
    return [one.question for one in history_of(turns, typed)]


def test_questions_and_claims_count_oldest_first() -> None:
    claim = _turn("Es dauerte 45 Minuten.", check("Es dauerte 45 Minuten.", "refuted"))
    assert _questions([_turn("Wer sprach?"), claim], "Wann war das?") == ["Wer sprach?", "Es dauerte 45 Minuten."]


def test_a_text_of_several_claims_is_not_looked_back_to_nor_beyond() -> None:
    text = _turn("A. B.", check("A. B.", "supported", parts=[check("A.", "supported"), check("B.", "supported")]))
    assert _questions([_turn("Wer sprach?"), text, _turn("Wo war das?")], "Wann?") == ["Wo war das?"]


def test_what_is_asked_now_is_not_its_own_history() -> None:
    assert _questions([_turn("Es dauerte 45 Minuten."), _turn("Wer sprach?")], "Es dauerte 45 Minuten.") == [
        "Wer sprach?"
    ]


def test_only_the_last_that_can_be_asked_are_looked_at() -> None:
    turns = [*(_turn(f"Wer ist {number}?") for number in range(6)), _turn("Wann " * 1_000)]
    assert _questions(turns, "Wann?") == [f"Wer ist {number}?" for number in range(1, 6)]


def test_what_was_answered_is_told_but_for_what_does_not_hold() -> None:
    statements = tuple(
        Statement(text, 0, len(text), (), support)
        for text, support in (("Bout war in Bangkok.", "supported"), ("Er floh.", "unsupported"), ("Ja.", "uncited"))
    )
    answer = Answer("Wo war Bout?", "", "de", statements)
    claim = check("Es dauerte 45 Minuten.", "refuted")
    turns = [_turn("Wo war Bout?", answer), _turn("Wer?", Answer("Wer?", "", "de")), _turn("Es dauerte ...", claim)]
    assert [one.answer for one in history_of(turns, "Wann?")] == ["Bout war in Bangkok.", None, "widerlegt"]
