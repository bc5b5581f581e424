"""What was found for a claim -> every sentence of it compared, and of those the evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.check.claims import Claim, said_in
from rag.check.compare import Claimed, Comparison, Found, compare
from rag.check.context import PRONOUNS, Around, refers_back
from rag.check.judge import Judge, Premise
from rag.check.names import bare_names
from rag.check.reading import Reading, read_text
from rag.check.sources import near_duplicates
from rag.check.speakers import same_speaker
from rag.check.support import Support
from rag.cite import cite
from rag.retrieve.search import Found as FoundHits
from rag.text.sentences import split_sentences
from rag.text.tokens import stems, words
from rag.types import Article, Evidence, Finding, Sentence, Span, Speech, Stance

# So many of the first passages are compared.
PASSAGES_COMPARED = 15
# So many of the sentences before one hold its topic.
_BEFORE = 2
# Sentences that speak neither way are shown where they speak of so much of the claim, and so many of them.
_NEAR = 0.5
_NEAREST = 3
_MOST = 20
# So many sentences are judged of those that hold most of the claim, and as many of those whose vectors are nearest.
_JUDGED = 8


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A sentence and how it compares with the claim. `barred`: it may be about something else, whatever it says."""

    comparison: Comparison
    article: Article
    sentence: Sentence
    barred: bool
    support: Support | None = None

    @property
    def stance(self) -> Stance:
        if self.support:
            return self.support.stance
        return "neither" if self.barred else self.comparison.stance

    @property
    def disputed(self) -> Stance | None:
        return self.support.vetoed if self.support else None

    @property
    def rank(self) -> tuple[bool, bool, float, float, str, int]:
        likely = self.support.probability if self.support else None
        return (
            self.stance == "neither",
            self.disputed is None,
            -(likely or 0.0),
            -self.comparison.bearing,
            self.article.id,
            self.sentence.index,
        )


def weigh_sentences(
    claim: Claim,
    found: FoundHits,
    sentences: Mapping[str, Sequence[Sentence]],
    speeches: Mapping[str, Sequence[Speech]],
    judge: Judge | None = None,
) -> list[Evidence]:
    """The evidence, what bears most first, markers in that order: all that speaks for or against, and the nearest else.

    `sentences` and `speeches` are those of the articles that were found, by id, in their order. With a `judge`, which
    way a sentence speaks is what it says and nothing exact forbids (`rag.check.support`); without, what the words say.
    """
    compared = list(_weigh(claim, found, sentences, speeches))
    if judge:
        compared = _judged(claim, compared, found, sentences, judge)
    weighed = sorted(compared, key=lambda one: one.rank)
    telling = [one for one in weighed if one.stance != "neither"][:_MOST]
    open_ones = [one for one in weighed if one.stance == "neither"]
    near = [one for one in open_ones if one.disputed or one.comparison.bearing >= _NEAR][:_NEAREST]
    evidence: list[Evidence] = []
    for one in [*telling, *near]:
        marker = len(evidence) + 1
        citation = cite(one.article, one.sentence, marker=marker, score=one.comparison.bearing)
        if citation is not None:
            shown = one.comparison.found or (one.comparison.differing if one.disputed else ())
            findings = tuple(_finding(each, claim.text, one.article, one.sentence, marker) for each in shown)
            said_by = _said_by(speeches.get(one.article.id, ()), one.sentence)
            probability = one.support.probability if one.support else None
            evidence.append(
                Evidence(
                    citation,
                    one.stance,
                    one.comparison.bearing,
                    findings,
                    said_by,
                    probability=probability,
                    disputed=one.disputed,
                )
            )
    return evidence


def _judged(
    claim: Claim,
    compared: Sequence[_Weighed],
    found: FoundHits,
    sentences: Mapping[str, Sequence[Sentence]],
    judge: Judge,
) -> list[_Weighed]:
    """Each with what the judge makes of it, where it is among the likeliest; the others speak neither way.

    Nor does what may be about something else.
    """
    standard = judge.standard
    asked = [at for at, one in enumerate(compared) if not one.barred and standard.needs(one.comparison)]
    ways: tuple[Callable[[int], float], ...] = (
        lambda at: compared[at].comparison.bearing,
        lambda at: found.nearness.get((compared[at].article.id, compared[at].sentence.index), 0.0),
    )
    chosen = sorted({at for way in ways for at in sorted(asked, key=way, reverse=True)[:_JUDGED]})
    premises = [_premise(compared[at], sentences[compared[at].article.id]) for at in chosen]
    judgements = judge.judge([(premise, claim.text) for premise in premises])
    decided = {
        at: judge.standard.decide(judgement, compared[at].comparison)
        for at, judgement in zip(chosen, judgements, strict=True)
    }
    return [replace(one, support=decided.get(at, Support("neither"))) for at, one in enumerate(compared)]


def _premise(one: _Weighed, sentences: Sequence[Sentence]) -> Premise:
    """The sentence where it stands: after its article's title and the sentences before it, before the next."""
    article, at = one.article, one.sentence.index
    before = [
        f"{article.title}." if article.title else "",
        *(_text(article, other) for other in reversed(_before(sentences, one.sentence))),
    ]
    after = _text(article, sentences[at + 1]) if at + 1 < len(sentences) else ""
    return Premise(_text(article, one.sentence), " ".join(filter(None, before)), after)


def _weigh(
    claim: Claim,
    found: FoundHits,
    sentences: Mapping[str, Sequence[Sentence]],
    speeches: Mapping[str, Sequence[Speech]],
) -> Iterator[_Weighed]:
    claimed = Claimed(claim.text, language=claim.language)
    who = _referent(claim, claimed.reading)
    sayers = [speech.speaker for speech in said_in(claim) if speech.speaker]
    alone = _is_one_event(claimed, found)
    for hit in found.hits[:PASSAGES_COMPARED]:
        article, spoken = hit.article, speeches.get(hit.article.id, ())
        for sentence in hit.passage.sentences:
            before = [_text(article, one) for one in _before(sentences[article.id], sentence)]
            text = _text(article, sentence)
            comparison = compare(
                claimed,
                text,
                language=article.language,
                before=before,
                title=article.title,
                article=article.text,
                published=article.published,
            )
            meant = who.is_meant(article, text, before) if who else comparison.named or alone
            about_it = comparison.repeats or meant
            barred = not (about_it and _may_say_so(sayers, text, _said_by(spoken, sentence)))
            yield _Weighed(comparison, article, sentence, barred)


@dataclass(frozen=True, slots=True)
class _Referent:
    """The one whom a claim's pronoun stands for: the key of the name's last word, None where that is not clear."""

    key: str | None

    def is_meant(self, article: Article, sentence: str, before: Sequence[str]) -> bool:
        """Whether a sentence speaks of that one: by name, or with a pronoun where the nearest name before is it."""
        if self.key is None:
            return False
        reading = read_text(sentence, language=article.language, anchor=article.published)
        if any(reading.tokens[at].key == self.key for at in bare_names(reading)):
            return True
        readings = [read_text(text, language=article.language, anchor=article.published) for text in before]
        title = read_text(article.title, language=article.language) if article.title else None
        return refers_back(reading) and Around(readings, title).named == {self.key}


def _referent(claim: Claim, reading: Reading) -> _Referent | None:
    """Whom a claim speaks of that opens with a pronoun and names nobody; None where it does not."""
    first = reading.tokens[0].text.casefold() if reading.tokens else ""
    if bare_names(reading) or not (claim.context or first in PRONOUNS[reading.language]):
        return None
    spans = split_sentences("", claim.context, language=claim.language)
    earlier = [read_text(claim.context[s.start : s.end], language=claim.language) for s in reversed(spans)]
    named = Around(earlier).named
    return _Referent(next(iter(named)) if len(named) == 1 else None)


def _is_one_event(claimed: Claimed, found: FoundHits) -> bool:
    """Whether a claim that names nobody can mean one thing only: just one text among those found has all its nouns."""
    nouns = [token for token in claimed.reading.tokens if token.kind == "noun" and not token.measured]
    if not nouns:
        return False
    holding = {}
    for hit in found.hits[:PASSAGES_COMPARED]:
        keys = set(stems(f"{hit.article.title or ''} {hit.text}", language=hit.article.language))
        if all(any(key.endswith(noun.key) for key in keys) for noun in nouns):
            holding[hit.article.id] = hit.article
    return len(near_duplicates(holding.values())) == 1


def _may_say_so(sayers: Sequence[str], sentence: str, said_by: str | None) -> bool:
    """Where the claim gives words to someone, whether the sentence may be that one's."""
    named = set(words(sentence))
    return not sayers or any(same_speaker(sayer, said_by) or set(words(sayer)[-1:]) <= named for sayer in sayers)


def text_around(article: Article, sentences: Sequence[Sentence], at: int) -> str:
    """A sentence of an article by its index, with those before it that hold its topic, and the title."""
    first = sentences[max(0, at - _BEFORE)]
    return f"{article.title or ''} {article.text[first.start : sentences[at].end]}"


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
