"""An evidence pack and the archive as it is now -> what of it still holds."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from rag.pack.pack import (
    AROUND_CHARACTERS,
    AnyPack,
    ArticleLookup,
    ConversationPack,
    Pack,
    PackedArticle,
    PackedQuotation,
)
from rag.text.sentences import split_sentences
from rag.text.tokens import words
from rag.text.word_diff import Edit, word_diff
from rag.types import Article, Span

State = Literal["holds", "moved", "changed", "gone"]
_STATES: tuple[State, ...] = get_args(State)
_FIELDS = ("title", "source", "url", "published")
# The sentences around words: what stands in them before the words, the words, and what behind.
Sentences = tuple[str, str, str]
# Of two sentences, what of their words they must share for the one to be what became of the other (Dice's measure).
_CLOSE = 0.4
# A word or two may stand anywhere; so many of the places are looked at.
_MOST_PLACES = 50


@dataclass(frozen=True, slots=True)
class VerifiedQuotation:
    """A quotation of a pack, that stood at `then`, and what has become of it.

    `holds`: the words stand at their offsets; `moved`: they stand elsewhere in the article, at `now`; in both the
    sentence around them reads as it did, and white space of another kind is the same. `changed`: else, and `now` and
    `closest` are the sentence around them, or the one that comes closest, None where none does, with the `edits` that
    lead to it; `gone`: the article is not there. `same_text` says whether the article's text is the same as a whole;
    None where it is gone.
    """

    number: int
    marker: int
    part: int | None
    article_id: str
    quote: str
    then: Span
    state: State
    same_text: bool | None
    now: Span | None = None
    closest: str | None = None
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A title, source, address or date of an article that reads otherwise now; None where there is none."""

    article_id: str
    field: str
    then: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Verification:
    """What of a pack holds: `holds` where no quotation changed or is gone and no field of an article changed.

    `text` is the pack's claim or question, `made` when it was made; `counts` how many quotations are in each state;
    `number` its turn's in a conversation, None where it is of none.
    """

    text: str
    language: str
    made: datetime
    holds: bool
    counts: dict[State, int]
    quotations: tuple[VerifiedQuotation, ...]
    changed: tuple[ChangedField, ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class VerifiedFile:
    """What of a file of packs holds, `holds` where all of it does: of a conversation each turn, in order, else the one.

    `name` is the conversation's; None where the file is of one result. `made` is when the file was made, in UTC.
    """

    name: str | None
    language: str
    made: datetime
    holds: bool
    verifications: tuple[Verification, ...]


def verify_packs(pack: AnyPack, article: ArticleLookup) -> VerifiedFile:
    """As `verify_pack`, for every pack of a conversation, or for the one."""
    packs = pack.numbered if isinstance(pack, ConversationPack) else ((pack.number, pack),)
    verifications = tuple(replace(verify_pack(one, article), number=number) for number, one in packs)
    return VerifiedFile(
        name=pack.name if isinstance(pack, ConversationPack) else None,
        language=pack.language,
        made=pack.made,
        holds=all(one.holds for one in verifications),
        verifications=verifications,
    )


def verify_pack(pack: Pack, article: ArticleLookup) -> Verification:
    """Looks every quotation of the pack up again. `article` gives an article by its id as it is now, or None."""
    now = {one.id: article(one.id) for one in pack.articles}
    quotations = tuple(_verified(quotation, now[quotation.article_id]) for quotation in pack.quotations)
    fields = (field for one in pack.articles for field in _changed_fields(one, now[one.id]))
    changed = tuple(dict.fromkeys(fields))  # an article cited as it read at two times may have had one title
    counted = Counter(one.state for one in quotations)
    counts = {state: counted[state] for state in _STATES}
    return Verification(
        text=pack.text,
        language=pack.language,
        made=pack.made,
        holds=not (counts["changed"] or counts["gone"] or changed),
        counts=counts,
        quotations=quotations,
        changed=changed,
        number=pack.number,
    )


def _verified(quotation: PackedQuotation, article: Article | None) -> VerifiedQuotation:
    def became(
        state: State, now: Span | None = None, closest: str | None = None, edits: tuple[Edit, ...] = ()
    ) -> VerifiedQuotation:
        return VerifiedQuotation(
            number=quotation.number,
            marker=quotation.marker,
            part=quotation.part,
            article_id=quotation.article_id,
            quote=quotation.quote,
            then=Span(quotation.start, quotation.end),
            state=state,
            same_text=article.content_hash == quotation.content_hash if article else None,
            now=now,
            closest=closest,
            edits=edits,
        )

    if article is None:
        return became("gone")
    places = _found_again(quotation, article.text)
    language = article.language
    then = _around(quotation.before, quotation.quote, quotation.after, language)
    for place in places:
        if _plain(_around_place(article.text, place, language)) == _plain(then):
            same_place = place == Span(quotation.start, quotation.end)
            return became("holds" if same_place else "moved", place)
    closest = _grown(article.text, places[0], language) if places else _closest(quotation.quote, article)
    if closest is None:
        return became("changed")
    sentence = article.text[closest.start : closest.end]
    return became("changed", closest, sentence, word_diff("".join(then) if places else quotation.quote, sentence))


def _found_again(quotation: PackedQuotation, text: str) -> list[Span]:
    """Where the words stand, whole and with any white space between, the places nearest to the old one first."""
    words_in_a_row = r"\s+".join(map(re.escape, quotation.quote.split()))
    if not words_in_a_row:
        return []
    places = [Span(*found.span(1)) for found in re.finditer(f"(?=({words_in_a_row}))", text)]
    whole = [one for one in places if not _cuts_a_word(text, one.start) and not _cuts_a_word(text, one.end)]
    return sorted(whole, key=lambda place: abs(place.start - quotation.start))[:_MOST_PLACES]


def _around(before: str, words: str, after: str, language: str | None) -> Sentences:
    """What of `before` and `after` is of one sentence with these words, and the words between."""
    start, end = len(before), len(before) + len(words)
    for sentence in split_sentences("", before + words + after, language=language):
        if sentence.start < end and sentence.end > start:
            start, end = min(start, sentence.start), max(end, sentence.end)
    return before[start:], words, after[: end - len(before) - len(words)]


def _around_place(text: str, place: Span, language: str | None) -> Sentences:
    before = text[max(0, place.start - AROUND_CHARACTERS) : place.start]
    return _around(before, text[place.start : place.end], text[place.end : place.end + AROUND_CHARACTERS], language)


def _grown(text: str, place: Span, language: str | None) -> Span:
    """The place with all of the sentence around it."""
    before, _, after = _around_place(text, place, language)
    return Span(place.start - len(before), place.end + len(after))


def _plain(sentences: Sentences) -> tuple[str, ...]:
    """With one space for any white space."""
    return tuple(" ".join(piece.split()) for piece in sentences)


def _cuts_a_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _closest(quote: str, article: Article) -> Span | None:
    """The sentence that shares the most words with the quotation: `2 · |A ∩ B| / (|A| + |B|)`, counted as bags."""
    wanted = Counter(words(quote))
    best, most = None, _CLOSE
    for sentence in split_sentences(article.id, article.text, language=article.language):
        held = Counter(words(article.text[sentence.start : sentence.end]))
        share = 2 * (wanted & held).total() / ((wanted.total() + held.total()) or 1)
        if share > most:
            best, most = Span(sentence.start, sentence.end), share
    return best


def _changed_fields(packed: PackedArticle, article: Article | None) -> list[ChangedField]:
    if article is None:
        return []
    pairs = ((name, getattr(packed, name), getattr(article, name)) for name in _FIELDS)
    return [ChangedField(packed.id, name, _said(then), _said(now)) for name, then, now in pairs if then != now]


def _said(value: object) -> str | None:
    return None if value is None else str(value)
