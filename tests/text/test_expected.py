"""What kind of answer is asked for, and what holds one."""

from __future__ import annotations

import pytest

from rag.text.expected import expected_kind, holds_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Wie lange dauerte das Gespräch?", "duration"),
        ("How long did it last?", "duration"),
        ("Wie viele Jahre dauerte der Krieg?", "duration"),
        ("Wann begann es?", "time"),
        ("Seit wann ist er in Haft?", "time"),
        ("In welchem Jahr wurde er geboren?", "time"),
        ("What year was he born?", "time"),
        ("Wie viele Menschen kamen?", "amount"),
        ("Wie groß ist der Turm?", "amount"),
        ("How much did it cost?", "amount"),
        ("Wer war das?", None),
        ("Warum kam er?", None),
        ("", None),
    ],
)
def test_the_questions_words_tell_the_kind(question: str, kind: str | None) -> None:
    assert expected_kind(question) == kind


@pytest.mark.parametrize(
    ("kind", "holding", "lacking"),
    [
        ("duration", "Es dauerte etwa 25 Minuten.", "Es dauerte an."),
        ("duration", "Die 25-jährige Haftstrafe.", "Die lange Haftstrafe."),
        ("duration", "It took several weeks.", "It took place."),
        ("time", "Das war am 3. März.", "Das war damals."),
        ("time", "Gestern kam er.", "Er kam."),
        ("time", "Seit 1998 ist es so.", "Seither ist es so."),
        ("amount", "Es waren drei Schiffe.", "Es waren Schiffe."),
        ("amount", "Rund 7,5 Prozent.", "Etliche Prozent."),
    ],
)
def test_a_sentence_holds_the_kind_or_not(kind: str, holding: str, lacking: str) -> None:
    assert holds_kind(holding, kind)  # type: ignore[arg-type]
    assert not holds_kind(lacking, kind)  # type: ignore[arg-type]
