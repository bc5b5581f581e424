"""A verdict -> one or two sentences that say it to a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from rag.types import Check, CheckReason, Finding, FindingKind, IndependentSource, Stance, Verdict
from rag.wording import FINDING_KINDS, STANCES, VERDICTS

_SAID: Mapping[str, Mapping[Stance, tuple[str, str]]] = {
    "de": {
        "for": ("Belegt durch eine Quelle.", "Belegt durch {count} unabhängige Quellen."),
        "against": ("Widerlegt durch eine Quelle", "Widerlegt durch {count} unabhängige Quellen"),
    },
    "en": {
        "for": ("Supported by one source.", "Supported by {count} independent sources."),
        "against": ("Refuted by one source", "Refuted by {count} independent sources"),
    },
}
_CONFLICT = {
    "de": "Die Quellen widersprechen sich: {pro} dafür, {contra} dagegen.",
    "en": "The sources contradict each other: {pro} for, {contra} against.",
}
_CORRECTED = {
    "de": " Ein Artikel, der frühere Meldungen berichtigt, spricht {side}.",
    "en": " An article that sets earlier reports right speaks {side} it.",
}
_AGAINST = {"de": "{kind} „{claim}“, in der Quelle „{source}“", "en": "{kind} “{claim}”, in the source “{source}”"}
_ONLY_CLAIM = {"de": "{kind} „{claim}“, nicht in der Quelle", "en": "{kind} “{claim}”, not in the source"}
_ONLY_SOURCE = {"de": "{kind} „{source}“ in der Quelle", "en": "{kind} “{source}” in the source"}
_MOST_SAID = 3
# In characters: a claim and a source sentence are shown in full beside the message.
_MOST_QUOTED = 100
_REASONS: Mapping[str, Mapping[CheckReason, str]] = {
    "de": {
        "empty_archive": "Das Archiv ist leer. Bitte zuerst Artikel aufnehmen.",
        "outside_filters": "Kein Artikel im Archiv erfüllt die gewählten Filter.",
        "nothing_on_topic": "Das Archiv sagt dazu nichts.",
        "not_decided": "Das Archiv berührt das Thema, aber kein Satz darin belegt oder widerlegt diese Behauptung.",
        "disputed": "Ein Satz kommt dem nahe, aber er sagt es nicht sicher; darum bleibt es offen{differences}",
        "quotation_absent": "Das Zitat wurde im Archiv nicht gefunden.",
        "quotation_reworded": "Das Archiv gibt das Zitat nur mit eigenen Worten wieder, nicht im Wortlaut.",
        "question": "Das ist eine Frage, keine Behauptung. Sie kann gestellt, aber nicht geprüft werden.",
        "opinion": "Das ist eine Meinung. Prüfen lässt sich nur, was sich belegen oder widerlegen lässt.",
        "no_claim": "Das ist keine Behauptung: ein ganzer Satz mit einem Verb wird gebraucht.",
        "not_understood": "Die Behauptung wurde nicht verstanden: geprüft wird auf Deutsch und Englisch.",
    },
    "en": {
        "empty_archive": "The archive is empty. Add articles first.",
        "outside_filters": "No article in the archive matches the chosen filters.",
        "nothing_on_topic": "The archive says nothing about this.",
        "not_decided": "The archive touches on the topic, but no sentence in it supports or refutes this claim.",
        "disputed": "A sentence comes close, but does not surely say so; so it stays open{differences}",
        "quotation_absent": "The quotation was not found in the archive.",
        "quotation_reworded": "The archive tells what was quoted in words of its own only, not word for word.",
        "question": "This is a question, not a claim. It can be asked, but not checked.",
        "opinion": "This is an opinion. Only what can be supported or refuted can be checked.",
        "no_claim": "This is no claim: a whole sentence with a verb is needed.",
        "not_understood": "The claim was not understood: claims are checked in German and English.",
    },
}
_PARTS = {"de": "Von {count} Sätzen: {parts}.", "en": "Of {count} sentences: {parts}."}
# Of how many nothing could be said.
_OPEN = {"de": "offen", "en": "open"}


def message(
    verdict: Verdict,
    reason: CheckReason | None,
    findings: Sequence[Finding],
    sources: Sequence[IndependentSource],
    *,
    language: str,
    correcting: Collection[Stance] = (),
) -> str:
    """What a check of one claim says to a person: the verdict, how many say so, and what differs.

    `correcting` are the stances of the articles that set earlier reports right.
    """
    count = Counter(source.stance for source in sources)
    if verdict == "conflicting":
        said = _CONFLICT[language].format(pro=count["for"], contra=count["against"])
        sides = [STANCES[language][stance] for stance in correcting]
        return said + (_CORRECTED[language].format(side=sides[0]) if len(sides) == 1 else "")
    if verdict == "not_enough_evidence":
        said = _REASONS[language][reason or "not_decided"]
        return said.format(differences=_differences(findings, language)) if reason == "disputed" else said
    stance: Stance = "for" if verdict == "supported" else "against"
    one, several = _SAID[language][stance]
    said = one if count[stance] < 2 else several.format(count=count[stance])
    return said if stance == "for" else f"{said}{_differences(findings, language)}"


def parts_message(parts: Sequence[Check], *, language: str) -> str:
    """What the check of several claims says: how many of them got which verdict."""
    told = {**VERDICTS[language], "not_enough_evidence": _OPEN[language]}
    count = Counter(part.verdict for part in parts)
    order: tuple[Verdict, ...] = ("supported", "refuted", "conflicting", "not_enough_evidence")
    listed = ", ".join(f"{count[verdict]} {told[verdict]}" for verdict in order if count[verdict])
    return _PARTS[language].format(count=len(parts), parts=listed)


def _differences(findings: Sequence[Finding], language: str) -> str:
    first: dict[tuple[FindingKind, str], str] = {}
    for finding in findings:
        if not finding.agrees:
            first.setdefault((finding.kind, finding.claim_words), _difference(finding, language))
    lines = list(first.values())
    return f": {'; '.join(lines[:_MOST_SAID])}." if lines else "."


def _difference(finding: Finding, language: str) -> str:
    words = _AGAINST if finding.claim_words and finding.source_words else None
    words = words or (_ONLY_CLAIM if finding.claim_words else _ONLY_SOURCE)
    return words[language].format(
        kind=FINDING_KINDS[language][finding.kind],
        claim=_shortened(finding.claim_words),
        source=_shortened(finding.source_words),
    )


def _shortened(words: str) -> str:
    return words if len(words) <= _MOST_QUOTED else f"{words[: _MOST_QUOTED - 1].rstrip()}…"
