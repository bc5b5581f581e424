"""Dates, and the parts of a German sentence that can be left out, as several generators look for them."""

from __future__ import annotations

import re

MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
# From two on: "ein" is an article too.
NUMERALS = "zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf"

DAY = rf"\d{{1,2}}\. (?:{MONTHS})(?: \d{{4}})?"
MONTH = rf"(?:{MONTHS})(?: \d{{4}})?"
DATE = rf"im Jahre? \d{{4}}|im {MONTH}|am {DAY}"

# In brackets; a relative clause between commas; a clause or an addition that a sentence ends with.
ASIDE = re.compile(r" \([^()]*\)")
RELATIVE = re.compile(r", (?:der|die|das|dessen|deren|dem|den|welche[rsmn]?) [^,;:]{8,90},(?= \w)")
LATER = re.compile(
    r", (?:während|wobei|sodass|so dass|da|weil|obwohl|nachdem|bevor|wodurch|womit|was|und zwar) [^;:]{10,}\.$"
)


def without_additions(text: str) -> str:
    """A sentence without what stands in brackets, relative clauses, and the clause that it ends with."""
    return LATER.sub(".", RELATIVE.sub("", ASIDE.sub("", text)))
