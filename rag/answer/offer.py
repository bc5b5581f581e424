"""Candidates -> what a language model is shown of them: messages that fit its window, with opaque ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.answer.choose import Candidate
from rag.llm.prompts import ANSWERED, ASKED, EXAMPLE, NOT_IN_ARCHIVE, OFFERED, RULES, SAID_BEFORE, UNKNOWN
from rag.llm.writer import Message, WritingFailed
from rag.text.told import fence_of, one_line, spelt_id
from rag.types import Exchange

# So many of the best sentences are offered.
MOST_OFFERED = 20
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
    return spelt_id(f"{candidate.article.id}\n{candidate.article.content_hash}\n{sentence.start}\n{sentence.end}")


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
