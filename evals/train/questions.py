"""What the reader learns from: questions over passages, those of people and those made from encyclopedic sentences.

A German statement has its finite verb second; so a question is a question word, that verb, what stood before it, and
the rest without what is asked for. The passage is the paragraph; for a question that it does not answer, the paragraph
without that sentence, or another one of the same article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from evals.pages import LONGEST_SENTENCE, cut_page
from evals.train.patterns import ASIDE, DATE, MONTHS, NUMERALS, RELATIVE
from evals.train.sets import read_rows
from evals.train.words import load_words
from rag.text.sentences import split_sentences
from rag.types import Sentence

_MOST_CHARACTERS = 900
# Of one sentence of a text whose answer is marked.
_LONGEST_MARKED = 600
_MOST_OF_POLICIES = 1200

_CAPITALISED = r"[A-ZÄÖÜ][a-zäöüß]"
_DATE = re.compile(rf"\b(?:{DATE})", re.I)
_FRONT_DATE = re.compile(rf"{DATE}|\d{{4}}", re.I)
_FRONT_PLACE = re.compile(r"(?:In|Bei|Nahe) [A-ZÄÖÜ]\w+$")
_FRONT_NAME = re.compile(rf"(?:{_CAPITALISED}+ ){{1,2}}{_CAPITALISED}+")
_MONTH = re.compile(MONTHS)
_PLACE = re.compile(
    rf"\b(?:in|bei|nahe) (?:der Stadt |der Nähe von )?({_CAPITALISED}{{3,}}(?: {_CAPITALISED}{{3,}}burg)?)(?=[ .,])"
)
_COUNT = re.compile(
    r"(?<![\d.,])\b((?:(?:etwa|rund|über|mehr als|fast|insgesamt) )?"
    rf"(?:\d{{1,3}}(?:\.\d{{3}})+|\d{{1,3}}|{NUMERALS}))"
    rf" ((?:[a-zäöü]+e )?{_CAPITALISED}{{2,}}(?:en|er|e|n|s))\b"
)
_MEASURE = re.compile(
    r"\b((?:(?:etwa|rund|über|fast) )?\d[\d.,]*)"
    r" (Meter|Kilometer|Prozent|Euro|Quadratkilometer|Jahre|Kilogramm|Tonnen|Hektar|Millionen Euro|Milliarden Euro"
    r"|Dollar)\b"
)
_PERSON = re.compile(rf"\bvon ((?:{_CAPITALISED}+ ){{1,2}}{_CAPITALISED}+)\b")
_BECAUSE = re.compile(r", (?:weil|da) ([^,;]{12,120})\.$")
# Behind the question word and the verb; not with a verb in the plural at the end, whose subject "sie" is more than one.
_PRONOUN = re.compile(r"^(\S+(?: viele \w+| wem)? \w+) (?:[Ee]r|[Ss]ie|[Ee]s)\b(?! \w+en\?)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question over a passage: which of its sentences answer (none where it does not), and the words that do.

    `span` is (sentence, start, end), in characters of that sentence.
    """

    question: str
    before: str
    sentences: tuple[str, ...]
    answers: tuple[int, ...]
    span: tuple[int, int, int] | None = None
    kind: str = ""


class Question(NamedTuple):
    """A question that a sentence answers, and the characters of it that do."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Statement:
    """A sentence cut at its finite verb: what stands before it, the verb, the rest and where that begins."""

    sentence: str
    first: str
    verb: str
    rest: str
    offset: int

    def asks(self, word: str, found: re.Match[str], group: int = 0) -> Question:
        """Asks for a group of what was found in the rest; the question goes on without all that was found."""
        left = (self.rest[: found.start()].rstrip() + self.rest[found.end() :]).strip()
        start, end = found.span(group)
        return Question(f"{word} {self.verb} {self.first} {left}?", self.offset + start, self.offset + end)

    def asks_for_first(self, word: str) -> Question:
        return Question(f"{word} {self.verb} {self.rest}?", 0, len(self.first))


@dataclass(frozen=True, slots=True, eq=False)
class _Paragraph:
    title: str
    sentences: tuple[str, ...]


def asked_by_people(folder: Path, *, random: Random) -> Iterator[Asked]:
    """Those of the public sets, over pages, sentences that were chosen for them, and texts."""
    yield from _pages(folder, random)
    yield from _candidates(folder, random)
    for name in ("qa_qed_en_dev", "qa_policyqa_en", "qa_covidqa_en_windows"):
        yield from _contexts(folder, name, random)


def asked_of_text(
    folder: Path, *, random: Random, synonyms: Mapping[str, Sequence[str]], count: int
) -> Iterator[Asked]:
    """Questions made from sentences; two fifths of them over a passage that does not answer.

    Fewer than `count` where nothing can be asked of any paragraph.
    """
    paragraphs = [
        _Paragraph(str(row["title"]), tuple(_sentences(" ".join(str(row["text"]).split()), "de")))
        for row in read_rows(folder, "text_dewiki_paragraphs")
    ]
    by_title: dict[str, list[_Paragraph]] = defaultdict(list)
    for one in paragraphs:
        by_title[one.title].append(one)
    questioner = Questioner(random, synonyms)
    made, made_before = 0, -1
    while made_before < made:
        made_before = made
        for paragraph in random.sample(paragraphs, len(paragraphs)):
            if made == count:
                return
            if asked := _asked_of_paragraph(paragraph, by_title[paragraph.title], questioner):
                yield asked
                made += 1


def _asked_of_paragraph(
    paragraph: _Paragraph, of_article: Sequence[_Paragraph], questioner: Questioner
) -> Asked | None:
    sentences, random = paragraph.sentences, questioner.random
    if not 2 <= len(sentences) <= 14:
        return None
    number = random.randrange(len(sentences))
    if (question := questioner.ask(sentences[number], paragraph.title)) is None:
        return None
    before = paragraph.title if random.random() < 0.6 else ""
    drawn = random.random()
    head, tail = sentences[:number], sentences[number + 1 :]
    without = questioner.without(question, sentences[number])
    if drawn < 0.3 and without:
        return Asked(question.text, before, (*head, without, *tail), (), kind="made, taken out")
    if drawn < 0.65:
        span = (number, question.start, question.end)
        return Asked(question.text, before, sentences, (number,), span, kind="made")
    others = [one for one in of_article if one is not paragraph]
    if drawn < 0.85 or not others:
        return Asked(question.text, before, (*head, *tail), (), kind="made, not there")
    return Asked(question.text, before, random.choice(others).sentences, (), kind="made, beside")


class Questioner:
    """Makes questions of statements, by chance that a seed decides. `synonyms` are by word."""

    def __init__(self, random: Random, synonyms: Mapping[str, Sequence[str]]) -> None:
        self.random = random
        self._synonyms = synonyms
        self._finite = frozenset(load_words("altered")["finite"].split())
        words = load_words("questions")
        self._some: list[str] = words["some"]
        self._pointing = frozenset(words["pointing"].split())
        self._uncounted = frozenset(words["uncounted"].split())
        self._before_counts = tuple(words["before_counts"].split())
        self._before_measures = tuple(words["before_measures"].split())
        self._before_dates = tuple(f"{word} " for word in words["before_dates"].split())
        self._opener = re.compile(rf"(?<=\w )(?:{'|'.join(words['openers'].split())}) ")

    def ask(self, sentence: str, title: str) -> Question | None:
        """A question that the sentence answers, the title in the place of a pronoun."""
        if not (25 < len(sentence) < 260) or not sentence.endswith(".") or (cut := self._cut(sentence)) is None:
            return None
        ways = [self._front, self._within, self._count, self._measure, self._who, self._why, self._within]
        self.random.shuffle(ways)
        made = next((question for way in ways if (question := way(cut))), None)
        if made is None:
            return None
        text = self._reworded(self._shortened(made.text, title))
        return made._replace(text=text) if 15 < len(text) < 200 else None

    def without(self, question: Question, sentence: str) -> str | None:
        """The sentence without what is asked for, so that it tells all else and does not answer."""
        before, after = sentence[: question.start], sentence[question.end :]
        if question.text.startswith(("Wann", "Wo ")) and before:
            return " ".join((before + after).split()).replace(" .", ".").replace(" ,", ",")
        if question.text.startswith("Wie viele"):
            some = self.random.choice(self._some)
            measured = _MEASURE.fullmatch(sentence[question.start : question.end])
            unit = f"{measured[2]} " if measured else ""
            return f"{before}{some if before else some.capitalize()} {unit}{after.lstrip()}"
        return None

    def _cut(self, sentence: str) -> _Statement | None:
        at = 0
        for number, part in enumerate(sentence.split(" ")):
            if 0 < number <= 8 and (part in self._finite or re.fullmatch(r"[a-zäöü]{3,}te", part)):
                first, end = sentence[: at - 1], at + len(part) + 1
                if "," in first or first.count("(") != first.count(")") or end >= len(sentence):
                    return None
                return _Statement(sentence, first, part, sentence[end:-1], end)
            at += len(part) + 1
        return None

    def _front(self, cut: _Statement) -> Question | None:
        """Asks for what stands before the verb: when, where, who, what."""
        first, head = cut.first, cut.first.split(" ", maxsplit=1)[0]
        if _FRONT_DATE.fullmatch(first):
            return cut.asks_for_first("Wann")
        if _FRONT_PLACE.match(first) and not _MONTH.search(first):
            return cut.asks_for_first("Wo")
        if _FRONT_NAME.fullmatch(first) and head not in self._pointing:
            return cut.asks_for_first(self.random.choice(["Wer", "Wer", "Was"]))
        singular = head in {"Der", "Die", "Das", "Ein", "Eine"} and not cut.verb.endswith("en")
        if singular and 2 <= len(first.split()) <= 4 and self.random.random() < 0.3:
            return cut.asks_for_first("Was")
        return None

    def _within(self, cut: _Statement) -> Question | None:
        """Asks when or where, of what stands behind the verb."""
        for pattern, word in self.random.sample([(_DATE, "Wann"), (_PLACE, "Wo")], 2):
            found = list(pattern.finditer(cut.rest))
            if len(found) != 1 or cut.rest[: found[0].start()].endswith(self._before_dates):
                continue
            if word == "Wann" or not _MONTH.search(found[0][0]):
                return cut.asks(word, found[0])
        return None

    def _count(self, cut: _Statement) -> Question | None:
        found = _COUNT.search(cut.rest)
        if not found or found[2] in self._uncounted:
            return None
        before = cut.rest[: found.start()]
        if before and not re.search(r"\w\W*$", before):
            return None
        if before.rstrip().endswith(self._before_counts):
            return None
        return cut.asks(f"Wie viele {found[2]}", found, 1)

    def _measure(self, cut: _Statement) -> Question | None:
        found = _MEASURE.search(cut.rest)
        if not found or found[2] == "Jahre":
            return None
        if cut.rest[: found.start()].rstrip().endswith(self._before_measures):
            return None
        return cut.asks(self.random.choice([f"Wie viele {found[2]}", "Wie viel"]), found)

    def _who(self, cut: _Statement) -> Question | None:
        found = _PERSON.search(cut.rest)
        if not found or cut.verb not in {"wurde", "wurden", "wird", "werden"}:
            return None
        return cut.asks("Von wem", found, 1)

    def _why(self, cut: _Statement) -> Question | None:
        found = _BECAUSE.search(cut.sentence)
        if not found or found.start() < cut.offset:
            return None
        left = cut.sentence[cut.offset : found.start()]
        return Question(f"Warum {cut.verb} {cut.first} {left}?", *found.span(1))

    def _shortened(self, question: str, title: str) -> str:
        """Names whom a pronoun stands for, and says less."""
        name = title.split(" (", maxsplit=1)[0]
        question = _PRONOUN.sub(lambda found: f"{found[1]} {name}", question, count=1)
        head, _, rest = question.partition(" ")
        question = f"{head} {self._opener.sub(lambda found: found[0].lower(), rest)}"
        question = " ".join(ASIDE.sub("", question).split())
        question = RELATIVE.sub("", re.sub(r" +([?,])", r"\1", question))
        cut = question.find(", ")
        return f"{question[:cut]}?" if cut > 30 and self.random.random() < 0.7 else question

    def _reworded(self, question: str) -> str:
        parts = question[:-1].split(" ")
        for at, part in enumerate(parts):
            if at and part in self._synonyms and self.random.random() < 0.5:
                parts[at] = self.random.choice(list(self._synonyms[part]))
        return " ".join(parts) + "?"


def _pages(folder: Path, random: Random) -> Iterator[Asked]:
    """OMoS-QA: each page in pieces, asked in German and English, and in English over the German page."""
    for part in ("train", "dev"):
        german, english = (
            {row["id"]: row for row in read_rows(folder, f"omos_{language}_{part}")} for language in ("de", "en")
        )
        for id, page in german.items():
            yield from _pieces(page["question"], page, random, f"omos_de_{part}")
            if id in english:
                asked = english[id]["question"]
                yield from _pieces(asked, english[id], random, f"omos_en_{part}")
                yield from _pieces(asked, page, random, f"omos_across_{part}")


def _pieces(question: str, page: Mapping[str, Any], random: Random, kind: str) -> Iterator[Asked]:
    """All pieces of a page that answer, and of the others three in five."""
    sentences: list[str] = list(page["sentences"])
    answers = sorted(set(page["answers"]))
    for piece in cut_page(sentences):
        there = tuple(at - piece.start for at in answers if at in piece)
        if there or random.random() < 0.6:
            texts = tuple(sentences[at][:LONGEST_SENTENCE] for at in piece)
            yield Asked(question, sentences[0], texts, there, kind=kind)


def _candidates(folder: Path, random: Random) -> Iterator[Asked]:
    """SelQA: a question with the sentences of a section, of which some answer."""
    by_question: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in read_rows(folder, "as_selqa_en"):
        by_question[row["question"]].append(row)
    for question, rows in by_question.items():
        answering = [row for row in rows if row["label"]]
        others = [row for row in rows if not row["label"]]
        chosen = random.sample(others, min(len(others), random.randint(2, 5)))
        if answering and random.random() < 0.75:
            chosen += answering[:2]
        if chosen:
            chosen.sort(key=rows.index)
            there = tuple(at for at, row in enumerate(chosen) if row["label"])
            texts = tuple(str(row["sentence"])[:LONGEST_SENTENCE] for row in chosen)
            yield Asked(question, str(rows[0]["article"]), texts, there, kind="selqa")


def _contexts(folder: Path, name: str, random: Random) -> Iterator[Asked]:
    """Texts with an answer that is marked in them."""
    rows = list(read_rows(folder, name))
    if name == "qa_policyqa_en":
        rows = random.sample(rows, min(_MOST_OF_POLICIES, len(rows)))
    for row in rows:
        if row["answers"] and (asked := _around_answer(row, name, random)):
            yield asked


def _around_answer(row: Mapping[str, Any], name: str, random: Random) -> Asked | None:
    """Six sentences about the answer, or at times those of them without it."""
    text, start = row["context"], row["answers"][0]["start"]
    end = start + len(row["answers"][0]["text"])
    spans = split_sentences("", text, language="en")
    number = next((at for at, one in enumerate(spans) if one.start <= start < one.end), None)
    if number is None:
        return None
    first = max(0, number - random.randint(0, 3))
    some = spans[first : first + 6]
    inside = tuple(at for at, one in enumerate(some) if one.start < end and start < one.end)
    texts = tuple(text[one.start : one.end][:_LONGEST_MARKED] for one in some)
    if random.random() < 0.2 and len(texts) > 2:
        rest = tuple(one for at, one in enumerate(texts) if at not in inside)
        return Asked(row["question"], "", rest, (), kind=name)
    span = _span_within(number - first, some[number - first], start, end)
    return Asked(row["question"], "", texts, inside, span, kind=name)


def _span_within(number: int, sentence: Sentence, start: int, end: int) -> tuple[int, int, int] | None:
    """Where the answer is in the sentence that it begins in; None where that was cut off before."""
    last = min(end, sentence.end) - sentence.start
    return (number, start - sentence.start, last) if last <= _LONGEST_MARKED else None


def _sentences(text: str, language: str) -> list[str]:
    """A paragraph's sentences, as many as a passage holds."""
    found: list[str] = []
    size = 0
    for one in split_sentences("", text, language=language):
        size += one.end - one.start
        if size > _MOST_CHARACTERS:
            break
        found.append(text[one.start : one.end])
    return found
