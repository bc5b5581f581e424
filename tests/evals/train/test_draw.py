"""What is drawn by chance."""

from __future__ import annotations

from random import Random

import pytest

from evals.train.draw import Draw


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("Die Polizei", set()),
        ("Die Polizei in Ulm", {"Ulm"}),
        ("Der Konzern Solara", {"Solara"}),
        ("Solara", {"Solara"}),
        ("Richter Adler", {"Adler"}),
        ("Anna Adler", {"Anna", "Adler"}),
        ("Der Stadtrat von Bremen", {"Bremen"}),
        ("Die Elbe", {"Elbe"}),
    ],
)
def test_a_name_is_what_tells_one_from_others_of_the_kind(who: str, names: set[str]) -> None:
    assert Draw(Random(1)).names(who) == names


@pytest.mark.parametrize(
    ("who", "kind"), [("Solara", "firm"), ("Die Polizei in Ulm", "police"), ("Anna Adler", "person")]
)
def test_another_subject_is_never_the_same_in_other_words(who: str, kind: str) -> None:
    draw = Draw(Random(1))
    for _ in range(300):
        other = draw.names(draw.another_subject(who, kind))
        assert other
        assert not other & draw.names(who)


def test_a_pronoun_goes_with_the_first_name() -> None:
    draw = Draw(Random(1))
    assert {draw.pronoun("Anna Adler") for _ in range(20)} == {"Sie"}
    assert {draw.pronoun("Minister Bernd Adler") for _ in range(20)} == {"Er"}
    assert {draw.pronoun("Adler") for _ in range(20)} == {"Er", "Sie"}


def test_numbers_that_differ_in_writing_alone_are_one() -> None:
    draw = Draw(Random(1))
    for _ in range(500):
        assert len({number.value for number in draw.numbers(3)}) == 3


def test_a_number_is_written_as_german_writes_it() -> None:
    draw = Draw(Random(1))
    written = {number.value: number.text for number in (draw.number() for _ in range(5000))}
    assert all(written[value] == f"{value // 1000}.{value % 1000:03}" for value in written if value > 999)
    assert "zwölf" in {text for value, text in written.items() if value == 12} | {
        draw.number().text for _ in range(999)
    }


def test_what_is_known_is_not_drawn() -> None:
    assert Draw(Random(1)).fill("{who} in {place}", {"who": "Er", "place": "Ulm"}) == "Er in Ulm"
