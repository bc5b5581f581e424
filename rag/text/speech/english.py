"""Cues of English sentences: "said X", "X said that", "according to X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.text.function_words import PREPOSITIONS
from rag.text.speech.clauses import left_border, next_border
from rag.text.speech.cue import Cue, around
from rag.text.speech.lexicon import CONJUNCTIONS, ENGLISH_SUBORDINATORS, verb_forms
from rag.text.speech.phrases import Phrase, phrase_at
from rag.text.speech.words import Word


def english_cues(words: Sequence[Word]) -> Iterator[Cue]:
    forms = verb_forms("en")
    for at, word in enumerate(words):
        if word.quoted is not None:
            continue
        if word.lower == "according" and at + 1 < len(words) and words[at + 1].lower == "to":
            phrase = phrase_at(words, at + 2, language="en")
            if phrase:
                region = (at, phrase.end)
                yield Cue(at, at + 2, "source", region, phrase, contents=around(words, region), complement=True)
        elif word.lower in forms and not (word.capital and at):
            left, right = left_border(words, at), next_border(words, at + 1)
            first = left + 1
            while first < at and words[first].lower in CONJUNCTIONS | {
                "and",
                "but",
                "or",
                "as",
                "which",
                "who",
                "however",
            }:
                first += 1
            said = _english_subject(words, first, at, right)
            inverted = left >= 0 and (words[left].text == "," or words[left].quoted is not None)
            last = max(at, said.end - 1 if said else 0)
            after = _english_complement(words, at, last)
            if said is None and after is None:
                continue
            contents = ((after, len(words)),) if after is not None else ((0, left),) if inverted else ()
            yield Cue(
                at,
                at + 1,
                "speech",
                (first, next_border(words, last + 1)),
                said,
                contents=contents,
                complement=bool(contents),
            )


def _english_subject(words: Sequence[Word], first: int, at: int, right: int) -> Phrase | None:
    if first == at:
        found = phrase_at(words, at + 1, language="en") if at + 1 < right else None
        return found if found else _english_before(words, first - 1)
    for start in range(first, at):
        if words[start].lower in ENGLISH_SUBORDINATORS | PREPOSITIONS["en"] or not words[start].text[0].isalnum():
            continue
        found = phrase_at(words, start, language="en")
        if found:
            return found if found.end <= at else None
    return None


def _english_before(words: Sequence[Word], border: int) -> Phrase | None:
    first = left_border(words, border) + 1 if border > 0 else 0
    while first > 0 and words[first].lower in ENGLISH_SUBORDINATORS:
        first = left_border(words, first - 1) + 1
    found = phrase_at(words, first, language="en")
    return found if found and found.end <= border + 1 else None


def _english_complement(words: Sequence[Word], at: int, last: int) -> int | None:
    after = last + 1
    while after < len(words) and words[after].lower in {
        "on",
        "in",
        "at",
        "yesterday",
        "today",
        "later",
        "him",
        "her",
        "them",
        "reporters",
    }:
        after += 1
    if after < len(words) and words[after].lower == "that":
        return after
    if last == at and after < len(words) and words[after].text[0].isalnum() and words[after].quoted is None:
        return after
    if after < len(words) and words[after].text in {":", ","} and after + 1 < len(words) and words[after].text == ":":
        return after + 1
    return None
