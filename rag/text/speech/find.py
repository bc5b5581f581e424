"""An article's sentences -> what is said in them, and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.text.function_words import AUXILIARIES
from rag.text.language import Language
from rag.text.quotations import Quoted, find_quotations
from rag.text.speech.cues import Cue, find_cues, guess_subject
from rag.text.speech.lexicon import HEARSAY, SUBJUNCTIVES, SUBORDINATORS
from rag.text.speech.phrases import Phrase
from rag.text.speech.resolve import Resolver
from rag.text.speech.utterance import is_utterance
from rag.text.speech.words import Word, read_words
from rag.types import Sentence, Span, Speech

_REACH = 2  # sentences that indirect speech may go on after the last one that is known to be somebody's
_FEWEST_WORDS = 3
_WEAK = frozenset("wäre wären hätte hätten würde würden könnte könnten dürfte dürften müsste müssten".split())


@dataclass(frozen=True, slots=True)
class _Speaker:
    said_by: Span | None = None
    name: Span | None = None


def find_speech(article_id: str, text: str, sentences: Sequence[Sentence], *, language: str | None) -> list[Speech]:
    """The direct quotations that somebody says, and the indirect speech, in the order in which they begin.

    A direct one is the words between the marks, without them; marks around a name, a title or a word that the article
    itself sets apart are no speech. An indirect one is the clauses that a cue gives to a speaker, without the cue where
    that stands before or after them, or a sentence in the Konjunktiv that goes on with what was said before. A
    quotation within indirect speech is both. `language` is "de" or "en"; others are read as German.
    """
    spoken: Language = "en" if language == "en" else "de"
    quotations = [quoted for quoted in find_quotations(text) if quoted.level == 0]
    resolver = Resolver(text, read_words(text, 0, len(text), quotations), language=spoken)
    found: list[Speech] = []
    last = _Speaker()
    since = _REACH + 1
    for start, end in _units(sentences, quotations):
        words = read_words(text, start, end, [q for q in quotations if start <= q.outer_start and q.outer_end <= end])
        cues = find_cues(words, language=spoken)
        speeches = list(
            _in_sentence(article_id, text, words, cues, resolver, last if since <= _REACH else _Speaker(), spoken)
        )
        found += speeches
        if speeches:
            since = 0
            speaker = _lead(speeches)
            last = _Speaker(speaker.said_by, speaker.name) if speaker.said_by or speaker.name else last
        else:
            since += 1
    return sorted(found, key=lambda speech: (speech.start, -speech.end))


def _units(sentences: Sequence[Sentence], quotations: Sequence[Quoted]) -> Iterator[tuple[int, int]]:
    """Sentences, those that one quotation lies in taken together."""
    start = end = -1
    rest = iter(quotations)
    quoted = next(rest, None)
    for sentence in sentences:
        while quoted is not None and quoted.outer_end <= sentence.start:
            quoted = next(rest, None)
        inside = quoted is not None and quoted.outer_start < sentence.start
        if start >= 0 and not inside:
            yield start, end
            start = -1
        start, end = (sentence.start if start < 0 else start), sentence.end
        while quoted is not None and quoted.outer_end <= end:
            quoted = next(rest, None)
    if start >= 0:
        yield start, end


def _in_sentence(
    article_id: str,
    text: str,
    words: list[Word],
    cues: list[Cue],
    resolver: Resolver,
    last: _Speaker,
    language: Language,
) -> Iterator[Speech]:
    reported = False
    for cue in cues:
        for low, high in cue.contents:
            span = _content_span(words, low, high, cue, cues)
            if span and (cue.strength != "light" or cue.complement):
                reported = True
                speaker = _speaker(words, cue, resolver, last)
                yield _speech(article_id, text, "indirect", span, speaker, _span(words, cue.start, cue.end))
    if not reported and language == "de" and (span := _free(words, cues, last)):
        reported = True
        yield _speech(article_id, text, "indirect", span, last, None)
    for at, word in enumerate(words):
        if word.quoted is None:
            continue
        hung = _cue_of(words, at, cues)
        if not is_utterance(text, words, at, cue=hung, language=language):
            continue
        span = Span(word.quoted.start, word.quoted.end)
        if hung is None:
            yield _speech(article_id, text, "direct", span, _uncued(words, at, resolver, last, language), None)
        else:
            speaker = _speaker(words, hung, resolver, last)
            yield _speech(article_id, text, "direct", span, speaker, _span(words, hung.start, hung.end))


def _speech(article_id: str, text: str, kind: str, span: Span, speaker: _Speaker, cue: Span | None) -> Speech:
    words = speaker.name or speaker.said_by
    return Speech(
        article_id,
        "direct" if kind == "direct" else "indirect",
        span.start,
        span.end,
        text[words.start : words.end] if words else None,
        speaker.name,
        speaker.said_by,
        cue,
    )


def _speaker(words: Sequence[Word], cue: Cue, resolver: Resolver, last: _Speaker) -> _Speaker:
    if cue.said is None:
        return last if cue.strength != "source" else _Speaker()
    said_by = _span(words, cue.said.start, cue.said.end)
    if cue.antecedent is not None:
        antecedent = _span(words, cue.antecedent.start, cue.antecedent.end)
        return _Speaker(said_by, resolver.name_in(words, cue.antecedent) or antecedent)
    name = resolver.name_of(words, cue.said, last.name or last.said_by)
    return _Speaker(said_by, name)


def _uncued(words: Sequence[Word], at: int, resolver: Resolver, last: _Speaker, language: Language) -> _Speaker:
    """The subject of its sentence; of a quotation that stands alone, or in the Konjunktiv, who spoke last."""
    alone = all(word.quoted is not None or _is_mark(word) for word in words)
    subject = None if alone or language == "en" or _free(words, (), last) else guess_subject(words, at)
    if subject is None:
        return last
    return _Speaker(
        _span(words, subject.start, subject.end), resolver.name_of(words, subject, last.name or last.said_by)
    )


def _span(words: Sequence[Word], start: int, end: int) -> Span:
    return Span(words[start].start, words[end - 1].end)


def _content_span(words: Sequence[Word], low: int, high: int, cue: Cue, cues: Sequence[Cue]) -> Span | None:
    """Its words without marks at its edges and without other cues there; None where too little but quotations is left."""
    for other in cues:
        if other is not cue and other.strength == "source" and low <= other.region[0] and other.region[1] <= high:
            if other.region[0] <= low + 1:
                low = other.region[1]
            elif other.region[1] >= high - 1:
                high = other.region[0]
    while low < high and _is_mark(words[low]):
        low += 1
    while low < high and _is_mark(words[high - 1]):
        high -= 1
    plain = [word for word in words[low:high] if word.quoted is None and word.text[0].isalnum()]
    if len(plain) < _FEWEST_WORDS:
        return None
    return Span(words[low].start, words[high - 1].end)


def _is_mark(word: Word) -> bool:
    return word.quoted is None and not word.text[0].isalnum()


def _free(words: Sequence[Word], cues: Sequence[Cue], last: _Speaker) -> Span | None:
    """A sentence in the Konjunktiv that nobody is said to say: it goes on with what was said before."""
    if last == _Speaker():
        return None
    left = 0
    for at, word in enumerate(words):
        if word.quoted is None and word.text in {",", ":", ";"}:
            left = at + 1
        if word.lower in SUBJUNCTIVES and not word.capital and words[left].lower not in SUBORDINATORS:
            if word.lower in _WEAK and not any(other.lower in SUBJUNCTIVES - _WEAK for other in words):
                continue
            plain = [w for w in words if not _is_mark(w)]
            return Span(plain[0].start, plain[-1].end) if len(plain) >= _FEWEST_WORDS else None
    return None


def _cue_of(words: Sequence[Word], at: int, cues: Sequence[Cue]) -> Cue | None:
    """The cue that a quotation hangs on: one right after it, one whose contents hold it, else the nearest."""
    ranked = sorted(cues, key=lambda cue: (_rank(words, at, cue), _distance(at, cue)))
    named = [cue for cue in ranked if cue.said is not None]
    return next(iter(named or ranked), None)


def _rank(words: Sequence[Word], at: int, cue: Cue) -> int:
    follows = at < cue.region[0] <= at + 2 and all(_is_mark(word) for word in words[at + 1 : cue.region[0]])
    if follows and any(low <= at < high for low, high in cue.contents):
        return 0
    holds = cue.complement and any(low <= at < high for low, high in cue.contents)
    return 1 if holds and cue.strength != "light" else 2


def _distance(at: int, cue: Cue) -> int:
    low, high = cue.region
    return low - at if at < low else max(0, at - high + 1)


def _lead(speeches: Sequence[Speech]) -> Speech:
    named = [speech for speech in speeches if speech.said_by or speech.name]
    return (named or list(speeches))[0]
