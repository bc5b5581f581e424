"""Whether two names are of one speaker."""

from __future__ import annotations

import pytest

from rag.check.speakers import is_person_in, is_pronoun, resolve_pronoun, same_speaker


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Watson", "Adrienne Watson"),
        ("Watson", "die NSC-Sprecherin Adrienne Watson"),
        ("US-Präsident Joe Biden", "Biden"),
        ("Lawrow", "Sergey Lavrov"),
        ("Selenskyj", "Volodymyr Zelenskyy"),
        ("Erdogan", "Recep Tayyip Erdoğan"),
        ("David Whelan", "Mr. Whelan's brother David"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("das Weiße Haus", "Weißes Haus"),
    ],
)
def test_a_shorter_name_an_office_and_another_spelling_are_the_same(one: str, other: str) -> None:
    assert same_speaker(one, other) is True
    assert same_speaker(other, one) is True


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lawrow", "Adrienne Watson"),
        ("Joe Biden", "Olaf Scholz"),
        ("Blinken", "Lawrow"),
        ("Scholz", "Merkel"),
        ("Erdoğan", "UN-Generalsekretär António Guterres"),
    ],
)
def test_names_of_persons_that_clearly_differ_do(one: str, other: str) -> None:
    assert same_speaker(one, other) is False
    assert same_speaker(other, one) is False


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, "Biden"),
        ("Biden", None),
        ("sie", "Adrienne Watson"),
        ("Er", "Biden"),
        ("der Minister", "Antony Blinken"),
        ("NSC-Sprecherin", "Adrienne Watson"),
        ("Der Kreml", "Dmitri Peskow"),
        ("das Weiße Haus", "Karine Jean-Pierre"),
        ("Moskau", "Sergej Lawrow"),
        ("Russland", "Sergej Lawrow"),
        ("die UN", "António Guterres"),
        ("Der Spiegel", "Olaf Scholz"),
        ("Ortschaften", "Olaf Scholz"),
        ("Erstmals", "Steinbrück"),
        ("politischer Druck", "Heidemarie Wieczorek-Zeul"),
        ("Welt-Online", "Wolfgang Schäuble"),
        ("Der Bürgermeister von New Orleans", "Olaf Scholz"),
        ("Paul Whelan", "David Whelan"),
        ("Joe Biden", "Joseph Biden"),
    ],
)
def test_a_pronoun_an_office_a_government_and_a_namesake_say_nothing(one: str | None, other: str | None) -> None:
    assert same_speaker(one, other) is None
    assert same_speaker(other, one) is None


@pytest.mark.parametrize(
    ("speaker", "text"),
    [
        ("Sergej Lawrow", ""),
        ("Außenminister Lawrow", ""),
        ("Lawrow", "Außenminister Lawrow sprach."),
        ("Lawrow", "Lawrow sprach. Sergej Lawrow kam."),
    ],
)
def test_a_full_name_is_a_persons_and_a_single_one_that_the_text_calls_so(speaker: str, text: str) -> None:
    assert is_person_in(speaker, text)


@pytest.mark.parametrize(
    ("speaker", "text"),
    [
        ("Odesa", "Die Häfen in Odesa. Alle sahen Lyman Odesa."),
        ("Odesa", "Im Hafen Odesa war es still."),
        ("often", "He often spoke."),
        ("Often", "Often said."),
        ("The negotiations", "The negotiations said."),
        ("Jegliche Mitverantwortung", ""),
        ("Amnesty International", ""),
        ("er", "Er sprach."),
        (None, ""),
    ],
)
def test_places_and_things_are_no_persons(speaker: str | None, text: str) -> None:
    assert not is_person_in(speaker, text)


def test_a_pronoun_stands_for_the_one_person_that_the_context_names() -> None:
    assert [is_pronoun(one) for one in ("Er", "she", "Erdoğan", None)] == [True, True, False, False]
    assert resolve_pronoun("Er", "Erdoğan ist Präsident.", language="de") == "Erdoğan"
    assert resolve_pronoun("Er", "Erdoğan traf Guterres.", language="de") is None
    assert resolve_pronoun("Sie", "Ministerin Baerbock traf Minister Lawrow.", language="de") == "Baerbock"
    assert resolve_pronoun("Er", "Es regnete.", language="de") is None
    assert resolve_pronoun("Sie", "", language="de") is None
