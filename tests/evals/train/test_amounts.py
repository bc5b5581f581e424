"""What is told in numbers."""

from __future__ import annotations

import re
from random import Random

from evals.train.amounts import amounts, comparisons, corrected, counts, who_counted
from evals.train.draw import Draw
from evals.train.patterns import NUMERALS

DRAW = Draw(Random(3))
UP = re.compile(r"stieg|kletterte|wuchs|erhöhte|nahm .*\bzu\b|nahm zu|nach oben")


def _value(text: str) -> float:
    words = NUMERALS.split("|")
    small = text.lower()
    return words.index(small) + 2 if small in words else float(small.replace(".", "").replace(",", "."))


def test_what_rises_goes_to_a_higher_number_and_what_falls_to_a_lower_one() -> None:
    for _ in range(3000):
        pair = amounts(DRAW)
        for text in (pair.sentence, pair.claim if pair.label == "entailment" else ""):
            if numbers := re.search(r"von ([\d,]+) auf ([\d,]+)", text):
                assert (_value(numbers[1]) < _value(numbers[2])) == bool(UP.search(text)), text


def test_a_claim_that_it_went_the_other_way_contradicts() -> None:
    for _ in range(2000):
        pair = amounts(DRAW)
        turned = bool(UP.search(pair.claim)) != bool(UP.search(pair.sentence))
        assert not turned or pair.label == "contradiction", pair


def test_to_and_by_are_two_things() -> None:
    """Of what rose by 5 it is not known to what; of what rose to 5, not by how much."""
    for _ in range(3000):
        pair = amounts(DRAW)
        told, claimed = (set(re.findall(r"\b(?:um|auf) [\d,]+", text)) for text in (pair.sentence, pair.claim))
        if pair.label == "entailment":
            assert claimed <= told, pair
        if pair.label == "neutral":
            assert not {one.split()[0] for one in told} & {one.split()[0] for one in claimed}, pair


def test_a_part_is_smaller_than_the_whole() -> None:
    found = 0
    for _ in range(3000):
        if part := re.match(r"(?:Nur )?(\S+) (?:der|von) (\S+) ", counts(DRAW).sentence):
            assert _value(part[1]) < _value(part[2])
            found += 1
    assert found > 100


def test_labels_of_counts_are_due() -> None:
    labels: dict[tuple[str, str], set[str]] = {}
    for _ in range(6000):
        pair = counts(DRAW)
        told, claimed = (re.match(r"(?:Nicht |Fast )?\S+", text)[0] for text in (pair.sentence, pair.claim))  # type: ignore[index]
        if not re.search(r"\d", told + claimed):
            labels.setdefault((told, claimed), set()).add(pair.label)
    assert labels["Nicht alle", "Alle"] == {"contradiction"}
    assert labels["Nicht alle", "Keine"] == {"neutral"}
    assert labels["Fast alle", "Die"] == {"entailment"}
    assert labels["Fast alle", "Wirklich"] == {"contradiction"}
    assert labels["Einige", "Alle"] == {"neutral"}
    assert labels["Kaum", "Viele"] == {"contradiction"}


def test_what_one_counted_is_not_what_another_counted() -> None:
    by_name = dict(by.split("|")[::-1] for by in DRAW.words["counted"]["by"])
    for _ in range(2000):
        pair = who_counted(DRAW)
        told = _numbers_by_whom(pair.sentence, by_name)
        assert len(told) == 2
        claimed = re.match(r"Nach Angaben (d\w+ \w+) \w+ (\S+) ", pair.claim)
        if not claimed or claimed[1] not in told:
            assert pair.label == "neutral", pair
        else:
            assert pair.label == ("entailment" if told[claimed[1]] == claimed[2] else "contradiction"), pair


def _numbers_by_whom(text: str, by_name: dict[str, str]) -> dict[str, str]:
    """The numbers of those who counted, whose names stand in the genitive."""
    found = re.findall(r"[Nn]ach (?:Angaben|Zählung) (d\w+ \w+) (?:\w+ )?([\w.]+?)(?=\.?$| )", text)
    found += [(by_name[who], number) for who, number in re.findall(r"; (d\w+ \w+) nannte (\S+)\.$", text)]
    if told := re.search(r"^(\S+) .*Zahlen (d\w+ \w+); nach Einschätzung (d\w+ \w+) waren es (\S+)\.$", text):
        found += [(told[2], told[1].lower()), (told[3], told[4])]
    return dict(found)


def test_a_correction_bears_out_the_right_number_alone() -> None:
    for _ in range(1000):
        pair = corrected(DRAW)
        numbers = re.search(r"nicht (\S+)\.$", pair.after)
        if numbers:
            wrong = pair.claim.lower().startswith(f"{numbers[1]} ")
            assert pair.label == ("contradiction" if wrong else "entailment"), pair


def test_of_two_that_are_compared_one_is_more() -> None:
    for _ in range(500):
        pair = comparisons(DRAW)
        as_much = re.search(r"genauso (\w+) wie", pair.claim)
        assert not as_much or as_much[1] in {"hoch", "lang", "alt", "teuer", "groß", "sauber"}
        assert not as_much or pair.label == "contradiction"
