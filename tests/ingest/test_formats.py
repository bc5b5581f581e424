"""Which reader takes which format."""

from __future__ import annotations

import pytest

from rag.errors import ArticleError
from rag.ingest.formats import CONTENT_TYPES, READERS, reader_by_content_type, reader_by_ending
from rag.ingest.html import read_html
from rag.ingest.jsonl import read_jsonl
from rag.ingest.markdown import read_markdown
from rag.ingest.plain import read_plain


@pytest.mark.parametrize(
    ("content_type", "path", "reader"),
    [
        ("text/html", "/a", read_html),
        ("text/html", "/a.txt", read_html),
        ("", "/a", read_html),
        ("", "/a.md", read_markdown),
        ("text/plain", "/a", read_plain),
        ("text/plain", "/a.php", read_plain),
        ("text/plain", "/a.MD", read_markdown),
        ("application/octet-stream", "/a.jsonl", read_jsonl),
    ],
)
def test_the_type_tells_the_format_and_where_it_tells_nothing_the_ending_does(
    content_type: str, path: str, reader: object
) -> None:
    assert reader_by_content_type(content_type, path=path) is reader


def test_a_format_without_a_reader_is_refused_with_those_that_have_one() -> None:
    with pytest.raises(ArticleError) as by_ending:
        reader_by_ending("a.pdf")
    assert all(ending in str(by_ending.value) for ending in READERS)
    with pytest.raises(ArticleError) as by_type:
        reader_by_content_type("application/pdf", path="/a.txt")
    assert {type for type in CONTENT_TYPES if type in str(by_type.value)} == {
        *("text/html", "text/plain", "text/markdown", "application/jsonl"),
    }
