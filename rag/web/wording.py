"""What the page says, in German and in English."""

from __future__ import annotations

from rag.text.language import Language

# By key. Gradio picks one for its own components by the browser's language; drawn parts use the language they speak.
WORDING: dict[Language, dict[str, str]] = {
    "de": {
        "tagline": "Jede Aussage mit dem Satz, auf dem sie steht.",
        "archive": "{articles} Artikel im Archiv",
        "archive_one": "1 Artikel im Archiv",
        "archive_empty": "Das Archiv ist leer. Artikel kommen mit „beleg ingest ORDNER“ hinein.",
        "conversation": "Gespräch",
        "ask_here": "Eine Frage an das Archiv, oder eine Behauptung …",
        "ask": "Fragen",
        "new": "Neues Gespräch",
        "evidence": "Belege",
        "no_evidence_yet": "Hier erscheinen die Artikel mit der zitierten Stelle.",
        "examples": "Fragen an die Beispielartikel im Archiv:",
        "differing": "Die Quellen geben Verschiedenes an, die neueste zuerst:",
        "abstained": "Kein Beleg im Archiv",
        "nearest": "Am nächsten kommt:",
        "nearest_for": "Nächste Fundstellen (kein Beleg) zu: {question}",
        "evidence_for": "Belege zu: {question}",
        "understood": "Verstanden als: {question}",
        "undated": "ohne Datum",
        "left_out": "… gekürzt …",
        "changed": "Der Artikel wurde seit der Antwort geändert. Die zitierte Stelle lautete:",
        "gone": "Der Artikel ist nicht mehr im Archiv. Die zitierte Stelle lautete:",
        "open": "Zum Original",
        "untitled": "Ohne Titel ({id})",
        "no_source": "ohne Quellenangabe",
        "failed": "Das hat nicht geklappt",
        "check": "Prüfen",
        "ask_instead": "Als Frage stellen",
        "checked": "Als Behauptung geprüft",
        "judge": "Urteil von: {judge}",
        "claim": "Behauptung",
        "source": "Quelle",
        "missing": "(steht dort nicht)",
        "more": "Weitere Quellen stehen in der Tabelle.",
        "said_by": "dort sagt das: {speaker}",
        "corrects": "berichtigt eine frühere Meldung",
        "sources": "Quellen",
        "nearest_sources": "Am nächsten kommt",
        "nothing_for": "Keine Fundstellen zu: {question}",
        "one_source": "1 Quelle",
        "several_sources": "{count} unabhängige Quellen",
        "same_text": "derselbe Agenturtext wie {marker}, zählt nicht eigens",
        "same_outlet": "dasselbe Medium wie {marker}, zählt nicht eigens",
        "outlet": "Medium und Datum",
        "article": "Artikel",
        "evidence_short": "Beleg",
    },
    "en": {
        "tagline": "Every statement with the sentence it stands on.",
        "archive": "{articles} articles in the archive",
        "archive_one": "1 article in the archive",
        "archive_empty": "The archive is empty. “beleg ingest FOLDER” brings articles in.",
        "conversation": "Conversation",
        "ask_here": "Ask the archive, or type a claim …",
        "ask": "Ask",
        "new": "New conversation",
        "evidence": "Evidence",
        "no_evidence_yet": "The articles appear here, opened at the cited sentence.",
        "examples": "Questions to the sample articles in the archive:",
        "differing": "The sources differ, the newest first:",
        "abstained": "No evidence in the archive",
        "nearest": "Nearest:",
        "nearest_for": "Nearest passages (not evidence) for: {question}",
        "evidence_for": "Evidence for: {question}",
        "understood": "Understood as: {question}",
        "undated": "undated",
        "left_out": "… shortened …",
        "changed": "The article has changed since the answer. The cited passage was:",
        "gone": "The article is no longer in the archive. The cited passage was:",
        "open": "Open the original",
        "untitled": "Untitled ({id})",
        "no_source": "source not given",
        "failed": "That did not work",
        "check": "Check",
        "ask_instead": "Ask as a question",
        "checked": "Checked as a claim",
        "judge": "Verdict by: {judge}",
        "claim": "Claim",
        "source": "Source",
        "missing": "(not said there)",
        "more": "More sources are in the table.",
        "said_by": "said there by: {speaker}",
        "corrects": "corrects an earlier report",
        "sources": "Sources",
        "nearest_sources": "Nearest",
        "nothing_for": "Nothing found for: {question}",
        "one_source": "1 source",
        "several_sources": "{count} independent sources",
        "same_text": "the same agency text as {marker}, not counted again",
        "same_outlet": "the same outlet as {marker}, not counted again",
        "outlet": "Outlet and date",
        "article": "Article",
        "evidence_short": "Evidence",
    },
}


def preferred_language(accepted: str | None) -> Language:
    """The interface's language for an `Accept-Language` header: German or English, whichever it names first."""
    for part in (accepted or "").lower().split(","):
        code = part.strip()[:2]
        if code == "de":
            return "de"
        if code == "en":
            return "en"
    return "en"
