"""What was found for a claim -> every sentence of it compared, and of those the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.check.claims import Claim
from rag.check.compare import NAMED, Claimed, Comparison, Found, compare
from rag.check.speakers import same_speaker
from rag.cite import cite
from rag.retrieve.search import Found as FoundHits
from rag.text.sentences import split_sentences
from rag.text.speech import find_speech
from rag.text.tokens import words
from rag.types import Article, Evidence, Finding, Sentence, Span, Speech

# So many of the first passages are compared.
PASSAGES_COMPARED = 15
# So many of the sentences before one hold its topic.
_BEFORE = 2
# Sentences that speak neither way are shown where they speak of so much of the claim, and so many of them.
_NEAR = 0.5
_NEAREST = 3
_MOST = 20


def weigh_sentences(
    claim: Claim,
    found: FoundHits,
    sentences: Mapping[str, Sequence[Sentence]],
    speeches: Mapping[str, Sequence[Speech]],
) -> list[Evidence]:
    """The evidence, what bears most first, markers in that order: all that speaks for or against, and the nearest else.

    `sentences` and `speeches` are those of the articles that were found, by id, in their order. Of a claim that says
    "sie", a sentence must speak of one whom the claim's context names.
    """
    claimed = Claimed(claim.text, language=claim.language)
    topic = Claimed(claim.context, language=claim.language) if claim.context else None
    sayers = _sayers(claim)
    weighed: list[tuple[Comparison, Article, Sentence]] = []
    for hit in found.hits[:PASSAGES_COMPARED]:
        article, spoken = hit.article, speeches.get(hit.article.id, ())
        for sentence in hit.passage.sentences:
            before = [_text(article, one) for one in _before(sentences[article.id], sentence)]
            comparison = compare(
                claimed,
                _text(article, sentence),
                language=article.language,
                before=before,
                title=article.title,
                published=article.published,
            )
            if sayers and comparison.stance != "neither":
                comparison = _attributed(comparison, sayers, _text(article, sentence), _said_by(spoken, sentence))
            if topic and comparison.stance != "neither" and not _names_topic(topic, article, sentences, sentence):
                comparison = replace(comparison, stance="neither")
            weighed.append((comparison, article, sentence))
    weighed.sort(key=lambda one: (one[0].stance == "neither", -one[0].bearing, one[1].id, one[2].index))
    telling = [one for one in weighed if one[0].stance != "neither"][:_MOST]
    near = [one for one in weighed if one[0].stance == "neither" and one[0].bearing >= _NEAR][:_NEAREST]
    evidence: list[Evidence] = []
    for comparison, article, sentence in [*telling, *near]:
        marker = len(evidence) + 1
        citation = cite(article, sentence, marker=marker, score=comparison.bearing)
        if citation is not None:
            findings = tuple(_finding(one, claim.text, article, sentence, marker) for one in comparison.found)
            said_by = _said_by(speeches.get(article.id, ()), sentence)
            evidence.append(Evidence(citation, comparison.stance, comparison.bearing, findings, said_by))
    return evidence


def _sayers(claim: Claim) -> list[str]:
    """Those whom the claim gives words to, by name."""
    sentences = split_sentences("", claim.text, language=claim.language)
    return [s.speaker for s in find_speech("", claim.text, sentences, language=claim.language) if s.speaker]


def _attributed(comparison: Comparison, sayers: Sequence[str], sentence: str, said_by: str | None) -> Comparison:
    """Where the claim gives words to someone, a sentence that may be another's tells nothing."""
    named = set(words(sentence))
    if any(same_speaker(sayer, said_by) or set(words(sayer)[-1:]) <= named for sayer in sayers):
        return comparison
    return replace(comparison, stance="neither")


def text_around(article: Article, sentences: Sequence[Sentence], at: int) -> str:
    """A sentence of an article by its index, with those before it that hold its topic, and the title."""
    first = sentences[max(0, at - _BEFORE)]
    return f"{article.title or ''} {article.text[first.start : sentences[at].end]}"


def _names_topic(
    topic: Claimed, article: Article, sentences: Mapping[str, Sequence[Sentence]], sentence: Sentence
) -> bool:
    """Whether a sentence or what stands before it names someone or something that the claim's context names."""
    row = topic.aligner.row(text_around(article, sentences[article.id], sentence.index), language=article.language)
    names = [at for at, token in enumerate(topic.reading.tokens) if token.kind == "name" and not token.measured]
    names = names or [at for at, token in enumerate(topic.reading.tokens) if token.kind == "noun"]
    return any(row[at] >= NAMED for at in names)


def _text(article: Article, sentence: Sentence) -> str:
    return article.text[sentence.start : sentence.end]


def _before(sentences: Sequence[Sentence], sentence: Sentence) -> list[Sentence]:
    """The sentences before one, the nearest first."""
    return list(reversed(sentences[max(0, sentence.index - _BEFORE) : sentence.index]))


def _finding(found: Found, claim: str, article: Article, sentence: Sentence, marker: int) -> Finding:
    mine = Span(*found.claim) if found.claim else None
    theirs = Span(sentence.start + found.source[0], sentence.start + found.source[1]) if found.source else None
    return Finding(
        found.kind,
        found.agrees,
        mine,
        claim[mine.start : mine.end] if mine else "",
        theirs,
        article.text[theirs.start : theirs.end] if theirs else "",
        marker,
    )


def _said_by(speeches: Sequence[Speech], sentence: Sentence) -> str | None:
    """Who says the sentence, where the article gives most of it to someone."""
    length = sentence.end - sentence.start
    for speech in speeches:
        shared = min(speech.end, sentence.end) - max(speech.start, sentence.start)
        if shared * 2 > length and speech.speaker:
            return speech.speaker
    return None
