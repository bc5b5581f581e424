"""Uploaded files: their names are kept, nothing but uploads is touched, nothing is left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.web.uploads import UploadFolder, receive_uploads, remove_uploads


@pytest.fixture
def uploads(tmp_path: Path) -> Iterator[UploadFolder]:
    uploads = UploadFolder.of(tmp_path)
    with uploads.opened():
        yield uploads


@pytest.fixture
def folder(uploads: UploadFolder) -> Path:
    """Where Gradio puts what is uploaded."""
    (uploads.arriving / "abc").mkdir()
    return uploads.arriving


def test_a_file_keeps_the_name_that_it_had_and_is_removed_in_the_end(uploads: UploadFolder, folder: Path) -> None:
    stored = folder / "abc" / "Bericht_1.txt"
    stored.write_text("Ein Satz.")
    (upload,) = receive_uploads([{"path": str(stored), "orig_name": "Bericht <1>?.txt"}], uploads)
    assert upload.name == "Bericht <1>?.txt"
    assert upload.path is not None
    assert upload.path.read_text() == "Ein Satz."
    assert not list(folder.rglob("*"))
    remove_uploads([upload])
    assert not upload.path.parent.exists()


def test_a_payload_that_names_another_file_gets_nothing_and_harms_nothing(uploads: UploadFolder, folder: Path) -> None:
    private = folder.parent / "geheim.txt"
    private.write_text("Geheim.")
    (folder / "verweis.txt").symlink_to(private)
    others = uploads.received / "fremd"
    others.write_text("Eines anderen.")
    named = (private, folder / ".." / "geheim.txt", folder / "verweis.txt", folder, others)
    given = [{"path": str(path)} for path in named]
    assert [upload.path for upload in receive_uploads(given, uploads)] == [None] * 5
    assert private.read_text() == "Geheim."
    assert others.read_text() == "Eines anderen."


@pytest.mark.parametrize("given", [{}, {"path": None}, {"path": "a\0b"}, {"path": 7, "orig_name": 7}])
def test_a_payload_without_a_file_is_a_file_that_did_not_arrive(
    uploads: UploadFolder, given: dict[str, object]
) -> None:
    assert [upload.path for upload in receive_uploads([given, "kein Eintrag"], uploads)] == [None]


def test_nothing_is_left_when_the_server_stops_nor_of_one_that_was_killed(tmp_path: Path) -> None:
    uploads = UploadFolder.of(tmp_path)
    left = uploads.received / "abc" / "file"
    left.parent.mkdir(parents=True)
    left.write_text("Vertraulich.")
    with uploads.opened():
        assert not left.exists()
        stored = uploads.arriving / "a.txt"
        stored.write_text("Ein Satz.")
        assert receive_uploads([{"path": str(stored)}], uploads)[0].path is not None
    assert list(tmp_path.iterdir()) == []


def test_files_of_people_are_for_the_server_alone(uploads: UploadFolder) -> None:
    assert {path.stat().st_mode & 0o777 for path in (uploads.arriving.parent, uploads.arriving, uploads.received)} == {
        0o700
    }
