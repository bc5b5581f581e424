"""A statement that a language model wrote -> how far the sentences that it cites bear it out, and what differs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.check.added import added
from rag.check.claims import Claim, read_claims, said_in
from rag.check.context import PRONOUNS
from rag.check.judge import Judge
from rag.check.quotation_evidence import with_quotations
from rag.check.quotation_lookup import check_quotations
from rag.check.quotation_texts import ListedTexts
from rag.check.reading import read_text
from rag.check.weigh import text_around, weigh_sentences
from rag.errors import InputError
from rag.retrieve.search import Found
from rag.text.tokens import words
from rag.types import (
    Article,
    Citation,
    Evidence,
    Finding,
    FindingKind,
    Hit,
    Passage,
    QuotationCheck,
    Sentence,
    Span,
    Speech,
    Support,
)

Key = tuple[str, int]

_MARKER = re.compile(r"\[\d{1,3}\]")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
# A statement that is longer is none in the form that was asked for, and reading it takes its time.
MAX_CHARACTERS = 2_000
# A sentence that speaks of so much of the statement bears it out in part.
_PARTLY = 0.5
_WORST_FIRST: tuple[Support, ...] = ("unsupported", "partly", "supported")


@dataclass(frozen=True, slots=True)
class Sources:
    """The sentences that a model was shown, and of their articles all sentences and who says what, by article id."""

    found: Found
    shown: Mapping[Key, tuple[Article, Sentence]]
    sentences: Mapping[str, Sequence[Sentence]]
    speeches: Mapping[str, Sequence[Speech]]


@dataclass(frozen=True, slots=True)
class Borne:
    """How far a statement is borne out, what agrees and differs, and the places of the sentences that say so.

    `keys` holds of the cited ones those that speak for it where it is supported, else all, and of the others those that
    speak against it. The findings' markers are places in `keys`, from 0.
    """

    support: Support
    keys: tuple[Key, ...]
    findings: tuple[Finding, ...]


def check_written(
    text: str, cited: Sequence[Key], sources: Sources, *, before: str = "", judge: Judge | None = None
) -> Borne:
    """Checks each sentence of a statement against the cited sentences; the statement is what the worst of them is.

    Borne out is what a cited sentence speaks for, as `check` tells it, where no cited one speaks against it, all of its
    numbers and quotations stand there, and nothing was added (`rag.check.added`); a question is never. Another sentence
    that the model was shown and that speaks against it leaves it borne out in part. Of another language than the cited
    sentence, it is so at most in part where no word of either says so but a number, a date or a name. `before` is the
    statement before, which a pronoun may refer to. Numbers of citations in the text do not count.
    """
    if len(text) > MAX_CHARACTERS:
        return Borne("unsupported", tuple(cited), ())
    own = _MARKER.sub(lambda marker: " " * len(marker.group()), text)
    try:
        claims = read_claims(own)
    except InputError:
        return Borne("unsupported", tuple(cited), ())
    checked = [_check(_with_context(claim, before), cited, sources, judge) for claim in claims]
    support = min((one.support for one in checked), key=_WORST_FIRST.index)
    used = {key for one in checked for key in one.keys}
    keys = tuple(key for key in (*cited, *(key for key in sources.shown if key not in cited)) if key in used)
    findings = tuple(
        replace(_moved(finding, claim.start), marker=keys.index(one.keys[finding.marker]))
        for claim, one in zip(claims, checked, strict=True)
        for finding in one.findings
    )
    return Borne(support, keys, findings)


def _check(claim: Claim, cited: Sequence[Key], sources: Sources, judge: Judge | None) -> Borne:
    quotes = _quotations(claim, cited, sources)
    mine = _with_quotations(claim, _weighed(claim, sources, cited, judge), quotes, cited, sources)
    rest = [key for key in sources.shown if key not in cited]
    others = [one for one in _weighed(claim, sources, rest, judge) if one.stance == "against"]
    stances = {one.stance for one in mine}
    open_quotes = [quote for quote in quotes if not _stands_in(quote, cited)]
    lacking = _numbers_lacking(claim, cited, sources)
    bearing = max((one.bearing for one in mine), default=0.0)
    differing = any(not finding.agrees for one in mine for finding in one.findings)
    whole: list[Evidence] = []
    if lacking or claim.unfit == "question" or any(quote.status != "exact" for quote in quotes):
        support: Support = "unsupported"
    elif "for" in stances:
        speaking = [one for one in mine if one.stance == "for"]
        whole = [one for one in speaking if not _added(claim, one.citation, sources, judge)]
        in_part = "against" in stances or open_quotes or others or not whole or claim.unfit == "no_claim"
        support = "partly" if in_part else "supported"
    elif "against" in stances or differing:
        support = "unsupported"
    else:
        touched = bearing >= _PARTLY or _is_translated(claim, cited, sources)
        support = "partly" if touched else "unsupported"
    telling = whole if support == "supported" else mine
    keys = tuple(_key(one.citation) for one in telling) if support == "supported" else tuple(cited)
    keys += tuple(_key(one.citation) for one in others)
    findings = [
        replace(finding, marker=keys.index(_key(one.citation)))
        for one in [*telling, *others]
        for finding in one.findings
        if finding.agrees == (support == "supported")
    ]
    told = [finding.claim for finding in findings if finding.claim]
    findings += [
        _absent(quote) for quote in quotes if quote.status != "exact" and Span(quote.start, quote.end) not in told
    ]
    if support == "partly" and not whole and mine:
        nearest = max(mine, key=lambda one: (one.stance == "for", one.bearing)).citation
        places = _added(claim, nearest, sources, judge)
        lacking += [_lacking("wording", claim, place, marker=keys.index(_key(nearest))) for place in places]
    findings += [finding for finding in lacking if not any(_overlap(finding.claim, at) for at in told)]
    return Borne(support, keys, tuple(findings))


def _weighed(claim: Claim, sources: Sources, keys: Sequence[Key], judge: Judge | None) -> list[Evidence]:
    """What these sentences say of the claim; those of one article are one hit."""
    by_article: dict[str, list[tuple[Article, Sentence]]] = {}
    for key in keys:
        by_article.setdefault(key[0], []).append(sources.shown[key])
    hits = []
    for pairs in by_article.values():
        article = pairs[0][0]
        sentences = sorted((sentence for _, sentence in pairs), key=lambda one: one.start)
        passage = Passage(article.id, 0, sentences[0].start, sentences[-1].end, tuple(sentences))
        hits.append(Hit(passage, 1.0, {}, article))
    return weigh_sentences(claim, replace(sources.found, hits=tuple(hits)), sources.sentences, sources.speeches, judge)


def _quotations(claim: Claim, cited: Sequence[Key], sources: Sources) -> tuple[QuotationCheck, ...]:
    """The claim's quotations, looked up in the cited articles alone."""
    articles = {key[0]: sources.shown[key][0] for key in cited}
    speeches = [speech for id in articles for speech in sources.speeches.get(id, ())]
    return check_quotations(
        claim.text,
        language=claim.language,
        texts=ListedTexts(list(articles.values()), speeches),
        said=said_in(claim),
        context=claim.context,
    )


def _with_quotations(
    claim: Claim, evidence: Sequence[Evidence], quotes: Sequence[QuotationCheck], cited: Sequence[Key], sources: Sources
) -> list[Evidence]:
    """The evidence with what the quotations say of it: of the cited sentences alone."""
    if not quotes:
        return list(evidence)

    def around(citation: Citation) -> str:
        article, _ = next(pair for key, pair in sources.shown.items() if key[0] == citation.article_id)
        return text_around(article, sources.sentences[article.id], citation.sentence)

    joined = with_quotations(claim.text, evidence, quotes, around, language=claim.language)
    return [one for one in joined if _key(one.citation) in cited]


def _stands_in(quote: QuotationCheck, cited: Sequence[Key]) -> bool:
    """Whether one of the cited sentences holds it, word for word, or begins it."""
    return quote.status == "exact" and any(_key(place.citation) in cited for place in quote.places)


def _numbers_lacking(claim: Claim, cited: Sequence[Key], sources: Sources) -> list[Finding]:
    """The numbers and dates of a claim that stand neither in the cited sentences nor in what goes before them."""
    mine = read_text(claim.text, language=claim.language)
    theirs = []
    for key in cited:
        article, sentence = sources.shown[key]
        around = text_around(article, sources.sentences[article.id], sentence.index)
        theirs.append(read_text(around, language=article.language, anchor=article.published))
    values = {number.value for reading in theirs for number in reading.numbers}
    days = [day for reading in theirs for day in reading.dates]
    numbers = [number for number in mine.numbers if number.value not in values]
    dates = [one for one in mine.dates if not any(one.agrees(other) for other in days)]
    return [
        *(_lacking("number", claim, Span(number.start, number.end)) for number in numbers),
        *(_lacking("date", claim, Span(one.start, one.end)) for one in dates),
    ]


def _added(claim: Claim, citation: Citation, sources: Sources, judge: Judge | None) -> tuple[Span, ...]:
    """Where the claim says more than the sentence with what goes before it, or leaves out what that leaves open."""
    article, sentence = sources.shown[_key(citation)]
    return added(
        claim.text,
        citation.quote,
        text_around(article, sources.sentences[article.id], sentence.index),
        language=claim.language,
        of=article.language,
        published=article.published,
        reworded=judge is not None,
    )


def _is_translated(claim: Claim, cited: Sequence[Key], sources: Sources) -> bool:
    """Whether a cited sentence of another language has something of the claim that reads alike in both.

    Most words of two languages cannot be laid side by side. The numbers are known to stand there by then.
    """
    mine = read_text(claim.text, language=claim.language)
    others = [pair for pair in (sources.shown[key] for key in cited) if pair[0].language != claim.language]
    held = {word for article, one in others for word in words(article.text[one.start : one.end])}
    named = any(token.kind == "name" and token.text.casefold() in held for token in mine.tokens)
    return bool(others) and (named or bool(mine.numbers) or bool(mine.dates))


def _overlap(one: Span | None, other: Span) -> bool:
    return one is not None and one.start < other.end and other.start < one.end


def _lacking(kind: FindingKind, claim: Claim, at: Span, *, marker: int = 0) -> Finding:
    return Finding(kind, False, at, claim.text[at.start : at.end], None, "", marker)


def _absent(quote: QuotationCheck) -> Finding:
    return Finding("quotation", False, Span(quote.start, quote.end), quote.text, quote.found, quote.found_words, 0)


def _with_context(claim: Claim, before: str) -> Claim:
    """The claim with the statement before it, where it begins with a pronoun that its own line does not explain."""
    first = _FIRST_WORD.search(claim.text)
    points_back = first is not None and first.group().casefold() in PRONOUNS[claim.language]
    return replace(claim, context=before) if before and points_back and not claim.context else claim


def _moved(finding: Finding, by: int) -> Finding:
    """The finding of a sentence as one of the text that it begins in at `by`."""
    at = finding.claim
    return replace(finding, claim=Span(at.start + by, at.end + by)) if at else finding


def _key(citation: Citation) -> Key:
    return citation.article_id, citation.start
