"""The archive as a LangChain retriever, with the extra `langchain`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ConfigDict, Field

from rag.integrations.extras import of_extra
from rag.integrations.passage_metadata import passage_metadata
from rag.types import Hit

with of_extra("langchain"):
    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever


class BelegRetriever(BaseRetriever):
    """`Archive.search` behind LangChain's seam: one document a passage, with its offsets in the article's text.

    `search` is `Archive.search`; `filters` are its keyword arguments, such as `language` and `since`.
    """

    model_config = ConfigDict(frozen=True)

    search: Callable[..., list[Hit]] = Field(exclude=True, repr=False)
    k: int = 10
    filters: Mapping[str, Any] = Field(default_factory=dict)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain passes it by this name
        k: int | None = None,
    ) -> list[Document]:
        return [document(hit) for hit in self.search(query, self.k if k is None else k, **self.filters)]


def document(hit: Hit) -> Document:
    """A hit as a document: `page_content == article.text[metadata["start"]:metadata["end"]]`."""
    metadata = passage_metadata(hit) | {"score": hit.score}
    return Document(id=hit.passage.id, page_content=hit.text, metadata=metadata)
