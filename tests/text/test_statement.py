"""A question, a request, a statement, or no sentence at all."""

from __future__ import annotations

import pytest

from rag.text.language import Language
from rag.text.statement import has_verb, is_question, is_request, without_quotations


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wer ist Viktor Bout?", "de"),
        ("Wie lange dauerte das Gespräch", "de"),
        ("Und was sagte er dazu", "de"),
        ("Wie lange", "de"),
        ("Welche Häfen", "de"),
        ("Wurde Griner verurteilt", "de"),
        ("Kann Griner freigelassen werden", "de"),
        ("Kam Whelan frei", "de"),
        ("Wofür war Tesla, abgesehen von seinen Leistungen, berühmt", "de"),
        ("Is Griner free", "en"),
        ("When was Griner arrested", "en"),
        ("If two integers are multiplied, what is this expression called", "en"),
    ],
)
def test_what_asks_is_a_question_with_or_without_its_mark(text: str, language: Language) -> None:
    assert is_question(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Griner wurde verurteilt", "de"),
        ("Wie das Weiße Haus mitteilte, ist Griner frei.", "de"),
        ("Wer lügt, wird bestraft.", "de"),
        ("Sollte Moskau festhalten, werde das Kosten nach sich ziehen.", "de"),
        ("Waren aus China werden teurer.", "de"),
        ("Reisen nach Russland sind gefährlich.", "de"),
        ("Eine der Maschinen stürzte ab.", "de"),
        ("„“, sagte Biden.", "de"),
        ("When Griner was arrested, she had oil with her.", "en"),
    ],
)
def test_a_statement_may_begin_like_a_question(text: str, language: Language) -> None:
    assert not is_question(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hallo", "de"),
        ("Danke, das hilft mir.", "de"),
        ("Erkläre mir den Austausch", "de"),
        ("Nennen Sie die Häfen.", "de"),
        ("Ich möchte wissen, wann Griner freikam", "de"),
        ("Tell me about Griner", "en"),
    ],
)
def test_greetings_and_requests_state_nothing(text: str, language: Language) -> None:
    assert is_request(text, language)
    assert not is_request("Griner nannte die Häfen", language)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Putin lebt", "de", True),
        ("Die Inflation sinkt", "de", True),
        ("Experten warnen", "de", True),
        ("Deutschland belegte einen ausgezeichneten Platz", "de", True),
        ("Poldark airs on HBO", "en", True),
        ("Reed won", "en", True),
        ("Olaf Scholz", "de", False),
        ("Und in Ankara", "de", False),
        ("Wetter morgen", "de", False),
        ("Die verurteilte Griner", "de", False),
        ("Gefangenenaustausch Ankara", "de", False),
        ("prisoner exchange Ankara", "en", False),
        ("Griner", "de", False),
    ],
)
def test_a_fragment_has_no_verb(text: str, language: Language, expected: bool) -> None:
    assert has_verb(text, language) is expected


def test_what_is_quoted_is_left_out() -> None:
    assert without_quotations('„Warum „jetzt“?“, fragte er, "so" früh.') == "„“, fragte er, „“ früh."
