"""Bytes -> text, or a refusal: UTF-8, UTF-16 and Windows-1252 / Latin-1, with or without a byte order mark."""

from __future__ import annotations

import re
import unicodedata

from rag.errors import ArticleError

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def decode(data: bytes) -> str:
    """The text of a file. Raises ArticleError where the bytes are empty or are not text."""
    if not data.strip():
        raise ArticleError("the file is empty")
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROL.findall(text)) <= len(text) // 1_000:
            return text
    raise ArticleError("the file is binary, or in an encoding other than UTF-8, UTF-16, Windows-1252 or Latin-1")


def clean(text: str) -> str:
    """Text as it is stored: NFC, line ends as `\\n`, without control characters and lone surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n").replace("\x85", "\n")
    text = _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))
    return unicodedata.normalize("NFC", text).removeprefix("\ufeff").strip()


def _candidates(data: bytes) -> list[str]:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return [encoding]
    sample = data[:4_096]
    if sample[1::2].count(0) > len(sample) // 4:
        return ["utf-16-le"]
    if sample[0::2].count(0) > len(sample) // 4:
        return ["utf-16-be"]
    return ["utf-8", "cp1252", "latin-1"]
