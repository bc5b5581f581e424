"""The examples that the API's description shows: values of the types that it takes and gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from rag.as_json import as_plain
from rag.pack.pack import make_pack
from rag.pack.verify import verify_pack
from rag.types import (
    Answer,
    Article,
    Check,
    Citation,
    Evidence,
    Finding,
    Hit,
    IndependentSource,
    IngestReport,
    Listed,
    Listing,
    Passage,
    Sentence,
    Span,
    Statement,
    Status,
)

_QUESTION = "Wie lange dauerte das Telefonat?"
_CLAIM = "Das Telefonat dauerte 45 Minuten."
_QUOTE = "Das Telefonat dauerte rund 25 Minuten."
_ARTICLE = Article(
    id="telefonat-5d41402a",
    text=_QUOTE,
    title="Blinken und Lawrow telefonieren",
    url="https://beispiel.example/telefonat",
    source="Beispiel-Agentur",
    published=date(2022, 7, 29),
    language="de",
    origin="api:1",
)
_CITATION = Citation(
    marker=1,
    article_id=_ARTICLE.id,
    title=_ARTICLE.title,
    source=_ARTICLE.source,
    url=_ARTICLE.url,
    published=_ARTICLE.published,
    sentence=0,
    start=0,
    end=len(_QUOTE),
    quote=_QUOTE,
    content_hash=_ARTICLE.content_hash,
    score=0.91,
    answer=Span(_QUOTE.index("rund"), len(_QUOTE) - 1),
)
_ANSWER = Answer(
    question=_QUESTION,
    text=_QUOTE,
    language="de",
    statements=(Statement(_QUOTE, 0, len(_QUOTE), (1,), "quoted"),),
    citations=(_CITATION,),
    confidence=0.93,
    seconds=0.08,
)
_MINUTES = Finding("number", False, Span(22, 32), "45 Minuten", Span(27, 37), "25 Minuten", 1)
_CHECK = Check(
    claim=_CLAIM,
    start=0,
    end=len(_CLAIM),
    language="de",
    verdict="refuted",
    message="Widerlegt: Die Quelle nennt 25 Minuten, nicht 45 Minuten.",
    confidence=1.0,
    findings=(_MINUTES,),
    evidence=(Evidence(replace(_CITATION, answer=None), "against", 1.0, (_MINUTES,)),),
    sources=(IndependentSource("against", (1,), (_ARTICLE.id,)),),
    seconds=0.12,
)
_PASSAGE = Passage(_ARTICLE.id, 0, 0, len(_QUOTE), (Sentence(_ARTICLE.id, 0, 0, len(_QUOTE)),))
_HIT = Hit(_PASSAGE, 1.8, {"words": 1.1, "vector": 0.7}, _ARTICLE)
_LISTED = Listed(
    id=_ARTICLE.id,
    title=_ARTICLE.title,
    source=_ARTICLE.source,
    url=_ARTICLE.url,
    published=_ARTICLE.published,
    language=_ARTICLE.language,
    characters=len(_QUOTE),
    ingested=datetime(2022, 7, 29, 18, 30, tzinfo=UTC),
)
_STATUS = Status(
    path="data",
    version="0.1.0",
    articles=1,
    passages=1,
    pending=0,
    languages={"de": 1},
    model="bundled",
    dimensions=384,
    bytes={"articles": 4096},
)
_PACK = make_pack(
    _ANSWER,
    article={_ARTICLE.id: _ARTICLE}.get,
    retrieved=lambda _: _LISTED.ingested,
    version="0.1.0",
    made=datetime(2022, 7, 30, 8, 0, tzinfo=UTC),
)

# What is sent and what comes back, by the name of the operation.
SENT: dict[str, Any] = {
    "ask": {"question": _QUESTION, "language": "de", "since": "2022-07-01"},
    "search": {"query": _QUESTION, "k": 3},
    "check": {"claim": _CLAIM},
    "verify": as_plain(_PACK),
    "add": {
        "text": _QUOTE,
        "title": _ARTICLE.title,
        "url": _ARTICLE.url,
        "source": _ARTICLE.source,
        "published": "2022-07-29",
        "language": "de",
    },
}
GIVEN: dict[str, Any] = {
    "health": {"status": "ok", "version": "0.1.0"},
    "status": as_plain(_STATUS),
    "ask": as_plain(_ANSWER),
    "search": as_plain({"query": _QUESTION, "hits": [_HIT], "undated": 0}),
    "check": as_plain(_CHECK),
    "verify": as_plain(verify_pack(_PACK, {_ARTICLE.id: _ARTICLE}.get)),
    "articles": as_plain(Listing((_LISTED,), 1)),
    "add": as_plain(IngestReport(added=(_ARTICLE.id,), seconds=0.2)),
    "article": as_plain(_ARTICLE),
    "delete": {"deleted": _ARTICLE.id},
}
# The same, by the name of the operation, as events.
_STAGE = 'event: stage\ndata: {{"stage": "{}", "number": 1, "of": 1}}\n\n'
EVENTS = {
    "ask": _STAGE.format("searching") + _STAGE.format("choosing") + 'event: answer\ndata: {"question": ...}\n\n',
    "check": _STAGE.format("searching") + _STAGE.format("checking") + 'event: check\ndata: {"claim": ...}\n\n',
}
