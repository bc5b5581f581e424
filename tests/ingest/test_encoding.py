"""Bytes become text, or are refused."""

from __future__ import annotations

import codecs
import random

import pytest

from rag.errors import ArticleError
from rag.ingest.encoding import clean, decode

TEXT = "Die Straße nach Köln war gesperrt, sagte „Müller“ – für 3 €.\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "windows-1252", "utf-16 le", "utf-16 be", "le without mark", "be without mark"],
)
def test_the_usual_encodings_are_recognised(data: bytes) -> None:
    assert clean(decode(data)) == TEXT.strip()


def test_latin_1_letters_come_out_right() -> None:
    assert decode("Über Straßen".encode("latin-1")) == "Über Straßen"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x89PNG\r\n\x1a\n" + random.Random(0).randbytes(4_000), "binary"),
        (random.Random(1).randbytes(10_000), "binary"),
        (b"PK\x03\x04" + bytes(500), "binary"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "binary"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(ArticleError, match=said):
        decode(data)


def test_stored_text_has_plain_line_ends_composed_letters_and_no_control_characters() -> None:
    assert clean("\ufeffa\r\nb\rc\x00\x07 u\u0308 \ud800\n") == "a\nb\nc ü \ufffd"
    assert clean("eins\x0czwei") == "eins\n\nzwei"


def test_marks_upon_a_letter_are_kept_up_to_thirty_in_a_row() -> None:
    assert clean("a\u0301" * 50) == "á" * 50
    assert clean("o" + "\u0327" * 30 + "k") == "o" + "\u0327" * 30 + "k"
    assert clean("o" + "\u0327" * 5_000 + "k\u0301") == "o" + "\u0327" * 30 + "\u1e31"
    assert clean("\u2013" * 100) == "\u2013" * 100
