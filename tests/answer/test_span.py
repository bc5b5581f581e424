"""The words that answer, only where that is clear."""

from __future__ import annotations

import pytest

from rag.answer.span import answer_span, answer_value, asked_kind


def _words(question: str, text: str, language: str = "de") -> str | None:
    kind = asked_kind(question)
    assert kind is not None
    span = answer_span(question, text, kind=kind, language=language)
    return text[span[0] : span[1]] if span else None


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        (
            "Wie lange dauerte das Gespräch?",
            "Das Gespräch am 29. Juli dauerte rund 25 Minuten und betraf 3 Schiffe.",
            "rund 25 Minuten",
        ),
        ("Wie viele Gäste kamen?", "Es kamen zwischen 20 und 30 Gäste.", "zwischen 20 und 30 Gäste"),
        ("Wie viele Gäste kamen?", "Es kamen etwa 20 bis 30 Gäste.", "etwa 20 bis 30 Gäste"),
        ("Wie viele Gäste kamen?", "Es kamen bis zu 30 Gäste.", "bis zu 30 Gäste"),
        ("Wann begann der Umbau?", "Der Umbau begann am Dienstag, dem 1. November.", "Dienstag, dem 1. November"),
        (
            "Wie hoch ist der Schaden beim Brand?",
            "Beim Brand von fünf Häusern beträgt der Schaden fast 3 Millionen Euro.",
            "fast 3 Millionen Euro",
        ),
        ("Wie hoch war die Geldstrafe?", "Neben neun Jahren Haft war die Geldstrafe 900 Euro.", "900 Euro"),
        ("Wie teuer war die Brücke?", "Die Brücke ist 30 Meter lang und war 5 Euro teuer.", "5 Euro"),
        ("Wie alt ist Reed?", "Reed ist 30 Jahre alt und seit drei Jahren in Haft.", "30 Jahre"),
        ("Wie alt ist Reed?", "Reed, 30, ist seit drei Jahren in Haft.", "30"),
        ("Wie alt wurde Reed?", "Reed starb nach drei Jahren Haft im Alter von 82 Jahren.", "82 Jahren"),
        ("Wie viele Jahre war er fort?", "Er war zwei Wochen krank und drei Jahre fort.", "drei Jahre"),
        ("Wie lange dauert es?", "Es dauert fünf bis zehn Jahre.", "fünf bis zehn Jahre"),
        ("Wie lange war es in Betrieb?", "Es war 10 Tage lang in Betrieb.", "10 Tage"),
        ("Wie viele Gefangene kamen frei?", "Am 1. August kamen 26 Gefangene aus sieben Ländern frei.", "26 Gefangene"),
        ("Aus wie vielen Ländern kamen sie?", "Am 1. August kamen 26 Gefangene aus sieben Ländern.", "sieben Ländern"),
        ("Welcher Prozentsatz war es?", "Es waren 12 Betriebe, also 5,7 Prozent.", "5,7 Prozent"),
        ("Wie alt ist Reed?", "Der 30-jährige Reed sprach.", "30-jährige"),
        ("Wann starb er?", "Er starb im Februar 2024 in Haft.", "Februar 2024"),
        ("In welchem Jahr starb er?", "Er starb am Montag, vermutlich 1943.", "1943"),
        ("Wann im Jahr 2022 kam er?", "Von 2022 an gerechnet kam er am 3. Mai 2023.", "3. Mai 2023"),
        ("Um wie viel Uhr begann es?", "Am 1. August begann es um 14.30 Uhr mit 12 Gästen.", "14.30 Uhr"),
    ],
)
def test_the_one_mention_that_fits_is_the_answer(question: str, text: str, words: str) -> None:
    assert _words(question, text) == words


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Wann wurde er verhaftet?", "Er wurde 2018 verhaftet und 2020 verurteilt."),
        ("Wie lange dauerte es?", "Es dauerte lange."),
        ("Wie viele Menschen kamen?", "Drei Busse brachten 40 Gäste."),
        ("Wie viele Menschen kehrten zurück?", "16 Menschen gingen, acht kehrten zurück."),
        ("Wie viele Menschen kamen?", "Er bekam 16 Jahre."),
        ("Wann im Jahr 2022 kam er?", "Er kam 2022."),
        ("Wie viele der 26 Gefangenen kamen?", "Die 26 Gefangenen kamen."),
        ("Wie viele Zylinder hat der Motor?", "Der Motor hat 27 Prozent Wirkungsgrad."),
        ("Wie hoch ist der Schaden beim Brand?", "Beim Brand kamen zum Schaden aller fünf Menschen um."),
        ("Wie hoch war die Strafe?", "Die Strafe war neun Jahre Haft."),
        ("Wie weit flog es?", "Es flog 3 Stunden und wiegt 5 Kilogramm."),
        ("Wie hoch ist der Wert?", "Der Anteil liegt bei 70 Prozent; der Wert ist 3,62."),
        ("Wie alt ist Reed?", "Reed war drei Jahre in Haft."),
        ("Wie alt ist Reed?", "Reed trat die dreijährige Haftstrafe an."),
    ],
)
def test_where_it_is_not_clear_nothing_is_shown(question: str, text: str) -> None:
    assert _words(question, text) is None


def test_an_english_question_over_a_german_sentence_meets_it_in_the_unit() -> None:
    def value(question: str, text: str) -> str | None:
        found = answer_value(question, text, kind=asked_kind(question) or "time", language="de")
        return text[found.start : found.end] if found else None

    assert value("How many minutes did it last?", "Es dauerte 25 Minuten mit 3 Pausen.") == "25 Minuten"
    assert value("When did he die?", "Er starb im Februar 2024.") == "Februar 2024"
    assert value("How high was it?", "Es waren sieben Meter und drei Leute.") == "sieben Meter"
    assert value("How many planes took part?", "Es waren zwei Minister beteiligt.") is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Wann wurde Viktor Bout festgenommen?", "Griner wurde am 8. Dezember gegen Viktor Bout ausgetauscht."),
        ("Wann starb Putin?", "Nawalny starb am 16. Februar 2024."),
        ("Wie lange saß Griner in Haft?", "Whelan saß vier Jahre in Haft."),
        ("Wann wurde der Leiter der Bank in Sandholm entlassen?", "Der Leiter der Bank in Sandholm kam am 3. Mai."),
        ("Wann wurde Griner festgenommen?", "Whelan sagte, er sei am 3. Mai 2018 festgenommen worden."),
    ],
    ids=["another event", "another person", "another person in one place", "all but the verb", "a pronoun for another"],
)
def test_over_a_sentence_about_something_else_no_words_are_shown(question: str, text: str) -> None:
    kind = asked_kind(question)
    assert kind is not None
    assert answer_value(question, text, kind=kind, language="de") is not None
    assert _words(question, text) is None


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("Wann wurde Bout festgenommen?", "Die Festnahme des Händlers Bout war am 6. März 2008.", None),
        ("Wann wurde Bout festgenommen?", "Bout wurde 2008 in Bangkok festgenommen.", "2008"),
        ("Wann wurde Bout festgenommen?", "Am 6. März 2008 wurde er festgenommen.", "6. März 2008"),
        ("Wie lange dauerte das Telefonat mit Lawrow?", "Das Telefonat dauerte 25 Minuten.", "25 Minuten"),
        ("Wann war der Austausch?", "Der Gefangenenaustausch war am 8. Dezember.", "8. Dezember"),
    ],
)
def test_the_sentence_must_hold_the_verb_and_a_name_or_none_at_all(question: str, text: str, words: str | None) -> None:
    assert _words(question, text) == words


def test_a_when_that_joins_two_clauses_asks_for_no_time() -> None:
    assert asked_kind("What happens when a number is multiplied?") is None
    assert asked_kind("When did he die?") == asked_kind("In what year did he die?") == "time"
