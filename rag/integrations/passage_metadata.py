"""What a passage's node or document says of where it is from, the same for every library."""

from __future__ import annotations

from typing import Any

from rag.types import Hit


def passage_metadata(hit: Hit) -> dict[str, Any]:
    """The article, with its date in ISO 8601, and the passage's place in its text: `article.text[start:end]`."""
    article, passage = hit.article, hit.passage
    return {
        "article_id": article.id,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "content_hash": article.content_hash,
        "start": passage.start,
        "end": passage.end,
    }
