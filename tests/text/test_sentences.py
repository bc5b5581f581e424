"""Sentences with offsets: German news as it is written."""

from __future__ import annotations

import re

import pytest

from rag.text.sentences import split_sentences


def _split(text: str, language: str | None = "de") -> list[str]:
    return [text[s.start : s.end] for s in split_sentences("a", text, language=language)]


WHOLE = [
    "Am 3. August begann die Messe in der 12. Halle.",
    "Der 1. FC Sandholm verlor zum 4. Mal.",
    "Die 3. Auflage erschien am 24.02.2022 um 10.30 Uhr.",
    "Das gilt z. B. für Obst, d. h. auch für Äpfel u. a. aus dem Süden.",
    "Dr. Muster und Prof. Beispiel sprachen mit Hrn. Müller von der Muster AG.",
    "Die Strafe beträgt ca. 1,5 Mio. Euro bzw. 25 Jahre.",
    "„Wir kommen morgen“, sagte die Ministerin.",
    '"Wir kommen morgen. Wir bringen Brot mit", sagte der Bäcker.',
    "Er wurde zu einer 25-jährigen Haftstrafe verurteilt (vgl. Abs. 3 Nr. 4).",
]


@pytest.mark.parametrize("sentence", WHOLE)
def test_what_is_one_sentence_stays_one(sentence: str) -> None:
    assert _split(f"Davor steht etwas. {sentence} Danach steht etwas.") == [
        "Davor steht etwas.",
        sentence,
        "Danach steht etwas.",
    ]


ENGLISH = [
    "Mr. Sample and Ms. Example met Mrs. Other at 5 p.m. in Washington.",
    "The U.S. official spoke on Dec. 8 in New York.",
    "Moscow kept Ms. Example and Dr. Sample together.",
]


@pytest.mark.parametrize("sentence", ENGLISH)
def test_english_titles_and_dates_do_not_end_a_sentence(sentence: str) -> None:
    assert _split(f"It rained. {sentence} It stopped.", "en") == ["It rained.", sentence, "It stopped."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kommt er? Ja! Er kommt.", ["Kommt er?", "Ja!", "Er kommt."]),
        ("Erste Zeile ohne Punkt\n\nZweiter Absatz.", ["Erste Zeile ohne Punkt", "Zweiter Absatz."]),
        ("„Nein.“ Er ging.", ["„Nein.“", "Er ging."]),
        ("Er sagte: „Ich gehe.“ Dann ging er.", ["Er sagte: „Ich gehe.“", "Dann ging er."]),
        ("Es endete 2022. Danach war Ruhe.", ["Es endete 2022.", "Danach war Ruhe."]),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert _split(text) == expected


HOSTILE = [
    "🙂 Erster Satz! 👩‍👩‍👧 Zweiter Satz? 🎉🎉🎉",
    "e\u0301 Akzent. u\u0308ber allem.\u200b Unsichtbar.\u202e Rückwärts.\u202c Ende.",
    "Zeile eins.\r\nZeile zwei.\rZeile drei.\u2028Zeile vier.",
    "wort " * 5_000,
    "a" * 5_000,
    '„Er rief: ‚Komm!‘ und ging.“ Dann „noch eins“. "Und" «das» »auch«.',
    "... --- !!! ???\n\n\n* * *\nText.\n1.\n2.\n3.",
    "<p>Ein Satz.</p><script>x. Y.</script>",
    "(Eins. Zwei.) [Drei. Vier.] Fünf.",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", ["de", "en", None, "fr"])
def test_whatever_the_text_sentences_are_in_order_and_lose_no_letter(text: str, language: str | None) -> None:
    sentences = split_sentences("a", text, language=language)
    at = 0
    kept = ""
    for number, sentence in enumerate(sentences):
        assert sentence.index == number
        assert at <= sentence.start < sentence.end <= len(text)
        piece = text[sentence.start : sentence.end]
        assert piece == piece.strip()
        assert len(piece) <= 1_200
        kept += piece
        at = sentence.end
    assert re.findall(r"[^\W\d_]", kept) == re.findall(r"[^\W\d_]", text)


@pytest.mark.parametrize("text", ["", " \n\t ", "12345", "... !!! ---", "1. 2. 3."])
def test_a_text_without_a_letter_has_no_sentence(text: str) -> None:
    assert split_sentences("a", text, language="de") == []


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Seine Arbeit geriet in Vergessenheit. 1960 benannte man etwas nach ihm.", 2),
        ("Er kam im Nov. 1960 nach Berlin.", 1),
        ("Es waren ca. 1960 Menschen da.", 1),
        ("Das geschah am 3. 1960 war es vorbei.", 1),
        ("Sie war bekannt. 1960 Menschen kamen.", 1),
    ],
)
def test_a_sentence_may_begin_with_a_year(text: str, sentences: int) -> None:
    assert len(split_sentences("a", text, language="de")) == sentences


@pytest.mark.parametrize("unit", ["g", "kg", "mg", "m", "km", "cm", "mm", "l", "t", "ha", "h", "s", "°C", "%"])
def test_a_full_stop_after_a_unit_ends_the_sentence(unit: str) -> None:
    for measured in (f"Es waren weniger als 1 {unit}.", f"Es waren nur 2,5{unit}."):
        assert _split(f"{measured} Die Spielerin ging. „Schade.“") == [measured, "Die Spielerin ging.", "„Schade.“"]
        assert _split(f"{measured} „Schade“, sagte sie.") == [measured, "„Schade“, sagte sie."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Das Dorf liegt 800 m. ü. d. M. am Hang.",
        "Er fuhr 5 km. weit und 3 h. lang.",
        "Am 9. m. Tag kam sie an.",
        "Das Kapitel g. Schmidts fehlt.",
    ],
)
def test_a_unit_ends_no_sentence_that_goes_on(sentence: str) -> None:
    assert _split(sentence) == [sentence]


@pytest.mark.parametrize(
    "unseen", [*"\u200b\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff", " \u200b \u202e\n"]
)
def test_a_sentence_neither_begins_nor_ends_with_what_is_not_seen(unseen: str) -> None:
    assert _split(f"{unseen}Es reg{unseen}nete.{unseen} {unseen}Sie ging.{unseen}") == [
        f"Es reg{unseen}nete.",
        "Sie ging.",
    ]


def test_characters_that_are_not_seen_are_no_sentence() -> None:
    assert _split("\u200b\u202e\ufeff") == []


def test_ordinals_in_a_row_stay_one_sentence_however_many_they_are() -> None:
    text = "Der 3. " * 40 + "Tag begann.\n\nEs regnete."
    assert _split(text) == ["Der 3. " * 40 + "Tag begann.", "Es regnete."]


def test_a_long_text_is_split_as_its_parts_are() -> None:
    paragraph = "Am 3. August kam Dr. Muster. „Nein.“ Er ging. Es endete 2022. Danach war Ruhe."
    assert _split("\n\n".join([paragraph] * 300)) == _split(paragraph) * 300
    assert _split(" ".join([paragraph] * 300)) == _split(paragraph) * 300
