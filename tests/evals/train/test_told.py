"""Events told in many ways: what follows from what, slots filled alike, and files that hold what they should."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

import pytest

from evals.train.told import FOLDER, UNSAID, Teller, Told, Unsaid, read_told, read_unsaid, unsaid_pairs

STORM = Told(
    same=("Ein Sturm hat in {P} das Dach abgedeckt.", "In {P} riss eine Böe das Dach fort."),
    less=("In {P} gab es einen Sturmschaden.",),
    contrary=("Das Dach in {P} hielt dem Wind stand.",),
    open=("Der Sturm in {P} kostet {N} Euro.",),
)
VOTE = Told(
    same=("{A} gewann {T}.", "Der Sieg ging {T} an {A}."),
    less=("Es gab {T} einen Sieger.",),
    contrary=("{A} verlor {T} gegen {B}.",),
    open=("{A} feierte {T} mit {M} Gästen.",),
)


def _pairs(count: int = 400, seed: int = 1) -> list[tuple[str, str, str]]:
    return [(pair.kind, pair.label, pair.claim) for pair in Teller([STORM, VOTE], Random(seed)).pairs(count)]


def test_every_way_has_its_label() -> None:
    labels = {(kind, label) for kind, label, _ in _pairs()}
    assert labels == {
        ("told the same", "entailment"),
        ("told less", "entailment"),
        ("told contrary", "contradiction"),
        ("told left open", "neutral"),
        ("told says less", "not_entailment"),
        ("told another event", "neutral"),
        ("told said false", "contradiction"),
        ("told rumoured", "neutral"),
        ("told in context", "entailment"),
        ("told in context", "neutral"),
    }


def test_a_pairs_slots_are_filled_alike_and_two_of_a_kind_differ() -> None:
    for pair in Teller([VOTE, STORM], Random(2)).pairs(300):
        assert "{" not in pair.claim + pair.sentence + pair.before + pair.after
        if pair.kind == "told in context":
            named = any(len(word) > 3 and word.strip(".") in pair.claim for word in pair.before.split())
            assert named == (pair.label == "entailment")
        if pair.kind == "told the same" and " gewann " in pair.sentence:
            winner = pair.sentence.split(" gewann ")[0]
            assert winner in pair.claim
        if pair.kind == "told contrary" and (lost := re.fullmatch(r"(.+) verlor .* gegen (.+)\.", pair.claim)):
            assert lost[1] != lost[2]
            assert lost[1] in pair.sentence


def test_the_same_seed_gives_the_same_pairs() -> None:
    assert _pairs(50) == _pairs(50)
    assert _pairs(50) != _pairs(50, seed=2)


def test_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name, said in (("b", "Zwei"), ("a", "Eins")):
        row = {"same": [said], "less": [said], "contrary": [said], "open": [said]} | (
            {"language": "en"} if name == "b" else {}
        )
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert [(event.same, event.language) for event in read_told(tmp_path)] == [(("Eins",), "de"), (("Zwei",), "en")]


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.jsonl")), ids=lambda file: file.name)
def test_a_file_tells_each_event_in_enough_ways_with_known_slots(file: Path) -> None:
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert len(row["same"]) >= 4
        for key in ("less", "contrary", "open"):
            assert len(row[key]) >= 2
        for text in (text for key in ("same", "less", "contrary", "open") for text in row[key]):
            assert not re.search(r"\{(?![ABPQFNMTU]\})|(?<!\{[ABPQFNMTU])\}", text), text
            assert re.search(r"[.!?\"“”]$", text), text


def test_a_claim_stands_against_one_sentence_or_two() -> None:
    event = Unsaid(
        claims=("{A} verkaufte {T} das Haus.",),
        said=("Das Haus verkaufte {T} {A}.",),
        denied=("{A} habe {T} das Haus verkauft, hieß es. Das ist falsch.",),
        unsaid=("Falls der Preis stimmt, verkauft {A} das Haus.",),
    )
    pairs = list(unsaid_pairs([event], Random(1), count=200))
    assert {pair.label for pair in pairs} == {"entailment", "contradiction", "neutral"}
    denied = [pair for pair in pairs if pair.label == "contradiction"]
    assert {(bool(pair.before), bool(pair.after)) for pair in denied} == {(False, False), (False, True), (True, False)}
    assert all("Das ist falsch." in pair.before + pair.sentence + pair.after for pair in denied)
    assert "{" not in "".join(pair.claim + pair.sentence + pair.before + pair.after for pair in pairs)


@pytest.mark.parametrize("file", sorted(UNSAID.glob("*.jsonl")), ids=lambda file: file.name)
def test_a_file_of_claims_has_each_side_with_known_slots(file: Path) -> None:
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for key, least in (("claims", 2), ("said", 3), ("denied", 3), ("unsaid", 3)):
            assert len(row[key]) >= least
            for text in row[key]:
                assert not re.search(r"\{(?![ABPQFNMTU]\})|(?<!\{[ABPQFNMTU])\}", text), text


def test_all_files_are_read() -> None:
    assert len(read_unsaid()) + len(read_unsaid(held_out=True)) == sum(
        len(file.read_text(encoding="utf-8").splitlines()) for file in UNSAID.glob("*.jsonl")
    )


def test_what_is_held_out_is_read_by_itself(tmp_path: Path) -> None:
    for name in ("held_out", "learned"):
        row = {"same": [name], "less": [], "contrary": [], "open": []}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert [event.same for event in read_told(tmp_path)] == [("learned",)]
    assert [event.same for event in read_told(tmp_path, held_out=True)] == [("held_out",)]
