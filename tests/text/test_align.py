"""How well a question's words are found in a text."""

from __future__ import annotations

import pytest

from rag.text.align import Aligner


def _found(word: str, text: str, *, asked_in: str = "de", written_in: str = "de") -> float:
    return float(Aligner([word], language=asked_in).row(text, language=written_in)[0])


@pytest.mark.parametrize(
    ("word", "text", "share"),
    [
        ("Straße", "Die STRASSE ist lang.", 1.0),
        ("dauerte", "Es hat lange gedauert.", 0.97),
        # _aus aust usta stau taus ausc usch sch_: all but the first stand in the compound
        ("Austausch", "Der Gefangenenaustausch begann.", 7 / 8),
        ("2024", "Im Jahr 2024.", 1.0),
        ("2024", "Im Jahr 2025.", 0.0),
        ("5000", "Es kamen 5.000 Menschen.", 1.0),
        ("6.2", "Es waren 6,2 Prozent.", 1.0),
        ("Leuchtturm", "Brot und Wein.", 0.0),
    ],
)
def test_whole_words_stems_and_parts_of_compounds_are_found(word: str, text: str, share: float) -> None:
    assert _found(word, text) == pytest.approx(share, abs=0.001)


def test_a_compound_is_found_by_its_part_less_than_wholly() -> None:
    # of "_turm turm urm_" two stand in "leuchtturm": 0.85 * 2/3; of "_leu ... urm_" two of ten
    assert _found("Leuchtturm", "Der Turm.") == pytest.approx(0.85 * 2 / 3)


def test_between_languages_translations_and_related_spellings_are_found() -> None:
    assert _found("Germany", "In Deutschland.", asked_in="en") == 1.0
    assert _found("physics", "Die Physik.", asked_in="en") > 0.7
    assert _found("Deutschland", "In Germany.", written_in="en") == 1.0
    assert _found("Germany", "In Germany.", asked_in="en", written_in="en") == 1.0
    assert _found("Germany", "In Deutschland.", asked_in="en", written_in="en") == 0.0


def test_the_best_word_of_the_text_counts_for_each_word_of_the_question() -> None:
    row = Aligner(["Austausch", "Ankara", "Brot"], language="de").row("Austausch, Tausch in Ankara", language="de")
    assert row.tolist() == [1.0, 1.0, 0.0]


def test_a_question_without_words_has_an_empty_row() -> None:
    assert Aligner([], language="de").row("Ein Text.", language="de").shape == (0,)
