"""A text to check -> a Check: each claim in it searched for, compared, weighed, judged, decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from rag.check.claims import Claim, read_claims
from rag.check.corrections import is_correction
from rag.check.judge import Judge
from rag.check.quotation_evidence import with_markers, with_quotations
from rag.check.quotation_lookup import quotations_in
from rag.check.sources import independent_sources
from rag.check.verdict import Decision, decide
from rag.check.weigh import PASSAGES_COMPARED, text_around, weigh_sentences
from rag.check.wording import message, parts_message
from rag.check.written_judge import WrittenJudge
from rag.index.articles import ArticleStore
from rag.index.derived import DerivedIndex
from rag.retrieve.search import MAX_QUESTION_CHARACTERS, Found
from rag.retrieve.within import Within
from rag.types import Article, Check, CheckReason, Citation, Filters, QuotationCheck, Sentence, Speech, Stage, Verdict

_WORST_FIRST: tuple[Verdict, ...] = ("refuted", "conflicting", "not_enough_evidence", "supported")


@dataclass(frozen=True, slots=True)
class Library:
    """What checking asks of an archive.

    `search` finds passages for a text; `articles`, `sentences` and `speeches` are by article id, the latter in their
    order; `quotations` looks up a claim's quotations word for word, with what was found for the claim.
    """

    search: Callable[[str], Within]
    articles: Callable[[Iterable[str]], Mapping[str, Article]]
    sentences: Callable[[Iterable[str]], Mapping[str, Sequence[Sentence]]]
    speeches: Callable[[Iterable[str]], Mapping[str, Sequence[Speech]]]
    quotations: Callable[[Claim, Found], tuple[QuotationCheck, ...]]
    judge: Judge | None = None


def library_in(
    store: ArticleStore,
    index: DerivedIndex,
    *,
    search: Callable[[str], Within],
    filters: Filters,
    judge: Judge | None = None,
) -> Library:
    """An archive's library: all of it can be read, and quotations are looked up within the filters."""

    def sentences(article_ids: Iterable[str]) -> dict[str, list[Sentence]]:
        runs = store.passages(article_ids)
        return {id: [sentence for passage in run for sentence in passage.sentences] for id, run in runs.items()}

    return Library(
        search=search,
        articles=store.many,
        sentences=sentences,
        speeches=store.speeches,
        quotations=quotations_in(store, index, store.reach(filters).ids),
        judge=judge,
    )


def check_claims(
    given: str,
    library: Callable[[], AbstractContextManager[Library]],
    *,
    on_stage: Callable[[Stage, int, int], None] | None = None,
) -> Check:
    """The check of a text. Of several claims each is a part, and the verdict that of the worst that can be checked.

    `library` lends the library for one claim at a time, so that others need not wait for the end. `on_stage` is told
    what begins for which claim, counted from 1, of how many; nothing does for one that gets no verdict.
    Raises InputError where the text is empty, too long or not valid Unicode, before anything is lent.
    """
    claims = read_claims(given)

    def part(number: int, claim: Claim) -> Check:
        def tell(stage: Stage) -> None:
            if on_stage:
                on_stage(stage, number, len(claims))

        return _refused(claim) if claim.unfit else _lent(claim, library, tell)

    parts = tuple(part(number, claim) for number, claim in enumerate(claims, start=1))
    if len(parts) == 1:
        return parts[0]
    fit = [part for claim, part in zip(claims, parts, strict=True) if claim.unfit is None]
    verdict = min((part.verdict for part in fit or parts), key=_WORST_FIRST.index)
    start, end = claims[0].start, claims[-1].end
    return Check(
        claim=given[start:end],
        start=start,
        end=end,
        language=parts[0].language,
        verdict=verdict,
        message=parts_message(parts, language=parts[0].language),
        reason="parts" if verdict == "not_enough_evidence" else None,
        parts=parts,
        judge=(fit or parts)[0].judge,
        undated=max(part.undated for part in parts),
    )


def _blank(claim: Claim) -> Check:
    return Check(claim.text, claim.start, claim.end, claim.language, "not_enough_evidence", "")


def _refused(claim: Claim) -> Check:
    said = message("not_enough_evidence", claim.unfit, (), (), language=claim.language)
    return replace(_blank(claim), message=said, reason=claim.unfit)


def _lent(claim: Claim, library: Callable[[], AbstractContextManager[Library]], tell: Callable[[Stage], None]) -> Check:
    tell("searching")
    with library() as lent:
        gathered = _gather(claim, lent)
        judge = lent.judge
    tell("checking")
    return _decide(claim, gathered, judge)


@dataclass(frozen=True, slots=True)
class _Gathered:
    """All that a claim is checked with, so that the library need not be lent while a judge reads."""

    within: Within
    found: Found
    quotes: tuple[QuotationCheck, ...]
    articles: Mapping[str, Article]
    sentences: Mapping[str, Sequence[Sentence]]
    speeches: Mapping[str, Sequence[Speech]]


def _gather(claim: Claim, library: Library) -> _Gathered:
    within = library.search(_query(claim))
    found = replace(within.found, hits=within.found.hits[:PASSAGES_COMPARED])
    quotes = library.quotations(claim, found)
    quoting = {place.citation.article_id for quote in quotes for place in quote.places}
    ids = {hit.article.id for hit in found.hits} | quoting
    return _Gathered(within, found, quotes, library.articles(ids), library.sentences(ids), library.speeches(ids))


def _decide(claim: Claim, gathered: _Gathered, judge: Judge | None) -> Check:
    articles, sentences, quotes = gathered.articles, gathered.sentences, gathered.quotes
    evidence = weigh_sentences(claim, gathered.found, sentences, gathered.speeches, judge)

    def around(citation: Citation) -> str:
        return text_around(articles[citation.article_id], sentences[citation.article_id], citation.sentence)

    evidence = with_quotations(claim.text, evidence, quotes, around, language=claim.language)
    corrected = [replace(one, corrects=is_correction(articles[one.citation.article_id])) for one in evidence]
    decision = decide(corrected, quotes)
    reason = _reason(decision, gathered.within)
    sources = independent_sources(decision.evidence, articles.values())
    return replace(
        _blank(claim),
        verdict=decision.verdict,
        message=message(
            decision.verdict,
            reason,
            decision.findings,
            sources,
            language=claim.language,
            correcting={one.stance for one in decision.evidence if one.corrects and one.stance != "neither"},
        ),
        reason=reason,
        confidence=decision.confidence,
        findings=decision.findings,
        evidence=decision.evidence,
        quotes=with_markers(quotes, decision.evidence),
        sources=sources,
        judge=judge.fingerprint if judge else "findings",
        fallback=judge.failure if isinstance(judge, WrittenJudge) else None,
        undated=gathered.within.reach.undated,
    )


def _query(claim: Claim) -> str:
    """The claim, with what its pronouns stand for in brackets: that gives the topic, and weighs half."""
    whole = f"{claim.text} ({claim.context})" if claim.context else claim.text
    return whole if len(whole) <= MAX_QUESTION_CHARACTERS else claim.text[:MAX_QUESTION_CHARACTERS]


def _reason(decision: Decision, within: Within) -> CheckReason | None:
    if decision.reason is None or decision.evidence:
        return decision.reason
    if within.reach.indexed == 0:
        return "empty_archive"
    return "outside_filters" if within.reach.matching == 0 else decision.reason
