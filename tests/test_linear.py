"""What is read of others' texts takes the time of their length, whatever stands in them.

Nothing is held to a clock: of each text the processor's time for eight times as much of it is compared with that for
once as much. A reader that looks at each part once takes eight times as long, one that looks from each part at all
others takes sixty-four times as long.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import product
from string import ascii_lowercase

import pytest

from rag.answer.reply import read_reply, read_unfinished
from rag.answer.span import asked_kind
from rag.check.claims import read_claims
from rag.check.corrections import correction
from rag.check.judge import Premise
from rag.check.reading import read_text
from rag.check.speakers import is_person_in, resolve_pronoun, same_speaker
from rag.check.verbatim_match import count_gaps, read_pattern
from rag.check.written_judge import read_judgements
from rag.conversation.follow_up import understand
from rag.errors import ArticleError, InputError
from rag.ingest.encoding import clean
from rag.ingest.html import read_html
from rag.ingest.jsonl import read_jsonl
from rag.ingest.markdown import read_markdown
from rag.ingest.plain import read_plain
from rag.llm.writer import WritingFailed
from rag.text.ages import is_age
from rag.text.asked import asked_words
from rag.text.clause import read_clause, split_words
from rag.text.dates import clock_times, find_dates
from rag.text.expected import holds_kind
from rag.text.language import detect_language, question_language, statement_language
from rag.text.numbers import find_numbers
from rag.text.opinion import is_opinion
from rag.text.quotations import find_quotations
from rag.text.sentences import split_sentences
from rag.text.speech import find_speech
from rag.text.statement import has_verb, is_question, is_request, without_quotations
from rag.text.tokens import grams, stems
from rag.text.told import one_line
from rag.text.verbatim import read_verbatim
from rag.types import Article, Span

TIMES = 8
MOST = 24  # times as long: a reader that is linear takes 8, one that is quadratic 64
FLOOR = 0.04  # seconds that no growth is told of

MARKS = "?!.… ,„“\"'’()[]»-–:;*_`#<{\\\n\t7äa字\x00\u200b\u00ad"
HOSTILE = (
    *MARKS,
    *(
        "Wer ",
        "Wer ist ",
        "sollte ",
        "ist ",
        "ist so ",
        "is ",
        "was ist mit ",
        "how many ",
        "zwei ",
        "von ",
        "von der ",
    ),
    *(
        "Der 3. ",
        "1.",
        "1,",
        "1 ",
        "1/",
        "2022 ",
        "1.1.2022 ",
        "Januar ",
        "3. Januar ",
        "Montag, ",
        "mehr als ",
        "II. ",
    ),
    *("und ", "der ", ", der ", "dass ", "laut ", "a-", "a.", "A.", "A ", "a ", "A. B", "a\n", "\n\n", " \n", "Dr. A "),
    *("- a\n", "1. a\n", "> ", "*a ", "**", "```", "![", "[x](", "[x](y) ", "<b>", "<a href=x>", "<a href=x>y</a> "),
    *("Wladimir ", "Wladimir", "MOSKAU ", "Hans Muster ", "Der Minister Hans Muster, ", "a@b.c ", "http://a.b/c "),
    *(
        "„a“ ",
        "»a« ",
        "„A“, sagte er, ",
        "sagte er. ",
        "he said ",
        "s’ ",
        "…“ ",
        ". „",
        "“ „",
        "a\u200b ",
        "e\u0301",
    ),
    *("[k7qm2x]", "([1] ", "<think>", "</think>", "Korrektur ", "frühere Meldungen "),
)


def _different_words() -> str:
    """Words of which none is like another: what is kept of each must not be looked through for each."""
    return " ".join(map("".join, product(ascii_lowercase, "aeiou", ascii_lowercase, "aeiou")))


TEXTS = [
    *((text, "") for text in (*HOSTILE, _different_words(), "".join(HOSTILE))),
    *((mark, "b") for mark in MARKS),  # of a run that ends elsewhere a pattern for the end of a text knows it late
]


def _speech(language: str) -> Callable[[str], object]:
    return lambda text: find_speech("a", text, split_sentences("a", text, language=language), language=language)


def _html(text: str) -> object:
    return list(read_html(f"<html><body><article><p>Ein Satz.</p><p>{text}</p></article></body></html>", origin="a"))


def _verbatim(text: str) -> object:
    return read_verbatim(text + str(time.perf_counter_ns()))  # a text that was read before is kept


def _judgements(text: str) -> object:
    with suppress(WritingFailed):
        return read_judgements(f"1:{text}x", [Premise("Ein Satz.")])


ARTICLES: dict[str, Callable[[str], object]] = {
    "sentences": lambda text: split_sentences("a", text, language="de"),
    "quotations": find_quotations,
    "verbatim": _verbatim,
    "grams": grams,
    "stems": lambda text: stems(text, language="de"),
    "language": detect_language,
    "clean": clean,
    "plain": lambda text: list(read_plain(text, origin="a")),
    "jsonl": lambda text: list(read_jsonl(json.dumps({"text": text}) + "\n" + text, origin="a")),
    "correction": lambda text: correction(Article("a", text, language="de")),
    "name of a person": lambda text: is_person_in("Blinken", text),
    "reply": lambda text: read_reply(text, {"k7qm2x"}),
    "unfinished reply": lambda text: read_unfinished(text, {"k7qm2x"}),
    "line for a model": one_line,
    "judgements": _judgements,
}
SLOW: dict[str, Callable[[str], object]] = {
    "markdown": lambda text: list(read_markdown(text, origin="a")),
    "html": _html,
    "speech": _speech("de"),
    "English speech": _speech("en"),
}
CLAIMS: dict[str, Callable[[str], object]] = {
    "claims": read_claims,
    "dates": lambda text: [find_dates(text, language=language) for language in ("de", "en")],
    "times of day": clock_times,
    "numbers": lambda text: [is_age(text, number) for number in find_numbers(text, language="de")],
    "English numbers": lambda text: find_numbers(text, language="en"),
    "reading": lambda text: read_text.__wrapped__(text, language="de"),
    "English reading": lambda text: read_text.__wrapped__(text, language="en"),
    "language of a statement": statement_language,
    "opinion": lambda text: [is_opinion(text, language) for language in ("de", "en")],
    "question": lambda text: [is_question(text, language) for language in ("de", "en")],
    "request": lambda text: [is_request(text, language) for language in ("de", "en")],
    "verb": lambda text: [has_verb(text, language) for language in ("de", "en")],
    "without quotations": without_quotations,
    "quotation": lambda text: [read_pattern(text, Span(0, len(text)), language="de"), count_gaps(text, Span(0, 9))],
    "speaker": lambda text: same_speaker(text, "Joe Biden"),
    "pronoun": lambda text: resolve_pronoun("er", text, language="de"),
}
QUESTIONS: dict[str, Callable[[str], object]] = {
    "words": split_words,
    "clause": lambda text: read_clause(split_words(text), "de"),
    "English clause": lambda text: read_clause(split_words(text), "en"),
    "asked words": lambda text: asked_words(text, language="de"),
    "kind": lambda text: [asked_kind(text), holds_kind(text, "duration"), holds_kind(text, "time")],
    "language of a question": question_language,
    "follow-up": lambda text: understand(text, ["Wann wurde Griner in Moskau festgenommen?"]),
    "follow-up to it": lambda text: [understand(one, [text]) for one in ("Und Whelan?", "Wann hat er das gesagt?")],
}


def _grows(
    read: Callable[[str], object], characters: int, *, texts: Iterable[tuple[str, str]] = TEXTS, begins: str = ""
) -> list[str]:
    """The texts whose reading takes more than their length, with how many times as long eight times as much took.

    Of each text what is repeated, and what stands behind that.
    """
    found = []
    read("Er sagte: „Das ist gut.“ Am 3. Mai kamen 2 Millionen Euro.")  # what is loaded at first use
    for text, end in texts:
        large, small = (
            f"{begins}{(text * (size // len(text) + 1))[:size]}{end}" for size in (characters, characters // TIMES)
        )
        took = _seconds(read, large)
        if took < FLOOR:
            continue
        for _ in range(3):  # another process may have had the caches
            ratio = took / max(FLOOR / MOST, _seconds(read, small))
            if ratio < MOST:
                break
            took = min(took, _seconds(read, large))
        else:
            found.append(f"{text[:30] + end!r}: {ratio:.0f} times")
    return found


def _seconds(read: Callable[[str], object], text: str) -> float:
    gc.disable()
    started = time.process_time()
    try:
        read(text)
    except (ArticleError, InputError):
        pass
    finally:
        took = time.process_time() - started
        gc.enable()
    return took


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_is_read_in_the_time_of_its_length(name: str) -> None:
    assert _grows(ARTICLES[name], 12_000) == []


@pytest.mark.parametrize("name", SLOW)
def test_an_article_is_understood_in_the_time_of_its_length(name: str) -> None:
    assert _grows(SLOW[name], 9_600, texts=TEXTS[len(MARKS) : -len(MARKS)]) == []


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_is_read_in_the_time_of_its_length(name: str) -> None:
    assert _grows(CLAIMS[name], 3_000) == []


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_read_in_the_time_of_its_length(name: str) -> None:
    assert _grows(QUESTIONS[name], 2_000) == []
    assert _grows(QUESTIONS[name], 2_000, begins="Wer ist ") == []


def test_emphases_in_a_page_are_read_in_the_time_of_their_number() -> None:
    assert _grows(lambda text: _html("".join(f"<b>{sign}</b> a " for sign in text)), 16_000, texts=[("a", "")]) == []


def test_marks_upon_a_letter_are_put_into_order_in_the_time_of_their_length() -> None:
    assert _grows(clean, 20_000, texts=[("\u0301\u0327", "")]) == []
