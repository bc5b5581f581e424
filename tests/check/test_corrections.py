"""Whether an article says that it sets an earlier report right."""

from __future__ import annotations

import pytest

from rag.check.corrections import correction, is_correction
from rag.types import Article

CORRECTING = [
    ("de", "Die Zahl 26, die in ersten Meldungen genannt wurde, erklärt sich durch zwei Kinder."),
    ("de", "In einer früheren Fassung dieses Artikels stand, es seien 26 gewesen."),
    ("de", "In einer früheren Version hieß es, die Brücke sei gesperrt."),
    ("de", "Der Täter war, anders als zunächst berichtet, 34 Jahre alt."),
    ("de", "Anders als von uns gemeldet bleibt die Schule offen."),
    ("de", "Entgegen ersten Meldungen gab es keine Toten."),
    ("de", "Die Polizei korrigierte damit frühere Angaben, wonach 176 in der Unterkunft lebten."),
    ("de", "Zunächst war von 25 Verletzten die Rede, doch es waren zwölf."),
    ("de", "Der Text wurde am Montag nachträglich korrigiert."),
    ("de", "Berichtigung: Der Zug fährt um acht."),
    ("de", "Der Zug fährt um acht.\n\nKorrektur (2. August): Nicht um neun."),
    ("en", "An earlier version of this article misstated the number of ships."),
    ("en", "Contrary to initial reports, nobody died in the fire."),
    ("en", "The bridge is open, not closed as previously reported."),
    ("en", "This story corrects the spelling of the minister's name."),
    ("en", "CORRECTION: The train leaves at eight."),
    ("en", "Initial reports of twelve dead were wrong, the police said."),
]
NOT_CORRECTING = [
    ("de", "Nach der Korrektur an den Börsen stiegen die Kurse wieder."),
    ("de", "Die Berichtigung des Grundbuchs kostet 200 Euro."),
    ("de", "Nach ersten Meldungen kamen 25 Menschen ums Leben."),
    ("de", "Der Konzern korrigierte seine Prognose nach unten."),
    ("de", "Anders als geplant bleibt die Schule geschlossen."),
    ("de", "Die frühere Fassung des Gesetzes galt seit 1990."),
    ("en", "As previously reported, the talks begin on Monday."),
    ("en", "Stocks rose after a correction in May."),
    ("en", "Initial reports said that twelve people had died."),
]


@pytest.mark.parametrize(("language", "text"), CORRECTING)
def test_an_article_that_says_so_corrects(language: str, text: str) -> None:
    assert is_correction(Article("a", text, language=language))


@pytest.mark.parametrize(("language", "text"), NOT_CORRECTING)
def test_other_corrections_are_none(language: str, text: str) -> None:
    assert not is_correction(Article("a", text, language=language))


def test_the_sentence_that_says_so_is_given() -> None:
    text = "Es waren 24 Gefangene. Anders als zunächst gemeldet, waren es nicht 26. Zwei Kinder reisten mit."
    found = correction(Article("a", text, language="de"))
    assert found is not None
    assert text[found.start : found.end] == "Anders als zunächst gemeldet, waren es nicht 26."


def test_a_title_says_so_too() -> None:
    article = Article("a", "Der Zug fährt um acht.", title="Korrektur: Zug fährt um acht", language="de")
    assert is_correction(article)
    assert correction(article) is None
    assert not is_correction(Article("a", "Der Kurs fiel.", title="Korrektur an der Börse", language="de"))


def test_a_text_of_unknown_language_is_read_as_german() -> None:
    assert is_correction(Article("a", "Entgegen ersten Meldungen gab es keine Toten."))
