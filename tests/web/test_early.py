"""What must be there before Gradio starts is the first thing in the page's head, and in nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from rag.web.early import Early

FIRST = "<script>ü</script>"
CHARSET = '<meta charset="utf-8" />'
PAGE = f"<html><head>{CHARSET}<title>{CHARSET}</title></head><body>ö</body></html>"


def _client(answer: Response) -> TestClient:
    def page(request: Request) -> Response:
        return answer

    routes = [Route("/", page), Route("/other", page)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Early, FIRST)]))


def _pieces(text: str) -> Iterator[bytes]:
    yield from (bytes([one]) for one in text.encode())


@pytest.mark.parametrize(
    "answer", [HTMLResponse(PAGE), StreamingResponse(_pieces(PAGE), media_type="text/html")], ids=["whole", "in pieces"]
)
def test_it_comes_first_in_the_pages_head_once(answer: Response) -> None:
    got = _client(answer).get("/")
    assert got.text == PAGE.replace(CHARSET, f"{CHARSET}{FIRST}", 1)
    assert int(got.headers["content-length"]) == len(got.content)


def test_nothing_else_is_touched() -> None:
    assert _client(HTMLResponse(PAGE)).get("/other").text == PAGE
    assert _client(PlainTextResponse(PAGE)).get("/").text == PAGE
    assert _client(HTMLResponse("ohne Kopf")).get("/").text == "ohne Kopf"


def test_status_and_headers_stay() -> None:
    got = _client(HTMLResponse(PAGE, status_code=503, headers={"x-kept": "yes"})).get("/")
    assert (got.status_code, got.headers["x-kept"]) == (503, "yes")


def test_what_is_packed_is_left_as_it_is() -> None:
    packed = Response(PAGE, media_type="text/html", headers={"content-encoding": "identity"})
    assert _client(packed).get("/").text == PAGE
