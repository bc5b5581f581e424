"""What the values of the types in `rag.types` are called, in German and in English, by all that show them to a person.

In lower case, as within a sentence: `capital` begins one with it.
"""

from __future__ import annotations

from collections.abc import Mapping

from rag.types import FindingKind, QuotationStatus, Stance, Verdict

VERDICTS: Mapping[str, Mapping[Verdict, str]] = {
    "de": {
        "supported": "belegt",
        "refuted": "widerlegt",
        "conflicting": "widersprüchlich",
        "not_enough_evidence": "nicht genug Belege",
    },
    "en": {
        "supported": "supported",
        "refuted": "refuted",
        "conflicting": "conflicting",
        "not_enough_evidence": "not enough evidence",
    },
}
STANCES: Mapping[str, Mapping[Stance, str]] = {
    "de": {"for": "dafür", "against": "dagegen", "neither": "weder noch"},
    "en": {"for": "for", "against": "against", "neither": "neither"},
}
QUOTATION_STATUSES: Mapping[str, Mapping[QuotationStatus, str]] = {
    "de": {"exact": "wörtlich gefunden", "altered": "verändert", "absent": "nicht im Archiv gefunden"},
    "en": {"exact": "found word for word", "altered": "altered", "absent": "not found in the archive"},
}
FINDING_KINDS: Mapping[str, Mapping[FindingKind, str]] = {
    "de": {
        "quotation": "Zitat",
        "speaker": "Wer es sagte",
        "number": "Zahl",
        "date": "Zeit",
        "name": "Name",
        "direction": "Richtung",
        "negation": "Verneinung",
        "degree": "Gewissheit",
    },
    "en": {
        "quotation": "quotation",
        "speaker": "who said it",
        "number": "number",
        "date": "time",
        "name": "name",
        "direction": "direction",
        "negation": "denial",
        "degree": "certainty",
    },
}


def capital(words: str) -> str:
    """The words as they begin a line: "Who said it"."""
    return f"{words[:1].upper()}{words[1:]}"
