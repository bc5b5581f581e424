"""One question, asked in every way that there is: the same passages, in the same order, at the same places."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import anyio
import pytest
from fastapi.testclient import TestClient
from mcp import Client

from rag.archive import Archive
from rag.cli import main
from rag.integrations.mcp import make_server
from rag.integrations.rest.api import make_api
from rag.types import Article
from tests.conftest import OpenArchive
from tests.integrations.articles import ARTICLES, QUESTION

K = 8
# Where it stands, and the words that stand there.
Place = tuple[str, int, int, str]

LONG = Article(
    "insel",
    " ".join(
        f"Im Jahr {year} wurde auf Sandholm ein weiteres Haus gebaut, und der Leuchtturm war von dort gut zu sehen."
        for year in range(1912, 1942)
    ),
    "Die Häuser der Insel 🏝",
    language="de",
)


def by_python(archive: Archive) -> list[Place]:
    return [(hit.article.id, hit.passage.start, hit.passage.end, hit.text) for hit in archive.search(QUESTION, K)]


def by_mcp(archive: Archive) -> list[Place]:
    async def found() -> Any:
        async with Client(make_server(archive)) as client:
            return (await client.call_tool("search", {"question": QUESTION, "k": K})).structured_content

    return [(one["article_id"], one["start"], one["end"], one["quote"]) for one in anyio.run(found)["passages"]]


def by_rest(archive: Archive) -> list[Place]:
    found = TestClient(make_api(archive)).post("/search", json={"query": QUESTION, "k": K}).json()["hits"]
    return [(hit["article"]["id"], hit["passage"]["start"], hit["passage"]["end"], hit["text"]) for hit in found]


def by_llama_index(archive: Archive) -> list[Place]:
    found: list[Any] = [one.node for one in archive.as_llama_index(K).retrieve(QUESTION)]
    return [(node.metadata["article_id"], node.start_char_idx, node.end_char_idx, node.text) for node in found]


def by_langchain(archive: Archive) -> list[Place]:
    found = archive.as_langchain(K).invoke(QUESTION)
    return [(one.metadata["article_id"], one.metadata["start"], one.metadata["end"], one.page_content) for one in found]


# In one process with the archive; the command line opens it itself.
WAYS: dict[str, Callable[[Archive], list[Place]]] = {
    "Python": by_python,
    "MCP": by_mcp,
    "REST": by_rest,
    "LlamaIndex": by_llama_index,
    "LangChain": by_langchain,
}


def test_every_way_finds_the_same_passages_in_the_same_order_at_the_same_places(
    open_archive: OpenArchive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = open_archive()
    archive.ingest([*ARTICLES, LONG])
    found = {way: ask(archive) for way, ask in WAYS.items()}
    archive.close()
    found["command line"] = _by_command_line(archive, monkeypatch, capsys)
    expected = found["Python"]
    assert len(expected) == K
    texts = {article.id: article.text for article in (*ARTICLES, LONG)}
    assert [words for *_, words in expected] == [texts[id][start:end] for id, start, end, _ in expected]
    assert found == dict.fromkeys(found, expected)


def _by_command_line(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[Place]:
    monkeypatch.setenv("BELEG_MODEL", "hash")
    capsys.readouterr()
    assert main(["search", QUESTION, "-k", str(K), "--json", "--data", str(archive.folder)]) == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    return [(hit["article"]["id"], hit["passage"]["start"], hit["passage"]["end"], hit["text"]) for hit in hits]
