"""Events and how German tells them: verbs with their forms, and the sentences made of who, what and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from evals.train.words import load_words

_HAS = {"haben": "hat", "sein": "ist"}
_IS_SAID_TO_HAVE = {"haben": "habe", "sein": "sei"}
_WOULD_HAVE = {"haben": "hätte", "sein": "wäre"}
_ARTICLES = {"Der", "Die", "Das", "Ein", "Eine"}
# Where it is said where or how, that can stand first.
_PREPOSITIONS = {"in", "bei", "im", "nach", "während", "am"}


@dataclass(frozen=True, slots=True)
class Verb:
    """`last` stands last in a main clause; `joined` where it is one word with a finite verb behind it."""

    infinitive: str
    past: str
    participle: str
    auxiliary: str
    last: str = ""
    joined: bool = False

    @classmethod
    def parse(cls, text: str) -> Verb:
        """Of its forms in a row, as `frames.toml` has them."""
        infinitive, past, participle, auxiliary, *last = text.split("|") if "|" in text else text.split()
        joined = bool(last) and ("|" not in text or last[0].endswith("+"))
        return cls(infinitive, past, participle, auxiliary, last[0].rstrip("+") if last else "", joined)

    @property
    def to_infinitive(self) -> str:
        """The infinitive with "zu": "festzunehmen", "ums Leben zu kommen"."""
        before, _, verb = self.infinitive.rpartition(" ")
        particle = self.last.rpartition(" ")[2] if self.joined else ""
        rest = verb.removeprefix(particle)
        return f"{before} {particle}zu{rest}".strip() if particle and rest != verb else f"{before} zu {verb}".strip()

    @property
    def perfect_infinitive(self) -> str:
        return f"{self.participle} {self.auxiliary}"

    @property
    def past_last(self) -> str:
        """The past as it stands at the end of a clause: "festnahm", "ums Leben kam"."""
        return f"{self.last}{'' if self.joined else ' '}{self.past}".strip()


@dataclass(frozen=True, slots=True)
class Frame:
    """What may happen: by what kind of subject it is done, verbs that mean the same, whom or what it is said of.

    `opposites` are verbs that cannot be true where it is, `present` are forms of the verbs. In a `pair` one does it to
    another one; where it is `symmetric`, the other does it too, where it is `one_way`, that cannot be.
    """

    subjects: str
    verbs: tuple[Verb, ...]
    objects: tuple[str, ...]
    opposites: tuple[Verb, ...] = ()
    present: tuple[str, ...] = ()
    pair: bool = False
    symmetric: bool = False
    one_way: bool = False

    @classmethod
    def parse(cls, row: Mapping[str, Any]) -> Frame:
        return cls(
            row["subjects"],
            tuple(map(Verb.parse, row["verbs"])),
            tuple(row["objects"]),
            tuple(map(Verb.parse, row.get("opposites", ()))),
            tuple(row.get("present", ())),
            pair=row.get("pair", False),
            symmetric=row.get("symmetric", False),
            one_way=row.get("one_way", False),
        )


@cache
def read_frames() -> tuple[Frame, ...]:
    return tuple(map(Frame.parse, load_words("frames")["events"]))


@dataclass(frozen=True, slots=True)
class Event:
    """`who` did `what`, `when` that is said. `what` is all that the verb is said of, where and how included."""

    frame: Frame
    who: str
    verb: Verb
    what: str
    when: str = ""

    @property
    def inner_who(self) -> str:
        """Whoever did it, as it stands within a sentence."""
        return inner(self.who)

    @property
    def details(self) -> str:
        return joined(self.when, self.what)

    def main(self) -> str:
        return sentence(self.who, self.verb.past, self.details, self.verb.last)

    def perfect(self) -> str:
        return sentence(self.who, _HAS[self.verb.auxiliary], self.details, self.verb.participle)

    def fronted(self) -> str:
        """What is said of when or where stands first, if there is such."""
        if self.when:
            return sentence(self.when, self.verb.past, self.inner_who, self.what, self.verb.last)
        if self.what.split(" ", 1)[0] in _PREPOSITIONS:
            return sentence(self.what, self.verb.past, self.inner_who, self.verb.last)
        return self.main()

    def after(self, opening: str) -> str:
        return sentence(opening, self.verb.past, self.inner_who, self.details, self.verb.last)

    def with_adverb(self, adverb: str) -> str:
        return sentence(self.who, self.verb.past, adverb, self.details, self.verb.last)

    def with_modal(self, modal: str, form: str) -> str:
        """With the infinitive, or the perfect one, as `form`."""
        return sentence(self.who, modal, self.details, form)

    def would_have(self, adverb: str) -> str:
        return sentence(self.who, _WOULD_HAVE[self.verb.auxiliary], adverb, self.details, self.verb.participle)

    def would_have_after(self, adverb: str) -> str:
        would = _WOULD_HAVE[self.verb.auxiliary]
        return sentence(adverb, would, self.inner_who, self.details, self.verb.participle)

    def to_do(self, opening: str) -> str:
        """Somebody hopes or plans to do it: `opening` is "hofft"."""
        return sentence(self.who, f"{opening},", self.details, self.verb.to_infinitive)

    def to_have_done(self, opening: str) -> str:
        """Somebody denies to have done it: `opening` is "bestreitet"."""
        return sentence(self.who, f"{opening},", self.details, f"{self.verb.participle} zu {self.verb.auxiliary}")

    def negated(self, negation: str = "nicht") -> str:
        return sentence(self.who, _HAS[self.verb.auxiliary], self.details, negation, self.verb.participle)

    def question(self) -> str:
        return sentence(_HAS[self.verb.auxiliary], self.inner_who, self.details, self.verb.participle, stop="?")

    def clause(self) -> str:
        """As it stands behind "dass"."""
        return joined(self.inner_who, self.details, self.verb.past_last)

    def clause_perfect(self) -> str:
        return joined(self.inner_who, self.details, self.verb.participle, _HAS[self.verb.auxiliary])

    def reported(self) -> str:
        """As it stands behind "es heißt,"."""
        return joined(self.inner_who, _IS_SAID_TO_HAVE[self.verb.auxiliary], self.details, self.verb.participle)


def joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def sentence(*parts: str, stop: str = ".") -> str:
    return capital(joined(*parts)) + stop


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def inner(who: str) -> str:
    """A subject as it stands within a sentence: an article is written small."""
    head, _, rest = who.partition(" ")
    return f"{head.lower()} {rest}" if head in _ARTICLES else who
