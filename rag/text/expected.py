"""What kind of answer a question asks for, and whether a sentence holds one: an amount, a duration, or a time."""

from __future__ import annotations

import re
from typing import Literal

AnswerKind = Literal["amount", "duration", "time"]

_UNITS = (
    r"(?:sekunde|minute|stunde|tag|woche|monat|jahr|jahrzehnt|jahrhundert|"
    r"second|minute|hour|day|week|month|year|decade)"
)
_NUMBER_WORDS = (
    r"ein(?:e[rnms]?|s)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dutzend|hundert|tausend|"
    r"millionen?|milliarden?|hälfte|drittel|viertel|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|half"
)
_MONTHS = (
    r"januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|"
    r"january|february|march|may|june|july|october|december"
)
_DAYS = (
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|heute|gestern|vorgestern|today|yesterday"
)

# The first that matches decides: "seit wann" asks for a time, "wie lange" for a duration.
_ASKS: tuple[tuple[AnswerKind, re.Pattern[str]], ...] = (
    (
        "duration",
        re.compile(r"\b(?:wie lange|how long|wie viele? (?:zeit|{u}\w*)|how many {u}s?)\b".replace("{u}", _UNITS)),
    ),
    (
        "time",
        re.compile(
            r"\b(?:wann|when|welche[mnsr]? (?:jahr|tag|datum|monat|zeit)\w*|(?:what|which) (?:year|day|date|month))"
        ),
    ),
    (
        "amount",
        re.compile(
            r"\b(?:wie ?viele?n?|wieviele?|how (?:many|much|old|far|tall|high|large|big|heavy|expensive)|"
            r"wie (?:hoch|groß|alt|weit|schwer|teuer)|"
            r"welche[rmn]? (?:anzahl|prozentsatz|anteil|summe|höhe)|what (?:percentage|number|proportion))\b"
        ),
    ),
)
_HOLDS: dict[AnswerKind, re.Pattern[str]] = {
    "amount": re.compile(rf"\d|\b(?:{_NUMBER_WORDS})\b"),
    "duration": re.compile(
        rf"(?:\d|\b(?:{_NUMBER_WORDS}))\W{{0,2}}(?:\w{{1,60}}\W)?{_UNITS}|\d\W?(?:sekünd|minüt|stünd|täg|wöch|monat|jähr)ig|"
        rf"\b(?:mehrere|einige|viele|wenige|several|many|few)\w* {_UNITS}|\b(?:seit|bis|von|since|until|from) \d{{4}}"
    ),
    "time": re.compile(
        rf"\b(?:1\d|20)\d\d\b|\b(?:{_MONTHS})\b|\b(?:{_DAYS})|\d\d?\.\d\d?\.\d|\b\d\d?[:.]\d\d uhr|jahrhundert|century"
    ),
}


def expected_kind(question: str) -> AnswerKind | None:
    """The kind of answer that the question's words ask for; None where they leave it open."""
    asked = question.casefold().replace("ß", "ss")
    for kind, pattern in _ASKS:
        if pattern.search(asked) or pattern.search(question.lower()):
            return kind
    return None


def holds_kind(text: str, kind: AnswerKind) -> bool:
    """Whether the text holds something of that kind anywhere."""
    return _HOLDS[kind].search(text.lower()) is not None
