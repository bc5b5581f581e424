"""Other sites' pages get nothing, and the server answers to its own names alone; then the same in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from rag.web.guard import Guard, is_loopback
from tests.web.browser import CHROMIUM, FLAGS, ask, needs_chromium, opened, served, take_in
from tests.web_server import serve_pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOST = "beleg.example:7860"
NAVIGATION = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}


def _client(*hosts: str, any_host: bool = False) -> TestClient:
    def answer(request: Request) -> Response:
        own = {"content-security-policy": "sandbox"} if request.url.path == "/export" else {}
        return PlainTextResponse("answered", headers=own)

    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("answered")
        await socket.close()

    methods = ["GET", "POST", "DELETE", "OPTIONS"]
    routes = [WebSocketRoute("/talk", talk), Route("/{path:path}", answer, methods=methods)]
    return TestClient(Guard(Starlette(routes=routes), None if any_host else hosts), base_url=f"http://{HOST}")


@pytest.fixture
def client() -> TestClient:
    return _client(any_host=True)


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
@pytest.mark.parametrize(
    "origin",
    [
        "https://fremd.example",
        "http://beleg.example",
        "http://beleg.example:7861",
        "http://sub.beleg.example:7860",
        "http://beleg.example:7860.fremd.example",
        "http://beleg.example:7860@fremd.example",
        "http://localhost:7860",
        "null",
        "",
        "file://",
        "chrome-extension://beleg.example:7860",
    ],
)
def test_what_a_page_of_another_origin_asks_is_refused_in_a_sentence(
    client: TestClient, method: str, origin: str
) -> None:
    answer = client.request(method, "/gradio_api/queue/join", headers={"origin": origin})
    assert answer.status_code == 403
    assert answer.text.startswith("Only the page of this server itself can ask this of it.")
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        (HOST, f"http://{HOST}"),
        (HOST, f"https://{HOST}"),
        ("BELEG.example", "https://beleg.example"),
        ("beleg.example:443", "https://beleg.example"),
        ("beleg.example", "http://beleg.example:80"),
        ("[::1]:7860", "http://[::1]:7860"),
    ],
)
def test_the_page_itself_is_answered_behind_a_proxy_too(client: TestClient, host: str, origin: str) -> None:
    assert client.post("/", headers={"host": host, "origin": origin}).text == "answered"


def test_a_preflight_of_another_origin_is_refused(client: TestClient) -> None:
    asked = {"origin": "https://fremd.example", "access-control-request-method": "POST"}
    assert client.options("/gradio_api/queue/join", headers=asked).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_without_an_origin_the_browser_says_that_another_sites_page_asks(client: TestClient, site: str) -> None:
    assert client.post("/", headers={"sec-fetch-site": site, "sec-fetch-mode": "navigate"}).status_code == 403
    assert client.get("/", headers={"sec-fetch-site": site, "sec-fetch-mode": "no-cors"}).status_code == 403


@pytest.mark.parametrize("told", [NAVIGATION, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {}])
def test_a_link_from_anywhere_and_other_programs_are_answered(client: TestClient, told: dict[str, str]) -> None:
    assert client.get("/", headers=told).text == "answered"


def test_a_websocket_of_another_origin_is_refused(client: TestClient) -> None:
    with client.websocket_connect("/talk", headers={"host": HOST, "origin": f"http://{HOST}"}) as own:
        assert own.receive_text() == "answered"
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/talk", headers={"host": HOST, "origin": "http://fremd.example"}),
    ):
        pass


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:7860", "LOCALHOST:1", "127.0.0.1:7860", "127.1.2.3", "[::1]", "[::1]:7860"]
)
def test_loopback_is_always_answered(host: str) -> None:
    assert _client().get("/", headers={"host": host}).text == "answered"


@pytest.mark.parametrize(
    "host",
    [
        "fremd.example",
        "localhost.fremd.example",
        "fremd.example@localhost",
        "localhost/",
        "127.0.0.1.fremd.example",
        "192.168.1.5",
        "0.0.0.0",
        "[::2]",
        "",
    ],
)
def test_another_name_is_refused_and_named_with_the_setting(host: str) -> None:
    answer = _client("beleg.example").get("/", headers={"host": host})
    assert answer.status_code == 403
    assert host in answer.text
    assert "BELEG_HOSTS" in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_proxys_name_is_answered_as_it_was_asked_for_or_forwarded() -> None:
    client, origin = _client("beleg.example"), {"origin": "https://beleg.example"}
    assert client.post("/", headers={"host": "beleg.example", **origin}).status_code == 200
    forwarded = {"host": "127.0.0.1:7860", "x-forwarded-host": "beleg.example, 10.0.0.7"}
    assert client.post("/", headers=forwarded | origin).status_code == 200
    assert client.post("/", headers=forwarded | {"origin": "http://10.0.0.7"}).status_code == 403
    assert client.post("/", headers=forwarded | {"x-forwarded-host": "fremd.example"}).status_code == 403


def test_a_forwarded_name_makes_up_for_no_other(client: TestClient) -> None:
    rebound = {"host": "fremd.example", "x-forwarded-host": "localhost"}
    assert _client().get("/", headers=rebound).status_code == 403


def test_every_answer_is_told_what_the_browser_may_do_with_it(client: TestClient) -> None:
    for answer in (client.get("/"), client.get("/", headers={"origin": "null"})):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
        assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_a_stricter_policy_of_an_answers_own_stays(client: TestClient) -> None:
    assert client.get("/export").headers["content-security-policy"] == "sandbox"


@pytest.mark.parametrize(("name", "loopback"), [("127.0.0.1", True), ("::1", True), ("0.0.0.0", False), ("::", False)])
def test_an_address_to_bind_is_this_machines_own_or_not(name: str, loopback: bool) -> None:
    assert is_loopback(name) is loopback


ARTICLE = {
    "id": "pinguin",
    "title": "Im Zoo",
    "language": "de",
    "text": "Der Zoowärter Quastenberg fütterte den Pinguin mit Heringen. Danach schloss er das Gehege ab.",
}
# Finds the handler that takes in pasted articles, and what it is to be given.
PASTING = """() => {
    const { components, dependencies } = window.gradio_config;
    const named = Object.fromEntries(components.map((one) => [one.id, one.props.elem_id]));
    const paste = dependencies.find((one) => one.targets.some(([id]) => named[id] === "paste"));
    return { handler: paste.id, inputs: paste.inputs.map((id) => named[id] ?? null) };
}"""
# What another site's page tries: each by its name, with the status where it learns one.
ATTACK = """async ({ address, event }) => {
    const tried = {};
    const attempt = async (name, path, options) => {
        try {
            const answer = await fetch(`${address}/gradio_api/${path}`, { credentials: "include", ...options });
            tried[name] = answer.type === "opaque" ? "opaque" : answer.status;
        } catch {
            tried[name] = "refused";
        }
    };
    const body = JSON.stringify(event);
    const file = () => {
        const form = new FormData();
        form.append("files", new File(["Eingeschleust."], "fremd.txt"));
        return form;
    };
    await attempt("join", "queue/join", { method: "POST", headers: { "content-type": "application/json" }, body });
    await attempt("read", "info", {});
    await attempt("upload", "upload", { method: "POST", body: file() });
    await attempt("blind", "upload", { method: "POST", mode: "no-cors", body: file() });
    return tried;
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("guarded")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """A server under a name that is not of loopback, as behind a proxy."""
    take_in(folder, [ARTICLE], model="hash")
    with served(folder, hosts="beleg.example", model="hash") as address:
        yield address.replace("127.0.0.1", "beleg.example")


@pytest.fixture(scope="module")
def worldly(browser: Browser) -> Iterator[Browser]:
    """A browser for which every name under .example leads here."""
    rules = "--host-resolver-rules=MAP *.example 127.0.0.1"
    started = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, rules])
    yield started
    started.close()


@needs_chromium
def test_the_page_works_under_its_policy_and_another_sites_page_can_neither_post_nor_frame(
    worldly: Browser, address: str, folder: Path
) -> None:
    with opened(worldly, address) as page, serve_pages() as pages:
        ask(page, "Womit fütterte der Zoowärter Quastenberg den Pinguin?")
        pages.put("/", f"<iframe src='{address}/'></iframe>".encode())
        given = page.evaluate(PASTING)
        values = {"pasted-text": "Eingeschleust wurde ein Satz.", "pasted-title": "Eingeschleust"}
        data = [values.get(name) for name in given["inputs"]]
        event = {"data": data, "fn_index": given["handler"], "session_hash": "fremd", "event_data": None}
        other = page.context.new_page()
        other.goto(pages.address("/", host="fremd.example"))
        assert other.evaluate(ATTACK, {"address": address, "event": event}) == {
            "join": "refused",
            "read": "refused",
            "upload": "refused",
            "blind": "opaque",
        }
        assert [path for path in (folder / "data" / "beleg-uploads").rglob("*") if path.is_file()] == []
        assert other.frames[1].url.startswith("chrome-error:")
        page.wait_for_timeout(500)
        page.reload()
        page.wait_for_selector("#log .turn")
        assert page.inner_text("#head .count").startswith("1 ")
