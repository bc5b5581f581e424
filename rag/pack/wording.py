"""What packs and checks say to a person, in German and in English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from rag.text.language import Language
from rag.text.word_diff import Edit, word_diff
from rag.types import QuotationCheck, Review
from rag.wording import FINDING_KINDS, QUOTATION_STATUSES, STANCES, VERDICTS, capital

# By key. Values of the types in `rag.types` are keys as they are, after their field's name.
WORDING: dict[Language, dict[str, str]] = {
    "de": {
        "state.holds": "hält",
        "state.moved": "verschoben",
        "state.changed": "geändert",
        "state.gone": "fort",
        "field.title": "Titel",
        "field.source": "Quelle",
        "field.url": "Adresse",
        "field.published": "Datum",
        "word.checked": "geprüft",
        "word.wrong": "als falsch markiert",
        "word_by": "{word} von {name} am {time}",
        "word_given": "{word} am {time}",
        "of_the_whole": "Das Ergebnis als Ganzes: {word}",
        "differs": "{claim} (Behauptung) gegen {source} (Quelle)",
        "agrees": "{claim} (Behauptung) passt zu {source} (Quelle)",
        "missing": "nichts",
        "quoted": "„{words}“",
        "corrects": "berichtigt nach eigenen Worten eine frühere Meldung",
        "said_by": "im Artikel gesagt von: {speaker}",
        "speaker_differs": "Sprecher: {claimed} (Behauptung) gegen {speaker} (Quelle)",
        "speaker_agrees": "Sprecher: {speaker}, wie behauptet",
        "speaker": "Sprecher laut Quelle: {speaker}",
        "claimed_speaker": "Sprecher laut Behauptung: {speaker}",
        "closest": "Am nächsten kommt:",
        "quotations": "Zitate",
        "sources": "Quellen",
        "one_text": "ein Text, zählt als eine Quelle",
        "one_outlet": "ein Medium, zählt als eine Quelle",
        "independent_one": "1 unabhängige Quelle",
        "independent": "{count} unabhängige Quellen",
        "more": "und {count} weitere",
        "judged_by": "Entschieden hat {judge}.",
        "no_source": "ohne Quellenangabe",
        "undated": "ohne Datum",
        "untitled": "ohne Titel",
        "undated_articles": "{count} Artikel ohne Datum blieben wegen des Datumsfilters außen vor.",
        "claim_checked": "Geprüfte Behauptung",
        "question_asked": "Beantwortete Frage",
        "conversation": "Gespräch",
        "verdict": "Urteil",
        "answer": "Antwort",
        "understood": "Verstanden als:",
        "abstained": "Kein Beleg im Archiv",
        "nearest": "Am nächsten kommt",
        "evidence": "Belege",
        "findings": "Befunde",
        "finding": "Befund",
        "claim": "Behauptung",
        "source": "Quelle",
        "cited": "Beleg",
        "stance": "Haltung",
        "articles": "Artikel",
        "part": "Teil {number}",
        "address": "Adresse",
        "retrieved": "abgerufen",
        "unknown": "unbekannt",
        "place": "Fundstelle",
        "characters": "Artikel {id}, Zeichen {start} bis {end}",
        "hash": "SHA-256 des Textes",
        "context": "Im Zusammenhang",
        "made": "Hergestellt",
        "made_at": "am {time} mit Beleg {version}",
        "filters": "Filter",
        "none": "keine",
        "settings": "Fassungen und Fingerabdrücke",
        "how_to_verify": "Mit der JSON-Datei dieses Belegpakets prüft `beleg verify DATEI` später, was noch gilt.",
        "all_hold": "Alles gilt noch.",
        "not_all_hold": "Nicht alles gilt noch.",
        "counts": "{holds} halten, {moved} verschoben, {changed} geändert, {gone} fort",
        "turns_hold": "Fragen und Behauptungen, bei denen alles noch gilt: {holds} von {total}.",
        "no_quotations": "Das Belegpaket enthält keine Zitate.",
        "same_text": "der Text des Artikels ist derselbe",
        "other_text": "der Text des Artikels hat sich anderswo geändert",
        "now_at": "steht jetzt bei {start} bis {end}",
        "no_closest": "kein Satz im jetzigen Text kommt ihm nahe",
        "no_article": "im Archiv ist kein Artikel {id}",
        "changed_fields": "An den Artikeln geändert",
        "became": "{then} → {now}",
    },
    "en": {
        "state.holds": "holds",
        "state.moved": "moved",
        "state.changed": "changed",
        "state.gone": "gone",
        "field.title": "Title",
        "field.source": "Source",
        "field.url": "Address",
        "field.published": "Date",
        "word.checked": "checked",
        "word.wrong": "marked as wrong",
        "word_by": "{word} by {name} at {time}",
        "word_given": "{word} at {time}",
        "of_the_whole": "The result as a whole: {word}",
        "differs": "{claim} (claim) against {source} (source)",
        "agrees": "{claim} (claim) agrees with {source} (source)",
        "missing": "nothing",
        "quoted": "“{words}”",
        "corrects": "says that it corrects an earlier report",
        "said_by": "said in the article by: {speaker}",
        "speaker_differs": "Speaker: {claimed} (claim) against {speaker} (source)",
        "speaker_agrees": "Speaker: {speaker}, as claimed",
        "speaker": "Speaker in the source: {speaker}",
        "claimed_speaker": "Speaker in the claim: {speaker}",
        "closest": "Closest:",
        "quotations": "Quotations",
        "sources": "Sources",
        "one_text": "one text, counts as one source",
        "one_outlet": "one outlet, counts as one source",
        "independent_one": "1 independent source",
        "independent": "{count} independent sources",
        "more": "and {count} more",
        "judged_by": "Decided by {judge}.",
        "no_source": "source not given",
        "undated": "undated",
        "untitled": "untitled",
        "undated_articles": "Articles left out by the date filter for want of a date: {count}.",
        "claim_checked": "Claim checked",
        "question_asked": "Question answered",
        "conversation": "Conversation",
        "verdict": "Verdict",
        "answer": "Answer",
        "understood": "Understood as:",
        "abstained": "No evidence in the archive",
        "nearest": "Nearest",
        "evidence": "Evidence",
        "findings": "Findings",
        "finding": "Finding",
        "claim": "Claim",
        "source": "Source",
        "cited": "Evidence",
        "stance": "Stance",
        "articles": "Articles",
        "part": "Part {number}",
        "address": "Address",
        "retrieved": "retrieved",
        "unknown": "unknown",
        "place": "Place",
        "characters": "article {id}, characters {start} to {end}",
        "hash": "SHA-256 of the text",
        "context": "In context",
        "made": "Made",
        "made_at": "at {time} with Beleg {version}",
        "filters": "Filters",
        "none": "none",
        "settings": "Versions and fingerprints",
        "how_to_verify": "With this pack's JSON file `beleg verify FILE` checks later what still holds.",
        "all_hold": "Everything still holds.",
        "not_all_hold": "Not everything still holds.",
        "counts": "{holds} hold, {moved} moved, {changed} changed, {gone} gone",
        "turns_hold": "Questions and claims of which everything still holds: {holds} of {total}.",
        "no_quotations": "The pack holds no quotations.",
        "same_text": "the article's text is the same",
        "other_text": "the article's text has changed elsewhere",
        "now_at": "now stands at {start} to {end}",
        "no_closest": "no sentence of the present text comes near it",
        "no_article": "the archive has no article {id}",
        "changed_fields": "Changed in the articles",
        "became": "{then} → {now}",
    },
}


@cache
def wording(language: str) -> Mapping[str, str]:
    """The wording in a language; English for one that is neither German nor English."""
    known: Language = "de" if language == "de" else "en"
    named: dict[str, Mapping[str, Mapping[Any, str]]]
    named = {"verdict": VERDICTS, "stance": STANCES, "status": QUOTATION_STATUSES, "kind": FINDING_KINDS}
    return WORDING[known] | {
        f"{field}.{value}": name for field, names in named.items() for value, name in names[known].items()
    }


def long_date(day: date | None, language: str) -> str:
    """A day in words: "29. Juli 2022"."""
    from babel.dates import format_date

    return format_date(day, "long", locale="de" if language == "de" else "en") if day else wording(language)["undated"]


def utc_time(moment: datetime | None, language: str) -> str:
    """A moment to the minute: "2026-11-24 23:01 UTC". One without a zone is taken for UTC."""
    if moment is None:
        return wording(language)["unknown"]
    return f"{moment.astimezone(UTC) if moment.tzinfo else moment:%Y-%m-%d %H:%M} UTC"


def finding_sides(claim: str, source: str, say: Mapping[str, str], *, agrees: bool) -> str:
    """The words of both sides: "„45 Minuten“ (Behauptung) gegen „rund 25 Minuten“ (Quelle)"."""
    quoted = [say["quoted"].format(words=words) if words else say["missing"] for words in (claim, source)]
    return say["agrees" if agrees else "differs"].format(claim=quoted[0], source=quoted[1])


def speaker_line(quote: QuotationCheck, say: Mapping[str, str]) -> str:
    """Who said it, in the claim and in the source; "" where neither says."""
    claimed, speaker = quote.claimed_speaker, quote.speaker
    if claimed and speaker and quote.speaker_agrees is not None:
        return say["speaker_agrees" if quote.speaker_agrees else "speaker_differs"].format(
            claimed=claimed, speaker=speaker
        )
    both = (("speaker", speaker), ("claimed_speaker", claimed))
    return "; ".join(say[key].format(**{key.removeprefix("claimed_"): name}) for key, name in both if name)


def review_line(review: Review, language: str) -> str:
    """Who said what of a result, and when: "Geprüft von Erika Muster am 2026-11-24 23:01 UTC: Stimmt so."

    The name and the note are as they were typed, white space aside.
    """
    say = wording(language)
    word, name, note = say[f"word.{review.word}"], " ".join(review.name.split()), " ".join(review.note.split())
    line = say["word_by" if name else "word_given"].format(word=word, name=name, time=utc_time(review.made, language))
    line = say["of_the_whole"].format(word=line) if review.statement is None else capital(line)
    return f"{line}: {note}" if note else line


def quotation_edits(quote: QuotationCheck) -> tuple[Edit, ...]:
    """What leads from the words of the claim to those that were found; none where these reach beyond the sentence."""
    citation, found = quote.citation, quote.found
    if citation is None or found is None or not citation.start <= found.start < found.end <= citation.end:
        return ()
    return word_diff(quote.text, citation.quote[found.start - citation.start : found.end - citation.start])
