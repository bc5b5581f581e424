"""What a written statement says beyond the sentence that it cites is seen, also where a check would let it pass."""

from __future__ import annotations

import pytest

from rag.check.added import added

CALL = "Antony Blinken telefonierte am 29. Juli 2022 mit Sergej Lawrow."


def _words(statement: str, sentence: str, *, before: str = "", language: str = "de") -> list[str]:
    found = added(statement, sentence, before, language=language, of=language)
    return [statement[span.start : span.end] for span in found]


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (CALL, CALL),
        ("Am 29. Juli 2022 hat Antony Blinken mit Sergej Lawrow telefoniert.", CALL),
        ("Das Gespräch dauerte 25 Minuten.", "Das Gespräch dauerte rund 25 Minuten."),
        ("Das Gespräch hat rund 25 Minuten gedauert.", "Das Gespräch dauerte 25 Minuten."),
        ("Griner wird zu neun Jahren verurteilt.", "Griner wurde zu neun Jahren verurteilt."),
        ("Er kann kommen.", "Er könne kommen, sagte sie."),
        ("Der Preis stieg am Flughafen Wnukowo.", "Der Preis stieg auf dem Flughafen Wnukowo."),
    ],
)
def test_what_the_sentence_says_adds_nothing(statement: str, sentence: str) -> None:
    assert _words(statement, sentence) == []


@pytest.mark.parametrize("adverb", ["heimlich", "erneut", "auch", "lange", "angeblich", "erfolglos", "zweimal"])
def test_adverbs_are_added(adverb: str) -> None:
    assert _words(f"Antony Blinken telefonierte am 29. Juli 2022 {adverb} mit Sergej Lawrow.", CALL) == [adverb]


@pytest.mark.parametrize("modal", ["will", "könnte", "sollte", "muss", "wird", "darf", "würde"])
def test_modal_verbs_and_the_future_are_added(modal: str) -> None:
    assert _words(f"Blinken {modal} mit Lawrow telefonieren.", CALL) == [modal]


def test_an_english_future_condition_or_aim_is_added() -> None:
    sentence = "The swap took place at an airport."
    assert _words("The swap would take place at an airport.", sentence, language="en") == ["would"]
    assert "to" in _words("The swap was planned to take place at an airport.", sentence, language="en")


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("Das Schiff fuhr weiter.", "Das Schiff darf weiterfahren und könnte weiter fahren."),
        ("Moskau ist zurückgekehrt.", "Danach werde Moskau zurückkehren."),
    ],
)
def test_what_the_sentence_leaves_open_may_not_be_left_out(statement: str, sentence: str) -> None:
    assert _words(statement, sentence)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("25 Minuten", "mehr als 25 Minuten"),
        ("25 Minuten", "weniger als 25 Minuten"),
        ("mindestens 25 Minuten", "25 Minuten"),
        ("bis zu 25 Minuten", "25 Minuten"),
    ],
)
def test_a_limit_that_was_put_in_or_left_out_is_seen(said: str, source: str) -> None:
    assert _words(f"Das Gespräch dauerte {said}.", f"Das Gespräch dauerte {source}.") == [said]


@pytest.mark.parametrize("sign", ["≠", ">", "≥", "<"])
def test_mathematical_signs_are_added(sign: str) -> None:
    assert _words(f"Das Gespräch dauerte {sign} 25 Minuten.", "Das Gespräch dauerte 25 Minuten.") == [sign]


def test_a_name_behind_another_preposition_is_another_thing() -> None:
    sentence = "Yaroshenko was arrested in Liberia and taken to Texas."
    assert _words("Yaroshenko was arrested in Texas.", sentence, language="en") == ["Texas"]


def test_beside_a_quotation_only_plain_verbs_of_saying_may_differ() -> None:
    sentence = "„Wir geben nicht auf“, fügte Biden hinzu."
    assert _words("Biden sagte: „Wir geben nicht auf“.", sentence) == []
    assert _words("Biden spottete: „Wir geben nicht auf“.", sentence) == ["spottete"]


def test_what_stands_before_the_sentence_is_not_added() -> None:
    before = "Das geheime Gespräch begann um zwölf."
    assert _words("Das geheime Gespräch dauerte 25 Minuten.", "Es dauerte 25 Minuten.", before=before) == []


def test_of_two_languages_limits_and_words_that_leave_it_open_are_told() -> None:
    found = added("Razoni could leave Odessa.", "Razoni verließ Odessa.", "", language="en", of="de")
    assert [(span.start, span.end) for span in found] == [(7, 12)]


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("Der Minister nahm Geld von Gazprom.", "Es ist falsch, dass der Minister Geld von Gazprom nahm."),
        ("Der Minister nahm Geld.", "Das Gerücht, dass der Minister Geld nahm, verbreitete sich."),
        ("Lawrow hat in Genf gelogen.", "Laut einem Gerücht hat Lawrow in Genf gelogen."),
        ("Lawrow hat in Genf gelogen.", "Blinken sagte, Lawrow habe in Genf gelogen."),
        ("Lawrow muss zurücktreten.", "Lawrow müsse zurücktreten, sagte Blinken."),
        ("Lawrow hat in Genf gelogen.", "Lawrow hat angeblich in Genf gelogen."),
        ("Whelan kommt am Montag frei.", "Falls Russland zustimmt, kommt Whelan am Montag frei."),
        ("Whelan kommt am Montag frei.", "Wenn Russland zustimmt, kommt Whelan am Montag frei."),
        ("Whelan kommt am Montag frei.", "Whelan kommt am Montag frei, sofern Russland zustimmt."),
        ("Whelan kommt am Montag frei.", "Sollte Russland zustimmen, kommt Whelan am Montag frei."),
        ("Die Armee eroberte die Brücke.", "Die Armee eroberte fast die Brücke."),
        ("Die Armee eroberte die Brücke.", "Beinahe eroberte die Armee die Brücke."),
        ("Der Täter floh nach Polen.", "Der mutmaßliche Täter floh nach Polen."),
        ("20 Menschen starben.", "Zwischen 10 und 20 Menschen starben."),
        ("20 Menschen starben.", "10 bis 20 Menschen starben."),
        ("Abgeordnete stimmten in Berlin zu.", "Einige Abgeordnete stimmten in Berlin zu."),
        ("Die Abgeordneten stimmten in Berlin zu.", "Die Hälfte der Abgeordneten stimmte in Berlin zu."),
        ("Blinken telefonierte mit Lawrow.", "Nur Blinken telefonierte mit Lawrow."),
        ("Der Minister telefonierte mit Lawrow.", "Der frühere Minister telefonierte mit Lawrow."),
        ("Der Minister telefonierte mit Lawrow.", "Der designierte Minister telefonierte mit Lawrow."),
        ("Der Minister telefonierte mit Lawrow.", "Der stellvertretende Minister telefonierte mit Lawrow."),
        (
            "Die Firma wurde 1990 von Karl Weber gegründet.",
            "Die Firma wurde 1990 von Anna Schmidt gegründet und 2005 von Karl Weber verkauft.",
        ),
        ("Peter Müller erhielt den Preis.", "Die Frau von Peter Müller erhielt den Preis."),
        ("Der Minister erhielt den Preis.", "Die Frau des Ministers erhielt den Preis."),
        ("Lawrow erhielt den Preis.", "Lawrows Frau erhielt den Preis."),
    ],
)
def test_what_a_german_sentence_leaves_open_is_not_told_as_so(statement: str, sentence: str) -> None:
    assert _words(statement, sentence)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("The minister took money from Gazprom.", "It is false that the minister took money from Gazprom."),
        ("The army shot civilians in Odessa.", "The rebels claimed that the army shot civilians in Odessa."),
        ("The army shot civilians in Odessa.", "The rebels claimed the army shot civilians in Odessa."),
        ("Whelan comes home on Monday.", "If Russia agrees, Whelan comes home on Monday."),
        ("Whelan comes home on Monday.", "Unless Russia objects, Whelan comes home on Monday."),
        ("The army captured the bridge.", "The army almost captured the bridge."),
        ("20 people died.", "Between 10 and 20 people died."),
        ("Soldiers left Odessa.", "Some Russian soldiers left Odessa."),
        ("The soldiers left Odessa.", "Half of the soldiers left Odessa."),
        ("The minister met Lavrov in Geneva.", "The former minister met Lavrov in Geneva."),
        ("The minister met Lavrov in Geneva.", "The deputy minister met Lavrov in Geneva."),
        ("Lavrov received the prize.", "The daughter of Lavrov received the prize."),
        ("Lavrov received the prize.", "Lavrov's daughter received the prize."),
    ],
)
def test_what_an_english_sentence_leaves_open_is_not_told_as_so(statement: str, sentence: str) -> None:
    assert _words(statement, sentence, language="en")


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("Laut Blinken hat Lawrow in Genf gelogen.", "Blinken sagte, Lawrow habe in Genf gelogen."),
        ("Blinken sagte, dass Lawrow in Genf log.", "Blinken sagte, dass Lawrow in Genf log."),
        ("Das Telefonat dauerte rund 25 Minuten.", "Nach Angaben eines US-Beamten dauerte das Telefonat 25 Minuten."),
        ("Das Gespräch dauerte fast 25 Minuten.", "Das Gespräch dauerte fast 25 Minuten."),
        ("10 bis 20 Menschen starben.", "Zwischen 10 und 20 Menschen starben."),
        ("Die Steuer stieg auf 20 Prozent.", "Die Steuer stieg von 10 auf 20 Prozent."),
        ("Blinken telefonierte mit Lawrow.", "Blinken telefonierte mit Lawrow, dem früheren Botschafter."),
        ("Blinken telefonierte mit Lawrow.", "Der frühere Berater Blinken telefonierte mit Lawrow."),
        ("Blinken telefonierte mit Lawrow.", "Nicht nur Blinken telefonierte mit Lawrow."),
        ("Blinken telefonierte mit Lawrow.", "Blinken reiste nach Genf und telefonierte mit Lawrow."),
        ("Blinken telefonierte mit Lawrow.", "Blinken, der am Montag mit Lawrow telefonierte, hofft auf Frieden."),
        ("Anna Schmidt gründete 1990 die Firma.", "Die Firma wurde 1990 von Anna Schmidt gegründet."),
    ],
)
def test_what_is_told_as_it_stands_leaves_nothing_open(statement: str, sentence: str) -> None:
    assert _words(statement, sentence) == []


def test_a_clause_that_only_tells_which_one_it_is_leaves_nothing_open() -> None:
    sentence = "The bridge that the army captured in May collapsed."
    assert _words("The army captured the bridge in May.", sentence, language="en") == []
