"""Sentences changed in one thing: what comes out, and the label that is due."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from evals.train.altered import Alterer, Change, Source, names_in, read_synonyms, sources, translated_pairs
from evals.train.examples import Pair

BUILT = "Der Leuchtturm wurde in Bremen gebaut."


def _source(text: str, *others: str, title: str = "Leuchtturm", before: str = "", after: str = "") -> Source:
    return Source(title, text, before, after, others)


def _changed(change: Change, source: Source, seed: int = 0) -> Pair | None:
    alterer = Alterer(
        Random(seed),
        names=["Bremen", "Kiel", "Ulm"],
        titles=["Anna Adler", "Bernd Busch (Maler)"],
        synonyms={"Leuchtturm": ["Feuerturm"]},
    )
    return change(alterer, source)


def _all(change: Change, source: Source) -> list[Pair]:
    return [pair for seed in range(40) if (pair := _changed(change, source, seed))]


@pytest.mark.parametrize(
    ("change", "text", "claim", "label"),
    [
        (Alterer.same, BUILT, BUILT, "entailment"),
        (
            Alterer.shorter,
            "Der Leuchtturm (rot und weiß), der oft gemalt wird, steht in Bremen.",
            "Der Leuchtturm steht in Bremen.",
            "entailment",
        ),
        (Alterer.synonym, BUILT, "Der Feuerturm wurde in Bremen gebaut.", "entailment"),
        (
            Alterer.turned_round,
            "1912 wurde der Leuchtturm neu gebaut.",
            "Der Leuchtturm wurde 1912 neu gebaut.",
            "entailment",
        ),
        (Alterer.number, "Er hat 135 Stufen.", r"Er hat \d+ Stufen\.", "contradiction"),
        (Alterer.number, "Es sind 1.350 Stufen.", r"Es sind (\d\.)?\d{3} Stufen\.", "contradiction"),
        (
            Alterer.negated,
            BUILT,
            r"Der Leuchtturm wurde (nicht|nie|niemals|keineswegs) in Bremen gebaut\.",
            "contradiction",
        ),
        (
            Alterer.opposite,
            "Er ist größer und steht dort.",
            "Er ist kleiner und steht dort.",
            "contradiction",
        ),
        (Alterer.renamed, BUILT, r"Der Leuchtturm wurde in (Kiel|Ulm) gebaut\.", "not_entailment"),
        (
            Alterer.names_swapped,
            "Die Fähre, die in Bremen ablegt, fährt nach Kiel.",
            "Die Fähre, die in Kiel ablegt, fährt nach Bremen.",
            "not_entailment",
        ),
        (Alterer.more, "Dort stehen einige Türme.", r"Dort stehen (alle|sämtliche|keine) Türme\.", "not_entailment"),
    ],
)
def test_a_claim_is_changed_in_one_thing(change: Change, text: str, claim: str, label: str) -> None:
    pairs = _all(change, _source(text))
    assert pairs
    for pair in pairs:
        assert re.fullmatch(claim, pair.claim), pair.claim
        assert (pair.sentence, pair.label) == (text, label)


@pytest.mark.parametrize(
    ("change", "sentence", "label"),
    [
        (
            Alterer.negated_in_source,
            r"Der Leuchtturm wurde (nicht|nie|niemals|keineswegs) in Bremen .*",
            "contradiction",
        ),
        (Alterer.almost, r"Der Leuchtturm wurde (beinahe|fast|um ein Haar) in Bremen gebaut\.", "contradiction"),
    ],
)
def test_a_sentence_is_changed_and_claimed_as_it_was(change: Change, sentence: str, label: str) -> None:
    for pair in _all(change, _source(BUILT)):
        assert re.fullmatch(sentence, pair.sentence)
        assert (pair.claim, pair.label) == (BUILT, label)


def test_a_hedge_is_borne_out_only_as_a_hedge() -> None:
    labels = {(pair.claim == pair.sentence, pair.label) for pair in _all(Alterer.hedged, _source(BUILT))}
    assert labels == {(True, "entailment"), (False, "neutral")}


def test_a_sentence_that_is_called_false_contradicts() -> None:
    for pair in _all(Alterer.said_false, _source(BUILT)):
        assert pair.label == "contradiction"
        assert BUILT in pair.sentence
        assert pair.after or not pair.sentence.endswith(BUILT)


def test_a_rumour_is_neutral_and_what_is_certain_entails() -> None:
    for pair in _all(Alterer.rumoured, _source(BUILT)):
        assert pair.label == ("entailment" if pair.kind == "sure" else "neutral")
        assert pair.sentence.endswith(f": {BUILT}")


def test_what_was_not_so_in_a_year_is_not_claimed_of_any_year() -> None:
    dated = _source("Der Turm wurde im Jahr 1912 gebaut.")
    for change in (Alterer.negated_in_source, Alterer.almost, Alterer.said_false):
        assert {pair.claim for pair in _all(change, dated)} == {dated.text}


@pytest.mark.parametrize("text", ["Der Turm wurde nicht gebaut.", "Als er kam, war es spät.", "Turm und Kliff."])
def test_nothing_is_denied_twice_or_where_no_main_clause_begins(text: str) -> None:
    assert not _all(Alterer.negated, _source(text))


def test_no_number_is_changed_that_another_one_may_follow_from() -> None:
    assert not _all(Alterer.number, _source("Er hat mindestens 135 Stufen."))


@pytest.mark.parametrize(
    "text", ["Er steht vor allem dort.", "Er steht nicht mehr, sagt sie.", "Er ist immer noch da."]
)
def test_no_word_of_a_set_phrase_is_turned(text: str) -> None:
    assert not _all(Alterer.opposite, _source(text))


def test_a_subject_that_goes_on_is_not_torn_apart() -> None:
    assert not _all(Alterer.turned_round, _source("Im Mai wurde der Bau des Turms begonnen."))
    assert not _all(Alterer.turned_round, _source("1912 wurden der Turm und das Haus gebaut."))


def test_names_that_are_enumerated_stay_as_they_are() -> None:
    assert not _all(Alterer.names_swapped, _source("Die Fähre hält in Bremen und Kiel."))


def test_another_sentence_is_not_the_one_behind_it_nor_among_those_before() -> None:
    behind, other = "Er ist seit 1990 ein Museum für alle.", "Ein Wärter wohnte früher unter dem Dach."
    source = _source(BUILT, behind, other, before=other, after=behind)
    pairs = list(_alterer_of(Alterer.another_sentence, source))
    assert pairs
    for pair in pairs:
        assert (pair.claim, pair.label) == (other, "neutral")
        assert other not in pair.before


def _alterer_of(change: Change, source: Source) -> list[Pair]:
    """Pairs with what stands around them."""
    alterer = Alterer(Random(0), names=["Ulm"], titles=["Anna Adler"], synonyms={})
    made = list(alterer.pairs(iter([source] * 400), 800))
    return [pair for pair in made if pair.kind == f"altered {change.__name__.replace('_', ' ')}"]


def test_a_pronoun_stands_for_the_title_and_for_no_other() -> None:
    source = _source("Er wurde in Bremen geboren.", title="Carl Celik (Arzt)")
    for pair in _all(Alterer.by_title, source):
        is_own = pair.claim == "Carl Celik wurde in Bremen geboren."
        assert pair.label == ("entailment" if is_own else "not_entailment")
        assert pair.before.startswith("Carl Celik. ")
    assert {pair.claim.split()[0] for pair in _all(Alterer.by_title, source)} == {"Carl", "Anna", "Bernd"}


def test_more_than_one_is_no_pronoun_for_the_title() -> None:
    assert not _all(Alterer.by_title, _source("Sie wurden in Bremen geboren."))


def test_what_is_added_is_nowhere_around() -> None:
    source = _source(BUILT, "Seit 1990 ist dort ein Museum.", before="Es war im Jahr 1912.", after="Mehr nicht.")
    for pair in _all(Alterer.added, source):
        assert pair.label == "neutral"
        assert re.fullmatch(r"Der Leuchtturm wurde im Jahr (?!1912)\d{4} in Bremen gebaut\.", pair.claim)


def test_the_same_seed_gives_the_same_pairs_in_their_surroundings() -> None:
    rows = [{"title": "Leuchtturm", "text": f"{BUILT} Er hat 135 Stufen und ist rot und weiß gestrichen."}] * 30

    def made(seed: int) -> list[Pair]:
        alterer = Alterer(Random(seed), names=["Kiel"], titles=["Anna Adler"], synonyms={})
        return list(alterer.pairs(sources(rows, random=Random(seed)), 40))

    assert made(1) == made(1) != made(2)
    assert all(pair.kind.startswith("altered ") for pair in made(1))
    assert not any(pair.before != pair.before.strip() or "Leuchtturm. Leuchtturm." in pair.before for pair in made(1))


def test_sources_are_whole_sentences_of_some_length() -> None:
    text = "Kurz. Der Leuchtturm auf dem Kliff wurde 1912 aus Granit gebaut. Er hat 135 Stufen und ist rot gestrichen."
    [first, second] = sorted(sources([{"title": "T", "text": text}], random=Random(1)), key=lambda one: one.text)
    assert (first.text, first.before, first.after) == (text[6:64], "Kurz.", text[65:])
    assert (second.others, second.after) == ((first.text,), "")


def test_names_are_told_from_nouns_by_their_articles() -> None:
    rows = [{"text": "Er ging nach Bremen und kam mit Freude. Die Freude war groß."}] * 5
    assert names_in(rows) == ["Bremen"]


def test_synonyms_are_read_of_words_with_one_meaning(tmp_path: Path) -> None:
    file = tmp_path / "th.dat"
    file.write_text(
        "UTF-8\nleuchtturm|1\n-|Leuchtturm|Feuerturm|Pharos|(hoher) Turm\nschloss|2\n-|Schloss|Palass\n-|Schloss|Riss\n"
        "haus|1\n-|Haus|Maus\n",
        encoding="utf-8",
    )
    assert read_synonyms(file) == {"Leuchtturm": ["Feuerturm"]}
    assert read_synonyms(tmp_path / "none.dat") == {}


TRANSLATED = [
    {"en": "He is at home.", "de": "Er ist zu Hause."},
    {"en": "He is at home.", "de": "Er ist daheim."},
    {"en": "The tower is red.", "de": "Der Turm ist rot."},
    {"en": "The tower is old.", "de": "Der Turm ist alt."},
]


def test_translations_of_one_sentence_entail_each_other_and_others_do_not() -> None:
    english = {row["de"]: row["en"] for row in TRANSLATED}
    made = [pair for seed in range(40) for pair in translated_pairs(TRANSLATED, random=Random(seed), count=4)]
    assert {pair.kind for pair in made} == {
        "altered translated",
        "altered translated alike",
        "altered translated, another",
        "altered translated, negated",
    }
    for pair in made:
        same = english.get(pair.claim, pair.claim) == english[pair.sentence]
        negated = pair.claim.replace(" not ", " ") == english[pair.sentence] != pair.claim
        assert pair.label == ("contradiction" if negated else "entailment" if same else "not_entailment"), pair
