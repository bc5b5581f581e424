"""The newest articles -> questions and claims to begin with: made by rule from a sentence, and tried.

A sentence makes a question where it is sure what answers: "Am 3. Mai wurde X eröffnet" -> "Wann wurde X eröffnet?".
Only what the archive then answers with that very sentence is offered.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Lock

from rag.archive import Archive
from rag.check.claims import is_claim
from rag.errors import BelegError, UnknownArticle
from rag.text.clause import is_known
from rag.text.dates import clock_times, find_dates
from rag.text.function_words import ADVERB_QUESTIONS, AUXILIARIES, DETERMINERS, FUNCTION_WORDS, PREPOSITIONS
from rag.text.language import SUPPORTED, Language
from rag.text.speech.lexicon import verb_forms
from rag.text.statement import may_be_verb
from rag.types import Article, Listing, Span, Speech

# So many articles are looked at, so many samples of each are tried, and so many in all for one that is wanted.
_ARTICLES = 60
_TRIES_OF_ARTICLE = 2
_TRIES = 8
# So many times as long as making them took they are kept, though the archive changes.
_RESTS = 9

_SHORTEST, _LONGEST = 30, 110  # characters of what is asked
_WORD = re.compile(r"[^\W_](?:[\w'’.-]*[^\W_])?")
# What makes a sentence more than one statement, or somebody's words.
_INVOLVED = re.compile(r"[„“”\"«»‚‘:;()\[\]–—\n?!]")
# What follows says more of it, and may be left away.
_SUBORDINATE = re.compile(
    r", (?:als|nachdem|weil|da|obwohl|wobei|während|wo|um|so|der|die|das|dem|den|dessen|deren|"
    r"which|who|where|when|while|after|because|although) [^,]+"
)
# They point at something that only other sentences name, or at the day of the article.
_LEANING = frozenset(
    """
    er sie es ihn ihm ihr ihnen sein seine seinen seinem seiner seines ihre ihren ihrem ihrer ihres dieser diese dieses
    diesen diesem das dies dort dorthin hier dabei dazu davon darüber dafür dagegen damit darauf daraus dadurch deswegen
    deshalb danach davor seitdem daraufhin damals beide beiden solche auch zudem außerdem jedoch allerdings dann bisher
    heute gestern vorgestern morgen übermorgen vergangenen vergangene letzten letzte nächsten kommenden jetzt derzeit
    wir uns ich mich man demnach zuvor zunächst inzwischen
    he she it they him her them his its their this that these those there here then afterwards both latter former also
    today yesterday tomorrow last next now we us i however meanwhile earlier so
    """.split()
)
_WEEKDAYS = re.compile(
    r"\b(?:(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_FIRST_DATE = re.compile(r"(?P<since>Seit (?:dem )?)|(?:Am|Im|Im Jahre?|Anfang|Mitte|Ende) ")
_BEFORE_DATE = {"de": re.compile(r" (?:am|im|im Jahre?) $"), "en": re.compile(r" (?:on|in) $")}
_FIRST_PLACE = re.compile(r"In (?P<place>[^\W\d_][\w-]+(?: [A-ZÄÖÜ][\w-]+)?) (?P<rest>[a-zäöü]\w+ .+)")
_FIRST_NAME = re.compile(r"(?P<name>[A-ZÄÖÜ][\w.-]+(?: [A-ZÄÖÜ][\w-]+){1,2}) (?P<rest>[a-zäöü]\w+ .+)")
# What the words that are given to someone begin by speaking of.
_TOPIC = re.compile(
    r"(?:(?:dass|ob|that) )?(?:(?P<the>[Dd](?:er|ie|as)|[Tt]he) )?(?P<what>(?:[a-zäöü]+en? ){0,1}"
    r"[A-ZÄÖÜ][\w-]+(?: [A-ZÄÖÜ][\w-]+)?) (?=[a-zäöü])"
)
# Such nouns may have another form after "über den".
_WEAK = re.compile(r"(?:e|en|ent|ant|ist|at|oge|ag|err|ensch|är|or|chef|held)$")
_SAID = {"de": "Was sagte {} über {}?", "en": "What did {} say about {}?"}
_SPOKE = {"de": "Was sagte {}?", "en": "What did {} say?"}


@dataclass(frozen=True, slots=True)
class Sample:
    """A question, or a claim, the place in an article that it was made from, and the name of the rule that did."""

    text: str
    article_id: str
    place: Span
    is_claim: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """An article, where its sentences are, and what is said in it."""

    article: Article
    sentences: tuple[Span, ...]
    speeches: tuple[Speech, ...]

    @property
    def language(self) -> Language | None:
        return next((known for known in SUPPORTED if known == self.article.language), None)

    def text(self, span: Span) -> str:
        return self.article.text[span.start : span.end]


Rule = Callable[[Material, Language], Iterator[Sample]]


@dataclass(frozen=True, slots=True)
class _Made:
    """Samples, what the archive was when they were begun, and until when they are good enough whatever it is by then.

    `until` is in the seconds of the cache's clock.
    """

    samples: tuple[str, ...] = ()
    state: Listing | None = None
    until: float = 0.0


class SampleCache:
    """Samples by language and number, made anew when the archive has changed. Safe to use from several threads.

    Nobody waits for another: while one caller makes new ones, the others get the old, or none where there are none yet.
    While the archive goes on changing, no more than a tenth of the time is spent on it. `now` tells seconds.
    """

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._guard = Lock()
        self._made: dict[tuple[Language, int], _Made] = {}
        self._making: set[tuple[Language, int]] = set()

    def of(self, archive: Archive, language: Language, count: int) -> list[str]:
        key, state, begun = (language, count), archive.browse(sort="ingested", limit=1), self._now()
        with self._guard:
            made = self._made.get(key, _Made())
            if made.state == state or begun < made.until or key in self._making:
                return list(made.samples)
            self._making.add(key)
        try:
            newest = [listed.id for listed in archive.browse(limit=_ARTICLES).articles]
            samples = make_samples(archive, newest, language, count)
            ended = self._now()
            made = _Made(tuple(samples), state, until=ended + _RESTS * (ended - begun))
        finally:
            with self._guard:
                self._making.discard(key)
                self._made[key] = made
        return list(made.samples)


def make_samples(archive: Archive, article_ids: Sequence[str], language: Language, count: int) -> list[str]:
    """At most `count` samples from as many of these articles, in this language where there are such."""
    materials = [material for article_id in article_ids if (material := _material(archive, article_id))]
    other = next(known for known in SUPPORTED if known != language)
    half, any_rule = (count + 1) // 2, (*_TELLING, _spoke)
    passes = [(one, rules, half) for one in (language, other) for rules in (_TELLING, any_rule)]
    chosen: dict[str, Sample] = {}
    for asked, rules, most in (*passes, (language, any_rule, count)):
        tries = _TRIES * count
        for material in materials:
            if len(chosen) >= count or tries <= 0:
                break
            if material.article.id in chosen:
                continue
            candidates = _candidates(material, asked, rules, most=most, chosen=list(chosen.values()))
            for sample in candidates[:_TRIES_OF_ARTICLE]:
                tries -= 1
                if _is_answered(archive, sample):
                    chosen[material.article.id] = sample
                    break
    return [sample.text for sample in chosen.values()]


def _candidates(
    material: Material, language: Language, rules: Sequence[Rule], *, most: int, chosen: Sequence[Sample]
) -> list[Sample]:
    """The first new sample of each rule that has made less than `most` yet, that which has made the fewest first."""
    made = Counter(sample.rule for sample in chosen)
    texts = {sample.text for sample in chosen}
    free = sorted((rule for rule in rules if made[rule.__name__] < most), key=lambda rule: made[rule.__name__])
    found = ((rule, next((one for one in rule(material, language) if one.text not in texts), None)) for rule in free)
    return [replace(sample, rule=rule.__name__) for rule, sample in found if sample]


def _material(archive: Archive, article_id: str) -> Material | None:
    try:
        article, speeches = archive.article(article_id), archive.speeches(article_id)
    except UnknownArticle:  # deleted meanwhile
        return None
    sentences = [Span(s.start, s.end) for passage in archive.passages(article_id) for s in passage.sentences]
    return Material(article, tuple(dict.fromkeys(sentences)), tuple(speeches))


def _is_answered(archive: Archive, sample: Sample) -> bool:
    """Whether the first sentence cited for it, or one that supports it, is the one that it was made from."""
    try:
        if sample.is_claim:
            check = archive.check(sample.text)
            cited = [one.citation for one in check.evidence if one.stance == "for"]
            right = check.verdict == "supported"
        else:
            answer = archive.ask(sample.text, quote_only=True)
            cited, right = list(answer.citations[:1]), not answer.abstained
    except BelegError:
        return False
    at = sample.place
    return right and any(c.article_id == sample.article_id and c.start < at.end and at.start < c.end for c in cited)


def _alone(material: Material, language: Language) -> Iterator[tuple[Span, str]]:
    """Plain sentences in this language that a reader understands without the others: without stop and minor clause."""
    for span in material.sentences if material.language == language else ():
        text = material.text(span)
        if not text.endswith(".") or _INVOLVED.search(text):
            continue
        text = _cut(text[:-1])
        words = {word.lower() for word in _WORD.findall(text)}
        if _SHORTEST <= len(text) <= _LONGEST and "," not in text and not _LEANING & words:
            yield span, text


def _cut(text: str) -> str:
    """The sentence without the minor clause that it ends with."""
    main, _, _ = text.partition(", ")
    return main if _SUBORDINATE.fullmatch(text, len(main)) else text


def _when(material: Material, language: Language) -> Iterator[Sample]:
    """ "Am 3. Mai wurde X eröffnet", "X wurde am 3. Mai eröffnet" -> "Wann wurde X eröffnet?" """
    for span, text in _alone(material, language):
        dates = find_dates(text, language=language)
        if len(dates) != 1 or clock_times(text) or not re.search(r"\d", text[dates[0].start : dates[0].end]):
            continue
        before, after = text[: dates[0].start], text[dates[0].end :]
        if language == "de" and (first := _FIRST_DATE.fullmatch(before)):
            if _begins_with_verb(after, language):
                yield from _questions(material, span, f"{'Seit wann' if first['since'] else 'Wann'}{after}")
        elif _BEFORE_DATE[language].search(before) and not _WEEKDAYS.search(text):
            rest = _BEFORE_DATE[language].sub("", before) + after
            if inverted := _inverted(rest, language):
                yield from _questions(material, span, f"{'Wann' if language == 'de' else 'When'} {inverted}")


def _where(material: Material, language: Language) -> Iterator[Sample]:
    """ "In Ankara wurde X ausgetauscht" -> "Wo wurde X ausgetauscht?" """
    for span, text in _alone(material, language):
        found = _FIRST_PLACE.fullmatch(text) if language == "de" else None
        if found and _is_name(found["place"].split()[-1]) and _begins_with_verb(f" {found['rest']}", language):
            yield from _questions(material, span, f"Wo {found['rest']}")


def _who(material: Material, language: Language) -> Iterator[Sample]:
    """ "Ada Lovelace schrieb X" -> "Wer schrieb X?" """
    for span, text in _alone(material, language):
        found = _FIRST_NAME.fullmatch(text)
        if found and _is_whole_name(found["name"]) and _begins_with_verb(f" {found['rest']}", language):
            yield from _questions(material, span, f"{'Wer' if language == 'de' else 'Who'} {found['rest']}")


def _said(material: Material, language: Language) -> Iterator[Sample]:
    """Who is named where they say something, and what they speak of."""
    for speech in material.speeches:
        if (speaker := _speaker(material, speech, language)) and (topic := _topic(material, speech, language)):
            place = Span(speech.start, speech.end)
            yield Sample(_SAID[language].format(speaker, topic), material.article.id, place)


def _spoke(material: Material, language: Language) -> Iterator[Sample]:
    """Who is named where they say something."""
    for speech in material.speeches:
        if speaker := _speaker(material, speech, language):
            place = Span(speech.start, speech.end)
            yield Sample(_SPOKE[language].format(speaker), material.article.id, place)


def _claim(material: Material, language: Language) -> Iterator[Sample]:
    """A sentence as it stands, with a number or a date in it, but no date that only the article's makes whole."""
    for span, text in _alone(material, language):
        whole = f"{text}." == material.text(span)
        dated = all(date.first for date in find_dates(text, language=language))
        if whole and dated and _has_a_name(text) and re.search(r"\d", text) and is_claim(text):
            yield Sample(f"{text}.", material.article.id, span, is_claim=True)


def _questions(material: Material, span: Span, text: str) -> Iterator[Sample]:
    """The question, where it names something."""
    if _has_a_name(text):
        yield Sample(f"{' '.join(text.split())}?", material.article.id, span)


def _begins_with_verb(text: str, language: Language) -> bool:
    words = _WORD.findall(text)
    held = PREPOSITIONS[language] | DETERMINERS[language]
    if not text.startswith(" ") or not words or words[0].lower() in held:
        return False
    if words[0] in AUXILIARIES[language]:
        return True
    return words[0] not in FUNCTION_WORDS[language] and words[0].islower() and may_be_verb(words, 0, language)


def _inverted(text: str, language: Language) -> str | None:
    """ "Der Bau wurde begonnen" -> "wurde der Bau begonnen", where there is one auxiliary, behind a plain subject."""
    words = text.split()
    verbs = [at for at, word in enumerate(words) if word in AUXILIARIES[language]]
    if len(verbs) != 1 or not 1 <= verbs[0] <= 5:
        return None
    subject, verb, rest = words[: verbs[0]], words[verbs[0]], words[verbs[0] + 1 :]
    first = subject[0].lower()
    if first in PREPOSITIONS[language] | ADVERB_QUESTIONS[language] or not rest:
        return None
    if language == "de" and not subject[-1][0].isupper():
        return None
    if first in DETERMINERS[language]:
        subject[0] = first
    elif first in FUNCTION_WORDS[language]:
        return None
    return " ".join([verb, *subject, *rest])


def _speaker(material: Material, speech: Speech, language: Language) -> str | None:
    """Who says this, where a full name and a verb of speaking stand right there.

    In the article's language with a title: "Kremlsprecher Dmitri Peskow", not "der Sprecher des Präsidenten, ...".
    """
    own = material.language
    if own is None or speech.speaker is None or speech.said_by is None or speech.cue is None:
        return None
    said_by, cue = material.text(speech.said_by), material.text(speech.cue)
    speaks = cue in verb_forms(own) or cue == "so"
    if not speaks or not said_by.endswith(speech.speaker) or not _is_whole_name(speech.speaker):
        return None
    titled = own == language and _is_plain_title(said_by.removesuffix(speech.speaker).split(), own)
    return said_by if titled else speech.speaker


def _is_plain_title(words: Sequence[str], language: Language) -> bool:
    held = DETERMINERS[language] | PREPOSITIONS[language] | FUNCTION_WORDS[language]
    return len(words) == 1 and words[0][0].isupper() and words[0].lower() not in held


def _topic(material: Material, speech: Speech, language: Language) -> str | None:
    """What the words begin by speaking of, as it stands after "über": a name, else a noun with its article."""
    own, found = material.language, _TOPIC.match(material.text(Span(speech.start, speech.end)))
    if found is None or own is None:
        return None
    the, what = (found["the"] or "").lower(), found["what"]
    words = what.split()
    if {word.lower() for word in words} & (PREPOSITIONS[own] | FUNCTION_WORDS[own] | DETERMINERS[own] | _LEANING):
        return None
    if not the:
        return what if all(map(_is_name, words)) and what not in (speech.speaker or "") else None
    if own != language or (the == "der" and (len(words) > 1 or _WEAK.search(what))):
        return None
    return f"{'den' if the == 'der' else the} {what}"


def _is_whole_name(text: str) -> bool:
    words = text.split()
    begins = (
        words[0].lower() not in FUNCTION_WORDS["de"] | PREPOSITIONS["de"] | FUNCTION_WORDS["en"] | PREPOSITIONS["en"]
    )
    return begins and len(words) > 1 and all(word[0].isupper() for word in words) and _is_name(words[-1])


def _has_a_name(text: str) -> bool:
    return any(map(_is_name, _WORD.findall(text)[1:]))


def _is_name(word: str) -> bool:
    """Whether it is written as a name, and no dictionary holds it."""
    return word[0].isupper() and word.isalpha() and not is_known(word)


# They say what is asked about; `_spoke` only who spoke.
_TELLING: tuple[Rule, ...] = (_when, _said, _claim, _who, _where)
