"""The archive as tools for a model: what the SDK's own client is given."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from rag.archive import Archive
from rag.integrations.mcp import make_server
from rag.integrations.mcp_results import MAX_CHARACTERS
from rag.models.embedder import Embedder
from rag.types import Article
from tests.conftest import OpenArchive
from tests.integrations.articles import ARTICLES, QUESTION, TEXT

CLAIM = "Der Leuchtturm auf Sandholm wurde 1912 gebaut."
ROOT = Path(__file__).parents[2]


@pytest.fixture
def archive(open_archive: OpenArchive) -> Archive:
    archive = open_archive()
    archive.ingest(ARTICLES)
    return archive


async def called(archive: Archive, tool: str, **arguments: Any) -> Any:
    """What a tool gives, which is the same as text and as data."""
    async with Client(make_server(archive)) as client:
        result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    return result.structured_content


async def refused(archive: Archive, tool: str, **arguments: Any) -> str:
    """What a tool's error says."""
    async with Client(make_server(archive)) as client:
        result = await client.call_tool(tool, arguments)
    assert result.is_error
    [content] = result.content
    return str(getattr(content, "text", ""))


async def test_each_tool_says_what_it_is_for_and_that_it_changes_nothing(archive: Archive) -> None:
    async with Client(make_server(archive)) as client:
        tools = (await client.list_tools()).tools
        assert "never an instruction" in (client.instructions or "")
    assert [tool.name for tool in tools] == ["search", "ask", "check", "article"]
    for tool in tools:
        assert tool.description
        assert tool.output_schema
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert [name for name, one in tool.input_schema["properties"].items() if not one.get("description")] == []


async def test_search_gives_passages_with_where_they_stand(archive: Archive) -> None:
    found = await called(archive, "search", question=QUESTION, k=1)
    [hit] = archive.search(QUESTION, 1)
    assert found["passages"] == [
        {
            "marker": 1,
            "article_id": "turm",
            "title": "Turm",
            "source": "Beispiel-Zeitung",
            "url": "https://beispiel.example/turm",
            "published": "2022-07-29",
            "start": hit.passage.start,
            "end": hit.passage.end,
            "quote": TEXT[hit.passage.start : hit.passage.end],
            "cut": False,
        }
    ]
    assert found["note"] is None


async def test_the_filters_are_those_of_the_search(archive: Archive) -> None:
    async def ids(**filters: Any) -> set[str]:
        found = await called(archive, "search", question=QUESTION, **filters)
        return {passage["article_id"] for passage in found["passages"]}

    assert await ids(language="en") == {"lamp"}
    assert await ids(source="Der Küstenbote") == {"licht"}
    assert await ids(since="2023-01-01") == {"licht"}
    assert await ids(until="2022-12-31") == {"turm"}
    assert await ids(articles=["brot"]) == {"brot"}
    assert (await called(archive, "search", question=QUESTION, since="2023-01-01"))["undated"] == 2


async def test_ask_gives_an_answer_whose_statements_name_their_citations(archive: Archive) -> None:
    answer = await called(archive, "ask", question=QUESTION)
    assert not answer["abstained"]
    markers = {citation["marker"] for citation in answer["citations"]}
    assert answer["statements"]
    assert all(set(stated["citations"]) <= markers for stated in answer["statements"])
    first = answer["citations"][0]
    assert first["quote"] == TEXT[first["start"] : first["end"]] == "Der Leuchtturm auf Sandholm wurde 1912 gebaut."


async def test_ask_says_when_the_archive_does_not_answer(open_archive: OpenArchive) -> None:
    answer = await called(open_archive(), "ask", question=QUESTION)
    assert (answer["abstained"], answer["reason"], answer["citations"]) == (True, "empty_archive", [])
    assert answer["answer"]


async def test_check_gives_a_verdict_with_the_sentences_it_rests_on(archive: Archive) -> None:
    check = await called(archive, "check", claim="Der Leuchtturm auf Sandholm wurde 1913 gebaut.", articles=["turm"])
    [claim] = check["claims"]
    assert check["verdict"] == claim["verdict"] == "refuted"
    source = claim["evidence"][0]["source"]
    assert (claim["evidence"][0]["stance"], source["article_id"]) == ("against", "turm")
    assert source["quote"] == TEXT[source["start"] : source["end"]]
    assert {"1913", "1912"} <= {
        word
        for one in claim["evidence"][0]["findings"]
        for words in (one["claim_words"], one["source_words"])
        for word in words.split()
    }


async def test_check_looks_quotations_up_and_gives_each_claim_of_a_text_its_verdict(open_archive: OpenArchive) -> None:
    archive = open_archive()
    text = "„Der Turm bleibt stehen“, sagte die Ministerin Anna Beck. Der Leuchtturm auf Sandholm wurde 1912 gebaut."
    archive.ingest(Article("rede", text, language="de"))
    given = "„Der Turm bleibt stehen“, sagte Anna Beck. Der Leuchtturm auf Sandholm wurde 1950 gebaut."
    check = await called(archive, "check", claim=given)
    assert [(claim["claim"], claim["verdict"]) for claim in check["claims"]] == [
        (part.claim, part.verdict) for part in archive.check(given).parts
    ]
    assert len(check["claims"]) == 2
    [quotation] = check["claims"][0]["quotations"]
    assert quotation["status"] == "exact"
    found = quotation["found"]
    assert found["quote"] == text[found["start"] : found["end"]] == "Der Turm bleibt stehen"


async def test_an_article_is_read_on_piece_by_piece(archive: Archive) -> None:
    long = "Das Meer rauscht und die Möwen kreisen. " * 1_000
    archive.ingest(Article("meer", long.strip(), "Das Meer", language="de"))
    pieces: list[str] = []
    start: int | None = 0
    while start is not None:
        piece = await called(archive, "article", article_id="meer", start=start)
        assert len(piece["text"]) <= MAX_CHARACTERS
        assert bool(piece["note"]) == (piece["next_start"] is not None)
        pieces.append(piece["text"])
        start = piece["next_start"]
    assert len(pieces) == 3
    assert "".join(pieces) == long.strip()


async def test_many_passages_are_cut_down_to_the_best_and_it_is_said(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest(
        Article(f"tag-{day}", f"Am Tag {day} stand der Leuchtturm noch. " + "Das Meer rauschte laut. " * 12)
        for day in range(60)
    )
    found = await called(archive, "search", question="Leuchtturm", k=60)
    hits = archive.search("Leuchtturm", 60)
    shown = len(found["passages"])
    assert 1 < shown < len(hits)
    assert [passage["article_id"] for passage in found["passages"]] == [hit.article.id for hit in hits[:shown]]
    assert f"{len(hits) - shown} passages" in found["note"]
    assert sum(len(passage["quote"]) for passage in found["passages"]) < MAX_CHARACTERS


async def test_errors_are_told_to_the_model_in_the_projects_words(archive: Archive) -> None:
    assert "The question is empty. Ask something" in await refused(archive, "search", question=" ")
    assert "k is 0; it must be from 1 to 1,000." in await refused(archive, "search", question="Turm", k=0)
    assert "The language 'German' is not a code." in await refused(archive, "ask", question="Wo?", language="German")
    assert "is after until" in await refused(
        archive, "check", claim="Der Turm steht.", since="2023-01-02", until="2023-01-01"
    )
    assert "There is no article 'weg' in the archive." in await refused(archive, "article", article_id="weg")


async def test_beleg_mcp_speaks_nothing_but_the_protocol_on_standard_output(
    open_archive: OpenArchive, bundled: Embedder, tmp_path: Path
) -> None:
    archive = open_archive(embedder=bundled)
    archive.ingest(ARTICLES)
    expected = [(hit.article.id, hit.passage.start, hit.passage.end) for hit in archive.search(QUESTION, 3)]
    archive.close()
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "rag.cli", "mcp", "--data", str(archive.folder)],
        env={"HOME": str(tmp_path), "BELEG_JUDGE": "none"},
        cwd=ROOT,
    )
    stray: list[object] = []

    async def keep(message: object) -> None:
        if isinstance(message, Exception):
            stray.append(message)

    errors = tmp_path / "stderr"
    with errors.open("w") as errlog:
        async with Client(stdio_client(server, errlog=errlog), message_handler=keep) as client:
            found: Any = (await client.call_tool("search", {"question": QUESTION, "k": 3})).structured_content
            answer: Any = (await client.call_tool("ask", {"question": QUESTION})).structured_content
            check: Any = (await client.call_tool("check", {"claim": CLAIM})).structured_content
            article: Any = (await client.call_tool("article", {"article_id": "turm"})).structured_content
            assert (await client.call_tool("article", {"article_id": "weg"})).is_error
    assert [(passage["article_id"], passage["start"], passage["end"]) for passage in found["passages"]] == expected
    assert "1912" in answer["answer"]
    assert check["verdict"] == "supported"
    assert article["text"] == TEXT
    assert stray == []
    assert "Traceback" not in errors.read_text()


def test_beleg_mcp_ends_with_its_input_and_says_why_it_cannot_begin(open_archive: OpenArchive) -> None:
    archive = open_archive()
    command = [sys.executable, "-m", "rag.cli", "mcp", "--data", str(archive.folder)]
    options: dict[str, Any] = {"cwd": ROOT, "env": os.environ | {"BELEG_MODEL": "hash"}, "input": "", "text": True}
    held = subprocess.run(command, capture_output=True, check=False, **options)
    assert (held.returncode, held.stdout) == (1, "")
    assert held.stderr.startswith("beleg: ")
    archive.close()
    ended = subprocess.run(command, capture_output=True, check=False, **options)
    assert (ended.returncode, ended.stdout) == (0, "")


def test_without_the_sdk_the_error_names_the_extra(tmp_path: Path) -> None:
    script = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
sys.modules["mcp"] = None
from rag.cli import main
sys.exit(main(["mcp", "--data", "data"]))
"""
    ran = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "pip install 'beleg[mcp]'" in ran.stderr
