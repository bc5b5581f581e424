"""Markdown, with or without YAML front matter -> one Article of plain text."""

from __future__ import annotations

from collections.abc import Iterator

from rag.errors import ArticleError
from rag.ingest.encoding import clean
from rag.ingest.fields import build_article
from rag.types import Article, Failure


def read_markdown(
    text: str, *, origin: str, identity: str | None = None, address: str | None = None
) -> Iterator[Article | Failure]:
    """One article: `id, title, url, source, published` (or `date`) and `language` from the front matter.

    Without a `title` there, the first heading of level 1 is it. Mark-up is removed: `text` is what a reader sees.
    """
    meta, body = _split_front_matter(clean(text))
    heading, visible = _plain_text(body)
    yield build_article(
        visible,
        origin=origin,
        identity=identity,
        id=meta.get("id"),
        title=meta.get("title") or heading,
        url=meta.get("url") or address,
        source=meta.get("source"),
        published=meta.get("published", meta.get("date")),
        language=meta.get("language", meta.get("lang")),
    )


def _split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """The fields, none where the text does not begin with them, and the rest. Raises ArticleError."""
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    handler = YAMLHandler()
    if not handler.detect(text):
        return {}, text
    try:
        front, body = handler.split(text)
    except ValueError:  # a first line of dashes, and no second
        return {}, text
    try:
        # Not with the handler's own loader: it is written in C, and brackets nested deeply end the process.
        fields = yaml.load(front, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: a date such as 2022-02-31
        raise ArticleError(f"the front matter is not YAML: {' '.join(str(error).split())[:500]}") from error
    return fields if isinstance(fields, dict) else {}, body.strip()


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
