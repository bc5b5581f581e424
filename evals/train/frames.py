"""News events made up from a grammar -> pairs whose label is known, of every kind in which a claim says too much.

An event is told plainly, or as a rumour, a plan, a near miss, a denial and so on; the claim tells it plainly, in other
words, or changed in one thing. What follows from what is known by how the two were made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from evals.train.amounts import amounts, comparisons, corrected, counts, who_counted
from evals.train.draw import Draw
from evals.train.events import Event, inner, joined
from evals.train.examples import Label, Pair
from evals.train.unreal import told_as_unreal

# A claim, what follows for it from the event told plainly, and of which kind it is.
_Claimed = tuple[str, Label, str]


class Maker:
    """Makes pairs, by chance that a seed decides."""

    def __init__(self, random: Random) -> None:
        self._draw = Draw(random)

    def pairs(self, count: int) -> Iterator[Pair]:
        makers, weights = list(_MAKERS), list(_MAKERS.values())
        for _ in range(count):
            [make] = self._draw.random.choices(makers, weights)
            yield self._around(make(self._draw))

    def _around(self, pair: Pair) -> Pair:
        """Now and then with sentences before and after that have no part in it."""
        if not pair.before and self._draw.chance(0.35):
            pair = replace(pair, before=self._aside())
        if not pair.after and self._draw.chance(0.35):
            pair = replace(pair, after=self._aside())
        return pair

    def _aside(self) -> str:
        return self._draw.one("fillers") if self._draw.chance(0.5) else self._draw.event().main()


def _told_plainly(draw: Draw) -> Pair:
    """Claimed in other words, or changed in one thing."""
    event = draw.event()
    source = draw.plain(event)
    if draw.chance(0.25):
        source = event.after(draw.one("official"))
    elif draw.chance(0.15):
        source = f"{draw.one('true_thats')} {event.clause()}."
    [change] = draw.random.choices(list(_CHANGES), list(_CHANGES.values()))
    claim, label, kind = change(draw, event)
    return Pair(claim, source, label, kind=f"frame {kind}")


def _retold(draw: Draw, event: Event) -> _Claimed:
    return draw.plain(draw.retold(event)), "entailment", "retold"


def _opposite(draw: Draw, event: Event) -> _Claimed:
    if not event.frame.opposites:
        return _negated(draw, event)
    other = replace(event, verb=draw.random.choice(event.frame.opposites))
    return draw.plain(other), "contradiction", "opposite"


def _negated(draw: Draw, event: Event) -> _Claimed:
    return draw.retold(event).negated(), "contradiction", "negated"


def _other_time(draw: Draw, event: Event) -> _Claimed:
    """Another day of the week, another month or another year, where one is told."""
    if not event.when:
        return _added(draw, event)
    preposition, named, *_ = event.when.split()
    if named in draw.words["weekdays"].split():
        other = draw.other(named, lambda: draw.one("weekdays"))
    elif named == "Jahr":
        other = draw.other(event.when.removeprefix("im "), lambda: draw.fill("Jahr {year}"))
    elif preposition == "im":
        other = draw.other(named, lambda: draw.fill("{month}")) + draw.fill(" {recent_year}")
    else:
        return _retold(draw, event)
    claimed = replace(draw.retold(event), when=f"{preposition} {other}")
    return draw.plain(claimed), "contradiction", "other time"


def _another_did(draw: Draw, event: Event) -> _Claimed:
    who = draw.another_subject(event.who, event.frame.subjects)
    return draw.plain(replace(draw.retold(event), who=who)), "neutral", "another did it"


def _another_thing(draw: Draw, event: Event) -> _Claimed:
    what = draw.another_object(event)
    return draw.plain(replace(draw.retold(event), what=what)), "neutral", "another thing"


def _added(draw: Draw, event: Event) -> _Claimed:
    """Says how or why, or when, which is not told."""
    added = [draw.one("additions")] if event.when else [draw.one("additions"), draw.when()]
    return draw.plain(replace(draw.retold(event), when=draw.random.choice(added))), "neutral", "added"


def _another_deed(draw: Draw, event: Event) -> _Claimed:
    """What else a person did."""
    if event.frame.subjects != "person":
        return _retold(draw, event)
    other = draw.event(draw.frame("person"))
    if other.frame is event.frame:
        return _retold(draw, event)
    return draw.plain(replace(other, who=event.who)), "neutral", "another deed"


# Each with its weight.
_CHANGES: dict[Callable[[Draw, Event], _Claimed], int] = {
    _retold: 3,
    _opposite: 1,
    _negated: 1,
    _other_time: 1,
    _another_did: 1,
    _another_thing: 1,
    _added: 1,
    _another_deed: 1,
}


def _two_events(draw: Draw) -> Pair:
    """Two things in one sentence: who did which."""
    first, second = draw.event(), draw.event()
    if first.frame is second.frame or draw.names(first.who) & draw.names(second.who):
        return _told_plainly(draw)
    same = first.frame.subjects == second.frame.subjects and draw.chance(0.5)
    if same:
        second = replace(second, who=first.who)
    source = _one_and_the_other(first, second) if same else draw.random.choice(_one_beside_the_other(first, second))
    if draw.chance(0.5):
        event = draw.random.choice([first, second])
        return Pair(draw.plain(draw.retold(event)), source, "entailment", kind="frame two, one of them")
    event, other = draw.random.choice([(first, second), (second, first)])
    if same:
        mixed = replace(draw.retold(event), what=other.what, when=other.when)
        return Pair(draw.plain(mixed), source, "not_entailment", kind="frame two, mixed")
    mixed = replace(draw.retold(event), who=other.who)
    return Pair(draw.plain(mixed), source, "not_entailment", kind="frame two, another did it")


def _one_and_the_other(first: Event, second: Event) -> str:
    return f"{first.main()[:-1]} und {joined(second.verb.past, second.details, second.verb.last)}."


def _one_beside_the_other(first: Event, second: Event) -> list[str]:
    one, two = first.main()[:-1], second.main()[:-1]
    return [
        f"{one}, während {second.clause()}.",
        f"{one}, {inner(two)}.",
        f"Nachdem {second.clause()}, {joined(first.verb.past, first.inner_who, first.details, first.verb.last)}.",
        f"{one}, bevor {second.clause()}.",
        f"{one}; {inner(two)}.",
        f"{one}, obwohl {second.clause()}.",
    ]


def _instead(draw: Draw) -> Pair:
    """One who did it and another one who did not, or one thing and not another."""
    event = draw.event()
    if draw.chance(0.5):
        wrong = replace(event, who=draw.another_subject(event.who, event.frame.subjects))
        source = _says_who(draw, event, wrong)
    else:
        event = replace(event, when="")
        wrong = replace(event, what=draw.another_object(event))
        source = _says_what(draw, event, wrong)
    if draw.chance(0.5):
        return Pair(draw.plain(draw.retold(event)), source, "entailment", kind="frame instead, right")
    return Pair(draw.plain(draw.retold(wrong)), source, "contradiction", kind="frame instead, wrong")


def _says_who(draw: Draw, event: Event, wrong: Event) -> str:
    head, _, without_article = wrong.inner_who.partition(" ")
    return str(draw.random.choice(draw.words["instead"]["subjects"])).format(
        main=event.main()[:-1],
        right=event.inner_who,
        wrong=wrong.inner_who,
        wrong_stated=without_article if head.islower() else wrong.who,
        past=event.verb.past,
        rest=joined(event.details, event.verb.last),
    )


def _says_what(draw: Draw, event: Event, wrong: Event) -> str:
    text = str(draw.random.choice(draw.words["instead"]["objects"])).format(
        who=event.who,
        inner_who=event.inner_who,
        right=event.what,
        wrong=wrong.what,
        past=event.verb.past,
        last=event.verb.last,
    )
    return text.replace(" .", ".")


def _relative(draw: Draw) -> Pair:
    """Done by somebody's son or lawyer, not by whom they belong to."""
    event = draw.event(draw.frame("person"))
    told = replace(event, who=f"{draw.one('relatives')} {event.who}")
    if draw.chance(0.4):
        claim = draw.plain(draw.retold(told))
        return Pair(claim, draw.plain(told), "entailment", kind="frame relative, right")
    return Pair(draw.plain(draw.retold(event)), draw.plain(told), "neutral", kind="frame relative")


def _until(draw: Draw) -> Pair:
    """Done until a year, or since one: whether it was done and whether it still is."""
    event = replace(draw.event(draw.random.choice([frame for frame in draw.frames if frame.present])), when="")
    year, drawn = draw.random.randint(1980, 2024), draw.random.random()

    def told(text: str) -> str:
        present = draw.random.choice(event.frame.present)
        slots = {"who": event.who, "past": event.verb.past, "present": present, "what": event.what}
        return draw.fill(text, {**slots, "year": str(year), "earlier": str(year - 7)})

    now, gone = "{who} {present} {what}.", "{who} {present} {what} nicht mehr."
    source = told(draw.random.choice(draw.words["terms"]["until" if drawn < 0.6 else "since"]))
    if drawn < 0.3:
        return Pair(told(now), source, "contradiction", kind="frame until")
    if drawn < 0.6:
        return Pair(event.main(), source, "entailment", kind="frame until, was")
    if drawn < 0.8:
        return Pair(told(now), source, "entailment", kind="frame since")
    return Pair(told(gone), source, "contradiction", kind="frame since, gone")


def _pronoun(draw: Draw) -> Pair:
    """Done by one who was named in the sentence before, or by another one."""
    event = draw.event(draw.frame("person"))
    told = replace(event, who=draw.pronoun(event.who)).main()
    introductions = draw.words["introductions"]
    known = not draw.chance(1 / (len(introductions) + 1))
    if known:
        before = draw.fill(draw.random.choice(introductions), {"who": event.who})
    else:
        before = replace(draw.event(event.frame), who=draw.another_subject(event.who, "person")).main()
    if known and draw.chance(0.6):
        return Pair(draw.plain(draw.retold(event)), told, "entailment", before, kind="frame pronoun")
    who = draw.another_subject(event.who, "person") if known else event.who
    claim = draw.plain(replace(draw.retold(event), who=who))
    return Pair(claim, told, "neutral", before, kind="frame pronoun, another")


def _roles(draw: Draw) -> Pair:
    """Who did it to whom: the same in the passive, or the other way round."""
    frame = draw.random.choice([frame for frame in draw.frames if frame.pair])
    slot = "club" if frame.subjects == "club" else "person"
    template = draw.random.choice([text for text in frame.objects if f"{{{slot}}}" in text])
    what = draw.fill(template, {slot: "{whom}"})
    first = draw.subject(frame.subjects)
    second = draw.another_subject(first, frame.subjects)

    def active(who: str, whom: str) -> str:
        accusative = whom.replace("Der ", "den ")
        return draw.plain(Event(frame, who, draw.random.choice(frame.verbs), what.format(whom=accusative)))

    def either_voice(who: str, whom: str) -> str:
        # "Sie wurde von ihm getroffen" is no meeting.
        if frame.symmetric or draw.chance(0.5):
            return active(who, whom)
        return f"{whom} wurde von {who.replace('Der ', 'dem ')} {draw.random.choice(frame.verbs).participle}."

    source = active(first, second)
    if draw.chance(0.45):
        return Pair(either_voice(first, second), source, "entailment", kind="frame roles, right")
    if frame.symmetric:
        return Pair(active(second, first), source, "entailment", kind="frame roles, either")
    label: Label = "contradiction" if frame.one_way else "not_entailment"
    return Pair(either_voice(second, first), source, label, kind="frame roles, swapped")


# Each with its weight.
_MAKERS: dict[Callable[[Draw], Pair], int] = {
    _told_plainly: 10,
    told_as_unreal: 12,
    _two_events: 5,
    _instead: 3,
    _relative: 2,
    _until: 2,
    amounts: 5,
    counts: 5,
    comparisons: 3,
    who_counted: 3,
    corrected: 2,
    _pronoun: 3,
    _roles: 3,
}
