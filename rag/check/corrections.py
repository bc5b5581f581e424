"""Whether an article says of itself that it sets an earlier report right."""

from __future__ import annotations

import re
from functools import cache

from rag.text.sentences import split_sentences
from rag.types import Article, Span

_TEXT = r"(?:Artikels?|Textes|Beitrags|Berichts|Meldung|Nachricht)"
_PIECE = r"(?:Artikel|Text|Beitrag|Bericht|Meldung|Fehler)"
_REPORTED = r"(?:berichtet|gemeldet|vermeldet|geschrieben|angegeben|mitgeteilt|dargestellt|verbreitet)"
_REPORTS = r"(?:Meldungen?|Berichten?|Angaben?|Darstellung(?:en)?|Zahl(?:en)?)"
_EARLIER = r"(?:erste[nr]?|frühere[nr]?|vorherige[nr]?|anfängliche[nr]?|ursprüngliche[nr]?)"
_EARLIER_EN = r"(?:earlier|initial|first|previous)"
_FIRST_EN = r"(?:previously|earlier|initially|first|originally)"
# Anything between, within a sentence.
_WITHIN = r"[^.!?]{0,100}?"
# A label opens a title or a line: "Korrektur" alone is also said of prices, "Berichtigung" of registers.
_LABEL = re.compile(
    r"(?:^|\n)\W{0,3}(?:Korrektur(?:hinweis|meldung)?|Korrigierte (?:Fassung|Meldung)|Berichtigung|Berichtigte Fassung|"
    r"Richtigstellung|Correction|Corrected(?: version)?)(?:\s?\([^)]{0,60}\))?\s*(?:[:\])|–—]|-\s|\n|$)",
    re.IGNORECASE,
)
_SAID = {
    "de": (
        rf"früheren? (?:Fassung|Version) (?:dieses|des|der|dieser|unseres) {_TEXT}",
        r"früheren? (?:Fassung|Version),? (?:hieß|hatten?|war|stand|wurde)\b",
        rf"anders als (?:(?:zunächst|zuerst|ursprünglich|anfangs|früher|vorher|hier|von uns) )+{_REPORTED}",
        rf"(?:anders als in|entgegen) (?:den )?{_EARLIER} {_REPORTS}",
        rf"{_EARLIER} {_REPORTS}\b{_WITHIN}(?:erklärt sich|nicht bestätigt|richtiggestellt|zurückgenommen)\b",
        rf"{_EARLIER} {_REPORTS}\b{_WITHIN}(?:korrigier|berichtig)t",
        rf"{_EARLIER} {_REPORTS}\b{_WITHIN}(?:war|ist|sind|waren) (?:falsch|unzutreffend|nicht richtig)\b",
        rf"in {_EARLIER} (?:Meldungen|Berichten)\b{_WITHIN}(?:genannt|angegeben|hieß|die Rede)\b",
        rf"(?:zunächst|zuerst|anfangs) war von {_WITHIN}die Rede\b",
        rf"(?:korrigierten?|berichtigten?)\b{_WITHIN}{_EARLIER} {_REPORTS}",
        rf"{_PIECE} (?:wurde|haben wir|ist)\b{_WITHIN}(?:korrigiert|berichtigt)\b",
        r"wir bitten,? (?:den|diesen) (?:Fehler|Irrtum) zu entschuldigen",
    ),
    "en": (
        r"(?:earlier|previous|original) version of (?:this|the) (?:article|story|report|text)",
        r"(?:article|story|report) (?:has been|was|is being) (?:corrected|amended)",
        r"this (?:article|story|report) corrects",
        r"(?:updated|amended|corrected) to correct",
        rf"contrary to {_EARLIER_EN} (?:reports?|figures?|statements?)",
        rf"not\b{_WITHIN}as (?:was )?{_FIRST_EN} (?:reported|stated)",
        rf"{_EARLIER_EN} (?:reports?|figures?|version)\b{_WITHIN}"
        r"(?:wrong|wrongly|incorrect|incorrectly|mistaken|mistakenly|erroneous|erroneously|misstated)\b",
    ),
}


def is_correction(article: Article) -> bool:
    """Whether the title or a sentence of the article says that it corrects an earlier report."""
    return bool(article.title and _LABEL.search(article.title)) or correction(article) is not None


def correction(article: Article) -> Span | None:
    """The first sentence of the article that says so, or the label that opens a line; None where none does.

    Only what speaks of reports counts: "Korrektur" alone is as often said of prices or of a course.
    """
    language = article.language if article.language in _SAID else "de"
    found = [match for pattern in (_LABEL, _said(language)) if (match := pattern.search(article.text))]
    if not found:
        return None
    at = min(found, key=lambda match: match.start())
    for sentence in split_sentences(article.id, article.text, language=article.language):
        if sentence.start < at.end() <= sentence.end:
            return Span(sentence.start, sentence.end)
    return Span(at.start(), at.end())


@cache
def _said(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_SAID[language])})", re.IGNORECASE)
