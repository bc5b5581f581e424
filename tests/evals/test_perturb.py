"""Claims that are wrong in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.formats.form import read_form, write_row
from evals.perturb import perturb
from evals.types import Case, Evidence
from rag.text.sentences import split_sentences
from rag.types import Article


def _claim(text: str, id: str = "c") -> Case:
    return Case(id, text, "claim", evidence=(Evidence("a"),), answerable=False, verdict="supported")


def _altered(*claims: Case, seed: int = 0) -> dict[str, str]:
    return {case.tags[1]: case.text for case in perturb(claims, {}, {}, seed=seed) if case.original}


def _differing(one: str, other: str) -> list[tuple[str, str]]:
    return [(a, b) for a, b in zip(one.split(), other.split(), strict=True) if a != b]


@pytest.mark.parametrize(
    ("kind", "text", "word"),
    [
        ("number", "Das Gespräch am 29. Juli 2022 dauerte 25 Minuten.", "25"),
        ("number", "An Bord sind 26.000 Tonnen Mais.", "26.000"),
        ("date", "Das Schiff lief am 1. August aus.", "August"),
        ("date", "The trial ended in July.", "July."),
        ("date", "Er kam 2018 in Haft.", "2018"),
        ("unit", "Es dauerte 25 Minuten.", "Minuten."),
        ("unit", "It took three weeks.", "weeks."),
        ("direction", "Der Preis stieg um drei Prozent.", "stieg"),
        ("direction", "The price rose sharply.", "rose"),
    ],
)
def test_one_word_is_another(kind: str, text: str, word: str) -> None:
    [(before, after)] = _differing(text, _altered(_claim(text))[kind])
    assert before == word
    assert after.strip(".") != before.strip(".")


def test_opposites_are_what_they_should_be() -> None:
    assert _altered(_claim("Die Inflation stieg deutlich."))["direction"] == "Die Inflation sank deutlich."
    assert _altered(_claim("Es waren 5 Millionen Euro."))["unit"] in {
        "Es waren 5 Milliarden Euro.",
        "Es waren 5 Millionen Dollar.",
    }


@pytest.mark.parametrize(
    ("text", "altered"),
    [
        ("Er hat den Brief gelesen.", "Er hat nicht den Brief gelesen."),
        ("Die Welt wird es nicht anerkennen.", "Die Welt wird es anerkennen."),
        ("Es gab keinen Plan.", "Es gab einen Plan."),
        ("She was not at home.", "She was at home."),
        ("They were released on that day.", "They were not released on that day."),
    ],
)
def test_a_negation_is_put_in_or_taken_out(text: str, altered: str) -> None:
    assert _altered(_claim(text))["negation"] == altered


def test_a_name_is_another_one_of_the_same_cases() -> None:
    made = _altered(_claim("Gestern sprach Brittney Griner."), _claim("Später kam Evan Gershkovich.", "d"))
    assert made["name"] in {"Gestern sprach Evan Gershkovich.", "Später kam Brittney Griner."}
    assert "name" not in _altered(_claim("Gestern sprach Brittney Griner."))


def test_the_same_seed_gives_the_same_claims_in_any_order_and_another_seed_others() -> None:
    claims = [_claim(f"Es waren {number} Tonnen im Jahr 2019.", str(number)) for number in range(10, 40)]
    first = perturb(claims, {}, {}, seed=1)
    assert perturb(claims[::-1], {}, {}, seed=1) == first
    assert [case.text for case in perturb(claims, {}, {}, seed=2)] != [case.text for case in first]


def test_gold_sentences_of_questions_are_altered_too_and_each_original_comes_first() -> None:
    article = Article("a", "Es regnet. Der Turm ist 40 Meter hoch.")
    question = Case("q", "Wie hoch?", answers=("40",), evidence=(Evidence("a", "40", article.text.index("40")),))
    sentences = {"a": split_sentences("a", article.text, language="de")}
    original, *altered = perturb([question], {"a": article}, sentences, seed=0)
    assert (original.text, original.verdict) == ("Der Turm ist 40 Meter hoch.", "supported")
    assert {case.verdict for case in altered} == {"refuted"}
    assert {case.original for case in altered} == {original.text}
    assert {case.tags[1] for case in altered} == {"number", "unit", "negation"}


def test_a_refuted_claim_and_one_without_room_for_a_change_give_nothing() -> None:
    refuted = Case("c", "Es waren 3.", "claim", evidence=(Evidence("a"),), verdict="refuted")
    assert perturb([refuted, _claim("Es regnete.")], {}, {}, seed=0) == []


def test_what_is_made_is_a_suite(tmp_path: Path) -> None:
    made = perturb([_claim("Es waren 25 Minuten.")], {}, {}, seed=0)
    (tmp_path / "altered.jsonl").write_text("\n".join(map(write_row, made)), encoding="utf-8")
    assert [case.original for case in read_form(tmp_path / "altered.jsonl").cases] == [case.original for case in made]


def test_a_sample_is_a_part_that_the_seed_chooses():
    claims = [_claim(f"Im Hafen lagen {number} Schiffe.", f"c{number}") for number in range(11, 31)]
    every = perturb(claims, {}, {}, seed=0)
    some = perturb(claims, {}, {}, seed=0, sample=5)
    assert len([case for case in some if case.original is None]) == 5
    assert all(case in every for case in some)
    assert some == perturb(claims, {}, {}, seed=0, sample=5)
    assert some != perturb(claims, {}, {}, seed=1, sample=5)
    assert len([case for case in perturb(claims, {}, {}, seed=0, sample=50) if case.original is None]) == 20
