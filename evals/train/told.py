"""Events told in many ways by hand -> pairs of two of the ways, of which it is known what follows from what.

`told/*.jsonl` holds ways to say the same, ways to say less, what cannot be true beside it and what it leaves open: they
differ in their words as journalists do, which no rule can make of a sentence. `unsaid/*.jsonl` holds a claim, and
sentences with almost all of its words, of which some bear it out, some deny it and most do neither.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from evals.train.draw import Draw
from evals.train.examples import Label, Pair
from evals.train.words import load_words
from rag.text.sentences import split_sentences

FOLDER = Path(__file__).with_name("told")
UNSAID = Path(__file__).with_name("unsaid")
HELD_OUT = "held_out.jsonl"
_SLOT = re.compile(r"\{([ABPQFNMTU])\}")
_WEEKDAYS = {
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
_ON = {"de": "am", "en": "on"}


@dataclass(frozen=True, slots=True)
class Told:
    """An event: sentences with slots such as `{P}`, all of one line filled alike, then with what they are `filled`."""

    same: tuple[str, ...]
    less: tuple[str, ...]
    contrary: tuple[str, ...]
    open: tuple[str, ...]
    language: str = "de"
    filled: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A claim in a few forms, and sentences that bear it out, that deny it, and that do neither."""

    claims: tuple[str, ...]
    said: tuple[str, ...]
    denied: tuple[str, ...]
    unsaid: tuple[str, ...]


def read_told(folder: Path = FOLDER, *, held_out: bool = False) -> list[Told]:
    """The events of all files, in the order of the files' names; or of the one whose events are never learned."""
    return [
        Told(*_texts(row, "same", "less"), *_texts(row, "contrary", "open"), row.get("language", "de"))
        for file in files(folder, held_out=held_out)
        for row in read_lines(file)
    ]


def read_unsaid(folder: Path = UNSAID, *, held_out: bool = False) -> list[Unsaid]:
    """The claims of all files, in the order of the files' names; or of the one whose claims are never learned."""
    return [
        Unsaid(*_texts(row, "claims", "said"), *_texts(row, "denied", "unsaid"))
        for file in files(folder, held_out=held_out)
        for row in read_lines(file)
    ]


def files(folder: Path, *, held_out: bool) -> list[Path]:
    """In the order of their names, those to learn from; or `held_out.jsonl`."""
    return [file for file in sorted(folder.glob("*.jsonl")) if (file.name == HELD_OUT) == held_out]


def read_lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _texts(row: dict[str, Any], first: str, second: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(row[first]), tuple(row[second])


class Slots:
    """What stands for the slots of one event, by chance."""

    def __init__(self, draw: Draw, *, language: str = "de") -> None:
        first, place = draw.person(), draw.place()
        numbers = draw.random.sample(range(11, 400), 2)
        days = draw.random.sample(_WEEKDAYS[language].split(), 2)
        self.known = {
            "A": first,
            "B": draw.other(first, draw.person),
            "P": place,
            "Q": draw.other(place, draw.place),
            "F": draw.one("firms"),
            "N": str(numbers[0]),
            "M": str(numbers[1]),
            "T": f"{_ON[language]} {days[0]}",
            "U": f"{_ON[language]} {days[1]}",
        }

    def fill(self, texts: Sequence[str]) -> tuple[str, ...]:
        filled = (_SLOT.sub(lambda slot: self.known[slot[1]], text) for text in texts)
        return tuple(text[:1].upper() + text[1:] for text in filled)


def unsaid_pairs(events: Sequence[Unsaid], random: Random, *, count: int) -> Iterator[Pair]:
    """A claim against a sentence that has its words, which may be two: then the judged one is either, or both."""
    draw = Draw(random)
    sides: tuple[tuple[str, Label, int], ...] = (
        ("said", "entailment", 36), ("denied", "contradiction", 30), ("unsaid", "neutral", 34),
    )  # fmt: skip
    weights = [weight for _, _, weight in sides]
    for name, label, _ in random.choices(sides, weights, k=count):
        event, slots = random.choice(events), Slots(draw)
        claim, source = slots.fill([random.choice(event.claims), random.choice(getattr(event, name))])
        spans = split_sentences("", source, language="de")
        pair = Pair(claim, source, label, kind=f"unsaid {name}")
        if len(spans) == 2:
            first, second = (source[span.start : span.end] for span in spans)
            drawn = random.random()
            if drawn < 0.4:
                pair = replace(pair, sentence=first, after=second)
            elif drawn < 0.6:
                pair = replace(pair, before=first, sentence=second)
        yield pair


class Teller:
    """Pairs made of these events, by chance that a seed decides."""

    def __init__(self, events: Sequence[Told], random: Random) -> None:
        self._events = events
        self._random = random
        self._draw = Draw(random)
        self._rumours = load_words("altered")

    def pairs(self, count: int) -> Iterator[Pair]:
        ways: tuple[tuple[Callable[[Told, Told], Pair], int], ...] = (
            (self._same, 30), (self._less, 14), (self._contrary, 24), (self._left_open, 20), (self._says_less, 4),
            (self._another_event, 3), (self._said_false, 3), (self._rumoured, 3), (self._in_context, 14),
        )  # fmt: skip
        makers, weights = zip(*ways, strict=True)
        for make in self._random.choices(makers, weights, k=count):
            event, other = map(self._filled, self._random.sample(self._events, 2))
            yield self._around(make(event, other), other)

    def _filled(self, event: Told) -> Told:
        slots = Slots(self._draw, language=event.language)
        fill = slots.fill
        return replace(
            event,
            filled=slots.known,
            same=fill(event.same),
            less=fill(event.less),
            contrary=fill(event.contrary),
            open=fill(event.open),
        )

    def _around(self, pair: Pair, other: Told) -> Pair:
        """Now and then beside a sentence of another event, which has no part in it."""
        if not pair.before and self._draw.chance(0.25):
            pair = replace(pair, before=other.same[0])
        elif not pair.after and self._draw.chance(0.25):
            pair = replace(pair, after=other.same[0])
        return replace(pair, kind=f"told {pair.kind}")

    def _two(self, texts: Sequence[str]) -> tuple[str, str]:
        first, second = self._random.sample(texts, 2)
        return first, second

    def _same(self, event: Told, _: Told) -> Pair:
        source, claim = self._two(event.same)
        return Pair(claim, source, "entailment", kind="the same")

    def _in_context(self, event: Told, other: Told) -> Pair:
        """Where it was, or who, is said in the sentence before alone; or another place or person is."""
        source, claim = self._two(event.same)
        place, person, right = event.filled["P"], event.filled["A"], self._draw.chance(0.6)
        if event.language == "de" and f" in {place}" in source and place in claim:
            shown = place if right else event.filled["Q"]
            source, key = source.replace(f" in {place}", "", 1), "placed"
        elif event.language == "de" and source.startswith(f"{person} ") and person in claim:
            shown = person if right else event.filled["B"]
            source, key = f"{self._draw.pronoun(person)}{source[len(person) :]}", "introduced"
        else:
            return self._same(event, other)
        before = self._random.choice(self._rumours[key]).replace("{}", shown)
        return Pair(claim, source, "entailment" if right else "neutral", before=before, kind="in context")

    def _less(self, event: Told, _: Told) -> Pair:
        return Pair(self._random.choice(event.less), self._random.choice(event.same), "entailment", kind="less")

    def _contrary(self, event: Told, _: Told) -> Pair:
        """Either way round: what cannot be true beside the other denies it."""
        pair = [self._random.choice(event.contrary), self._random.choice(event.same)]
        if self._draw.chance(0.3):
            pair.reverse()
        return Pair(pair[0], pair[1], "contradiction", kind="contrary")

    def _left_open(self, event: Told, _: Told) -> Pair:
        return Pair(self._random.choice(event.open), self._random.choice(event.same), "neutral", kind="left open")

    def _says_less(self, event: Told, _: Told) -> Pair:
        """What says less does not say all."""
        source = self._random.choice(event.less)
        return Pair(self._random.choice(event.same), source, "not_entailment", kind="says less")

    def _another_event(self, event: Told, other: Told) -> Pair:
        return Pair(self._random.choice(other.same), self._random.choice(event.same), "neutral", kind="another event")

    def _said_false(self, event: Told, _: Told) -> Pair:
        source, claim = self._two(event.same)
        denial = self._random.choice(self._rumours["denials"])
        if event.language != "de":
            return Pair(claim, f"It is not true that this happened: {source}", "contradiction", kind="said false")
        return Pair(claim, source, "contradiction", after=denial, kind="said false")

    def _rumoured(self, event: Told, _: Told) -> Pair:
        source, claim = self._two(event.same)
        rumour = self._random.choice(self._rumours["rumours"]) if event.language == "de" else "There are rumours:"
        return Pair(claim, f"{rumour} {source}", "neutral", kind="rumoured")
