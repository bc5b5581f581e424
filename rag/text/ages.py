"""Whether a number says how old someone or something is."""

from __future__ import annotations

import re

from rag.text.numbers import Number
from rag.text.units import DURATIONS

# What makes a number of years an age, before it and behind it.
_AGED = re.compile(r"\b(?:im (?:hohen )?alter von|at (?:the|an) age of|aged?)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_YEARS_OLD = re.compile(r"(?:\s+|-)(?:alte?[nrms]?|old)\b", re.IGNORECASE)
_OF_AGE = re.compile(r"jährige?[nrms]?\b|year-olds?\b", re.IGNORECASE)
# "Brittney Griner, 30, ...", "Reed (30)"
_BEHIND_NAME = re.compile(r"[A-ZÄÖÜ][^\W\d_]+(?:,\s|\s\()$")
_ASIDE = re.compile(r"[,)]")
# What lasts and has no age: "eine dreijährige Haftstrafe".
_LOOK_BACK = 120
_LASTING = re.compile(
    r"\s+(?:[^\W\d_A-ZÄÖÜ]+\s+)?[^\W\d_]*(?i:haft|strafe|zeit|dauer|frist|pause|sperre|krieg|vertrag|abkommen|bestehen|"
    r"herrschaft|ehe|verhandlung|gespräch|gefängnis|jubiläum|programm|mandat|aufenthalt|studium|ausbildung|suche|"
    r"bewährung|freiheitsentzug|verbot|exil)(?:e[ns]?|n?s)?\b"
)


def is_age(text: str, number: Number) -> bool:
    """Whether it is how old someone or something is: "30 Jahre alt", "der 30-Jährige", "Reed, 30, ...", "aged 30"."""
    before = max(0, number.start - _LOOK_BACK)
    if number.unit is None:
        named = _BEHIND_NAME.search(text, before, number.start) and _ASIDE.match(text, number.end)
        return bool(named or _AGED.search(text, before, number.start))
    if number.unit not in DURATIONS:
        return False
    if _OF_AGE.search(text, number.end, number.unit_end):
        return not _LASTING.match(text, number.unit_end)
    return bool(_YEARS_OLD.match(text, number.unit_end) or _AGED.search(text, before, number.start))
