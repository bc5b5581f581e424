"""Events told in numbers: what rose and fell, how many did what, who counted them, which of two is more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evals.train.draw import Draw
from evals.train.events import capital, inner, joined, sentence
from evals.train.examples import Label, Pair


@dataclass(frozen=True, slots=True)
class _Move:
    """What went from `first` to `second`, by `step`. `other` is a number that is none of these."""

    what: str
    unit: str
    up: bool
    first: str
    second: str
    step: str
    other: str

    def told(self, form: str) -> str:
        """So much of it as the form names: "from to", "to", "by" or "by to"."""
        start = f"von {self.first}" if "from" in form else f"um {self.step}" if "by" in form else ""
        return joined(start, f"auf {self.second}" if "to" in form else "")


def amounts(draw: Draw) -> Pair:
    """What rises or falls from one number to another."""
    move = _move(draw)
    form = draw.random.choice(["from to", "from to", "to", "by", "by to"])
    source = _says(draw, move, move.told(form), when=draw.when() if draw.chance(0.4) else "")
    claims = _move_claims(move, form)
    drawn = draw.random.random()
    label: Label = "entailment" if drawn < 0.42 else "contradiction"
    if drawn >= 0.9 and claims["neutral"]:
        label = "neutral"
    told, turned = draw.random.choice(claims[label])
    return Pair(_says(draw, move, told, turned=turned), source, label, kind=f"frame amounts, {form}")


def _move(draw: Draw) -> _Move:
    amount = draw.random.choice(draw.words["amounts"])
    what, unit = draw.fill(draw.random.choice(amount["subjects"])), str(amount["unit"])
    up, tenths = draw.chance(0.5), bool(unit) and draw.chance(0.4)
    low, high = sorted(draw.random.sample(range(2, 990), 2))
    # Else it would go down to as much as it goes down by.
    while high == 2 * low:
        low, high = sorted(draw.random.sample(range(2, 990), 2))
    first, second = (low, high) if up else (high, low)
    written = [f"{value / 10:.1f}".replace(".", ",") if tenths else str(value) for value in (first, second, high - low)]
    other = draw.random.randint(2, 990)
    while str(other) in written:
        other = draw.random.randint(2, 990)
    return _Move(what, unit, up, written[0], written[1], written[2], str(other))


def _move_claims(move: _Move, form: str) -> dict[Label, list[tuple[str, bool]]]:
    """What can be said of it, and whether that it went the other way."""
    true, false = [("", False)], [("", True)]
    unknown: list[tuple[str, bool]] = []
    by, to = f"um {move.step}", f"auf {move.second}"
    if "to" in form:
        start = move.first if "from" in form else move.step
        true.append((to, False))
        false += [(f"auf {move.other}", False), (f"auf {start}", False), (to, True)]
    if "from" in form:
        true.append((f"von {move.first} {to}", False))
        false += [(f"von {move.second} auf {move.first}", True), (f"um {move.second}", False)]
    if "by" in form:
        true.append((by, False))
        false.append((f"um {move.other}", False))
    if form == "to":
        unknown.append((f"um {move.other}", False))
    if form == "by":
        unknown += [(f"auf {move.other}", False), (f"auf {move.step}", False)]
    return {"entailment": true, "contradiction": false, "neutral": unknown}


def _says(draw: Draw, move: _Move, told: str, *, turned: bool = False, when: str = "") -> str:
    verbs = draw.words["movements"]["up" if move.up != turned else "down"]
    verb, _, last = str(draw.random.choice(verbs)).partition("|")
    return sentence(move.what, verb, when, joined(told, move.unit) if told else "", last)


def counts(draw: Draw) -> Pair:
    """How many of how many did what: all, some, none, so many at the most."""
    form: Mapping[str, Any] = draw.random.choice(draw.words["counts"]["told"])
    (few, many), (number, other) = sorted(draw.numbers(2)), draw.numbers(2)
    slots = _counted(draw) | {"few": few.text, "many": many.text, "number": number.text, "other": other.text}
    labels: tuple[Label, ...] = ("entailment", "contradiction", "neutral")
    label = draw.random.choice([one for one in labels if form.get(one)])
    claim = draw.random.choice(form[label]).format_map(slots)
    return Pair(capital(claim), capital(form["source"].format_map(slots)), label, kind="frame counts")


def who_counted(draw: Draw) -> Pair:
    """Two who count differently, and to whom which number is given."""
    words, slots = draw.words["counted"], _counted(draw)
    (one, _), (two, two_said), (third, _) = (by.split("|") for by in draw.random.sample(words["by"], 3))
    first, second = (number.text for number in draw.numbers(2))
    told = slots | {"one": one, "two": two, "two_said": two_said, "first": first, "second": second}
    source = draw.random.choice(words["told"]).format_map(told)

    def claim(who: str, number: str) -> str:
        return str(words["claim"].format_map(slots | {"who": who, "number": number}))

    bare = [capital(f"{number} {slots['noun']} {slots['did']}.") for number in (second, first)]
    claims: dict[Label, list[str]] = {
        "entailment": [claim(one, first), claim(two, second)],
        "contradiction": [claim(one, second), claim(two, first)],
        "neutral": [claim(third, first), claim(third, second), *bare],
    }
    label = draw.random.choice(list(claims))
    return Pair(draw.random.choice(claims[label]), capital(source), label, kind="frame who counted")


def corrected(draw: Draw) -> Pair:
    """A number that is put right, and the wrong one."""
    slots = _counted(draw)
    wrong, right = (number.text for number in draw.numbers(2))
    told = slots | {"wrong": wrong, "right": right}
    form = draw.random.choice(draw.words["corrected"])
    source, after = (capital(form.get(key, "").format_map(told)) for key in ("told", "after"))
    is_right = draw.chance(0.5)
    claim = capital(f"{right if is_right else wrong} {slots['noun']} {slots['did']}.")
    if is_right:
        return Pair(claim, source, "entailment", after=after, kind="frame corrected, right")
    return Pair(claim, source, "contradiction", after=after, kind="frame corrected, wrong")


def _counted(draw: Draw) -> dict[str, str]:
    """Whom and what they did: all of it as `did`, or its verb and the rest."""
    words = draw.words["counts"]
    noun, did = draw.random.choice(words["nouns"]), draw.fill(draw.random.choice(words["predicates"]))
    verb, _, rest = did.partition(" ")
    dative = noun if noun.endswith(("n", "s")) else f"{noun}n"
    return {"noun": noun, "dative": dative, "did": did, "verb": verb, "rest": rest}


def comparisons(draw: Draw) -> Pair:
    """Which of two is more, less, or as much."""
    words = draw.random.choice(draw.words["comparisons"])
    thing, more, less, verb = draw.random.choice(words["things"]), words["more"], words["less"], words["verb"]
    first = draw.fill(thing)
    second = draw.other(first, lambda: draw.fill(thing))
    much = draw.random.choice(["", "", "viel", "deutlich", "etwas", "weit"])
    source = sentence(first, verb, much, more, "als", inner(second))
    if draw.chance(0.5):
        true = [sentence(first, verb, more, "als", inner(second)), sentence(second, verb, less, "als", inner(first))]
        return Pair(draw.random.choice(true), source, "entailment", kind="frame comparison")
    false = [
        sentence(second, verb, more, "als", inner(first)),
        sentence(first, verb, less, "als", inner(second)),
        sentence(first, verb, "genauso", words["positive"], "wie", inner(second)),
    ]
    return Pair(draw.random.choice(false), source, "contradiction", kind="frame comparison")
