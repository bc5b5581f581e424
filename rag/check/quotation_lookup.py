"""The quotations of a claim, looked up word for word: as they stand, altered or absent, and who says them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.check.verbatim_match import Close, Pattern, Run, find_closest, find_exact, read_pattern
from rag.check.speakers import same_speaker
from rag.cite import cite
from rag.index.articles import INDEXED, ArticleStore
from rag.index.derived import DerivedIndex, article_ids
from rag.retrieve.search import Found
from rag.text.clause import is_known
from rag.text.language import statement_language
from rag.text.quotations import Quoted, find_quotations
from rag.text.sentences import split_sentences
from rag.text.speech import find_speech
from rag.text.tokens import grams, stems
from rag.text.verbatim import Verbatim, read_verbatim
from rag.types import Article, Citation, QuotationCheck, Sentence, Span, Speech

# The closest words are an altered quotation where at least so much of it is kept, in its order, and the run is not
# longer than that either; more is asked for where the article does not give the words to anybody.
LEAST_SHARE = 0.6
LEAST_SHARE_UNSAID = 0.8
# Two words that are no function words must be kept; or one, where the article's own quotation is as good as whole.
FEWEST_CONTENT_WORDS = 2
LEAST_SHARE_OF_A_WHOLE = 0.75
# Other words might be anybody's: only a quotation of three words, or of two that say something, belongs to someone.
_FEWEST_OF_ONES_OWN = 3

_K = 50
_MARKED, _SPOKEN, _PLAIN = 0, 1, 2
_NAMED_THING = re.compile(r"(?:^|[\s(])(?P<before>[^\W\d_]+)\s+(?P<noun>[^\W\d_][\w-]*)\s*$")
_DETERMINED = re.compile(
    r"(?:^|[\s(])(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|im|am|vom|zum|zur|beim|laut|the|a|an)\s*$", re.I
)
_REPORTING = re.compile(r"\s*(?:berichte\w*|schreib\w*|schrieb\w*|melde\w*|zufolge|report\w*|writes|wrote)\b", re.I)
_LONGEST_NAME = 4
_ENDS_A_SENTENCE = re.compile(r"[.!?,;:]$")


class Texts(Protocol):
    """What quotations are looked up in."""

    def find(self, words: str) -> Sequence[Article]:
        """The articles that are most likely to hold these words, the likeliest first."""

    def sentences(self, article_id: str) -> Sequence[Sentence]:
        """Those of an article, in their order."""

    def speeches(self, article_id: str) -> Sequence[Speech]:
        """What the article gives to whom."""


class ListedTexts:
    """A few articles, all of which are looked through: for tests, and for text that no archive holds."""

    def __init__(self, articles: Sequence[Article], speeches: Sequence[Speech] = ()) -> None:
        self._articles = {article.id: article for article in articles}
        self._speeches = speeches

    def find(self, words: str) -> Sequence[Article]:
        return list(self._articles.values()) if words else []

    def sentences(self, article_id: str) -> Sequence[Sentence]:
        article = self._articles[article_id]
        return split_sentences(article_id, article.text, language=article.language)

    def speeches(self, article_id: str) -> Sequence[Speech]:
        return [speech for speech in self._speeches if speech.article_id == article_id]


class IndexedTexts:
    """The articles of an archive, of the `allowed` ones only, if named. `language` is that of the claim."""

    def __init__(
        self,
        store: ArticleStore,
        index: DerivedIndex,
        *,
        language: str,
        allowed: Collection[str] | None = None,
    ) -> None:
        self._store = store
        self._index = index
        self._language = language
        self._allowed = allowed

    def find(self, words: str) -> Sequence[Article]:
        """Those of the 50 sentences and the 50 passages with the highest BM25 for the words' stems and 4-grams."""
        scores: dict[str, float] = {}
        for index in (self._index.sentences, self._index.passages):
            for found in (
                index.search("stems", stems(words, language=self._language), k=_K, article_ids=self._allowed),
                index.search("grams", grams(words), k=_K, article_ids=self._allowed),
            ):
                best = max(found.values(), default=1.0) or 1.0
                for id, score in found.items():
                    article_id = id.rpartition("#")[0]
                    scores[article_id] = max(scores.get(article_id, 0.0), score / best)
        articles = self._store.many(article_ids(f"{id}#" for id in scores), state=INDEXED)
        return [articles[id] for id in sorted(articles, key=lambda id: (-scores[id], id))]

    def sentences(self, article_id: str) -> Sequence[Sentence]:
        passages = self._store.passages([article_id]).get(article_id, [])
        return [sentence for passage in passages for sentence in passage.sentences]

    def speeches(self, article_id: str) -> Sequence[Speech]:
        return self._store.speeches([article_id]).get(article_id, ())


@dataclass(frozen=True, slots=True)
class _Quotation:
    """A quotation of a claim as it is looked up. `marker` is that of its citations."""

    claim: str
    span: Span
    pattern: Pattern
    claimed: str | None
    marker: int

    @property
    def is_ones_own(self) -> bool:
        words = self.pattern.words
        return len(words) >= _FEWEST_OF_ONES_OWN or self.pattern.content(words) >= FEWEST_CONTENT_WORDS


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the words of a quotation, or the closest to them, stand in an article, and who says them there."""

    article: Article
    found: Span
    kind: int
    speech: Speech | None
    agrees: bool | None
    citation: Citation
    close: Close | None = None

    @property
    def rank(self) -> tuple[float, bool, int]:
        """The closest words; said by whom the claim says; in quotation marks, then what anybody is said to say."""
        return (-self.close.share if self.close else 0.0, self.agrees is not True, self.kind)


def check_quotations(
    claim: str, *, language: str, texts: Texts, articles: Sequence[Article] = (), said: Sequence[Speech] = ()
) -> tuple[QuotationCheck, ...]:
    """Each quotation of the claim, in their order, looked up in the `articles` and in those that `texts` finds for it.

    `said` is who says what in the claim itself. Word for word means the same words and numbers in their order: forms of
    Unicode, quotation marks, dashes, white space, other punctuation, the case of the first letter do not count, and
    where it says so („[…]“) something may be left out. What the article interrupts („...“, sagte er, „...“) is whole.
    The name of a thing (der Frachter „Razoni“, die „Zeit“ berichtet) is no quotation, and not looked up: that it stands
    nowhere says nothing about the claim. The citations' markers count from 1.
    """
    checks: list[QuotationCheck] = []
    for quoted in find_quotations(claim):
        span = Span(quoted.start, quoted.end)
        pattern = read_pattern(claim, span, language=language)
        speech = _covering(said, span)
        if quoted.level or not pattern.words or (speech is None and _is_name(claim, quoted)):
            continue
        quotation = _Quotation(claim, span, pattern, speech.speaker if speech else None, len(checks) + 1)
        words = " ".join(wanted.token.form for wanted in pattern.words)
        known = {article.id: article for article in (*articles, *texts.find(words))}
        checks.append(_check(quotation, list(known.values()), texts))
    return tuple(checks)


def quotations_in(
    store: ArticleStore, index: DerivedIndex, allowed: Collection[str] | None
) -> Callable[[str, Found], tuple[QuotationCheck, ...]]:
    """Looks a claim's quotations up in an archive's `allowed` articles, those that were found for the claim first."""

    def look_up(claim: str, found: Found) -> tuple[QuotationCheck, ...]:
        language = statement_language(claim) or found.question.language
        said = find_speech("", claim, split_sentences("", claim, language=language), language=language)
        articles = list({hit.article.id: hit.article for hit in found.hits}.values())
        texts = IndexedTexts(store, index, language=language, allowed=allowed)
        return check_quotations(claim, language=language, texts=texts, articles=articles, said=said)

    return look_up


def _check(quotation: _Quotation, articles: Sequence[Article], texts: Texts) -> QuotationCheck:
    span = quotation.span
    words = quotation.claim[span.start : span.end]
    exact = list(_exact_places(quotation, articles, texts))
    places = sorted(exact or _closest_places(quotation, articles, texts), key=lambda place: place.rank)
    if not places:
        return QuotationCheck(words, span.start, span.end, "absent", claimed_speaker=quotation.claimed)
    best = places[0]
    first_of_each = {place.article.id: place.citation for place in reversed(places)}
    alike = [place for place in exact if place.article is not best.article and place.agrees == best.agrees]
    others = {place.article.id: first_of_each[place.article.id] for place in alike}
    return QuotationCheck(
        words,
        span.start,
        span.end,
        "exact" if exact else "altered",
        citation=best.citation,
        found=best.found,
        changes=best.close.changes if best.close else (),
        claimed_speaker=quotation.claimed,
        speaker=best.speech.speaker if best.speech else None,
        speaker_agrees=best.agrees,
        marked=best.kind == _MARKED,
        others=tuple(others.values()),
    )


def _exact_places(quotation: _Quotation, articles: Sequence[Article], texts: Texts) -> Iterator[_Place]:
    for article in articles:
        for run in find_exact(quotation.pattern, read_verbatim(article.text)):
            place = _place(quotation, article, run, texts)
            if place and (len(quotation.pattern.words) > 1 or place.kind != _PLAIN):
                yield place


def _closest_places(quotation: _Quotation, articles: Sequence[Article], texts: Texts) -> Iterator[_Place]:
    pattern = quotation.pattern
    if len(pattern.words) == 1:
        return
    for article in articles:
        text = read_verbatim(article.text)
        for close in find_closest(pattern, text, claim=quotation.claim, article=article.text):
            place = _place(quotation, article, close.run, texts, close) if close.share >= LEAST_SHARE else None
            if place and _is_the_same(close, pattern, place, text):
                yield place


def _is_the_same(close: Close, pattern: Pattern, place: _Place, text: Verbatim) -> bool:
    """Whether it is clearly one utterance with the quotation."""
    if place.kind == _PLAIN and close.share < LEAST_SHARE_UNSAID:
        return False
    content = pattern.content(close.kept)
    if content >= FEWEST_CONTENT_WORDS:
        return True
    inside = set(text.quotation[close.run.start : close.run.end])
    size = close.run.end - close.run.start
    whole = len(inside) == 1 and -1 not in inside and text.quotation.count(inside.pop()) == size
    return content > 0 and whole and close.share >= LEAST_SHARE_OF_A_WHOLE


def _place(
    quotation: _Quotation, article: Article, run: Run, texts: Texts, close: Close | None = None
) -> _Place | None:
    text = read_verbatim(article.text)
    found = Span(text.tokens[run.start].start, text.tokens[run.end - 1].end)
    sentence = next((s for s in texts.sentences(article.id) if s.start <= found.start < s.end), None)
    if sentence is None:
        return None
    inside = Span(found.start, min(found.end, sentence.end))
    score = close.share if close else 1.0
    citation = cite(article, sentence, marker=quotation.marker, score=score, answer=inside)
    if citation is None:
        return None
    speech = _covering(texts.speeches(article.id), found)
    marked = any(number >= 0 for number in text.quotation[run.start : run.end])
    kind = _MARKED if marked else _SPOKEN if speech else _PLAIN
    agrees = same_speaker(quotation.claimed, speech.speaker) if speech else None
    agrees = None if agrees is False and not quotation.is_ones_own else agrees
    return _Place(article, found, kind, speech, agrees, citation, close)


def _covering(speeches: Sequence[Speech], span: Span) -> Speech | None:
    """The speech that the words lie in for the most part: in quotation marks before indirect, the shortest first."""
    holding = [
        speech
        for speech in speeches
        if 2 * (min(speech.end, span.end) - max(speech.start, span.start)) >= span.end - span.start
    ]
    known = [speech for speech in holding if speech.speaker] or holding
    return min(known, key=lambda speech: (speech.kind != "direct", speech.end - speech.start), default=None)


def _is_name(claim: str, quoted: Quoted) -> bool:
    """Whether what is in quotation marks names a thing: der Frachter „Razoni“, „Zeit“-Reporter, die „Zeit“ schreibt."""
    text = claim[quoted.start : quoted.end]
    words = text.split()
    if len(words) > _LONGEST_NAME or not (text[:1].isupper() or text[:1].isdigit()) or _ENDS_A_SENTENCE.search(text):
        return False
    before, after = claim[: quoted.outer_start], claim[quoted.outer_end :]
    if re.match(r"-\w", after):
        return True
    if _DETERMINED.search(before):
        return _REPORTING.match(after) is not None
    named = _NAMED_THING.search(before)
    if named is None or not named["noun"][0].isupper() or not is_known(named["noun"]):
        return False
    return _DETERMINED.search(claim[: named.start("noun")]) is not None or named["before"].endswith(
        ("er", "en", "e", "em")
    )
