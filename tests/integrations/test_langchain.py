"""The archive behind LangChain's seam."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import FakeListChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda, RunnableParallel, RunnablePassthrough
from langchain_tests.integration_tests import RetrieversIntegrationTests

from rag.archive import Archive
from rag.errors import InputError
from rag.integrations.langchain import BelegRetriever
from tests.conftest import OpenArchive
from tests.integrations.articles import ARTICLES, QUESTION, TEXT, TOWER


@pytest.fixture
def archive(open_archive: OpenArchive) -> Archive:
    archive = open_archive()
    archive.ingest(ARTICLES)
    return archive


class TestLangChainsOwnStandard(RetrieversIntegrationTests):
    @pytest.fixture(autouse=True)
    def _filled(self, archive: Archive) -> None:
        self._archive = archive

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return BelegRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"search": self._archive.search}

    @property
    def retriever_query_example(self) -> str:
        return QUESTION


async def test_its_documents_carry_text_offsets_and_where_they_are_from(archive: Archive) -> None:
    retriever = archive.as_langchain(k=1)
    [document] = retriever.invoke(QUESTION)
    [hit] = archive.search(QUESTION, 1)
    assert document.id == hit.passage.id
    assert document.page_content == hit.text == TEXT[document.metadata["start"] : document.metadata["end"]]
    assert document.metadata == {
        "article_id": "turm",
        "title": "Turm",
        "source": "Beispiel-Zeitung",
        "url": "https://beispiel.example/turm",
        "published": "2022-07-29",
        "language": "de",
        "content_hash": TOWER.content_hash,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": hit.score,
    }
    assert await retriever.ainvoke(QUESTION) == [document]


def test_its_filters_are_those_of_the_search(archive: Archive) -> None:
    def found(**filters: Any) -> list[str]:
        return sorted(document.metadata["article_id"] for document in archive.as_langchain(**filters).invoke(QUESTION))

    assert found(language="en") == ["lamp"]
    assert found(since=date(2023, 1, 1)) == ["licht"]
    assert found(articles=iter(["turm", "never-there"])) == ["turm"]
    assert found(source="Beispiel-Zeitung") == ["turm"]
    with pytest.raises(InputError, match="'German' is not a code"):
        archive.as_langchain(language="German")


def test_a_stock_chain_gives_a_model_its_passages_and_keeps_the_documents(archive: Archive) -> None:
    prompts: list[str] = []

    def kept(prompt: Any) -> Any:
        prompts.append(prompt.to_string())
        return prompt

    prompt = ChatPromptTemplate.from_template("Quellen:\n{sources}\n\nFrage: {question}")
    write = (
        RunnablePassthrough.assign(sources=lambda given: "\n".join(d.page_content for d in given["documents"]))
        | prompt
        | RunnableLambda(kept)
        | FakeListChatModel(responses=["Im Jahr 1912."])
        | StrOutputParser()
    )
    chain = RunnableParallel(
        documents=archive.as_langchain(k=2), question=RunnablePassthrough()
    ) | RunnablePassthrough.assign(answer=write)
    answered = chain.invoke(QUESTION)
    assert answered["answer"] == "Im Jahr 1912."
    assert [(d.metadata["article_id"], d.metadata["start"], d.metadata["end"]) for d in answered["documents"]] == [
        (hit.article.id, hit.passage.start, hit.passage.end) for hit in archive.search(QUESTION, 2)
    ]
    assert "wurde 1912 gebaut" in prompts[0]
    assert prompts[0].endswith(f"Frage: {QUESTION}")


def test_without_langchain_the_error_names_the_extra(tmp_path: Path) -> None:
    script = """
import sys
sys.modules["langchain_core"] = None
from rag import Archive, BelegError
with Archive.open(sys.argv[1]) as archive:
    try:
        archive.as_langchain()
    except BelegError as error:
        print(error)
"""
    ran = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "data")],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "the extra 'langchain'" in ran.stdout
    assert "pip install 'beleg[langchain]'" in ran.stdout
