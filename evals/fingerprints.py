"""SHA-256 of what a run reads, so that two runs can be known to have read the same."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from rag.errors import InputError
from rag.types import Article


def fingerprint(path: Path) -> str:
    """Of a file's bytes; of a folder, of the paths and bytes of all its files. 64 hexadecimal digits."""
    try:
        if path.is_file():
            return sha256(path.read_bytes()).hexdigest()
        files = sorted(file for file in path.rglob("*") if file.is_file())
        return _of(f"{file.relative_to(path)} {fingerprint(file)}" for file in files)
    except OSError as error:
        raise InputError(f"{str(path)!r} cannot be read: {error}") from error


def articles_fingerprint(articles: Iterable[Article]) -> str:
    """Of what a search and an answer can see of the articles, in any order."""
    return _of(
        sorted(f"{a.id}\0{a.content_hash}\0{a.title}\0{a.source}\0{a.published}\0{a.language}" for a in articles)
    )


def _of(lines: Iterable[str]) -> str:
    return sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
