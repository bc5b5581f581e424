"""The API: an archive as an ASGI application of its own, with the same answers as `--json` on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from importlib import metadata
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from rag.answer.write import OnDraft
from rag.archive import Archive, OnStage
from rag.index.listing import LAST_OFFSET, LONGEST_QUERY, MOST_LISTED, Sort
from rag.integrations.rest import examples
from rag.integrations.rest.bodies import (
    Ask,
    Day,
    Deleted,
    Health,
    Hits,
    LanguageCode,
    NewArticle,
    NewArticles,
    Outlet,
    Search,
    ToCheck,
)
from rag.integrations.rest.keys import Keys
from rag.integrations.rest.limit import LimitedBody
from rag.integrations.rest.problems import JSON, MEDIA_TYPE, Problem, say_problems
from rag.integrations.rest.staged import EVENTS, Result, in_stages, wants_events
from rag.pack.verify import Verification, VerifiedFile
from rag.types import Answer, Article, Check, Failure, IngestReport, Listing, Status

PREFIX = "/api/v1"
_ABOUT = """
Questions, claims and articles of an archive. Every statement comes with its source sentence: `start` and `end` are
characters (Unicode code points) into the article's text. Errors are problem details (RFC 9457).
"""
_WRITING = ("add", "delete")
_SAID = {
    400: "The body is not JSON",
    401: "No key, or one that is not known",
    403: "A key that may only read",
    404: "There is no such article",
    413: "More is sent than is taken",
    422: "Something of what was sent cannot be used",
    503: "The archive cannot be used as it is",
}


def make_api(archive: Archive, *, keys: Keys | None = None, max_body: int = 50_000_000) -> FastAPI:
    """The API over an open archive, to be mounted at `PREFIX`. `max_body` is in bytes.

    Without keys everybody may do everything. What describes it, and whether it is up, needs no key.
    """
    api = FastAPI(
        title="Beleg",
        version=_version(),
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        default_response_class=JSON,
        generate_unique_id_function=_name,
        servers=[{"url": PREFIX}],
        root_path_in_servers=False,
    )
    api.add_middleware(LimitedBody, max_body)
    say_problems(api)
    keys = keys or Keys()
    _add_questions(api, archive, keys)
    _add_articles(api, archive, keys)
    _describe(api)
    return api


def _add_questions(api: FastAPI, archive: Archive, keys: Keys) -> None:
    reading = keys.to_read()

    @api.get("/health", response_model=Health, responses=_told(503))
    def health() -> Response:
        """Whether the archive can be asked."""
        archive.status()
        return JSON({"status": "ok", "version": _version()})

    @api.get("/status", dependencies=reading, response_model=Status, responses=_told(503))
    def status() -> Response:
        """What the archive holds, with which models, in how many bytes."""
        return JSON(archive.status())

    @api.post("/ask", dependencies=reading, response_model=Answer, responses=_told(400, 413, 422, 503))
    async def ask(request: Request, wanted: Ask) -> Response:
        """An answer in statements with the sentences that they cite, or an abstention with its reason.

        The sources' own sentences; where a language model writes, each statement with what it was checked to be.

        With `Accept: text/event-stream` its stages come as `stage` events while it is worked on, what a language model
        has written so far as `draft` events, and then one `answer` event, or a `problem` event.
        """

        def run(on_stage: OnStage | None = None, on_draft: OnDraft | None = None) -> Answer:
            return archive.ask(
                wanted.question,
                wanted.earlier(),
                on_stage=on_stage,
                on_draft=on_draft,
                quote_only=wanted.quote_only,
                **wanted.within(),
            )

        return await _worked_on(request, run)

    @api.post("/search", dependencies=reading, response_model=Hits, responses=_told(400, 413, 422, 503))
    def search(wanted: Search) -> Response:
        """The passages nearest to a question, best first."""
        hits = archive.search(wanted.query, wanted.k, **wanted.within())
        return JSON({"query": wanted.query, "hits": hits, "undated": archive.undated(**wanted.within())})

    @api.post("/check", dependencies=reading, response_model=Check, responses=_told(400, 413, 422, 503))
    async def check(request: Request, wanted: ToCheck) -> Response:
        """Whether the archive bears a claim out, or each claim of a text, with findings and evidence.

        With `Accept: text/event-stream` its stages come as `stage` events while it is worked on, the `number`-th of
        `of` claims, and then one `check` event, or a `problem` event.
        """

        def run(on_stage: OnStage | None = None, _: OnDraft | None = None) -> Check:
            return archive.check(wanted.claim, on_stage=on_stage, **wanted.within())

        return await _worked_on(request, run)

    @api.post(
        "/verify",
        dependencies=reading,
        response_model=Verification | VerifiedFile,
        responses=_told(400, 413, 422, 503),
    )
    def verify(pack: dict[str, Any]) -> Response:
        """What of an exported evidence pack (its JSON) still holds: of a result, or of each turn of a conversation."""
        verified = archive.verify_all(json.dumps(pack).encode())
        return JSON(verified.verifications[0] if verified.name is None else verified)


async def _worked_on(request: Request, run: Callable[..., Result]) -> Response:
    """What `run` gives, as JSON or, where the request asks for them, as events. `run` may be told who hears."""
    if wants_events(request.headers.get("accept", "")):
        return await in_stages(run)
    return JSON(await run_in_threadpool(run))


def _add_articles(api: FastAPI, archive: Archive, keys: Keys) -> None:
    reading, writing = keys.to_read(), keys.to_write()

    @api.get("/articles", dependencies=reading, response_model=Listing, responses=_told(422, 503))
    def articles(
        q: Annotated[str, Query(json_schema_extra={"maxLength": LONGEST_QUERY})] = "",
        *,
        sort: Sort = "published",
        descending: bool = True,
        offset: Annotated[int, Query(json_schema_extra={"minimum": 0, "maximum": LAST_OFFSET})] = 0,
        limit: Annotated[int, Query(json_schema_extra={"minimum": 1, "maximum": MOST_LISTED})] = 50,
        source: Outlet | None = None,
        language: LanguageCode | None = None,
        since: Day | None = None,
        until: Day | None = None,
    ) -> Response:
        """A page of the list of articles, without their texts: those that hold every word of `q`."""
        listing = archive.browse(
            q,
            sort=sort,
            descending=descending,
            offset=offset,
            limit=limit,
            source=source,
            language=language,
            since=since,
            until=until,
        )
        return JSON(listing)

    @api.post(
        "/articles",
        dependencies=writing,
        response_model=IngestReport,
        responses=_told(400, 413, 422, 503),
    )
    def add(given: NewArticles) -> Response:
        """Takes in one article or several. What is none is in the report's `failed`, and the rest is taken in."""
        read = _read(given)
        report = archive.ingest([one for one in read if isinstance(one, Article)])
        failed = tuple(one for one in read if isinstance(one, Failure))
        return JSON(replace(report, failed=(*failed, *report.failed)))

    @api.get(
        "/articles/{article_id:path}",
        dependencies=reading,
        response_model=Article,
        responses=_told(404, 503),
    )
    def article(article_id: str) -> Response:
        """One article, with its text. Its id may hold slashes."""
        return JSON(archive.article(article_id))

    @api.delete(
        "/articles/{article_id:path}",
        dependencies=writing,
        response_model=Deleted,
        responses=_told(404, 503),
    )
    def delete(article_id: str) -> Response:
        """Deletes an article everywhere."""
        archive.delete(article_id)
        return JSON({"deleted": article_id})


def _read(given: NewArticle | list[NewArticle]) -> list[Article | Failure]:
    listed = given if isinstance(given, list) else [given]
    return [one.article(f"api:{number}") for number, one in enumerate(listed, start=1)]


def _told(*problems: int) -> dict[int | str, dict[str, Any]]:
    """What a route may answer beside what it is for: the problems that there can be."""
    return {200: {"description": "As `--json` prints it"}, **{one: {"description": _SAID[one]} for one in problems}}


def _describe(api: FastAPI) -> None:
    """Has the description show examples, name what comes without a key, and every error as a problem.

    FastAPI would leave out of an example whatever is null.
    """

    def described() -> dict[str, Any]:
        if api.openapi_schema is None:
            drawn = get_openapi(
                title=api.title, version=api.version, description=_ABOUT, routes=api.routes, servers=api.servers
            )
            schemas = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            for name in ("HTTPValidationError", "ValidationError"):
                drawn["components"]["schemas"].pop(name, None)
            drawn["components"]["schemas"] |= {**schemas.pop("$defs"), "Problem": schemas}
            for path in drawn["paths"].values():
                for operation in path.values():
                    _complete(operation)
            api.openapi_schema = drawn
        return api.openapi_schema

    api.openapi = described  # type: ignore[method-assign]


def _complete(operation: dict[str, Any]) -> None:
    name, responses = operation["operationId"], operation["responses"]
    if operation.get("security"):
        responses["401"] = {"description": _SAID[401]}
        if name in _WRITING:
            responses["403"] = {"description": _SAID[403]}
    for status, said in responses.items():
        if status >= "400":
            said["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    if name in examples.SENT:
        operation["requestBody"]["content"]["application/json"]["example"] = examples.SENT[name]
    answers = responses["200"]["content"]
    answers["application/json"]["example"] = examples.GIVEN[name]
    if name in examples.EVENTS:
        answers[EVENTS] = {"schema": {"type": "string"}, "example": examples.EVENTS[name]}


def _name(route: APIRoute) -> str:
    return route.name


def _version() -> str:
    return metadata.version("beleg")
