"""Uploaded files: their names are kept, nothing but uploads is touched, nothing is left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.web.uploads import receive_uploads, remove_uploads


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Gradio puts what is uploaded."""
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))
    (tmp_path / "uploads" / "abc").mkdir(parents=True)
    return tmp_path / "uploads"


def test_a_file_keeps_the_name_that_it_had_and_is_removed_in_the_end(folder: Path) -> None:
    stored = folder / "abc" / "Bericht_1.txt"
    stored.write_text("Ein Satz.")
    (upload,) = receive_uploads([{"path": str(stored), "orig_name": "Bericht <1>?.txt"}])
    assert upload.name == "Bericht <1>?.txt"
    assert upload.path is not None
    assert upload.path.read_text() == "Ein Satz."
    assert not list(folder.rglob("*"))
    remove_uploads([upload])
    assert not upload.path.parent.exists()


def test_a_payload_that_names_another_file_gets_nothing_and_harms_nothing(folder: Path) -> None:
    private = folder.parent / "geheim.txt"
    private.write_text("Geheim.")
    (folder / "verweis.txt").symlink_to(private)
    given = [{"path": str(path)} for path in (private, folder / ".." / "geheim.txt", folder / "verweis.txt", folder)]
    assert [upload.path for upload in receive_uploads(given)] == [None] * 4
    assert private.read_text() == "Geheim."


@pytest.mark.parametrize("given", [{}, {"path": None}, {"path": "a\0b"}, {"path": 7, "orig_name": 7}])
def test_a_payload_without_a_file_is_a_file_that_did_not_arrive(folder: Path, given: dict[str, object]) -> None:
    assert [upload.path for upload in receive_uploads([given, "kein Eintrag"])] == [None]
