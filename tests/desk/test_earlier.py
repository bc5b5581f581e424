"""What a follow-up may be about."""

from __future__ import annotations

from datetime import UTC, datetime

from rag.desk.earlier import history_of
from rag.desk.types import Turn
from rag.types import Check, Filters
from tests.checks import check


def _turn(typed: str, result: Check | None = None) -> Turn:
    made = datetime(2026, 11, 24, tzinfo=UTC)
    return Turn(typed, "gespräch", 1, typed, "claim" if result else "question", Filters(), made, result)


def test_questions_and_claims_count_oldest_first() -> None:
    claim = _turn("Es dauerte 45 Minuten.", check("Es dauerte 45 Minuten.", "refuted"))
    assert history_of([_turn("Wer sprach?"), claim], "Wann war das?") == ("Wer sprach?", "Es dauerte 45 Minuten.")


def test_a_text_of_several_claims_is_not_looked_back_to_nor_beyond() -> None:
    text = _turn("A. B.", check("A. B.", "supported", parts=[check("A.", "supported"), check("B.", "supported")]))
    assert history_of([_turn("Wer sprach?"), text, _turn("Wo war das?")], "Wann?") == ("Wo war das?",)


def test_what_is_asked_now_is_not_its_own_history() -> None:
    assert history_of([_turn("Es dauerte 45 Minuten."), _turn("Wer sprach?")], "Es dauerte 45 Minuten.") == (
        "Wer sprach?",
    )


def test_only_the_last_that_can_be_asked_are_looked_at() -> None:
    turns = [*(_turn(f"Wer ist {number}?") for number in range(6)), _turn("Wann " * 1_000)]
    assert history_of(turns, "Wann?") == tuple(f"Wer ist {number}?" for number in range(1, 6))
