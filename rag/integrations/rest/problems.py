"""Errors as problem details (RFC 9457): what a person would be told on the command line, never a stack trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from rag.as_json import to_json
from rag.errors import ArchiveError, BelegError, InputError, UnknownArticle
from rag.text.unicode import escape_obeyed

MEDIA_TYPE = "application/problem+json"
_STATUS: dict[type[BelegError], int] = {UnknownArticle: 404, InputError: 422, ArchiveError: 503}
# What tells pydantic which form of a body is meant; no part of the body is called so.
TAGS = ("one", "many", "asked", "exchanged")
_MOST_ERRORS = 100


class FieldError(BaseModel):
    """What is wrong with one value of the request, which the JSON pointer names in the body; "#" is the whole."""

    pointer: str
    detail: str


class Problem(BaseModel):
    """Why a request was not answered (RFC 9457). `detail` is for a person."""

    type: str = "about:blank"
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    errors: list[FieldError] | None = None


class JSON(JSONResponse):
    """Beleg's own JSON. Half a character, which no UTF-8 can hold, is escaped as JSON has it."""

    def render(self, content: Any) -> bytes:
        return to_json(content).encode("utf-8", "backslashreplace")


def problem_of(error: BelegError) -> dict[str, Any]:
    """The problem that an error of Beleg's is."""
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)
    return _problem(status, str(error))


def say_problems(api: FastAPI) -> None:
    """Every error of this application is answered with its problem."""
    api.add_exception_handler(BelegError, _beleg)
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(RequestValidationError, _validation)
    api.add_exception_handler(Exception, _unexpected)


def response(problem: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    """The answer to a request that has this problem."""
    return JSON(problem, problem["status"], headers, MEDIA_TYPE)


def unexpected() -> dict[str, Any]:
    """The problem of an error that nobody foresaw: what it is, the server's log tells."""
    return _problem(500, "Something went wrong that should not have. The server's log says what.")


def validation_problem(found: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The problem of values that cannot be used: at least one error of pydantic's, whose `loc` is a place in the body.

    The first is its detail.
    """
    errors = [{"pointer": _pointer(one["loc"]), "detail": escape_obeyed(_said(one))} for one in found[:_MOST_ERRORS]]
    first = errors[0]
    where = first["pointer"].removeprefix("#/") if first["pointer"] != "#" else "the body"
    return _problem(422, f"{where}: {first['detail']}", errors)


def too_large(most: int) -> dict[str, Any]:
    """The problem of a body of more than so many bytes."""
    return _problem(413, f"The body has more than {most:,} bytes (BELEG_MAX_UPLOAD). Send the articles in parts.")


def _problem(status: int, detail: str, errors: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    problem = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": escape_obeyed(detail),
    }
    return problem | {"errors": list(errors)} if errors else problem


async def _beleg(_: Request, error: Exception) -> Response:
    assert isinstance(error, BelegError)
    return response(problem_of(error))


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return response(_problem(error.status_code, str(error.detail)), error.headers)


async def _validation(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return response(_problem(400, f"The body is not JSON: {found[0].get('ctx', {}).get('error', 'unreadable')}."))
    return response(validation_problem([{**one, "loc": one["loc"][1:]} for one in found]))


async def _unexpected(_: Request, __: Exception) -> Response:
    return response(unexpected())


def _said(error: Mapping[str, Any]) -> str:
    return str(error["msg"]).removeprefix("Value error, ")


def _pointer(place: Sequence[str | int]) -> str:
    """A JSON pointer (RFC 6901) into the body, or the name of a parameter."""
    inside = [one for one in place if one not in TAGS]
    return "/".join(["#", *(escape_obeyed(str(one)).replace("~", "~0").replace("/", "~1") for one in inside)])
