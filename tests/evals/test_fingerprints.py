"""Two runs that read the same are known to have."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from evals.fingerprints import articles_fingerprint, fingerprint
from rag.types import Article


def test_a_files_fingerprint_is_that_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    assert fingerprint(tmp_path / "x") == sha256(b"abc").hexdigest()


def test_a_folders_fingerprint_changes_with_any_name_or_byte_below_it(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "x").write_bytes(b"abc")
    before = fingerprint(tmp_path)
    assert fingerprint(tmp_path) == before
    (tmp_path / "sub" / "x").rename(tmp_path / "sub" / "y")
    renamed = fingerprint(tmp_path)
    (tmp_path / "sub" / "y").write_bytes(b"abd")
    assert len({before, renamed, fingerprint(tmp_path)}) == 3


def test_articles_are_the_same_in_any_order_and_others_with_another_word_or_date() -> None:
    one, two = Article("a", "x"), Article("b", "y")
    assert articles_fingerprint([one, two]) == articles_fingerprint([two, one])
    for other in (Article("b", "z"), replace(two, source="S"), replace(two, language="de")):
        assert articles_fingerprint([one, other]) != articles_fingerprint([one, two])
