"""Markdown, with or without YAML front matter -> one Article of plain text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rag.errors import ArticleError
from rag.ingest.encoding import clean, decode
from rag.ingest.fields import build_article
from rag.types import Article, Failure


def read_markdown(path: Path) -> Iterator[Article | Failure]:
    """One article: `id, title, url, source, published` (or `date`) and `language` from the front matter.

    Without a `title` there, the first heading of level 1 is it. Mark-up is removed: `text` is what a reader sees.
    """
    import frontmatter
    import yaml

    try:
        meta, body = frontmatter.parse(clean(decode(path.read_bytes())))
    except yaml.YAMLError as error:
        raise ArticleError(f"the front matter is not YAML: {' '.join(str(error).split())}") from error
    heading, text = _plain_text(body)
    yield build_article(
        text,
        origin=str(path),
        identity=str(path.resolve()),
        id=meta.get("id"),
        title=meta.get("title") or heading,
        url=meta.get("url"),
        source=meta.get("source"),
        published=meta.get("published", meta.get("date")),
        language=meta.get("language", meta.get("lang")),
    )


def _plain_text(markdown: str) -> tuple[str | None, str]:
    from markdown_it import MarkdownIt

    heading: str | None = None
    blocks: list[str] = []
    tokens = MarkdownIt("commonmark").parse(markdown)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type in {"fence", "code_block"}:
            blocks.append(token.content)
        elif token.type == "inline":
            text = "".join(_visible(child.type, child.content) for child in token.children or [])
            if heading is None and before is not None and before.type == "heading_open" and before.tag == "h1":
                heading = text
            else:
                blocks.append(text)
    return heading, "\n\n".join(block.strip() for block in blocks if block.strip())


def _visible(kind: str, content: str) -> str:
    return {"text": content, "code_inline": content, "softbreak": " ", "hardbreak": "\n"}.get(kind, "")
