"""Candidates -> what a language model is shown of them: messages that fit its window, with opaque ids."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from rag.answer.choose import Candidate
from rag.answer.prompts import ANSWERED, ASKED, EXAMPLE, NOT_IN_ARCHIVE, OFFERED, RULES, SAID_BEFORE, UNKNOWN
from rag.llm.writer import Message, WritingFailed
from rag.text.unicode import WIDTHLESS, escape_obeyed
from rag.types import Exchange

# So many of the best sentences are offered.
MOST_OFFERED = 20
# No letters or digits that read alike, and no vowels, so that no id is a word.
_LETTERS = "bcdfghjkmnpqrstvwxz"
_DIGITS = "23456789"
ID_LENGTH = 6
# What looks like an id of ours, or like a mark by which a chat's roles are told apart: "[INST]", "<|im_start|>". A
# server may read such marks as its own wherever they stand, so that a space takes them apart.
_BRACKETED = re.compile(r"[\[［【]\s*(/?(?:[A-Z_]{3,}|(?=\w*\d)(?=\w*[A-Za-z])\w{6}))\s*[\]］】]", re.ASCII)
_OPENS_MARK = re.compile(r"([<＜])(?=\S)")
_CLOSES_MARK = re.compile(r"(?<=\S)([>＞])")
_WIDTHLESS = re.compile(rf"[{WIDTHLESS}]")
# A tokenizer of any model makes fewer tokens of German than one for so many characters; a message takes some itself.
_CHARACTERS_PER_TOKEN = 2.5
_TOKENS_PER_MESSAGE = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """What a model is told, which sentence each id stands for, and how many sentences there was no room for."""

    messages: tuple[Message, ...]
    sentences: Mapping[str, Candidate]
    left_out: int


def make_offer(
    question: str, candidates: Sequence[Candidate], *, conversation: Sequence[Exchange] = (), language: str, room: int
) -> Offer:
    """The 20 best candidates at most, fewer where they do not fit into `room` tokens: the weakest go first.

    `candidates` come best first. They are shown by article, in its order, so that a sentence stands behind what it
    refers to. Of the conversation that goes before, oldest first, what fits into a quarter of the room is told, the
    latest of it. Raises WritingFailed where there is no room for one.
    """
    before = conversation_lines(latest(conversation, language=language, room=room // 4), language=language)
    offered = list(candidates[:MOST_OFFERED])
    best = len(offered)
    while offered:
        sentences = {sentence_id(candidate): candidate for candidate in offered}
        messages = _messages(question, sentences, before, language=language)
        if estimated_tokens(messages) <= room:
            return Offer(messages, sentences, best - len(offered))
        offered.pop()
    raise WritingFailed("no_room")


def estimated_tokens(messages: Sequence[Message]) -> int:
    """More than any usual tokenizer makes of them."""
    return _tokens([message.text for message in messages])


def _tokens(texts: Sequence[str]) -> int:
    return sum(round(len(text) / _CHARACTERS_PER_TOKEN) + _TOKENS_PER_MESSAGE for text in texts)


def sentence_id(candidate: Candidate) -> str:
    """Six letters and digits that say nothing, the same each time: of the article's id and text and the place in it."""
    sentence = candidate.sentence
    return _spelt(f"{candidate.article.id}\n{candidate.article.content_hash}\n{sentence.start}\n{sentence.end}")


def _spelt(seed: str) -> str:
    """A letter, four letters or digits, and a digit."""
    number = int.from_bytes(sha256(seed.encode("utf-8", "surrogatepass")).digest())
    signs = []
    for alphabet in (_LETTERS, *[_LETTERS + _DIGITS] * (ID_LENGTH - 2), _DIGITS):
        number, at = divmod(number, len(alphabet))
        signs.append(alphabet[at])
    return "".join(signs)


def latest(conversation: Sequence[Exchange], *, language: str, room: int) -> Sequence[Exchange]:
    """The latest exchanges that `room` tokens hold, oldest first."""
    for first in range(len(conversation)):
        if _tokens(conversation_lines(conversation[first:], language=language)) <= room:
            return conversation[first:]
    return ()


def conversation_lines(conversation: Sequence[Exchange], *, language: str) -> list[str]:
    """A line for each question and each answer."""
    lines = []
    for exchange in conversation:
        lines.append(ASKED[language].format(question=exchange.question))
        lines += [ANSWERED[language].format(answer=exchange.answer)] if exchange.answer else []
    return [one_line(line) for line in lines]


def one_line(text: str) -> str:
    """Somebody else's words without what a model's server, or the model, may take for a mark of its own."""
    line = escape_obeyed(" ".join(_WIDTHLESS.sub("", text).split()))
    line = _BRACKETED.sub(r"(\1)", line)
    return _CLOSES_MARK.sub(r" \1", _OPENS_MARK.sub(r"\1 ", line))


def fence_of(lines: Sequence[str]) -> str:
    """What none of the lines holds: it is made of all of them."""
    text = "\n".join(lines)
    fence = f"<<<{_spelt(text)}>>>"
    while fence in text:
        fence = f"<<<{_spelt(text + fence)}>>>"
    return fence


def _messages(
    question: str, sentences: Mapping[str, Candidate], before: Sequence[str], *, language: str
) -> tuple[Message, ...]:
    order = list(dict.fromkeys(candidate.article.id for candidate in sentences.values()))

    def place(item: tuple[str, Candidate]) -> tuple[int, int]:
        return order.index(item[1].article.id), item[1].sentence.start

    lines = [_line(id, candidate, language) for id, candidate in sorted(sentences.items(), key=place)]
    fence = fence_of(lines)
    other = fence_of([*before, fence])
    example = EXAMPLE[language].format(id=next(iter(sentences)))
    rules = RULES[language].format(fence=fence, none=NOT_IN_ARCHIVE, example=example)
    asked = ASKED[language].format(question=one_line(question))
    told = [fence, *lines, fence, ""]
    if before:
        told = [SAID_BEFORE[language], other, *before, other, "", OFFERED[language], *told]
    return Message("system", rules), Message("user", "\n".join([*told, asked]))


def _line(id: str, candidate: Candidate, language: str) -> str:
    """One line whatever the article holds: nothing of it looks like another sentence's, or can end the data."""
    article = candidate.article
    unknown = UNKNOWN[language]
    about = f"{one_line(article.source or '') or unknown}, {article.published or unknown}"
    return f"[{id}] ({about}) {one_line(candidate.text)}"
