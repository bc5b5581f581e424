"""What other programs may call of the page: Gradio's own client, over real HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError, AuthenticationError

from rag.archive import Archive
from rag.cli import main
from rag.integrations.rest.keys import Keys
from rag.web.serve import make_app
from rag.web.visitor import OWNER_COOKIE
from tests.http_server import listening
from tests.web.desks import CLAIM, QUESTION, SHIP, House, new_owner, opened

PUBLIC = {"/ask", "/check", "/search"}
LOGIN = ("anna", "ein langes Wort")


@contextmanager
def served(house: House, **options: Any) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("GRADIO_TEMP_DIR", "")  # set by the application, and given back in the end
        environment.setenv("GRADIO_ANALYTICS_ENABLED", "False")  # else the client reaches for its makers
        with listening(make_app(house.archive, house.desk, max_upload=1_000_000, **options)) as address:
            yield address


@contextmanager
def connected(address: str, **options: Any) -> Iterator[Client]:
    client = Client(address, verbose=False, download_files=False, analytics_enabled=False, **options)
    try:
        yield client
    finally:
        client.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture(scope="module")
def address(house: House) -> Iterator[str]:
    with served(house) as address:
        yield address


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[Client]:
    with connected(address) as client:
        yield client


def _timeless(given: Any) -> Any:
    return {name: value for name, value in given.items() if name != "seconds"}


def test_what_can_be_called_is_this_and_everything_else_is_the_pages_own(address: str, client: Client) -> None:
    listed = httpx.get(f"{address}/gradio_api/info", params={"all_endpoints": True}).json()
    assert (listed["named_endpoints"].keys(), listed["unnamed_endpoints"]) == (PUBLIC, {})
    handlers = httpx.get(f"{address}/config").json()["dependencies"]
    assert {f"/{one['api_name']}" for one in handlers if one["api_visibility"] != "private"} == PUBLIC
    private = [one["api_name"] for one in handlers if one["api_visibility"] == "private"]
    assert len(private) > 10
    for name in private:
        with pytest.raises(ValueError, match="Cannot find a function"):
            client.predict(api_name=f"/{name}")


def test_each_is_described_with_its_parameters_their_types_and_what_it_gives(client: Client) -> None:
    described: Any = client.view_api(return_format="dict", print_info=False)
    filters = ["language", "source", "since", "until"]
    takes = {"/ask": ["question", "history"], "/check": ["claim"], "/search": ["question", "k"]}
    for name, first in takes.items():
        one = described["named_endpoints"][name]
        assert [parameter["parameter_name"] for parameter in one["parameters"]] == [*first, *filters]
        assert [p["parameter_name"] for p in one["parameters"] if not p["parameter_has_default"]] == first[:1]
        assert all(parameter["type"] for parameter in one["parameters"])
        assert f"beleg {name[1:]} --json" in one["description"]
        assert all(f"`{parameter}`" in one["description"] for parameter in (*first[1:], *filters))
        assert one["returns"][0]["type"]["type"] == "object"
    assert described["named_endpoints"]["/search"]["parameters"][1]["parameter_default"] == 10


def test_they_give_what_the_command_line_prints_as_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BELEG_MODEL", "hash")
    monkeypatch.setenv("BELEG_MIN_CONFIDENCE", "0")
    within = {"language": "de", "since": "2022-07-01", "until": "31.12.2022"}
    with opened(tmp_path) as house, served(house) as address, connected(address) as client:
        given = {
            "ask": client.predict(QUESTION, ["Wer sprach mit wem?"], **within, api_name="/ask"),
            "check": client.predict(CLAIM, source="Beispiel-Agentur", api_name="/check"),
            "search": client.predict("Mais", k=1, api_name="/search"),
        }
    flags = [word for name, value in within.items() for word in (f"--{name}", value)]
    asked = {
        "ask": [QUESTION, "--after", "Wer sprach mit wem?", *flags],
        "check": [CLAIM, "--source", "Beispiel-Agentur"],
        "search": ["Mais", "-k", "1"],
    }
    for name, words in asked.items():
        assert main([name, *words, "--json", "--data", str(tmp_path / "data")]) == 0
        assert _timeless(given[name]) == _timeless(json.loads(capsys.readouterr().out))
    assert given["ask"]["citations"]
    assert given["search"]["hits"][0]["article"]["id"] == SHIP.id


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("/ask", {"question": " "}, "The question is empty. Ask something, such as: Wie lange dauerte das Gespräch?"),
        (
            "/ask",
            {"question": "Wo?", "language": "<b>"},
            "The language '<b>' is not a code. Give one such as de or en.",
        ),
        (
            "/check",
            {"claim": CLAIM, "since": "morgen"},
            "since: 'morgen' is not a date (YYYY-MM-DD or DD.MM.YYYY)",
        ),
        ("/search", {"question": "Wo?", "k": 0}, "k is 0; it must be from 1 to 1,000."),
        ("/search", {"question": ["Wo?"]}, "question: Input should be a valid string"),
        ("/ask", {"question": "Wo?", "history": "Wer?"}, "history: Input should be a valid list"),
    ],
)
def test_what_is_wrong_is_told_in_the_command_lines_words(
    client: Client, name: str, sent: dict[str, Any], said: str
) -> None:
    with pytest.raises(AppError) as told:
        client.predict(**sent, api_name=name)
    assert str(told.value) == said


def test_what_nobody_foresaw_tells_nothing_of_the_inside(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("geheim")

    monkeypatch.setattr(Archive, "ask", fails)
    with pytest.raises(AppError) as told:
        client.predict(QUESTION, api_name="/ask")
    assert "geheim" not in str(told.value)


def test_several_are_answered_side_by_side(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    both = threading.Barrier(2, timeout=60)
    ask = Archive.ask

    def meet(self: Archive, *given: Any, **options: Any) -> Any:
        both.wait()
        return ask(self, *given, **options)

    monkeypatch.setattr(Archive, "ask", meet)
    answered = [client.submit(QUESTION, api_name="/ask") for _ in range(2)]
    assert [one.result(60)["question"] for one in answered] == [QUESTION] * 2


def test_a_call_is_kept_in_nobodys_conversations(address: str) -> None:
    cookie = {"Cookie": f"{OWNER_COOKIE}={new_owner()}"}
    with connected(address, headers=cookie) as client:
        client.predict(QUESTION, api_name="/ask")
    assert "No conversations yet." in httpx.get(f"{address}/desk/conversations", headers=cookie).text


def test_another_sites_page_may_call_none_of_them(address: str) -> None:
    for name in PUBLIC:
        sent = httpx.post(
            f"{address}/gradio_api/call{name}",
            json={"data": [QUESTION]},
            headers={"origin": "https://fremd.example"},
        )
        assert sent.status_code == 403


def test_with_a_login_they_want_it_as_the_page_does(house: House) -> None:
    with served(house, login=":".join(LOGIN)) as address:
        with pytest.raises(AuthenticationError):
            Client(address, verbose=False, download_files=False, analytics_enabled=False)
        for path in ("info", "call/ask", "queue/join", "api/ask"):
            assert httpx.post(f"{address}/gradio_api/{path}", json={"data": [QUESTION]}).status_code == 401
        with connected(address, httpx_kwargs={"auth": LOGIN}) as client:
            assert client.predict(QUESTION, api_name="/ask")["citations"]


def test_they_are_as_open_as_the_page_whatever_keys_the_api_has(house: House) -> None:
    with served(house, keys=Keys(read=("k" * 16,))) as address:
        assert httpx.post(f"{address}/api/v1/ask", json={"question": QUESTION}).status_code == 401
        assert httpx.get(address).status_code == 200
        with connected(address) as client:
            assert client.predict(QUESTION, api_name="/ask")["citations"]
