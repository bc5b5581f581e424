"""What was given to check, split into its claims, and what cannot be checked."""

from __future__ import annotations

import pytest

from rag.check.claims import (
    MAX_CHARACTERS,
    MAX_GAPS,
    MAX_QUOTATIONS,
    MAX_QUOTATIONS_IN_TEXT,
    is_claim,
    read_claims,
)
from rag.errors import InputError

PARAGRAPH = (
    "Griner wurde am 17. Februar festgenommen. Sie wurde zu neun Jahren verurteilt.\n"
    "„Das war sehr bewegend. Wir freuen uns“, sagte Scholz.\n\n"
    "Das war gut für alle. Die Razoni lief am 1. August aus."
)


def test_a_paragraph_is_split_into_its_claims_where_they_stand() -> None:
    claims = read_claims(PARAGRAPH)
    assert [claim.text for claim in claims] == [
        "Griner wurde am 17. Februar festgenommen.",
        "Sie wurde zu neun Jahren verurteilt.",
        "„Das war sehr bewegend. Wir freuen uns“, sagte Scholz.",
        "Das war gut für alle.",
        "Die Razoni lief am 1. August aus.",
    ]
    assert all(PARAGRAPH[claim.start : claim.end] == claim.text for claim in claims)


def test_a_claim_that_points_back_brings_the_sentences_before_it_in_its_paragraph() -> None:
    contexts = {claim.text: claim.context for claim in read_claims(PARAGRAPH)}
    assert contexts["Sie wurde zu neun Jahren verurteilt."] == "Griner wurde am 17. Februar festgenommen."
    assert contexts["Das war gut für alle."] == ""
    assert contexts["Die Razoni lief am 1. August aus."] == ""
    after_a_time = read_claims("Griner wurde verurteilt. Am Montag kam sie frei.")[1]
    assert after_a_time.context == "Griner wurde verurteilt."


def test_one_claim_keeps_its_place_among_white_space() -> None:
    (claim,) = read_claims("  Das Telefonat dauerte 25 Minuten. \n")
    assert (claim.text, claim.start, claim.language) == ("Das Telefonat dauerte 25 Minuten.", 2, "de")
    assert claim.unfit is None


def test_the_items_of_a_list_are_claims_without_their_bullets() -> None:
    claims = read_claims("- Griner kam frei\n- Bout flog nach Moskau\n1. Whelan blieb in Haft\n2) Er wartet dort")
    assert [claim.text for claim in claims] == [
        "Griner kam frei",
        "Bout flog nach Moskau",
        "Whelan blieb in Haft",
        "Er wartet dort",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "24. Februar 2022 begann der Krieg.",
        "1. FC Köln gewann das Spiel.",
        "Die Einheit feiert man am\n3. Oktober in Berlin.",
        "Der Krieg begann am\n24. Februar, er endete am\n25. Februar 2023.",
    ],
)
def test_an_ordinal_at_the_beginning_of_a_line_is_no_bullet(text: str) -> None:
    assert [claim.text for claim in read_claims(text)] == [text]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Wie lange dauerte das Gespräch?", "question"),
        ("Wurde Griner verurteilt", "question"),
        ("Die Razoni ist schön.", "opinion"),
        ("I think Griner is innocent.", "opinion"),
        ("Les prisonniers ont été échangés à Ankara.", "not_understood"),
        ("Гринер приговорили к девяти годам.", "not_understood"),
        ("Olaf Scholz", "no_claim"),
        ("Wolodymyr Selenskyj", "no_claim"),
        ("hallo", "no_claim"),
        ("Erkläre mir den Austausch", "no_claim"),
        ("x" * 5_000, "no_claim"),
        ("wort " * 1_000, "no_claim"),
        ("12345 " * 800, "no_claim"),
        ("?!", "no_claim"),
        ("„“", "no_claim"),
        ("„…“", "no_claim"),
        ("„[…]“", "no_claim"),
        ("Biden sagte: „…“", "no_claim"),
        ("„[…]“, sagte Präsident Joe Biden.", "no_claim"),
        ("Biden sagte: „“", "no_claim"),
        ("Biden: „…“", "no_claim"),
        ("Biden sagte das.", "no_claim"),
        ("Das sagte Biden.", "no_claim"),
        ("Biden said nothing.", "no_claim"),
        ("„" * 5_000, "no_claim"),
    ],
)
def test_what_cannot_be_checked_says_why(text: str, reason: str) -> None:
    (claim,) = read_claims(text)
    assert claim.unfit == reason


def test_several_questions_are_one_refusal_and_mixed_ones_are_several() -> None:
    (claim,) = read_claims("Wer ist Bout? Wo ist Griner?")
    assert (claim.unfit, claim.text) == ("question", "Wer ist Bout? Wo ist Griner?")
    assert [claim.unfit for claim in read_claims("Wer ist Bout? Griner kam frei.")] == ["question", None]


@pytest.mark.parametrize(
    "text",
    [
        "„Warum?“, fragte er.",
        "„Wir werden niemals aufgeben“",
        "Blinken: „ein offenes Gespräch“",
        "Watson sagte: „kein ernsthaftes Gegenangebot",
        'Watson sagte: kein ernsthaftes" Gegenangebot',
        "Blinken nannte das „schön“.",
    ],
)
def test_a_quotation_is_a_claim_whatever_its_words_are(text: str) -> None:
    assert [claim.unfit for claim in read_claims(text)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Biden kündigte Sanktionen an.",
        "Das Gericht sprach Griner frei.",
        "Biden sagte, Griner komme frei.",
        "Biden sagte „das“.",
        "Der Minister sagte nichts zu den Vorwürfen.",
    ],
)
def test_what_tells_more_than_that_someone_speaks_is_a_claim(text: str) -> None:
    assert [claim.unfit for claim in read_claims(text)] == [None]


def test_more_quotations_than_are_looked_up_are_refused_in_words() -> None:
    assert read_claims(f"Biden sagte {'„a“ ' * MAX_QUOTATIONS}.")
    with pytest.raises(InputError, match="21 quotations; at most 20 are looked up"):
        read_claims(f"Biden sagte {'„a“ ' * (MAX_QUOTATIONS + 1)}.")
    with pytest.raises(InputError, match="leaves something out 21 times"):
        read_claims(f"Biden sagte: „{'die … ' * (MAX_GAPS + 1)}“.")
    with pytest.raises(InputError, match=r"The text has \d+ quotations"):
        read_claims("Biden sprach von „Gesindel“ und „Pack“. " * (MAX_QUOTATIONS_IN_TEXT // 2 + 1))


def test_five_thousand_characters_of_prose_are_all_read() -> None:
    text = "Die Razoni lief am Montag aus. Sie hatte Mais an Bord. " * 90
    claims = read_claims(text)
    assert len(claims) == 180
    assert {claim.unfit for claim in claims} == {None}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("x" * (MAX_CHARACTERS + 1), "10,001 characters"),
        ("Er kam frei. " * 300, "300 sentences"),
        ("Griner kam \ud83d frei.", "not valid Unicode"),
    ],
)
def test_a_text_that_cannot_be_used_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "Griner wurde zu neun Jahren verurteilt",
        "Die Razoni ist schön.",
        "The Razoni sails under the flag of Panama.",
        PARAGRAPH,
    ],
)
def test_a_statement_in_the_chat_is_to_be_checked(text: str) -> None:
    assert is_claim(text)


@pytest.mark.parametrize(
    "text",
    [
        "Und Whelan?",
        "Und in Ankara",
        "Wie lange",
        "Gefangenenaustausch Ankara",
        "Danke!",
        "Griner kam frei. Stimmt das?",
        "Macron est président de la France.",
        "",
        "\ud83d",
    ],
)
def test_a_question_a_follow_up_and_words_to_search_for_are_not(text: str) -> None:
    assert not is_claim(text)
