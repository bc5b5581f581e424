"""Bytes -> text, or a refusal: UTF-8, UTF-16 and Windows-1252 / Latin-1, with or without a byte order mark."""

from __future__ import annotations

import codecs
import re
import unicodedata

from rag.errors import ArticleError

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Signs among which marks upon letters may stand in a row. Putting the marks into their order takes the square of the
# row, and Unicode's stream-safe text (UAX 15) has no more than 30 of them.
_MARKS_IN_A_ROW = 30
_SIGNS_IN_A_ROW = re.compile(rf"[^\w\s\x00-\u02ff]{{{_MARKS_IN_A_ROW + 1},}}")
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

# They can pass for text: their mark-up is.
_DOCUMENTS = {b"%PDF-": "a PDF document", b"{\\rtf": "an RTF document"}
# What pages are written in. Python has further codecs that are no character sets, such as punycode.
_CHARACTER_SETS = re.compile(
    r"utf-(?:8|16|16-le|16-be)|cp125\d|iso8859-\d+|koi8-[ru]|mac-roman|gb18030|gbk|big5|shift_jis|euc_(?:jp|kr)"
)


def decode(data: bytes, *, stated: str | None = None) -> str:
    """The text of a file. Raises ArticleError where the bytes are empty or are not text.

    `stated` is the encoding that a server names. The bytes' own mark goes before it, and so do the bytes where they
    cannot be read in it.
    """
    if not data.strip():
        raise ArticleError("the file is empty")
    for start, name in _DOCUMENTS.items():
        if data.startswith(start):
            raise ArticleError(f"the file is not text but {name}")
    for encoding in (*_stated(data, stated), *_candidates(data)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROL.findall(text)) <= len(text) // 1_000:
            return text
    raise ArticleError("the file is binary, or in an encoding other than UTF-8, UTF-16, Windows-1252 or Latin-1")


def clean(text: str) -> str:
    """Text as it is stored: NFC, line ends as `\\n`, without control characters and lone surrogates.

    Of the marks upon one letter 30 are kept.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n").replace("\x85", "\n")
    text = _SIGNS_IN_A_ROW.sub(_with_few_marks, _SURROGATE.sub("\ufffd", _CONTROL.sub("", text)))
    return unicodedata.normalize("NFC", text).removeprefix("\ufeff").strip()


def _with_few_marks(signs: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for sign in signs.group():
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= _MARKS_IN_A_ROW:
            kept.append(sign)
    return "".join(kept)


def _stated(data: bytes, name: str | None) -> list[str]:
    """The stated encoding, if it is one that text is written in and no mark of the bytes says otherwise."""
    if not name or data.startswith(tuple(_MARKS)):
        return []
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return []
    if codec in {"ascii", "iso8859-1"}:  # browsers read both as Windows-1252, and so do those who write pages
        return ["cp1252"]
    return [codec] if _CHARACTER_SETS.fullmatch(codec) else []


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
