"""What is sent to the API and what comes back, where that is no type of `rag.types`.

Bodies are strict: a number is no text, and a field that is not known is refused. Where the archive itself refuses a
value, the limit stands in the schema and the archive says so, in the words that the command line has.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

from rag.check.claims import MAX_CHARACTERS
from rag.errors import ArticleError
from rag.ingest.fields import build_article, parse_date
from rag.retrieve.filters import FilterOptions
from rag.retrieve.search import MAX_K, MAX_QUESTION_CHARACTERS
from rag.types import Article, Exchange, Failure, Passage

MOST_ARTICLES = 1_000
_MOST_IDS = 10_000
_MOST_EARLIER = 100


def _day(given: object) -> date:
    try:
        day = parse_date(given) if isinstance(given, str) else None
    except ArticleError:
        day = None
    if day is None:
        raise ValueError(f"{given!r} is not a date (YYYY-MM-DD or DD.MM.YYYY)")
    return day


def _text(most: int, **more: Any) -> Any:
    """A text's limits as its schema tells them; the archive checks them."""
    return Field(json_schema_extra={"minLength": 1, "maxLength": most, "pattern": r"\S", **more})


def _whole(given: object) -> object:
    """JSON knows one kind of number: 5.0 is 5."""
    return int(given) if isinstance(given, float) and given.is_integer() else given


Day = Annotated[date, BeforeValidator(_day)]
Question = Annotated[str, _text(MAX_QUESTION_CHARACTERS)]
Claims = Annotated[str, _text(MAX_CHARACTERS)]
LanguageCode = Annotated[
    str, Field(description="such as de", json_schema_extra={"pattern": r"^[A-Za-z]{2,3}([-_].+)?$"})
]
Outlet = Annotated[str, Field(description="as the articles name it", json_schema_extra={"pattern": r"\S"})]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Filtered(Body):
    """Which articles may be searched. Dates are the articles' own, both ends included."""

    language: LanguageCode | None = None
    source: Outlet | None = None
    since: Day | None = None
    until: Day | None = None
    articles: list[str] | None = Field(default=None, max_length=_MOST_IDS, description="the only ones, by their ids")

    def within(self) -> FilterOptions:
        return {
            "language": self.language,
            "source": self.source,
            "since": self.since,
            "until": self.until,
            "articles": self.articles,
        }


class Earlier(Body):
    """An earlier question, and what was answered, where that is known."""

    question: str
    answer: str | None = Field(default=None, max_length=20_000)


def _kind(given: object) -> str:
    return "asked" if isinstance(given, str) else "exchanged"


Before = Annotated[Annotated[str, Tag("asked")] | Annotated[Earlier, Tag("exchanged")], Discriminator(_kind)]


class Ask(Filtered):
    """A question, and the conversation's earlier questions, oldest first, with or without their answers."""

    question: Question
    history: list[Before] = Field(default=[], max_length=_MOST_EARLIER)
    quote_only: bool = Field(
        default=False, description="the sources' own sentences, also where a language model is set"
    )

    def earlier(self) -> list[str | Exchange]:
        return [one if isinstance(one, str) else Exchange(one.question, one.answer) for one in self.history]


class Search(Filtered):
    """What to look for, and how many passages."""

    query: Question
    k: Annotated[int, BeforeValidator(_whole)] = Field(
        default=10, json_schema_extra={"type": "integer", "minimum": 1, "maximum": MAX_K}
    )


class ToCheck(Filtered):
    """A claim, or a text of several."""

    claim: Claims


class NewArticle(Body):
    """An article to take in, with the keys of a line of JSONL. What is not known is left out."""

    text: str
    id: str | None = None
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published: str | None = Field(default=None, description="YYYY-MM-DD or DD.MM.YYYY")
    day: str | None = Field(default=None, alias="date", description="the same, where `published` is not given")
    language: str | None = None

    def article(self, origin: str) -> Article | Failure:
        """The article as the archive takes it, or why it is none."""
        try:
            return build_article(
                self.text,
                origin=origin,
                id=self.id,
                title=self.title,
                url=self.url,
                source=self.source,
                published=self.published if self.published is not None else self.day,
                language=self.language,
            )
        except ArticleError as error:
            return Failure(origin, str(error))


def _form(given: object) -> str:
    return "many" if isinstance(given, list) else "one"


Many = Annotated[list[NewArticle], Field(min_length=1, max_length=MOST_ARTICLES)]
NewArticles = Annotated[Annotated[NewArticle, Tag("one")] | Annotated[Many, Tag("many")], Discriminator(_form)]


class FoundArticle(BaseModel):
    """The article of a hit, without its text."""

    id: str
    title: str | None
    url: str | None
    source: str | None
    published: date | None
    language: str | None
    origin: str | None
    guessed: list[str]
    content_hash: str


class FoundPassage(BaseModel):
    """A hit: `text` is what stands in the article from `passage.start` to `passage.end`, in characters."""

    passage: Passage
    score: float
    parts: Mapping[str, float]
    text: str
    article: FoundArticle


class Hits(BaseModel):
    """What a search found, best first. `undated`: how many articles a date filter left out for want of a date."""

    query: str
    hits: list[FoundPassage]
    undated: int


class Deleted(BaseModel):
    """The id of the article that was deleted."""

    deleted: str


class Health(BaseModel):
    """The archive can be asked."""

    status: Literal["ok"]
    version: str
