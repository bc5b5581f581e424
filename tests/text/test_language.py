"""Which language it is."""

from __future__ import annotations

import pytest

from rag.text.language import asked_language, detect_language, question_language, statement_language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Leuchtturm auf der Insel wurde vor hundert Jahren gebaut.", "de"),
        ("The lighthouse on the island was built a hundred years ago.", "en"),
        ("", None),
        ("12345 67", None),
        ("🙂 ?!", None),
        ("מגדלור על הצוק ליד הים", None),
    ],
)
def test_a_text_is_german_or_english_or_not_known(text: str, expected: str | None) -> None:
    assert detect_language(text) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Wer ist Viktor Bout?", "de"),
        ("Who is Viktor Bout?", "en"),
        ("In welchem Jahr war das?", "de"),
        ("How long did the call last?", "en"),
        ("Blinken Lawrow Telefonat", "de"),
        ("???", "de"),
    ],
)
def test_a_question_always_has_a_language_to_answer_in(question: str, expected: str) -> None:
    assert question_language(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Wann wurde der Leuchtturm gebaut?", "de"),
        ("When was the lighthouse built?", "en"),
        ("Brittney Griner", "de"),
        ("Putin Selenskyj", "de"),
        ("Gefangenenaustausch Ankara", "de"),
        ("", "de"),
        ("???", "de"),
        ("Kiedy został zwolniony Paul Whelan i dlaczego nie wcześniej?", None),
        ("Quand le phare a-t-il été construit et par qui ?", None),
        ("Коли звільнили Пола Вілана?", None),
        ("¿Cuándo fue construido el faro y por qué?", None),
    ],
)
def test_a_question_in_a_third_language_is_told_from_names(question: str, expected: str | None) -> None:
    assert asked_language(question) == expected


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Putin lebt.", "de"),
        ("Krasikow, Reed, Yaroshenko, Whelan und Kara-Mursa kamen frei.", "de"),
        ("Charles de Gaulle traf Ludwig van Beethoven.", "de"),
        ("Erdoğan telefonierte mit Selenskyj.", "de"),
        ("griner wurde zu neun jahren verurteilt", "de"),
        ("GRINER WURDE VERURTEILT", "de"),
        ("Kendall Jenner is a driver.", "en"),
        ("Anne Rice was born in 1997.", "en"),
        ("Guterres met the Turkish president.", "en"),
        ("Tatum O'Neal died.", "en"),
        ("Les États-Unis ont échangé Griner contre Bout.", None),
        ("Berlin es la capital de Alemania.", None),
        ("Il presidente ha detto che la guerra è finita.", None),
        ("O presidente falou com Lula em Brasília.", None),
        ("De president zei dat de oorlog voorbij is.", None),
        ("Præsidenten sagde, at krigen er slut.", None),
        ("Türkiye Cumhurbaşkanı Ankara'da konuştu.", None),
        ("Prezydent powiedział, że wojna się skończyła.", None),
        ("Президент сказал, что война окончена.", None),
        ("普京总统说战争结束了。", None),
        ("", None),
    ],
)
def test_a_statement_is_told_by_its_function_words_and_names_do_not_count(statement: str, expected: str | None) -> None:
    assert statement_language(statement) == expected
