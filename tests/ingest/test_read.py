"""Paths become articles and failures."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from rag.ingest.formats import READERS
from rag.ingest.read import list_files, read_articles, read_file
from rag.types import Article, Failure


def _write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Der Turm {path.stem} steht hier.", encoding="utf-8")


def test_a_folder_is_read_with_all_below_it_in_a_stable_order(tmp_path: Path) -> None:
    _write(
        tmp_path,
        "b.txt",
        "a.md",
        "unter/c.TXT",
        "README.md",
        "unter/readme.txt",
        ".git/x.txt",
        ".versteckt.md",
        "d.png",
    )
    assert [str(path.relative_to(tmp_path)) for path in list_files(tmp_path)] == ["a.md", "b.txt", "unter/c.TXT"]


def test_a_hidden_file_that_is_named_is_read(tmp_path: Path) -> None:
    _write(tmp_path, ".versteckt.md", "README.md")
    assert all(
        isinstance(item, Article) for name in (".versteckt.md", "README.md") for item in read_file(tmp_path / name)
    )


def test_a_folder_below_a_hidden_one_is_read_where_it_is_named(tmp_path: Path) -> None:
    _write(tmp_path, ".daten/a.txt")
    assert len(list_files(tmp_path / ".daten")) == 1


def test_a_circle_of_links_ends(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt")
    (tmp_path / "kreis").symlink_to(tmp_path, target_is_directory=True)
    assert len(list_files(tmp_path)) == 1


@pytest.mark.parametrize(
    ("name", "said"), [("none.txt", "no such file"), ("a.pdf", "has no reader"), ("a", "no ending")]
)
def test_what_cannot_be_read_is_a_failure_that_says_why(tmp_path: Path, name: str, said: str) -> None:
    if name != "none.txt":
        _write(tmp_path, name)
    [failure] = read_articles([tmp_path / name])
    assert isinstance(failure, Failure)
    assert failure.where == str(tmp_path / name)
    assert said in failure.reason


UPLOADED = "Der Bäcker auf Sandholm hat heute geöffnet."


def _upload(tmp_path: Path, data: bytes, name: str) -> Article | Failure:
    path = tmp_path / "tmp8f3a"
    path.write_bytes(data)
    [item] = read_file(path, name=name)
    return item


def test_an_uploaded_file_is_named_as_its_person_knows_it(tmp_path: Path) -> None:
    article = _upload(tmp_path, UPLOADED.encode(), "Bäcker auf.TXT")
    assert isinstance(article, Article)
    assert (article.text, article.origin) == (UPLOADED, "Bäcker auf.TXT")
    failure = _upload(tmp_path, b"", "leer.md")
    assert failure == Failure("leer.md", "the file is empty")


def test_two_uploads_of_one_name_are_two_articles_and_one_text_twice_is_one(tmp_path: Path) -> None:
    first = _upload(tmp_path, UPLOADED.encode(), "artikel.txt")
    other = _upload(tmp_path, b"Der Turm steht noch.", "artikel.txt")
    again = _upload(tmp_path, UPLOADED.encode(), "kopie.txt")
    assert isinstance(first, Article)
    assert isinstance(other, Article)
    assert isinstance(again, Article)
    assert first.id != other.id
    assert first.id == again.id


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("zwei.punkte..txt", "zwei.punkte..txt"),
        ("ä" * 125 + ".txt", "ä" * 125 + ".txt"),
        ("../../etc/passwd.txt", "../../etc/passwd.txt"),
        ("C:\\fakepath\\a.txt", "C:\\fakepath\\a.txt"),
        ("zei\nle\x1b[2J.txt", "zei le\\u001b[2J.txt"),
        ("rechts\u202etxt.md", "rechts\\u202etxt.md"),
        ("halb\ud800.txt", "halb\\ud800.txt"),
        (" mit Rand.txt ", "mit Rand.txt"),
    ],
)
def test_an_odd_name_is_no_obstacle_and_is_shown_harmlessly(tmp_path: Path, name: str, shown: str) -> None:
    article = _upload(tmp_path, UPLOADED.encode(), name)
    assert isinstance(article, Article)
    assert article.origin == shown


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"PK\x03\x04", "akten.zip", "the ending '.zip' has no reader; there is one for .htm, .html, .jsonl"),
        (b"%PDF-1.7", "akte.PDF", "the ending '.pdf' has no reader; there is one for .htm"),
        (b"PK\x03\x04", "akte.docx", "the ending '.docx' has no reader; there is one for .htm"),
        (b"MZ\x90\x00", "setup.exe", "the ending '.exe' has no reader; there is one for .htm"),
        (UPLOADED.encode(), "ohne", "no ending that tells the format; there is one for .htm"),
        (UPLOADED.encode(), "punkt.", "no ending that tells the format; there is one for .htm"),
        (UPLOADED.encode(), "", "no ending that tells the format; there is one for .htm"),
        (UPLOADED.encode(), ".txt", "no ending that tells the format; there is one for .htm"),
        (b"PK\x03\x04" + bytes(500), "akten.txt", "binary"),
        (b"%PDF-1.7\n1 0 obj << /Type /Catalog >>", "akte.txt", "a PDF document"),
        (b"{\\rtf1 Ein Satz steht hier.}", "akte.txt", "an RTF document"),
        (bytes(range(256)) * 20, "a.md", "binary"),
        (b"\xff\xfe\x00\xd8\x00", "a.txt", "binary"),
        (b" \n", "a.html", "empty"),
        (b"---\n? [a]\n: b\n---\nText.", "a.md", "front matter"),
        (b"---\na: " + b"[" * 100_000 + b"\n---\nText.", "a.md", "front matter is not YAML"),
        (b"<" * 10_000, "a.html", "no article text"),
    ],
)
def test_an_upload_that_is_no_article_is_a_failure_that_says_why(
    tmp_path: Path, data: bytes, name: str, said: str
) -> None:
    failure = _upload(tmp_path, data, name)
    assert isinstance(failure, Failure)
    assert str(tmp_path) not in failure.where
    assert said in failure.reason


def test_a_reader_that_chokes_is_a_failure_and_what_it_found_before_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choke(text: str, *, origin: str, identity: str | None = None, address: str | None = None) -> Any:
        yield Article("a", text, origin=origin)
        raise AssertionError("of a foreign parser")

    monkeypatch.setitem(READERS, ".txt", choke)
    _write(tmp_path, "a.txt")
    article, failure = read_file(tmp_path / "a.txt", name="a.txt")
    assert isinstance(article, Article)
    assert failure == Failure("a.txt", "its format cannot be read: AssertionError")


def test_a_path_whose_name_is_in_another_encoding_is_read(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xe4cker.txt"))
    path.write_text(UPLOADED, encoding="utf-8")
    [article] = read_file(path)
    assert isinstance(article, Article)


def test_a_dangling_link_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "weg.txt")
    assert [path.name for path in list_files(tmp_path)] == ["a.txt"]
