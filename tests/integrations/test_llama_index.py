"""The archive behind LlamaIndex's seam."""

from __future__ import annotations

from datetime import date

import pytest
from llama_index.core.retrievers import BaseRetriever

from rag.errors import InputError
from rag.types import Article
from tests.conftest import OpenArchive

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
