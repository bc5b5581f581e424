"""An extracted answer -> the one that a language model writes from what was found, shown as it comes.

Whether to answer is decided without the model: it is asked only where there is an extractive answer, and where it gives
none that can be used, that one stands.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any, Protocol

from rag.answer.choose import choose_sentences
from rag.answer.generate import StatementChecker, draft_of, generated_answer
from rag.answer.offer import Offer, make_offer
from rag.answer.within import PASSAGES_READ
from rag.check.judge import Judge
from rag.llm.writer import Writer, WritingFailed
from rag.retrieve.search import Found
from rag.text.unicode import is_unicode
from rag.types import Answer, Draft, Exchange, Fallback, Speech
from rag.weights import Weights

OnDraft = Callable[[Draft], None]

# A reply that is longer is no answer in the form that was asked for.
MAX_REPLY_CHARACTERS = 12_000
_MAX_LINES = 200
# What is being written is shown anew after so many seconds at the earliest.
_SHOWN_EVERY = 0.1


class Guard(Protocol):
    """What `threading.RLock` gives."""

    def acquire(self, blocking: bool = True) -> bool: ...

    def release(self) -> None: ...

    def __enter__(self) -> bool: ...

    def __exit__(self, *raised: Any) -> None: ...


@dataclass(frozen=True, slots=True)
class Backing:
    """What an archive lends to checking what is written: who says what in its articles, and a judge.

    `held` is entered where either is used.
    """

    held: Guard
    speeches: Callable[[Collection[str]], Mapping[str, Sequence[Speech]]]
    judge: Judge | None = None


def written_answer(
    extracted: Answer,
    found: Found,
    weights: Weights,
    writer: Writer,
    *,
    backing: Backing,
    conversation: Sequence[Exchange] = (),
    failure: Fallback | None = None,
    on_draft: OnDraft | None = None,
) -> Answer:
    """The answer that the language model writes, or the extracted one, and in `fallback` why it does not.

    `failure` is why it failed just now, where it did: then it is not asked again. `on_draft` hears what is written so
    far, at last all of it; what it raises ends the writing.
    """
    if failure is not None:
        return replace(extracted, fallback=failure)
    read = replace(found, hits=found.hits[:PASSAGES_READ])
    language = extracted.language
    try:
        with backing.held:
            candidates = choose_sentences(read, weights)
            offer = make_offer(
                read.question.text, candidates, conversation=conversation, language=language, room=writer.room
            )
            speeches = backing.speeches({one.article.id for one in offer.sentences.values()})
            checker = StatementChecker(offer, found=read, speeches=speeches, judge=backing.judge)

        def show(written: str) -> None:
            # What others do with the archive must not keep the model waiting: then the next draft is shown.
            if on_draft is not None and backing.held.acquire(blocking=False):
                try:
                    draft = draft_of(written, offer, checker, language=language)
                finally:
                    backing.held.release()
                on_draft(draft)

        reply = _write(offer, writer, show)
        with backing.held:
            answer = generated_answer(extracted, reply, offer, checker)
    except WritingFailed as error:
        return replace(extracted, fallback=error.reason)
    if on_draft is not None:
        on_draft(Draft(answer.text, answer.statements, ""))
    return answer


def _write(offer: Offer, writer: Writer, show: Callable[[str], None]) -> str:
    """What the model writes. Raises WritingFailed where it does not, or not what can be shown."""
    reply, shown_at = "", 0.0
    with closing(writer.write(offer.messages)) as pieces:
        for piece in pieces:
            reply += piece
            if len(reply) > MAX_REPLY_CHARACTERS or reply.count("\n") > _MAX_LINES or not is_unicode(reply):
                raise WritingFailed("not_in_form")
            if time.monotonic() - shown_at > _SHOWN_EVERY:
                show(reply)
                shown_at = time.monotonic()
    if not reply.strip():
        raise WritingFailed("empty")
    return reply
