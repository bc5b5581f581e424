"""A check or an answer -> its evidence pack: everything that a person needs to do it again by hand, later.

A pack is a frozen value, and so is that of a conversation, which holds those of its turns; `rag.pack.markdown` writes
both for a reader, `rag.pack.files` as JSON and back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from rag.errors import InputError
from rag.text.unicode import is_unicode
from rag.types import Answer, Article, Check, Citation, Review, Span

FORMAT = 1

Role = Literal["evidence", "quotation", "citation", "nearest"]
ArticleLookup = Callable[[str], Article | None]
Cited = tuple[Role, int | None, Citation, Span | None]
_Place = tuple[int | None, str, str, int, int]

# So much of the text on either side of a quotation goes with it.
AROUND_CHARACTERS = 240


@dataclass(frozen=True, slots=True)
class PackedArticle:
    """An article as it was cited. `retrieved` is when the archive took it in, in UTC; None where that is unknown."""

    id: str
    title: str | None
    source: str | None
    url: str | None
    published: date | None
    retrieved: datetime | None
    content_hash: str


@dataclass(frozen=True, slots=True)
class PackedQuotation:
    """Words of an article: `text[start:end] == quote` where the SHA-256 of `text` is `content_hash`.

    `number` counts from 1 in the pack. `role` says what they are: the sentence of a piece of `evidence`, of a
    `quotation` of the claim the words found for it, a `citation` of an answer, or a sentence `nearest` to a question.
    `marker` is that of the citation, `part` the place (from 0) of the claim's part that it belongs to; None where the
    claim has none. `before` and `after` are what stands around them; "" where the text was no longer there.
    """

    number: int
    role: Role
    part: int | None
    marker: int
    article_id: str
    content_hash: str
    start: int
    end: int
    quote: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Pack:
    """An evidence pack: the `check` or the `answer` (the other is None), the articles and every quotation of it.

    An article that was changed while the claims of a text were checked is there as each of them cites it, more than
    once. `made` is in UTC, `version` that of Beleg. The models' and weights' fingerprints and the filters are in the
    `config` of the check or answer. `reviews` is what people said of it, in the order in which it is to be read.
    `number` is its turn's in the conversation, from 1; None of a result that is in none.
    """

    made: datetime
    version: str
    articles: tuple[PackedArticle, ...]
    quotations: tuple[PackedQuotation, ...]
    check: Check | None = None
    answer: Answer | None = None
    reviews: tuple[Review, ...] = ()
    number: int | None = None
    kind: Literal["beleg-pack"] = "beleg-pack"
    format: int = FORMAT

    @property
    def text(self) -> str:
        """The claim, or the question."""
        return self.check.claim if self.check else self.answer.question if self.answer else ""

    @property
    def language(self) -> str:
        result = self.check or self.answer
        return result.language if result else "de"

    @property
    def config(self) -> Mapping[str, str]:
        """What it was made with: the filters, and the versions and fingerprints by their name."""
        result = self.check or self.answer
        return result.config if result else {}

    def article(self, article_id: str, content_hash: str | None = None) -> PackedArticle | None:
        """The article as it read with this hash, or as it was cited first."""
        found = (one for one in self.articles if one.id == article_id and content_hash in {None, one.content_hash})
        return next(found, None)

    def quotation(self, part: int | None, citation: Citation, span: Span) -> PackedQuotation | None:
        """The words at this place of the cited text, as they were packed for this part (from 0; None of one claim)."""
        wanted = _place_of(citation, span, part)
        found = (one for one in self.quotations if _place_of(one, Span(one.start, one.end), one.part) == wanted)
        return next(found, None)

    def reviews_of(self, statement: int | None) -> tuple[Review, ...]:
        """What was said of this statement, counted as in `Review`; None: of the result as a whole."""
        return tuple(one for one in self.reviews if one.statement == statement)


@dataclass(frozen=True, slots=True)
class ConversationPack:
    """The evidence packs of a conversation's turns, in order: of those that have a result.

    `name` is what a person called it, "" if nothing; `made` is in UTC, `version` that of Beleg.
    """

    name: str
    made: datetime
    version: str
    packs: tuple[Pack, ...]
    kind: Literal["beleg-conversation"] = "beleg-conversation"
    format: int = FORMAT

    @property
    def language(self) -> str:
        """That of the first turn."""
        return self.packs[0].language if self.packs else "de"

    @property
    def numbered(self) -> tuple[tuple[int, Pack], ...]:
        """Each pack with its turn's number; from 1 in order where that is not known of each or is one of two."""
        known = [pack.number for pack in self.packs if pack.number is not None]
        if len(set(known)) == len(self.packs):
            return tuple(zip(known, self.packs, strict=True))
        return tuple(enumerate(self.packs, start=1))

    @property
    def articles(self) -> tuple[PackedArticle, ...]:
        """Those of all turns, in order, each once: one that turns cite as it read at different times more often."""
        return tuple(dict.fromkeys(article for pack in self.packs for article in pack.articles))


AnyPack = Pack | ConversationPack


def make_pack(
    result: Check | Answer,
    *,
    article: ArticleLookup,
    retrieved: Callable[[str], datetime | None],
    version: str,
    made: datetime,
    reviews: Iterable[Review] = (),
    number: int | None = None,
) -> Pack:
    """The pack of a check or an answer. `article` gives an article by its id as it is now, `retrieved` since when.

    What an article has become since it was cited does not go into the pack: of one that changed, only what the citation
    holds does. Raises InputError for a review of a statement that is not there, and for one that cannot be written.
    """
    reviews = tuple(reviews)
    _check_reviews(reviews, result)
    cited = list(cited_in(result))
    now = {citation.article_id: article(citation.article_id) for _, _, citation, _ in cited}
    articles: dict[tuple[str, str], PackedArticle] = {}
    quotations: dict[_Place, PackedQuotation] = {}
    for role, part, citation, found in cited:
        known = now[citation.article_id]
        text = known.text if known and known.content_hash == citation.content_hash else None
        since = retrieved(citation.article_id) if text is not None else None
        articles.setdefault((citation.article_id, citation.content_hash), _article(citation, since))
        spans = [Span(citation.start, citation.end), *_elsewhere(found, citation, text)]
        for span in spans:
            key = _place_of(citation, span, part)
            if key not in quotations:
                quotations[key] = _quotation(citation, span, text, number=len(quotations) + 1, role=role, part=part)
    return Pack(
        made=made,
        version=version,
        articles=tuple(articles.values()),
        quotations=tuple(quotations.values()),
        check=result if isinstance(result, Check) else None,
        answer=result if isinstance(result, Answer) else None,
        reviews=reviews,
        number=number,
    )


def make_conversation_pack(name: str, packs: Iterable[Pack], *, version: str, made: datetime) -> ConversationPack:
    """The pack of a conversation from those of its turns, in order. Raises InputError for a name that has no bytes."""
    if not is_unicode(name):
        raise InputError(f"The conversation's name {name!r} cannot be written down. Rename the conversation.")
    return ConversationPack(name=name, made=made, version=version, packs=tuple(packs))


def statements_in(result: Check | Answer) -> int:
    """How many statements a person can speak of: an answer's, a check's parts, and 1 of a check of one claim."""
    return len(result.statements) if isinstance(result, Answer) else len(result.parts) or 1


def check_statement(result: Check | Answer, statement: int | None) -> None:
    """Raises InputError where the result has no such statement to speak of; None is the result as a whole."""
    count = statements_in(result)
    if statement is not None and not 0 <= statement < count:
        raise InputError(f"There is no statement {statement} to review: the result has {count}, counted from 0.")


def cited_in(result: Check | Answer, *, part: int | None = None) -> Iterator[Cited]:
    """Every citation in a check or an answer: its role, the part it is of, and of a quotation where it was found."""
    if isinstance(result, Answer):
        for citation in result.citations:
            yield "citation", part, citation, None
        for citation in result.nearest:
            yield "nearest", part, citation, None
        return
    for one in result.evidence:
        yield "evidence", part, one.citation, None
    for quote in result.quotes:
        if quote.citation:
            yield "quotation", part, quote.citation, quote.found
    for number, piece in enumerate(result.parts):
        yield from cited_in(piece, part=number)


def _place_of(cited: Citation | PackedQuotation, span: Span, part: int | None) -> _Place:
    """What tells a quotation from the others: an id alone may stand for a text before and after it was changed."""
    return part, cited.article_id, cited.content_hash, span.start, span.end


def _check_reviews(reviews: Iterable[Review], result: Check | Answer) -> None:
    for one in reviews:
        check_statement(result, one.statement)
        if not is_unicode(one.name + one.note):
            raise InputError(f"What {one.name!r} said, {one.note!r}, cannot be written down. Write it anew.")


def _article(citation: Citation, retrieved: datetime | None) -> PackedArticle:
    return PackedArticle(
        id=citation.article_id,
        title=citation.title,
        source=citation.source,
        url=citation.url,
        published=citation.published,
        retrieved=retrieved,
        content_hash=citation.content_hash,
    )


def _elsewhere(found: Span | None, citation: Citation, text: str | None) -> list[Span]:
    """Where a quotation was found, if that is not within the citation's sentence, and the text is still there."""
    if found is None or text is None or not 0 <= found.start < found.end <= len(text):
        return []
    return [] if citation.start <= found.start and found.end <= citation.end else [found]


def _quotation(
    citation: Citation, span: Span, text: str | None, *, number: int, role: Role, part: int | None
) -> PackedQuotation:
    own = span == Span(citation.start, citation.end)
    return PackedQuotation(
        number=number,
        role=role,
        part=part,
        marker=citation.marker,
        article_id=citation.article_id,
        content_hash=citation.content_hash,
        start=span.start,
        end=span.end,
        quote=citation.quote if own or text is None else text[span.start : span.end],
        before=text[max(0, span.start - AROUND_CHARACTERS) : span.start] if text is not None else "",
        after=text[span.end : span.end + AROUND_CHARACTERS] if text is not None else "",
    )
