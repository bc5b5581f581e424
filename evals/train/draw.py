"""Names, numbers, times and events, drawn from lists by chance."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import NamedTuple

from evals.train.events import Event, Frame, read_frames
from evals.train.patterns import MONTHS, NUMERALS
from evals.train.words import load_words

_SLOT = re.compile(r"\{(\w+)\}")


class Number(NamedTuple):
    """As it is compared, and as it is written: in figures or as a word."""

    value: int
    text: str


class Draw:
    """What a seed decides."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.words = load_words("frames")
        self.frames = read_frames()
        self._women, self._men = (frozenset(self.words[key].split()) for key in ("women", "men"))
        self._first_names: list[str] = [*self.words["women"].split(), *self.words["men"].split()]
        self._unnamed = self._words_for_kinds()
        self._slots: dict[str, Callable[[], str]] = {
            "place": self.place,
            "person": self.person,
            "last_name": lambda: self.one("last_names"),
            "firm": lambda: self.one("firms"),
            "club": lambda: f"den FC {self.place()}",
            "number": lambda: self.number().text,
            # Of a match that was won.
            "score": lambda: f"{random.randint(2, 5)}:{random.randint(0, 1)}",
            "weekday": lambda: self.one("weekdays"),
            "day": lambda: str(random.randint(1, 28)),
            "month": lambda: random.choice(MONTHS.split("|")),
            "recent_year": lambda: str(random.randint(1990, 2025)),
            "year": lambda: str(random.randint(1950, 2025)),
        }

    def chance(self, likely: float) -> bool:
        return self.random.random() < likely

    def one(self, key: str) -> str:
        """One of the list of that name."""
        values = self.words[key]
        return str(self.random.choice(values.split() if isinstance(values, str) else values))

    def other(self, than: str, make: Callable[[], str]) -> str:
        made = make()
        while made == than:
            made = make()
        return made

    def fill(self, text: str, known: Mapping[str, str] | None = None) -> str:
        """The text with something drawn for each slot in braces, or what is known for it."""
        filled = known or {}
        return _SLOT.sub(lambda slot: filled[slot[1]] if slot[1] in filled else self._slots[slot[1]](), text)

    def place(self) -> str:
        return self.one("cities") if self.chance(0.35) else self.one("place_begins") + self.one("place_ends")

    def person(self) -> str:
        last = self.one("last_names")
        return f"{self.random.choice(self._first_names)} {last}" if self.chance(0.8) else last

    def pronoun(self, who: str) -> str:
        """By the first name, where it is said."""
        parts = set(who.split())
        return "Sie" if parts & self._women else "Er" if parts & self._men else self.random.choice(["Er", "Sie"])

    def number(self) -> Number:
        drawn = self.random.random()
        if drawn < 0.3:
            words = NUMERALS.split("|")
            at = self.random.randrange(len(words))
            return Number(at + 2, words[at])
        value = self.random.randint(2, 99) if drawn < 0.7 else self.random.randint(100, 9000)
        return Number(value, f"{value:,}".replace(",", "."))

    def numbers(self, count: int) -> list[Number]:
        """So many, each of another value."""
        found: dict[int, Number] = {}
        while len(found) < count:
            number = self.number()
            found.setdefault(number.value, number)
        return list(found.values())

    def when(self) -> str:
        return self.fill(self.one("times"))

    def subject(self, kind: str) -> str:
        if kind == "person":
            return self.person() if self.chance(0.7) else f"{self.one('roles')} {self.person()}"
        return self.fill(self.random.choice(self.words["subjects"][kind]))

    def another_subject(self, who: str, kind: str) -> str:
        """One that has another name: "Der Konzern Solara" is none beside "Solara", nor "Adler" beside "Anna Adler"."""
        own = self.names(who)
        while True:
            other = self.subject(kind)
            names = self.names(other)
            if names and not names & own:
                return other

    def names(self, who: str) -> set[str]:
        """Without words that only say of what kind it is: "Die Polizei" has none."""
        return {word for word in who.split() if word[0].isupper()} - self._unnamed

    def another_object(self, event: Event) -> str:
        return self.other(event.what, lambda: self.fill(self.random.choice(event.frame.objects)))

    def frame(self, subjects: str) -> Frame:
        return self.random.choice([frame for frame in self.frames if frame.subjects == subjects])

    def event(self, frame: Frame | None = None) -> Event:
        frame = frame or self.random.choice(self.frames)
        when = self.when() if self.chance(0.5) else ""
        what = self.fill(self.random.choice(frame.objects))
        return Event(frame, self.subject(frame.subjects), self.random.choice(frame.verbs), what, when)

    def retold(self, event: Event) -> Event:
        """The same in other words, or with less said."""
        event = replace(event, verb=self.random.choice(event.frame.verbs))
        return replace(event, when="") if self.chance(0.4) else event

    def plain(self, event: Event) -> str:
        return self.random.choice([event.main, event.main, event.perfect, event.fronted])()

    def _words_for_kinds(self) -> frozenset[str]:
        templates: Sequence[str] = [text for kind in self.words["subjects"].values() for text in kind if "{" in text]
        return frozenset(self.words["roles"].split()).union(*(text.split() for text in templates))
