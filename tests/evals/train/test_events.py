"""How German tells an event."""

from __future__ import annotations

import pytest

from evals.train.events import Event, Frame, Verb, read_frames

ARREST = Verb.parse("festnehmen nahm festgenommen haben fest")
DIE = Verb.parse("ums Leben kommen|kam|ums Leben gekommen|sein|ums Leben")
BURN = Verb.parse("in Flammen aufgehen|ging|in Flammen aufgegangen|sein|in Flammen auf+")
LET_GO = Verb.parse("laufen lassen|ließ|laufen lassen|haben|laufen")
CLOSE = Verb.parse("schließen schloss geschlossen haben")


@pytest.mark.parametrize(
    ("verb", "to_infinitive", "past_last"),
    [
        (ARREST, "festzunehmen", "festnahm"),
        (DIE, "ums Leben zu kommen", "ums Leben kam"),
        (BURN, "in Flammen aufzugehen", "in Flammen aufging"),
        (LET_GO, "laufen zu lassen", "laufen ließ"),
        (CLOSE, "zu schließen", "schloss"),
    ],
)
def test_a_verb_has_its_forms(verb: Verb, to_infinitive: str, past_last: str) -> None:
    assert (verb.to_infinitive, verb.past_last) == (to_infinitive, past_last)


def _arrest(who: str = "Die Polizei", when: str = "am Montag") -> Event:
    return Event(Frame("police", (ARREST,), ()), who, ARREST, "zwei Männer in Ulm", when)


def test_an_event_is_told_in_many_ways() -> None:
    event = _arrest()
    assert event.main() == "Die Polizei nahm am Montag zwei Männer in Ulm fest."
    assert event.perfect() == "Die Polizei hat am Montag zwei Männer in Ulm festgenommen."
    assert event.fronted() == "Am Montag nahm die Polizei zwei Männer in Ulm fest."
    assert event.clause() == "die Polizei am Montag zwei Männer in Ulm festnahm"
    assert event.clause_perfect() == "die Polizei am Montag zwei Männer in Ulm festgenommen hat"
    assert event.reported() == "die Polizei habe am Montag zwei Männer in Ulm festgenommen"
    assert event.question() == "Hat die Polizei am Montag zwei Männer in Ulm festgenommen?"
    assert event.negated("nie") == "Die Polizei hat am Montag zwei Männer in Ulm nie festgenommen."
    assert event.to_do("plant") == "Die Polizei plant, am Montag zwei Männer in Ulm festzunehmen."
    assert event.to_have_done("leugnet") == "Die Polizei leugnet, am Montag zwei Männer in Ulm festgenommen zu haben."
    assert event.would_have("fast") == "Die Polizei hätte fast am Montag zwei Männer in Ulm festgenommen."
    assert event.after("laut Rat") == "Laut Rat nahm die Polizei am Montag zwei Männer in Ulm fest."


def test_where_it_was_stands_first_if_when_is_not_said() -> None:
    died = Event(Frame("person", (DIE,), ()), "Anna Adler", DIE, "bei einem Brand in Ulm")
    assert died.fronted() == "Bei einem Brand in Ulm kam Anna Adler ums Leben."
    assert _arrest(when="").fronted() == "Die Polizei nahm zwei Männer in Ulm fest."


def test_of_each_frame_all_verbs_have_forms_and_objects_take_only_known_slots() -> None:
    from random import Random

    from evals.train.draw import Draw

    draw = Draw(Random(1))
    for frame in read_frames():
        for verb in (*frame.verbs, *frame.opposites):
            assert verb.auxiliary in {"haben", "sein"}
            assert " zu " in f" {verb.to_infinitive}" or "zu" in verb.to_infinitive
        for what in frame.objects:
            assert "{" not in draw.fill(what)


def test_a_frame_is_never_its_own_opposite() -> None:
    for frame in read_frames():
        assert not set(frame.verbs) & set(frame.opposites)
