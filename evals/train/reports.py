"""Short reports that were written by hand, with claims about them and questions over them.

`reports/*.jsonl`: the sentences of a report, claims that one of them bears out or denies, with its place, and claims
that the report leaves open. `asked/*.jsonl`: of a report in the file of the same name, by its number there, a headline,
questions with the places of the sentences that answer and the words that do, and questions that nothing in it answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from evals.train.draw import Draw
from evals.train.examples import Label, Pair
from evals.train.questions import Asked
from evals.train.told import Slots, files, read_lines
from rag.text.tokens import stems

FOLDER = Path(__file__).with_name("reports")
ASKED = Path(__file__).with_name("asked")
# So often a claim is put to a sentence that does not decide it, and a sentence is seen with the one after it.
_ELSEWHERE, _SEEN_AFTER = 0.2, 0.7
# So often another report stands before the one that is asked about, and as often behind; and there is a headline.
_BESIDE, _TITLED = 0.2, 0.7


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, and the place of the sentence that bears it out or denies it; None where none does either."""

    text: str
    label: Label
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """`answers` are places of sentences, none where nothing answers; `words` those of the first that do, if known."""

    text: str
    answers: tuple[int, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Sentences with slots such as `{P}`, filled alike in all that is said of them."""

    sentences: tuple[str, ...]
    claims: tuple[Claim, ...]
    headline: str = ""
    questions: tuple[Question, ...] = ()


def read_reports(folder: Path = FOLDER, asked: Path = ASKED, *, held_out: bool = False) -> list[Report]:
    """The reports of all files, in the order of the files' names, with what is asked about them.

    Or those of the one file whose reports are never learned.
    """
    reports = []
    for file in files(folder, held_out=held_out):
        questions = asked / file.name
        by_number = {row["n"]: row for row in read_lines(questions)} if questions.exists() else {}
        for number, row in enumerate(read_lines(file)):
            about = by_number.get(number, {})
            reports.append(
                Report(
                    tuple(row["report"]),
                    (
                        *(Claim(text, "entailment", place) for text, place in row["true"]),
                        *(Claim(text, "contradiction", place) for text, place in row["false"]),
                        *(Claim(text, "neutral") for text in row["open"]),
                    ),
                    about.get("headline", ""),
                    (
                        *(Question(text, tuple(places), words) for text, places, words in about.get("asked", ())),
                        *(Question(text) for text in about.get("unanswered", ())),
                    ),
                )
            )
    return reports


def report_pairs(reports: Sequence[Report], random: Random, *, count: int) -> Iterator[Pair]:
    """A claim and a sentence of its report where it stands: the one that decides it, or another, which does not."""
    draw = Draw(random)
    for _ in range(count):
        report, slots = random.choice(reports), Slots(draw)
        sentences = slots.fill(report.sentences)
        claim = random.choice(report.claims)
        others = [at for at in range(len(sentences)) if at != claim.place]
        label, place = claim.label, claim.place
        if place is None or random.random() < _ELSEWHERE:
            likeliest = sorted(others, key=lambda at: -_shared(claim.text, report.sentences[at]))
            label, place = "neutral", likeliest[min(random.randrange(3), random.randrange(len(likeliest)))]
        text = slots.fill([claim.text])[0]
        before = " ".join(sentences[max(0, place - random.randint(1, 2)) : place])
        after = sentences[place + 1] if place + 1 < len(sentences) and random.random() < _SEEN_AFTER else ""
        yield Pair(text, sentences[place], label, before, after, kind=f"reports {claim.label}")


def asked_of_reports(reports: Sequence[Report], random: Random) -> Iterator[Asked]:
    """Every question over its report; now and then the next report of the file stands around it, as in a long text."""
    draw = Draw(random)
    for number, report in enumerate(reports):
        beside = Slots(draw).fill(reports[(number + 1) % len(reports)].sentences)
        for question in report.questions:
            slots = Slots(draw)
            own = slots.fill(report.sentences)
            drawn = random.random()
            head = beside if drawn < _BESIDE else ()
            tail = beside if _BESIDE <= drawn < 2 * _BESIDE else ()
            answers = tuple(len(head) + place for place in question.answers)
            words = slots.fill([question.words])[0] if question.words else ""
            span = _span(own[question.answers[0]], words, answers[0]) if answers and words else None
            headline = slots.fill([report.headline])[0] if report.headline and random.random() < _TITLED else ""
            text = slots.fill([question.text])[0]
            yield Asked(text, headline, (*head, *own, *tail), answers, span, kind="reports")


def _span(sentence: str, words: str, place: int) -> tuple[int, int, int] | None:
    start = sentence.casefold().find(words.casefold())
    return (place, start, start + len(words)) if start >= 0 else None


def _shared(claim: str, sentence: str) -> int:
    """How many stems a claim and a sentence share."""
    return len({*stems(claim, language="de")} & {*stems(sentence, language="de")})
