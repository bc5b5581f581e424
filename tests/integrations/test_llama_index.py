"""The archive behind LlamaIndex's seam."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from llama_index.core.chat_engine import CondensePlusContextChatEngine, ContextChatEngine
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.retrievers import BaseRetriever, QueryFusionRetriever
from llama_index.core.schema import NodeWithScore

from rag.archive import Archive
from rag.errors import InputError
from rag.integrations.llama_index import BelegRetriever
from rag.types import Article, Hit
from tests.conftest import OpenArchive
from tests.integrations.articles import ARTICLES, QUESTION

TEXT = "Der Leuchtturm auf Sandholm wurde 1912 gebaut. Er steht auf dem Kliff."


def test_it_is_a_retriever_whose_nodes_carry_text_score_offsets_and_metadata(open_archive: OpenArchive) -> None:
    archive = open_archive()
    article = Article(
        *("turm", TEXT, "Turm", "https://beispiel.example/turm", "Beispiel-Zeitung"), date(2022, 7, 29), "de"
    )
    archive.ingest([article, Article("brot", "Die Bäckerei verkauft Brot.", language="de")])
    retriever = archive.as_llama_index(k=1)
    assert isinstance(retriever, BaseRetriever)
    [found] = retriever.retrieve("Wann wurde der Leuchtturm gebaut?")
    [hit] = archive.search("Wann wurde der Leuchtturm gebaut?", 1)
    assert found.score == hit.score
    node = found.node
    assert node.id_ == hit.passage.id
    assert node.get_content() == TEXT[node.start_char_idx : node.end_char_idx] == hit.text  # type: ignore[attr-defined]
    assert node.metadata == {
        "article_id": "turm",
        "title": "Turm",
        "source": "Beispiel-Zeitung",
        "url": "https://beispiel.example/turm",
        "published": "2022-07-29",
        "language": "de",
        "content_hash": article.content_hash,
        "start": hit.passage.start,
        "end": hit.passage.end,
    }


def test_its_filters_are_those_of_the_search(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([Article("turm", TEXT, language="de"), Article("lamp", "The lamp was lit in 1913.", language="en")])
    found = archive.as_llama_index(language="en").retrieve("Leuchtturm")
    assert {node.metadata["article_id"] for node in found} == {"lamp"}
    named = archive.as_llama_index(articles=iter(["turm", "never-there"]))
    for _ in range(2):
        assert {node.metadata["article_id"] for node in named.retrieve("Leuchtturm")} == {"turm"}


def test_a_filter_that_cannot_be_used_is_refused_when_the_retriever_is_made(open_archive: OpenArchive) -> None:
    with pytest.raises(InputError, match="'German' is not a code"):
        open_archive().as_llama_index(language="German")


@pytest.fixture
def archive(open_archive: OpenArchive) -> Archive:
    archive = open_archive()
    archive.ingest(ARTICLES)
    return archive


def places(nodes: Sequence[NodeWithScore]) -> list[tuple[Any, ...]]:
    """Article, start and end of each, after a look that the text stands there."""
    texts = {article.id: article.text for article in ARTICLES}
    for found in nodes:
        node: Any = found.node
        assert node.text == texts[node.metadata["article_id"]][node.start_char_idx : node.end_char_idx]
    return [(n.node.metadata["article_id"], n.node.start_char_idx, n.node.end_char_idx) for n in nodes]  # type: ignore[attr-defined]


def searched(archive: Archive, k: int) -> list[tuple[str, int, int]]:
    return [(hit.article.id, hit.passage.start, hit.passage.end) for hit in archive.search(QUESTION, k)]


async def test_asynchronously_it_finds_the_same_beside_the_loop(archive: Archive) -> None:
    threads: list[threading.Thread] = []

    def search(query: str, k: int) -> list[Hit]:
        threads.append(threading.current_thread())
        return archive.search(query, k)

    assert places(await BelegRetriever(search, k=3).aretrieve(QUESTION)) == searched(archive, 3)
    assert threads != [threading.current_thread()]


async def test_a_stock_query_engine_answers_from_it_and_keeps_the_offsets(archive: Archive) -> None:
    engine = RetrieverQueryEngine.from_args(archive.as_llama_index(k=2), llm=MockLLM())
    response = engine.query(QUESTION)
    assert places(response.source_nodes) == searched(archive, 2)
    assert "wurde 1912 gebaut" in str(response)
    assert places((await engine.aquery(QUESTION)).source_nodes) == searched(archive, 2)


def test_a_stock_fusion_keeps_its_order_its_scores_and_the_offsets(archive: Archive) -> None:
    fusion = QueryFusionRetriever(
        [archive.as_llama_index(k=3)], llm=MockLLM(), num_queries=1, similarity_top_k=3, use_async=False
    )
    nodes = fusion.retrieve(QUESTION)
    assert places(nodes) == searched(archive, 3)
    assert [node.score for node in nodes] == [hit.score for hit in archive.search(QUESTION, 3)]


async def test_a_stock_fusion_of_two_runs_them_asynchronously(archive: Archive) -> None:
    both = [archive.as_llama_index(k=2, language="de"), archive.as_llama_index(k=2, language="en")]
    fusion = QueryFusionRetriever(both, llm=MockLLM(), num_queries=1, similarity_top_k=4)
    expected = {hit.article.id for language in ("de", "en") for hit in archive.search(QUESTION, 2, language=language)}
    assert {place[0] for place in places(await fusion.aretrieve(QUESTION))} == expected
    assert len(expected) >= 3


def test_the_same_words_at_two_places_stay_two_nodes_in_a_fusion(open_archive: OpenArchive) -> None:
    archive = open_archive()
    verse = "Der Leuchtturm steht noch. " + "Das Meer rauscht und die Möwen kreisen über dem alten Kliff. " * 12
    archive.ingest(Article("lied", verse * 6, language="de"))
    retriever = archive.as_llama_index(k=20)
    alone = retriever.retrieve("Leuchtturm")
    assert len({node.text for node in alone}) < len(alone), "no two passages have the same words"
    fusion = QueryFusionRetriever([retriever], llm=MockLLM(), num_queries=1, similarity_top_k=20, use_async=False)
    assert len(fusion.retrieve("Leuchtturm")) == len(alone)


@pytest.mark.parametrize("engine", [ContextChatEngine, CondensePlusContextChatEngine])
async def test_a_stock_chat_engine_answers_from_it_and_keeps_the_offsets(archive: Archive, engine: Any) -> None:
    chat = engine.from_defaults(retriever=archive.as_llama_index(k=2), llm=MockLLM())
    assert places(chat.chat(QUESTION).source_nodes) == searched(archive, 2)
    chat.reset()
    assert places((await chat.achat(QUESTION)).source_nodes) == searched(archive, 2)
