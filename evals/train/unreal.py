"""Events told as a rumour, a plan, a near miss, a denial: claimed as a fact, or as guardedly as they are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from evals.train.draw import Draw
from evals.train.events import Event, joined
from evals.train.examples import Label, Pair


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence, what follows from it for the plain claim, and a claim that says no more than it, or the contrary."""

    source: str
    label: Label
    guarded: tuple[str, Label]
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class _Case:
    """What happened, and the same in other words or with less said, of which a claim is made."""

    draw: Draw
    event: Event
    claimed: Event


def told_as_unreal(draw: Draw) -> Pair:
    """Told in one of these ways, and mostly claimed plainly."""
    [kind] = draw.random.choices(list(_TELLERS), [weight for _, weight in _TELLERS.values()])
    event = draw.event()
    claimed = draw.retold(event)
    if kind in _DENYING:
        claimed = replace(claimed, when=event.when)
    told = _TELLERS[kind][0](_Case(draw, event, claimed))
    claim, label = told.guarded if draw.chance(0.22) else (draw.plain(claimed), told.label)
    return Pair(claim, told.source, label, told.before, told.after, kind=f"frame {kind}")


def _almost(case: _Case) -> _Told:
    ways = [case.event.would_have, case.event.would_have_after, case.event.with_adverb]
    return _Told(case.draw.random.choice(ways)(case.draw.one("almosts")), "contradiction", _denied_too(case))


def _supposed(case: _Case) -> _Told:
    return _Told(case.event.with_modal("soll", case.event.verb.perfect_infinitive), "neutral", _by_hearsay(case))


def _hedged(case: _Case) -> _Told:
    way = case.draw.random.choice([case.event.with_adverb, case.event.after])
    return _Told(way(case.draw.one("hedges")), "neutral", _by_hearsay(case))


def _may(case: _Case) -> _Told:
    form = case.draw.random.choice([case.event.verb.perfect_infinitive, case.event.verb.infinitive])
    return _Told(case.event.with_modal(case.draw.one("possibly"), form), "neutral", (case.claimed.negated(), "neutral"))


def _wants(case: _Case) -> _Told:
    intended = case.draw.one("intended")
    follows: Label = "entailment" if intended == "will" else "not_entailment"
    return _Told(
        case.event.with_modal(intended, case.event.verb.infinitive), "neutral", (case.claimed.to_do("plant"), follows)
    )


def _hopes(case: _Case) -> _Told:
    plans, hopes = case.draw.words["plans"], case.draw.words["hopes"]
    opening = case.draw.random.choice([*plans, *hopes])
    guarded = case.claimed.to_do("plant" if opening in plans else opening)
    return _Told(case.event.to_do(opening), "neutral", (guarded, "entailment"))


def _condition(case: _Case) -> _Told:
    condition, modal = case.draw.one("conditions"), case.draw.one("conditional")
    source = joined(condition, modal, case.event.inner_who, case.event.details, case.event.verb.infinitive) + "."
    return _Told(source, "neutral", (case.claimed.negated(), "neutral"))


def _open(case: _Case) -> _Told:
    return _Told(f"{case.draw.one('open_thats')} {_clause(case)}.", "neutral", (case.claimed.negated(), "neutral"))


def _accused(case: _Case) -> _Told:
    reported = case.draw.random.choice([case.event.reported(), f"dass {case.event.clause_perfect()}"])
    source = f"{case.draw.person()} {case.draw.one('accuses')}, {reported}."
    return _Told(source, "neutral", (case.claimed.negated(), "neutral"))


def _denies(case: _Case) -> _Told:
    return _Told(
        case.event.to_have_done(case.draw.one("denies")), "not_entailment", (case.claimed.negated(), "not_entailment")
    )


def _rejects(case: _Case) -> _Told:
    source = f"{case.event.who} {case.draw.one('rejects')}, {case.event.reported()}."
    return _Told(source, "not_entailment", (case.claimed.negated(), "not_entailment"))


def _asks(case: _Case) -> _Told:
    return _Told(case.event.question(), "neutral", (case.claimed.negated(), "neutral"))


def _question(case: _Case) -> _Told:
    source = f"{case.draw.person()} {case.draw.one('asks')}, ob {case.event.clause()}."
    return _Told(source, "neutral", (case.claimed.negated(), "neutral"))


def _demands(case: _Case) -> _Told:
    demanded = joined(case.event.inner_who, case.event.details, case.event.verb.infinitive, "solle")
    source = f"{case.draw.person()} {case.draw.one('demands')}, dass {demanded}."
    return _Told(source, "neutral", (case.claimed.negated(), "neutral"))


def _not(case: _Case) -> _Told:
    return _Told(case.event.negated(), "contradiction", _denied_too(case))


def _never(case: _Case) -> _Told:
    return _Told(case.event.negated(case.draw.one("never")), "contradiction", _denied_too(case))


def _false(case: _Case) -> _Told:
    source = f"{case.draw.one('false_thats')} {_clause(case)}."
    return _Told(source, "contradiction", _denied_too(case))


def _label(case: _Case) -> _Told:
    source = f"{case.draw.one('reports')}, {case.event.reported()}, {case.draw.one('untrue')}."
    return _Told(source, "contradiction", _denied_too(case))


def _rumour(case: _Case) -> _Told:
    return _Told(f"{case.draw.one('rumours')} {case.event.reported()}.", "neutral", _by_hearsay(case))


def _denied(case: _Case) -> _Told:
    """A claim or a rumour, and in the same sentence or behind it, that it is not true."""
    before, source = "", f"{case.draw.one('rumours')} {case.event.reported()}."
    if case.draw.chance(0.3):
        before, source = "Behauptung:", case.draw.plain(case.event)
    after = case.draw.one("denials")
    if case.draw.chance(0.3):
        source, after = f"{source} {after}", ""
    return _Told(source, "contradiction", _denied_too(case), before, after)


# Each with its weight.
_TELLERS: dict[str, tuple[Callable[[_Case], _Told], int]] = {
    "almost": (_almost, 2),
    "supposed": (_supposed, 1),
    "hedged": (_hedged, 1),
    "may": (_may, 1),
    "wants": (_wants, 1),
    "hopes": (_hopes, 1),
    "condition": (_condition, 1),
    "open": (_open, 1),
    "accused": (_accused, 1),
    "denies": (_denies, 1),
    "rejects": (_rejects, 1),
    "asks": (_asks, 1),
    "question": (_question, 1),
    "demands": (_demands, 1),
    "not": (_not, 1),
    "never": (_never, 1),
    "false": (_false, 1),
    "label": (_label, 1),
    "rumour": (_rumour, 1),
    "denied": (_denied, 2),
}


# A claim of these says when, if that is told: what did not happen on Monday may have happened on another day.
_DENYING = frozenset({"almost", "not", "never", "false", "label", "denied"})


def _clause(case: _Case) -> str:
    return case.draw.random.choice([case.event.clause(), case.event.clause_perfect()])


def _denied_too(case: _Case) -> tuple[str, Label]:
    return case.claimed.negated(), "entailment"


def _by_hearsay(case: _Case) -> tuple[str, Label]:
    supposed = case.claimed.with_modal("soll", case.claimed.verb.perfect_infinitive)
    return case.draw.random.choice([supposed, case.claimed.after("angeblich")]), "entailment"
