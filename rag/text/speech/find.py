"""An article's sentences -> what is said in them, and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.text.language import Language
from rag.text.quotations import Quoted, find_quotations
from rag.text.speech.cue import Cue
from rag.text.speech.cues import find_cues, guess_subject, points_back
from rag.text.speech.lexicon import SOURCE_NOUNS, SUBORDINATORS
from rag.text.speech.phrases import Phrase
from rag.text.speech.resolve import Resolver
from rag.text.speech.utterance import is_utterance
from rag.text.speech.words import Word, is_mark, read_words, stands_alone
from rag.types import Sentence, Span, Speech, SpeechKind

_REACH = 2  # sentences that indirect speech may go on after the last one that is known to be somebody's
_FEWEST_WORDS = 3
# Words of one unit: more are no prose but a table, or marks that are never closed, and each is looked at from each.
_MOST_WORDS = 700
# They tell of what is not so as often as of what somebody says.
_WEAK = frozenset("wäre wären hätte hätten würde würden könnte könnten dürfte dürften müsste müssten".split())
_POSSESSIVES = ("sein", "ihr")
_OWN = frozenset({"eigenen", "eigener", "eigenem"})


@dataclass(frozen=True, slots=True)
class _Speaker:
    said_by: Span | None = None
    name: Span | None = None


_NOBODY = _Speaker()


def find_speech(article_id: str, text: str, sentences: Sequence[Sentence], *, language: str | None) -> list[Speech]:
    """The direct quotations that somebody says, and the indirect speech, in the order in which they begin.

    A direct one is the words between the marks, without them; marks around a name, a title or a word that the article
    itself sets apart are no speech. An indirect one is the clauses that a cue gives to a speaker, without the cue where
    that stands before or after them, or a sentence in the Konjunktiv that goes on with what was said before. A
    quotation within indirect speech is both. `said_by` may stand in an earlier sentence, where the speech goes on.
    `language` is "de" or "en"; others are read as German.
    """
    spoken: Language = "en" if language == "en" else "de"
    quotations = [quoted for quoted in find_quotations(text) if quoted.level == 0]
    resolver = Resolver(text, read_words(text, 0, len(text), quotations), language=spoken)
    reader = _Reader(article_id, text, resolver, spoken)
    found: list[Speech] = []
    for unit in _units(sentences, quotations):
        found += reader.read(unit)
    return sorted([*found, *reader.unclaimed], key=lambda speech: (speech.start, -speech.end))


@dataclass(frozen=True, slots=True)
class _Unit:
    """Sentences that one quotation lies in, or one sentence, with the quotations in it."""

    start: int
    end: int
    quotations: tuple[Quoted, ...]


def _units(sentences: Sequence[Sentence], quotations: Sequence[Quoted]) -> Iterator[_Unit]:
    at = 0
    place = 0
    while place < len(sentences):
        start, end = sentences[place].start, sentences[place].end
        place += 1
        while at < len(quotations) and quotations[at].outer_start < start:
            at += 1
        first = at
        while at < len(quotations) and quotations[at].outer_start < end:
            while quotations[at].outer_end > end and place < len(sentences):
                end = sentences[place].end
                place += 1
            at += 1
        yield _Unit(start, end, tuple(quotations[first:at]))


class _Reader:
    """Reads one article unit by unit, and keeps in mind who spoke last."""

    def __init__(self, article_id: str, text: str, resolver: Resolver, language: Language) -> None:
        self._article_id = article_id
        self._text = text
        self._resolver = resolver
        self._language: Language = language
        self._last = _NOBODY
        self._since = 0
        self._before: Span | None = None  # the unit before, where nobody speaks in it
        self._told_of: _Speaker | None = None  # its subject, where that is named
        self.unclaimed: list[Speech] = []  # quotations that stand alone, whose speaker may follow: "Das sagte ..."

    def read(self, unit: _Unit) -> list[Speech]:
        """What is known now to be said, in a unit and before it."""
        words = read_words(self._text, unit.start, unit.end, unit.quotations)
        if len(words) > _MOST_WORDS:
            return self._passed_over()
        cues = find_cues(words, language=self._language)
        before = self._claimed(words, cues)
        indirect = list(self._indirect(words, cues))
        speeches = [*indirect, *self._direct(words, cues)]
        speaker = next((s for s in (*speeches[len(indirect) :], *indirect) if s.said_by or s.name), None)
        if speaker:
            self._last = _Speaker(speaker.said_by, speaker.name)
        elif not speeches and (teller := next((c for c in cues if c.said), None)):
            self._last = self._speaker(words, teller)
            self._since = -1
        self._since = 0 if speeches else self._since + 1
        if self._since > _REACH:
            self._last = _NOBODY
        self._before = None if speeches else _trimmed(words, 0, len(words))
        self._told_of = None if speeches or self._language == "en" else self._subject(words)
        self.unclaimed = speeches if stands_alone(words) and not cues else []
        return [*before, *([] if self.unclaimed else speeches)]

    def _passed_over(self) -> list[Speech]:
        """Forgets who spoke, as nobody is known to speak any more; what stands alone before stays so."""
        before, self.unclaimed = self.unclaimed, []
        self._last, self._before, self._told_of = _NOBODY, None, None
        return before

    def _claimed(self, words: Sequence[Word], cues: Sequence[Cue]) -> list[Speech]:
        """The quotations that stand alone before a sentence, with its speaker where it says who said them."""
        claiming = next((cue for cue in cues if cue.said and points_back(words, cue)), None)
        if claiming is None or not self.unclaimed:
            return self.unclaimed
        speaker = self._speaker(words, claiming)
        cue = _span(words, claiming.start, claiming.end)
        return [self._speech(s.kind, Span(s.start, s.end), speaker, cue=cue) for s in self.unclaimed]

    def _indirect(self, words: Sequence[Word], cues: Sequence[Cue]) -> Iterator[Speech]:
        reported = False
        for cue in cues:
            spans = [span for low, high in cue.contents if (span := _content(words, low, high, cue, cues))]
            if not spans and self._before and cue.start == 1 and points_back(words, cue):
                spans = [self._before]
            for span in spans:
                reported = True
                yield self._speech("indirect", span, self._speaker(words, cue), cue=_span(words, cue.start, cue.end))
        if not reported and self._goes_on(words) and (span := _trimmed(words, 0, len(words))):
            yield self._speech("indirect", span, self._last)

    def _direct(self, words: Sequence[Word], cues: Sequence[Cue]) -> Iterator[Speech]:
        for at, word in enumerate(words):
            if word.quoted is None:
                continue
            cue = _cue_of(words, at, cues)
            if not is_utterance(self._text, words, at, cues=cues, cue=cue, language=self._language):
                continue
            span = Span(word.quoted.start, word.quoted.end)
            if cue is None or (cue.strength == "colon" and self._continues(words, cue)):
                yield self._speech("direct", span, self._uncued(words, at))
            else:
                yield self._speech("direct", span, self._speaker(words, cue), cue=_span(words, cue.start, cue.end))

    def _speech(self, kind: SpeechKind, span: Span, speaker: _Speaker, *, cue: Span | None = None) -> Speech:
        named = speaker.name or speaker.said_by
        words = self._text[named.start : named.end] if named else None
        return Speech(self._article_id, kind, span.start, span.end, words, speaker.name, speaker.said_by, cue)

    def _speaker(self, words: Sequence[Word], cue: Cue) -> _Speaker:
        if cue.said is None:
            return _NOBODY if cue.strength == "source" else self._last
        said_by = _span(words, cue.said.start, cue.said.end)
        if cue.antecedent is not None:
            antecedent = _span(words, cue.antecedent.start, cue.antecedent.end)
            return _Speaker(said_by, self._resolver.name_in(words, cue.antecedent) or antecedent)
        said = cue.said
        if cue.strength == "source" and any(word.lower in _OWN for word in words[said.start : said.end]):
            said = guess_subject(words, len(words)) or said  # "nach eigenen Angaben": those of the subject
            return _Speaker(said_by, self._name(words, said) or _span(words, said.start, said.end))
        return _Speaker(said_by, self._name(words, said))

    def _name(self, words: Sequence[Word], said: Phrase) -> Span | None:
        return self._resolver.name_of(words, said, self._last.name or self._last.said_by)

    def _subject(self, words: Sequence[Word]) -> _Speaker | None:
        subject = guess_subject(words, len(words))
        name = self._name(words, subject) if subject else None
        return _Speaker(_span(words, subject.start, subject.end), name) if subject and name else None

    def _uncued(self, words: Sequence[Word], at: int) -> _Speaker:
        """The subject of its sentence; of a quotation that stands alone, or in the Konjunktiv, who spoke last."""
        alone = stands_alone(words)
        if alone and self._told_of:
            return self._told_of
        if alone or self._language == "en" or self._goes_on(words):
            return self._last
        subject = guess_subject(words, at)
        if subject is None or _of_another(words, subject):
            return self._last
        return _Speaker(_span(words, subject.start, subject.end), self._name(words, subject))

    def _continues(self, words: Sequence[Word], cue: Cue) -> bool:
        """Whether what stands before a colon is about him who spoke last: in the Konjunktiv, or "Seine Zuversicht"."""
        said = cue.said
        if self._last == _NOBODY or said is None or self._name(words, said):
            return False
        return self._goes_on(words) or _of_another(words, said)

    def _goes_on(self, words: Sequence[Word]) -> bool:
        """Whether a sentence is in the Konjunktiv, and someone has spoken whose speech it can be."""
        if self._last == _NOBODY or self._language == "en":
            return False
        certain = any(word.reported and word.lower not in _WEAK for word in words)
        left = 0
        for at, word in enumerate(words):
            if word.quoted is None and word.text in {",", ":", ";"}:
                left = at + 1
            if left < len(words) and words[left].lower in SUBORDINATORS:
                continue
            if word.reported:
                return certain
        return False


def _of_another(words: Sequence[Word], subject: Phrase) -> bool:
    """Whether a subject is something of someone named before, which does not speak: "Seine Zuversicht"."""
    possessive = words[subject.start].lower.startswith(_POSSESSIVES) and not subject.pronoun
    return possessive and words[subject.heads[0]].lower not in SOURCE_NOUNS


def _span(words: Sequence[Word], start: int, end: int) -> Span:
    return Span(words[start].start, words[end - 1].end)


def _content(words: Sequence[Word], low: int, high: int, cue: Cue, cues: Sequence[Cue]) -> Span | None:
    """What a cue gives to its speaker, without the sources that are named at its edges."""
    for other in cues:
        if other is not cue and other.strength == "source" and low <= other.region[0] and other.region[1] <= high:
            if other.region[0] <= low + 1:
                low = other.region[1]
            elif other.region[1] >= high - 1:
                high = other.region[0]
    return _trimmed(words, low, high)


def _trimmed(words: Sequence[Word], low: int, high: int) -> Span | None:
    """Words without the marks at their edges; None where there is little but quotations."""
    while low < high and is_mark(words[low]):
        low += 1
    while low < high and is_mark(words[high - 1]):
        high -= 1
    plain = sum(word.quoted is None and word.text[0].isalnum() for word in words[low:high])
    return _span(words, low, high) if plain >= _FEWEST_WORDS else None


def _cue_of(words: Sequence[Word], at: int, cues: Sequence[Cue]) -> Cue | None:
    """The cue that a quotation hangs on: one right after it, one whose contents hold it, else the nearest."""
    ranked = sorted(cues, key=lambda cue: (_rank(words, at, cue), _distance(at, cue)))
    named = [cue for cue in ranked if cue.said is not None]
    return next(iter(named or ranked), None)


def _rank(words: Sequence[Word], at: int, cue: Cue) -> int:
    holds = any(low <= at < high for low, high in cue.contents)
    follows = at < cue.region[0] <= at + 2 and all(is_mark(word) for word in words[at + 1 : cue.region[0]])
    if holds and follows:
        return 0 if cue.strength == "speech" else 1
    if holds and cue.complement and cue.strength != "light":
        return 1
    return 2 if cue.strength in {"speech", "source"} else 3


def _distance(at: int, cue: Cue) -> int:
    low, high = cue.region
    return low - at if at < low else max(0, at - high + 1)
