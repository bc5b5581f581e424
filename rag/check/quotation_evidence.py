"""Quotations that were looked up -> evidence: where each stands, who said it, and which way that speaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.check.compare import Claimed
from rag.check.context import NAMED
from rag.check.lexicon import denies_nothing, is_denial
from rag.check.reading import Token, read_text
from rag.check.speakers import is_pronoun
from rag.text.quotations import find_quotations
from rag.types import Citation, Evidence, Finding, QuotationCheck, QuotationPlace, Span, Stance

# So many words further on at the most stands what a denial is of.
_RIGHT_BEFORE = 2
# Of what a sentence says of several quotations, the first of these that it says of any.
_WORST_FIRST: tuple[Stance, ...] = ("against", "neither", "for")


def with_quotations(
    claim: str,
    evidence: Sequence[Evidence],
    quotes: Sequence[QuotationCheck],
    around: Callable[[Citation], str],
    *,
    language: str,
) -> list[Evidence]:
    """The evidence with every sentence that holds the claim's quotations, be they there already or not.

    A quotation that reads otherwise there, that another said or that leaves a denial out, speaks against the claim; one
    that stands so, for it where the rest of the claim is there too: `around` gives a cited sentence with those before
    it and the title. Of several quotations in one sentence the worst decides. Where the archive does not bear one of
    them out, word for word and from whom the claim says, no sentence speaks for the claim.
    """
    known = {_place_of(one.citation): one for one in evidence}
    claimed = Claimed(claim, language=language) if any(quote.places for quote in quotes) else None
    told: dict[tuple[str, int], list[Evidence]] = {}
    for quote in quotes:
        for place in quote.places:
            at = _place_of(place.citation)
            before = known.get(at) or Evidence(place.citation, "neither", 0.0, said_by=place.speaker)
            rest = claimed is not None and _rest_is_there(claimed, quote, around(before.citation), language=language)
            denial = _denial_left_out(claim, place, language=language)
            stance = _stance(
                quote,
                place,
                before,
                by_pronoun=_is_by_pronoun(claim, quote),
                rest_is_there=rest,
                denied=denial is not None,
            )
            findings = _findings(claim, quote, place, before.citation.marker)
            if denial:
                theirs = Span(place.citation.start + denial.start, place.citation.start + denial.end)
                findings += (Finding("negation", False, None, "", theirs, denial.text, before.citation.marker),)
            told.setdefault(at, []).append(replace(before, stance=stance, bearing=1.0, findings=findings))
    held = [one for one in evidence if _place_of(one.citation) not in told]
    joined = [_joined(pieces, known.get(at)) for at, pieces in told.items()]
    borne_out = all(_is_borne_out(claim, quote) for quote in quotes)
    return [one if borne_out or one.stance != "for" else replace(one, stance="neither") for one in [*held, *joined]]


def with_markers(quotes: Sequence[QuotationCheck], evidence: Sequence[Evidence]) -> tuple[QuotationCheck, ...]:
    """The quotations with the markers that their sentences have as evidence; places that are none are left out."""
    shown = {_place_of(one.citation): one.citation for one in evidence}
    return tuple(
        replace(
            quote,
            citation=shown.get(_place_of(quote.citation)) if quote.citation else None,
            others=tuple(
                replace(place, citation=shown[_place_of(place.citation)])
                for place in quote.others
                if _place_of(place.citation) in shown
            ),
        )
        for quote in quotes
    )


def _place_of(citation: Citation) -> tuple[str, int]:
    return citation.article_id, citation.start


def _joined(pieces: Sequence[Evidence], before: Evidence | None) -> Evidence:
    """What one sentence says of several quotations, with what else was found in it."""
    worst = min((piece.stance for piece in pieces), key=_WORST_FIRST.index)
    others = [one for one in before.findings if one.kind not in ("quotation", "speaker")] if before else []
    return replace(pieces[0], stance=worst, findings=(*(one for piece in pieces for one in piece.findings), *others))


def _stance(
    quote: QuotationCheck,
    place: QuotationPlace,
    before: Evidence,
    *,
    by_pronoun: bool,
    rest_is_there: bool,
    denied: bool,
) -> Stance:
    """Which way one place speaks; `before` is what weighing made of its sentence."""
    if quote.status == "altered":  # else the article tells it in its own words
        return "against" if place.marked else "neither"
    if place.speaker_agrees is False:
        return "neither" if any(_may_be_theirs(other) for other in quote.places) else "against"
    if denied:
        return "against"
    open_speaker = quote.claimed_speaker is not None and place.speaker_agrees is None
    # What else differs, such as a denial, is about something else than the words, which stand there.
    differs = any(one.kind in ("number", "date") and not one.agrees for one in before.findings)
    if before.stance == "against" and place.speaker_agrees:
        return "against" if differs else "neither"
    if before.stance != "neither":
        return "neither" if before.stance == "for" and by_pronoun and open_speaker else before.stance
    return "for" if rest_is_there and not (open_speaker or differs) else "neither"


def _denial_left_out(claim: str, place: QuotationPlace, *, language: str) -> Token | None:
    """The "kein" of „kein ernsthaftes Angebot“, where a claim without a denial quotes „ernsthaftes Angebot“.

    It stands right before the words, or the words hold a verb of its clause.
    """
    if any(is_denial(token.text, language=language) for token in read_text(claim, language=language).tokens):
        return None
    sentence, first = place.citation.quote, place.found.start - place.citation.start
    last = first + place.found.end - place.found.start
    around = [one for one in find_quotations(sentence) if one.start <= first and last <= one.end]
    tokens = read_text(sentence, language=language).tokens
    quoted = [at for at, token in enumerate(tokens) if first <= token.start < last]
    clauses = {tokens[at].clause for at in quoted if tokens[at].verb}
    for at, token in enumerate(tokens):
        if not is_denial(token.text, language=language) or not any(o.start <= token.start < o.end for o in around):
            continue
        before = bool(quoted) and 0 < quoted[0] - at <= _RIGHT_BEFORE and token.clause == tokens[quoted[0]].clause
        taken_back = denies_nothing(_word_at(tokens, at - 1), _word_at(tokens, at + 1), language=language)
        if (before or token.clause in clauses) and not taken_back:
            return token
    return None


def _word_at(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if 0 <= at < len(tokens) else ""


def _may_be_theirs(place: QuotationPlace) -> bool:
    """Whether whom the claim names says it there, or someone of whom it is not known that it is another."""
    return place.speaker_agrees or (place.speaker is not None and place.speaker_agrees is None)


def _is_by_pronoun(claim: str, quote: QuotationCheck) -> bool:
    at = quote.claimed_by
    return is_pronoun(quote.claimed_speaker) or (at is not None and is_pronoun(claim[at.start : at.end]))


def _is_borne_out(claim: str, quote: QuotationCheck) -> bool:
    """Whether it stands somewhere as the claim has it. Of "er" and "sie" it must be known who said it."""
    if quote.status != "exact":
        return False
    agreeing = [place.speaker_agrees for place in quote.places]
    return any(agreeing) or (False not in agreeing[:1] and not _is_by_pronoun(claim, quote))


def _rest_is_there(claimed: Claimed, quote: QuotationCheck, around: str, *, language: str) -> bool:
    """Whether the names, nouns and numbers of the claim beside quotation and speaker are there too."""
    speaker = {word.casefold() for word in (quote.claimed_speaker or "").split()}
    row = claimed.aligner.row(around, language=language)
    return all(
        row[place] >= NAMED
        for place, token in enumerate(claimed.reading.tokens)
        if not quote.start <= token.start < quote.end
        and (token.kind in ("name", "noun", "number") or token.measured)
        and token.text.casefold() not in speaker
    )


def _findings(claim: str, quote: QuotationCheck, place: QuotationPlace, marker: int) -> tuple[Finding, ...]:
    mine = Span(quote.start, quote.end)
    found = Finding("quotation", quote.status == "exact", mine, quote.text, place.found, place.found_words, marker)
    if place.speaker_agrees is None:
        return (found,)
    claimed, at = quote.claimed_speaker or "", quote.claimed_by
    named = at if at and claim[at.start : at.end] == claimed else None
    return (found, Finding("speaker", place.speaker_agrees, named, claimed, None, place.speaker or "", marker))
