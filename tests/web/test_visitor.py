"""Which browser it is, kept in a cookie that only the server reads, and which language it is spoken to in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from rag.web.visitor import KeepsVisitors, visitor, visitor_of

OWNER = "AZaz09_-" * 5 + "abc"


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(_app()) as client:
        yield client


def _app() -> Starlette:
    def owner(request: Request) -> Response:
        response = PlainTextResponse(visitor_of(request).owner)
        response.set_cookie("other", "kept")
        return response

    routes = [Route("/", owner), Route("/desk/conversations", owner)]
    return Starlette(routes=routes, middleware=[Middleware(KeepsVisitors)])


def _set(response: object) -> list[str]:
    cookies = response.headers.get_list("set-cookie")  # type: ignore[attr-defined]
    return [cookie for cookie in cookies if cookie.startswith("beleg_desk=")]


def test_a_browser_that_opens_the_page_is_given_an_owner_that_only_the_server_reads(client: TestClient) -> None:
    [cookie] = _set(client.get("/"))
    name, *attributes = cookie.split("; ")
    assert re.fullmatch(r"beleg_desk=[\w-]{43}", name)
    assert set(attributes) == {"Path=/", f"Max-Age={400 * 86_400}", "HttpOnly", "SameSite=Lax"}


def test_it_is_given_once_and_then_known_by_it(client: TestClient) -> None:
    given = _set(client.get("/"))[0].split(";")[0].removeprefix("beleg_desk=")
    for path in ("/", "/desk/conversations", "/"):
        response = client.get(path)
        assert _set(response) == []
        assert response.text == given


def test_each_browser_is_given_another(client: TestClient) -> None:
    first = _set(client.get("/"))
    client.cookies.clear()
    assert _set(client.get("/"))[0] != first[0]


def test_over_an_encrypted_connection_it_never_goes_over_an_open_one() -> None:
    with TestClient(_app(), base_url="https://testserver") as client:
        assert "; Secure" in _set(client.get("/"))[0]


def test_other_cookies_of_the_answer_stay(client: TestClient) -> None:
    assert any(cookie.startswith("other=kept") for cookie in client.get("/").headers.get_list("set-cookie"))


def test_only_the_page_gives_an_owner(client: TestClient) -> None:
    assert _set(client.get("/desk/conversations")) == []
    assert _set(client.get("/nirgends")) == []


@pytest.mark.parametrize(
    "cookie",
    [
        "beleg_desk=",
        "beleg_desk=kurz",
        f"beleg_desk={OWNER}x",
        f"beleg_desk={OWNER[:-1]}",
        f"beleg_desk={OWNER[:-1]}!",
        f"beleg_desk={OWNER}; beleg_desk=kurz",
        f"xbeleg_desk={OWNER}",
        f"other=beleg_desk={OWNER}",
    ],
)
def test_a_malformed_owner_is_nobodys_and_is_replaced(client: TestClient, cookie: str) -> None:
    response = client.get("/", headers={"cookie": cookie})
    assert len(_set(response)) == 1
    assert response.text not in {OWNER, "kurz", ""}


@pytest.mark.parametrize("cookie", [f"beleg_desk={OWNER}", f"a=b; beleg_desk={OWNER}; c=d", f"a=b;beleg_desk={OWNER}"])
def test_a_well_formed_owner_is_kept_wherever_it_stands_among_others(client: TestClient, cookie: str) -> None:
    response = client.get("/", headers={"cookie": cookie})
    assert _set(response) == []
    assert response.text == OWNER


def test_without_a_cookie_nobody_is_the_same_twice() -> None:
    first, second = visitor({}, {}), visitor({}, {})
    assert first.owner != second.owner
    assert len(first.owner) == 43


@pytest.mark.parametrize(
    ("chosen", "accepted", "expected"),
    [
        (None, "de-DE,de;q=0.9,en;q=0.8", "de"),
        (None, "en-US,en;q=0.9", "en"),
        (None, None, "en"),
        ("de", "en-US", "de"),
        ("en", "de-DE", "en"),
        ("fr", "de-DE", "de"),
        ("<script>", "en", "en"),
    ],
)
def test_the_language_is_the_one_chosen_or_else_the_browsers(
    chosen: str | None, accepted: str | None, expected: str
) -> None:
    headers = {} if accepted is None else {"accept-language": accepted}
    cookies = {"beleg_desk": OWNER} | ({} if chosen is None else {"beleg_language": chosen})
    assert visitor(headers, cookies).language == expected
    assert visitor(headers, cookies).owner == OWNER
