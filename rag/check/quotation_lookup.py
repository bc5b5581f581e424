"""The quotations of a claim, looked up word for word: as they stand, altered or absent, and who says them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.check.claims import Claim, said_in
from rag.check.quotation_texts import IndexedTexts, Texts
from rag.check.speakers import is_person_in, is_pronoun, resolve_pronoun, same_speaker
from rag.check.verbatim_match import Close, Pattern, Run, Wanted, find_closest, find_exact, read_pattern
from rag.cite import cite
from rag.index.articles import ArticleStore
from rag.index.derived import DerivedIndex
from rag.retrieve.search import Found
from rag.text.clause import is_known
from rag.text.language import Language
from rag.text.quotations import Quoted, find_quotations
from rag.text.speech.cues import find_cues
from rag.text.speech.words import read_words
from rag.text.verbatim import Verbatim, read_verbatim
from rag.types import Article, QuotationCheck, QuotationPlace, Sentence, Span, Speech

# The closest words are an altered quotation where at least so much of it is kept, in its order, and the run is not
# longer than that either; more is asked for where the article does not give the words to anybody.
LEAST_SHARE = 0.6
LEAST_SHARE_UNSAID = 0.8
# Two words that are no function words must be kept; or one, where the article's own quotation is as good as whole.
FEWEST_CONTENT_WORDS = 2
LEAST_SHARE_OF_A_WHOLE = 0.75
# Other words might be anybody's ("Ich freue mich"): only so many words, or so many that are no function words, are
# somebody's own, so that it tells something where another says them.
_FEWEST_OF_ONES_OWN = 5
_FEWEST_CONTENT_OF_ONES_OWN = 2
# Of an article so many places are looked at, those in quotation marks first; so many articles are shown.
_MOST_RUNS = 50
_MOST_PLACES = 10

_MARKED, _SPOKEN, _PLAIN = 0, 1, 2
_NAMED_THING = re.compile(r"(?:^|[\s(])(?P<before>[^\W\d_]+)\s+(?P<noun>[^\W\d_][\w-]*)\s*$")
_DETERMINED = re.compile(
    r"(?:^|[\s(])(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|im|am|vom|zum|zur|beim|laut|the|a|an)\s*$", re.I
)
_REPORTING = re.compile(r"\s*(?:berichte\w*|schreib\w*|schrieb\w*|melde\w*|zufolge|report\w*|writes|wrote)\b", re.I)
_LONGEST_NAME = 4
_ENDS_A_SENTENCE = re.compile(r"[.!?,;:]$")


@dataclass(frozen=True, slots=True)
class _Sayer:
    """Whom a text gives a quotation to, and where it names them. `cued`: only the verb beside it says so."""

    words: str
    at: Span | None
    cued: bool = False


@dataclass(frozen=True, slots=True)
class _Quotation:
    """A quotation of a claim as it is looked up. `marker` is that of its citations."""

    claim: str
    span: Span
    pattern: Pattern
    claimed: _Sayer | None
    marker: int

    @property
    def is_ones_own(self) -> bool:
        """Whether nobody else is likely to say the same."""
        return len(self.pattern.pieces) == 1 and _says_enough(self.pattern, self.pattern.words)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the words of a quotation, or the closest to them, stand in an article, and who says them there."""

    article: Article
    run: Run
    kind: int
    speaker: str | None = None
    agrees: bool | None = None
    close: Close | None = None

    @property
    def rank(self) -> tuple[float, bool, int]:
        """The closest words; said by whom the claim says; in quotation marks, then what anybody is said to say."""
        return (-self.close.share if self.close else 0.0, self.agrees is not True, self.kind)

    @property
    def found(self) -> Span:
        tokens = read_verbatim(self.article.text).tokens
        return Span(tokens[self.run.start].start, tokens[self.run.end - 1].end)


def check_quotations(
    claim: str,
    *,
    language: Language,
    texts: Texts,
    articles: Sequence[Article] = (),
    said: Sequence[Speech] = (),
    context: str = "",
) -> tuple[QuotationCheck, ...]:
    """Each quotation of the claim, in their order, looked up in the `articles` and in those that `texts` finds for it.

    `said` is who says what in the claim itself, `context` what stands before the claim. Word for word means the same
    words and numbers in their order: forms of Unicode, quotation marks, dashes, white space, other punctuation, the
    case of the first letter do not count, and where it says so („[…]“) something may be left out. What the article
    interrupts („...“, sagte er, „...“) is whole. The name of a thing (der Frachter „Razoni“, die „Zeit“ berichtet) is
    no quotation, and not looked up: that it stands nowhere says nothing about the claim. The citations' markers count
    from 1.
    """
    checks: list[QuotationCheck] = []
    for quoted in find_quotations(claim):
        span = Span(quoted.start, quoted.end)
        pattern = read_pattern(claim, span, language=language)
        speech = _covering(said, span)
        if quoted.level or not pattern.words or (speech is None and _is_name(claim, quoted)):
            continue
        claimed = _sayer(claim, speech, Span(0, len(claim)), span, language=language)
        if claimed and is_pronoun(claimed.words):
            claimed = replace(
                claimed, words=resolve_pronoun(claimed.words, context, language=language) or claimed.words
            )
        quotation = _Quotation(claim, span, pattern, claimed, len(checks) + 1)
        words = " ".join(wanted.token.form for wanted in pattern.words)
        known = {article.id: article for article in (*articles, *texts.find(words))}
        checks.append(_check(quotation, list(known.values()), texts))
    return tuple(checks)


def quotations_in(
    store: ArticleStore, index: DerivedIndex, allowed: Collection[str] | None
) -> Callable[[Claim, Found], tuple[QuotationCheck, ...]]:
    """Looks a claim's quotations up in an archive's `allowed` articles, those that were found for the claim first."""

    def look_up(claim: Claim, found: Found) -> tuple[QuotationCheck, ...]:
        language, said = claim.language, said_in(claim)
        articles = list({hit.article.id: hit.article for hit in found.hits}.values())
        texts = IndexedTexts(store, index, language=language, allowed=allowed)
        return check_quotations(
            claim.text, language=language, texts=texts, articles=articles, said=said, context=claim.context
        )

    return look_up


def _check(quotation: _Quotation, articles: Sequence[Article], texts: Texts) -> QuotationCheck:
    span, claimed = quotation.span, quotation.claimed
    exact = _shown(quotation, _exact_places(quotation, articles, texts), texts)
    shown = exact or _shown(quotation, _closest_places(quotation, articles, texts), texts)
    check = QuotationCheck(
        quotation.claim[span.start : span.end],
        span.start,
        span.end,
        "absent",
        claimed_speaker=claimed.words if claimed else None,
        claimed_by=claimed.at if claimed else None,
    )
    if not shown:
        return check
    close, best = shown[0]
    return replace(
        check,
        status="exact" if exact else "altered",
        citation=best.citation,
        found=best.found,
        found_words=best.found_words,
        changes=close.changes if close else (),
        speaker=best.speaker,
        speaker_agrees=best.speaker_agrees,
        marked=best.marked,
        others=tuple(place for _, place in exact[1:]),
    )


def _exact_places(quotation: _Quotation, articles: Sequence[Article], texts: Texts) -> list[_Place]:
    """The best place of each article. A word or two that say nothing stand where the article quotes them alone."""
    pattern, places = quotation.pattern, list[_Place]()
    says_something = len(pattern.words) > FEWEST_CONTENT_WORDS or pattern.content(pattern.words) > 0
    for article in articles:
        text = read_verbatim(article.text)
        runs = [run for run in find_exact(pattern, text) if says_something or _is_all_of_one(run, text)]
        found = [_Place(article, run, _kind(run, text)) for run in runs]
        places += sorted(found, key=lambda place: place.kind)[:_MOST_RUNS]
    best = _best_of_each(_with_speakers(quotation, places, texts))
    return [place for place in best if len(pattern.words) > 1 or place.kind != _PLAIN]


def _closest_places(quotation: _Quotation, articles: Sequence[Article], texts: Texts) -> list[_Place]:
    """The best place of each article that has the same utterance in other words."""
    pattern = quotation.pattern
    if len(pattern.words) == 1:
        return []
    places: list[_Place] = []
    for article in articles:
        text = read_verbatim(article.text)
        near = find_closest(pattern, text, claim=quotation.claim, article=article.text, least=LEAST_SHARE)
        places += [_Place(article, one.run, _kind(one.run, text), close=one) for one in near]
    close = [place for place in places if place.close and place.close.share >= LEAST_SHARE]
    return _best_of_each(one for one in _with_speakers(quotation, close, texts) if _is_the_same(pattern, one))


def _best_of_each(places: Iterable[_Place]) -> list[_Place]:
    best: dict[str, _Place] = {}
    for place in places:
        before = best.get(place.article.id)
        if before is None or place.rank < before.rank:
            best[place.article.id] = place
    return list(best.values())


def _kind(run: Run, text: Verbatim) -> int:
    marked = sum(number >= 0 for number in text.quotation[run.start : run.end])
    return _MARKED if 2 * marked > run.end - run.start else _PLAIN


def _is_all_of_one(run: Run, text: Verbatim) -> bool:
    """Whether it is the whole of one of the article's quotations."""
    inside = set(text.quotation[run.start : run.end])
    before, after = text.quotation[max(0, run.start - 1) : run.start], text.quotation[run.end : run.end + 1]
    return len(inside) == 1 and -1 not in inside and not inside & {*before, *after}


def _with_speakers(quotation: _Quotation, places: Sequence[_Place], texts: Texts) -> Iterator[_Place]:
    """The places with whom the article gives the words to."""
    speeches = texts.speeches(dict.fromkeys(place.article.id for place in places))
    for place in places:
        speech = _covering(speeches.get(place.article.id, ()), place.found)
        if speech is None:
            yield place
            continue
        agrees = _agrees(quotation, speech.speaker, place.article) if speech.speaker else None
        yield replace(place, kind=min(place.kind, _SPOKEN), speaker=speech.speaker, agrees=agrees)


def _agrees(quotation: _Quotation, speaker: str, article: Article) -> bool | None:
    """Whether it is whom the claim names. That it is not, only where that is sure, and the words are nobody else's."""
    claimed = quotation.claimed
    agrees = same_speaker(claimed.words, speaker) if claimed else None
    if agrees is not False or claimed is None:
        return agrees
    sure = not claimed.cued and quotation.is_ones_own and is_person_in(speaker, article.text)
    return False if sure else None


def _is_the_same(pattern: Pattern, place: _Place) -> bool:
    """Whether it is clearly one utterance with the quotation."""
    close, text = place.close, read_verbatim(place.article.text)
    assert close is not None
    if place.kind == _PLAIN and close.share < LEAST_SHARE_UNSAID:
        return False
    content = pattern.content(close.kept)
    if content >= FEWEST_CONTENT_WORDS:
        return True
    return content > 0 and close.share >= LEAST_SHARE_OF_A_WHOLE and _is_all_of_one(close.run, text)


def _says_enough(pattern: Pattern, words: Sequence[Wanted]) -> bool:
    return len(words) >= _FEWEST_OF_ONES_OWN or pattern.content(words) >= _FEWEST_CONTENT_OF_ONES_OWN


def _shown(quotation: _Quotation, places: Sequence[_Place], texts: Texts) -> list[tuple[Close | None, QuotationPlace]]:
    """The best places, as they are cited. Of other words, those that may be another's are none."""
    first = sorted(places, key=lambda place: place.rank)[:_MOST_PLACES]
    sentences = texts.sentences([place.article.id for place in first])
    named = [_named(quotation, place, _sentence(sentences[place.article.id], place.found)) for place in first]
    shown: list[tuple[Close | None, QuotationPlace]] = []
    for place in sorted(named, key=lambda place: place.rank):
        cited = _cited(quotation, place, _sentence(sentences[place.article.id], place.found))
        if cited is not None and _may_be_theirs(quotation, place):
            shown.append((place.close, cited))
    return shown


def _may_be_theirs(quotation: _Quotation, place: _Place) -> bool:
    """Whether it is clear that other words are those of the speaker whom the claim names, if it names one."""
    if place.close is None or quotation.claimed is None or place.agrees:
        return True
    return _says_enough(quotation.pattern, place.close.kept)


def _sentence(sentences: Sequence[Sentence], found: Span) -> Sentence | None:
    return next((sentence for sentence in sentences if sentence.start <= found.start < sentence.end), None)


def _named(quotation: _Quotation, place: _Place, sentence: Sentence | None) -> _Place:
    """The place with the speaker whom the verb beside it names, where the article gives the words to nobody."""
    if place.speaker or place.kind != _MARKED or quotation.claimed is None or sentence is None:
        return place
    language: Language = "en" if place.article.language == "en" else "de"
    within = Span(sentence.start, sentence.end)
    sayer = _sayer(place.article.text, None, within, place.found, language=language)
    if sayer is None or is_pronoun(sayer.words):
        return place
    agrees = same_speaker(quotation.claimed.words, sayer.words) or None
    return replace(place, speaker=sayer.words, agrees=agrees)


def _cited(quotation: _Quotation, place: _Place, sentence: Sentence | None) -> QuotationPlace | None:
    if sentence is None:
        return None
    found, text = place.found, place.article.text
    score = place.close.share if place.close else 1.0
    inside = Span(found.start, min(found.end, sentence.end))
    citation = cite(place.article, sentence, marker=quotation.marker, score=score, answer=inside)
    if citation is None:
        return None
    words, marked = text[found.start : found.end], place.kind == _MARKED
    return QuotationPlace(citation, found, words, place.speaker, place.agrees, marked)


def _sayer(text: str, speech: Speech | None, within: Span, quoted: Span, *, language: Language) -> _Sayer | None:
    """Who says a quotation: as was found; else the subject of the verb beside it ("nannte es ein „Leuchtfeuer“")."""
    if speech is not None:
        return _Sayer(speech.speaker, speech.name or speech.said_by) if speech.speaker else None
    sentence = text[within.start : within.end]
    quotations = [one for one in find_quotations(sentence) if one.level == 0]
    words = read_words(sentence, 0, len(sentence), quotations)
    first = quoted.start - within.start
    place = next((at for at, word in enumerate(words) if word.quoted and word.start <= first < word.end), None)
    cues = [cue for cue in find_cues(words, language=language) if cue.strength in ("speech", "source")]
    holding = [
        cue.said for cue in cues if place is not None and any(a <= place < b for a, b in (cue.region, *cue.contents))
    ]
    said = holding[0] if len(holding) == 1 else None
    if said is None:
        return None
    at = Span(within.start + words[said.start].start, within.start + words[said.end - 1].end)
    return _Sayer(text[at.start : at.end], at, cued=True)


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
