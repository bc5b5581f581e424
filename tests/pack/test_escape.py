"""Text of anyone's as Markdown that shows it and nothing else."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from rag.pack.escape import as_address, as_text

HOSTILE = [
    "# Überschrift",
    "**fett** _kursiv_ ~~fort~~ `code` ```",
    "| Spalte | noch eine |",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "[hier](https://böse.example) ![bild](https://böse.example/x.png) [1]",
    "[1]: https://boese.example",
    "<https://boese.example> https://boese.example www.boese.example a@boese.example",
    "- Punkt",
    "1. Punkt",
    "1986) war es",
    "+ plus",
    "> Zitat",
    "---",
    "===",
    "&lt;b&gt; &amp; &#60;",
    "Ende mit \\",
    "\\[x\\] \\\\ \\",
    "$x$ und $$y$$",
    "~~~",
]


def read(markdown: str) -> tuple[str, set[str]]:
    """What a reader sees of Markdown, and the kinds of marks in it."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = [token for block in reader.parse(markdown) for token in (block, *(block.children or []))]
    return "".join(token.content for token in tokens if token.type == "text"), {token.type for token in tokens}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_seen_letter_by_letter_and_marks_nothing(text: str) -> None:
    seen, kinds = read(as_text(text))
    assert seen == text
    assert kinds <= {"paragraph_open", "inline", "text", "text_special", "paragraph_close"}


@pytest.mark.parametrize("text", HOSTILE)
def test_in_a_table_it_stays_in_its_cell(text: str) -> None:
    seen, kinds = read(f"| a | b |\n| --- | --- |\n| {as_text(text)} | Ende |")
    assert seen == f"ab{text}Ende"
    assert not kinds & {"link_open", "image", "html_inline", "code_inline", "strong_open", "em_open", "s_open"}


def test_bare_addresses_are_no_links_for_readers_that_make_them() -> None:
    escaped = as_text("https://a.example, http://b.example, ftp://c.example, WWW.d.example, x@e.example, mailto:y")
    assert "://" not in escaped
    assert "WWW." not in escaped
    assert "@" not in escaped
    assert "mailto:" not in escaped


def test_line_breaks_are_spaces_and_what_is_not_seen_is_shown() -> None:
    assert as_text("a\n\n# b\n\tc") == r"a \# b c"
    assert as_text("gut\u202egnirts\u2066\u200b\u2028\x1b[2J") == r"gut\\u202egnirts\\u2066\\u200b\\u2028\\u001b\[2J"
    assert as_text("Straße „Ja“ – 25,5 % 👨‍👩‍👧") == "Straße „Ja“ – 25,5 % 👨‍👩‍👧"


def test_plain_words_and_numbers_stay_readable() -> None:
    assert (
        as_text("1.234 Tonnen (25 %) am 24. Februar: 5-mal mehr!") == "1.234 Tonnen (25 %) am 24. Februar: 5-mal mehr!"
    )
    assert as_text("0.1.0") == "0.1.0"


def test_only_a_plain_web_address_is_a_link() -> None:
    assert as_address("https://beispiel.example/a?b=1#c") == "<https://beispiel.example/a?b=1#c>"
    for address in ("javascript:alert(1)", "https://beispiel.example/> <b>", "https://beisp\u202eiel.example", "x y"):
        _, kinds = read(as_address(address))
        assert not kinds & {"link_open", "html_inline"}
