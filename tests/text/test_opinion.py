"""What is an opinion, and what only looks like one."""

from __future__ import annotations

import pytest

from rag.text.language import Language
from rag.text.opinion import is_opinion


@pytest.mark.parametrize(
    ("statement", "language"),
    [
        ("Die Razoni ist schön.", "de"),
        ("Das Abkommen ist wirklich toll!", "de"),
        ("Berlin ist die schönste Stadt der Welt.", "de"),
        ("Scholz ist ein toller Kanzler.", "de"),
        ("Die Lage ist schlecht.", "de"),
        ("Ich finde den Austausch richtig.", "de"),
        ("Meiner Meinung nach war das falsch.", "de"),
        ("Die Partei sollte verboten werden.", "de"),
        ("The deal was great.", "en"),
        ("Putin is a terrible person.", "en"),
        ("I think Griner is innocent.", "en"),
        ("Griner should be freed.", "en"),
    ],
)
def test_taste_belief_and_demand_are_opinions(statement: str, language: Language) -> None:
    assert is_opinion(statement, language)


@pytest.mark.parametrize(
    ("statement", "language"),
    [
        ("Scholz nannte das Treffen schön.", "de"),
        ("Laut Umfrage ist der Plan beliebt, die Partei schön.", "de"),
        ("Scholz sagte, das Treffen ist schön.", "de"),
        ("Das Werk sollte 2020 geschlossen werden.", "de"),
        ("Der Austausch sollte am Montag stattfinden.", "de"),
        ("Bayern ist die beste Mannschaft der Liga.", "de"),
        ("Das Konzert war gut besucht.", "de"),
        ("Der Hafen ist gefährlich.", "de"),
        ("The minister said Griner should be freed.", "en"),
        ("The ship was a great success in 1912.", "en"),
        ("Reed is good at chess.", "en"),
    ],
)
def test_a_report_and_a_plan_are_none(statement: str, language: Language) -> None:
    assert not is_opinion(statement, language)
