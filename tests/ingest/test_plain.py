"""Plain text files."""

from __future__ import annotations

import pytest

from rag.ingest.plain import read_plain
from rag.types import Article

BODY = "Der Leuchtturm wurde vor hundert Jahren gebaut.\n\nEr steht noch."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Ein Turm wird hundert\n\n{BODY}", "Ein Turm wird hundert"),
        (BODY, None),
        (f"Ein Satz als Zeile.\n\n{BODY}", None),
        (f"{'lang ' * 50}\n\n{BODY}", None),
        ("Nur eine Zeile ohne Punkt", None),
        (f"Zeile ohne Leerzeile danach\n{BODY}", None),
    ],
)
def test_a_short_first_line_that_stands_alone_is_the_title(text: str, title: str | None) -> None:
    [article] = read_plain(text, origin="a.txt", identity="/ordner/a.txt")
    assert isinstance(article, Article)
    assert article.title == title
    assert article.text == (BODY if title else text.strip())
    assert (article.source, article.published, article.url) == (None, None, None)
    assert article.origin == "a.txt"
