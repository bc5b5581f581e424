"""All that the models learn from: the public sets as they are, and what is generated from text and from a grammar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TypeVar

from evals.train.altered import Alterer, names_in, read_synonyms, sources, translated_pairs
from evals.train.examples import Pair
from evals.train.frames import Maker
from evals.train.questions import Asked, asked_by_people, asked_of_text
from evals.train.reports import asked_of_reports, read_reports, report_pairs
from evals.train.sets import inference_pairs, paraphrase_pairs, read_rows
from evals.train.told import Teller, read_told, read_unsaid, unsaid_pairs

# OpenThesaurus, as Debian's package mythes-de lays it down.
THESAURUS = Path("/usr/share/mythes/th_de_DE_v2.dat")
# So many pairs are generated, and of those that people labelled so many are learned a second time.
_ALTERED, _FRAMES, _TRANSLATED = 26_000, 26_000, 9_000
_AGAIN = 30_000
# Of what is learned last: of events that are told in many ways, of claims whose words stand there unsaid, of reports,
# and of the labelled and the generated pairs.
_TOLD, _UNSAID, _REPORTS, _OF_GIVEN, _OF_MADE = 26_000, 17_000, 20_000, 16_000, 9_000
# Of the set that is made of numbers alone.
_COUNTING, _MOST_COUNTING = "nli_drop_numeric_en", 1500
_MADE_QUESTIONS = 8_000
# Learned twice: what people asked over a page or a paragraph as it stands.
_TWICE = ("omos", "qa_qed")
# So often each question over a report is learned, and so many of those before with them.
_ASKED_AGAIN, _OF_FIRST = 3, 4_500
# Held out: of each set, of those whose name ends in "dev", of the pairs that are generated.
_HELD_OUT, _HELD_OUT_DEV, _HELD_OUT_MADE = 150, 200, 600

_Kept = TypeVar("_Kept", Pair, Asked)


@dataclass(frozen=True, slots=True)
class JudgeMaterial:
    """What is learned first, in two stages, then what is learned after them; and what is held out of all."""

    first: tuple[list[Pair], list[Pair]]
    then: list[Pair]
    held_out: list[Pair]


@dataclass(frozen=True, slots=True)
class ReaderMaterial:
    """What is learned first, then what is learned after it; and what is held out of both."""

    first: list[Asked]
    then: list[Asked]
    held_out: list[Asked]


def judge_material(folder: Path, *, seed: int) -> JudgeMaterial:
    """First pairs that people labelled, then some of them again among those that are generated.

    Last, what was written by hand for this, among some of all the others.
    """
    random = Random(seed)
    every = [*inference_pairs(folder), *paraphrase_pairs(folder)]
    counting = [one for one in every if one.kind == _COUNTING]
    given = [one for one in every if one.kind != _COUNTING]
    given += random.sample(counting, min(_MOST_COUNTING, len(counting)))
    random.shuffle(given)
    given, held_out = _held_out(given)
    made = [*_altered(folder, seed=seed), *Maker(Random(seed)).pairs(_FRAMES)]
    rows = list(read_rows(folder, "par_tatoeba_de_en"))
    made += translated_pairs(rows, random=Random(seed), count=_TRANSLATED)
    made += [_bare(one) for one in random.sample(made, len(made) // 20)]
    random.shuffle(made)
    held_out += made[:_HELD_OUT_MADE]
    made = made[_HELD_OUT_MADE:]
    told = [
        *Teller(read_told(), random).pairs(_TOLD),
        *unsaid_pairs(read_unsaid(), random, count=_UNSAID),
        *report_pairs(read_reports(), random, count=_REPORTS),
    ]
    held_out += Teller(read_told(held_out=True), random).pairs(_HELD_OUT_MADE)
    held_out += unsaid_pairs(read_unsaid(held_out=True), random, count=_HELD_OUT_MADE)
    held_out += report_pairs(read_reports(held_out=True), random, count=_HELD_OUT_MADE)
    both = [*given[:_AGAIN], *made]
    random.shuffle(both)
    then = [*told, *random.sample(given, _OF_GIVEN), *random.sample(made, _OF_MADE)]
    random.shuffle(then)
    return JudgeMaterial((given, both), then, held_out)


def reader_material(folder: Path, *, seed: int) -> ReaderMaterial:
    """First questions of people over public texts and those that were made; then those over reports among some of them.

    Each of these is asked a few times over, of other names.
    """
    random = Random(seed)
    given = list(asked_by_people(folder, random=random))
    random.shuffle(given)
    rest, held_out = _held_out(given)
    made = list(asked_of_text(folder, random=random, synonyms=read_synonyms(THESAURUS), count=_MADE_QUESTIONS))
    first = [*rest, *(one for one in rest if one.kind.startswith(_TWICE)), *made[2 * _HELD_OUT :]]
    random.shuffle(first)
    held_out += made[: 2 * _HELD_OUT]
    held_out += asked_of_reports(read_reports(held_out=True), random)
    reports = read_reports()
    then = [asked for _ in range(_ASKED_AGAIN) for asked in asked_of_reports(reports, random)]
    then += random.sample(first, min(len(first), _OF_FIRST))
    random.shuffle(then)
    return ReaderMaterial(first, then, held_out)


def _altered(folder: Path, *, seed: int) -> list[Pair]:
    paragraphs = list(read_rows(folder, "text_dewiki_paragraphs"))
    titles = sorted({str(row["title"]) for row in paragraphs})
    alterer = Alterer(Random(seed), names=names_in(paragraphs), titles=titles, synonyms=read_synonyms(THESAURUS))
    return list(alterer.pairs(sources(paragraphs, random=Random(seed)), _ALTERED))


def _bare(pair: Pair) -> Pair:
    """A claim about a sentence that is not there: nothing follows."""
    return Pair(pair.claim, pair.before or "…", "neutral", kind="altered none")


def _held_out(examples: Sequence[_Kept]) -> tuple[list[_Kept], list[_Kept]]:
    """What is learned, and the first of each set, which are not."""
    counts: dict[str, int] = {}
    rest: list[_Kept] = []
    kept: list[_Kept] = []
    for one in examples:
        counts[one.kind] = counts.get(one.kind, 0) + 1
        (kept if counts[one.kind] <= _most_held_out(one.kind) else rest).append(one)
    return rest, kept


def _most_held_out(kind: str) -> int:
    """All pages that OMoS-QA gives for training are learned."""
    if kind.endswith("dev"):
        return _HELD_OUT_DEV
    return 0 if kind.startswith("omos") else _HELD_OUT
