"""The archive as a LlamaIndex retriever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from rag.integrations.passage_metadata import passage_metadata
from rag.types import Hit


class BelegRetriever(BaseRetriever):
    """`Archive.search` behind LlamaIndex's seam: one node a passage, with its offsets in the article's text."""

    def __init__(
        self, search: Callable[..., list[Hit]], *, k: int = 10, filters: Mapping[str, Any] | None = None
    ) -> None:
        """`search` is `Archive.search`; `filters` are its keyword arguments, such as `language` and `since`."""
        self._search = search
        self._k = k
        self._filters = dict(filters or {})
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [node(hit) for hit in self._search(query_bundle.query_str, self._k, **self._filters)]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """In a thread, so that the loop goes on meanwhile."""
        return await asyncio.to_thread(self._retrieve, query_bundle)


def node(hit: Hit) -> NodeWithScore:
    """A hit as a node: `node.text == article.text[node.start_char_idx:node.end_char_idx]`.

    The offsets are in the metadata too: LlamaIndex takes nodes of the same text and metadata for one.
    """
    passage, metadata = hit.passage, passage_metadata(hit)
    text_node = TextNode(
        id_=passage.id,
        text=hit.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        excluded_llm_metadata_keys=["article_id", "content_hash", "url", "start", "end"],
    )
    return NodeWithScore(node=text_node, score=hit.score)
