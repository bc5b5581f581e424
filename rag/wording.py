"""What the values of the types in `rag.types` are called, in German and in English, by all that show them to a person.

In lower case, as within a sentence: `capital` begins one with it.
"""

from __future__ import annotations

from collections.abc import Mapping

from rag.types import Check, Fallback, FindingKind, QuotationStatus, Stance, Statement, Support, Verdict

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
        "wording": "Wortlaut",
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
        "wording": "wording",
    },
}

# What is said of a statement beside it.
SUPPORTS: Mapping[str, Mapping[Support, str]] = {
    "de": {
        "quoted": "wörtlich aus der Quelle",
        "supported": "belegt",
        "partly": "nur zum Teil belegt",
        "unsupported": "nicht belegt",
        "uncited": "ohne Beleg",
    },
    "en": {
        "quoted": "word for word from the source",
        "supported": "borne out",
        "partly": "borne out only in part",
        "unsupported": "not borne out",
        "uncited": "cites nothing",
    },
}
_FALLBACKS: Mapping[str, Mapping[Fallback, str]] = {
    "de": {
        "not_reached": "es ist nicht zu erreichen",
        "timed_out": "es hat nicht rechtzeitig geantwortet",
        "not_authorised": "es verlangt einen anderen Schlüssel",
        "too_many_requests": "es hat zu viele Anfragen",
        "server_error": "sein Server meldet einen Fehler",
        "refused": "sein Server nimmt die Anfrage nicht an",
        "cut_off": "seine Antwort brach ab",
        "empty": "seine Antwort war leer",
        "not_in_form": "seine Antwort nennt keine Quellen",
        "no_room": "sein Kontextfenster ist zu klein",
    },
    "en": {
        "not_reached": "it cannot be reached",
        "timed_out": "it did not answer in time",
        "not_authorised": "it asks for another key",
        "too_many_requests": "it has too many requests",
        "server_error": "its server reports an error",
        "refused": "its server does not take the request",
        "cut_off": "its answer broke off",
        "empty": "its answer was empty",
        "not_in_form": "its answer names no sources",
        "no_room": "its context window is too small",
    },
}
_AGAINST = {
    "de": "{kind}: {claim} (Aussage) gegen {source} (Quelle)",
    "en": "{kind}: {claim} (statement) against {source} (source)",
}
_NOT_THERE = {
    "de": "{kind}: {claim} (Aussage) steht so nicht in der Quelle",
    "en": "{kind}: {claim} (statement) does not stand so in the source",
}
_INSTEAD = {
    "de": "Das Sprachmodell hat nicht geantwortet ({why}): Dies sind die Sätze der Quellen selbst.",
    "en": "The language model has not answered ({why}): these are the sources' own sentences.",
}
_OWN_JUDGE = {
    "de": "der Vergleich der Wörter mit Belegs eigenem Modell ({name})",
    "en": "the words compared and Beleg's own model ({name})",
}
_NOT_JUDGED = {
    "de": "{name}, da das Sprachmodell nicht geurteilt hat ({why})",
    "en": "{name}, since the language model has not judged ({why})",
}
_LEFT_OUT = {
    "de": "{count} gefundene Sätze passten nicht in das Kontextfenster des Sprachmodells.",
    "en": "{count} of the sentences found did not fit into the language model's context window.",
}


def why_fallback(reason: Fallback, *, language: str) -> str:
    """Why the language model gave no answer that can be used: "it cannot be reached"."""
    return _FALLBACKS[language][reason]


def support_notes(statement: Statement, *, language: str) -> list[str]:
    """How far what a language model wrote is borne out, then what differs; none of a quotation."""
    if statement.support == "quoted":
        return []
    notes = [capital(SUPPORTS[language][statement.support])]
    for one in statement.findings:
        if not one.agrees:
            kind = capital(FINDING_KINDS[language][one.kind])
            mine, theirs = (_marked(words, language) for words in (one.claim_words, one.source_words))
            said = _AGAINST if one.source_words else _NOT_THERE
            notes.append(said[language].format(kind=kind, claim=mine, source=theirs))
    return notes


def writing_notes(fallback: Fallback | None, left_out: int, *, language: str) -> list[str]:
    """What is to be said of how an answer was written, a sentence each; none of one that is as it should be."""
    notes = []
    if fallback:
        notes.append(_INSTEAD[language].format(why=why_fallback(fallback, language=language)))
    if left_out:
        notes.append(_LEFT_OUT[language].format(count=left_out))
    return notes


def names_judge(check: Check) -> bool:
    """Whether a person is told who decided: not where it was the words and Beleg's own model, as it is meant to be."""
    return check.judge != "findings" and (not check.judge.startswith("judge@") or check.fallback is not None)


def judge_name(check: Check, *, language: str) -> str:
    """Who decided a claim, as a person is told, and why it was not the language model that should have."""
    name = _OWN_JUDGE[language].format(name=check.judge) if check.judge.startswith("judge@") else check.judge
    if check.fallback:
        return _NOT_JUDGED[language].format(name=name, why=why_fallback(check.fallback, language=language))
    return name


def capital(words: str) -> str:
    """The words as they begin a line: "Who said it"."""
    return f"{words[:1].upper()}{words[1:]}"


def _marked(words: str, language: str) -> str:
    if not words:
        return {"de": "nichts", "en": "nothing"}[language]
    return f"„{words}“" if language == "de" else f"“{words}”"
