"""Paths become articles and failures."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    ("name", "said"), [("none.txt", "no such file"), ("a.pdf", "has no reader"), ("a", "has no reader")]
)
def test_what_cannot_be_read_is_a_failure_that_says_why(tmp_path: Path, name: str, said: str) -> None:
    if name != "none.txt":
        _write(tmp_path, name)
    [failure] = read_articles([tmp_path / name])
    assert isinstance(failure, Failure)
    assert failure.where == str(tmp_path / name)
    assert said in failure.reason


def test_a_dangling_link_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "weg.txt")
    assert [path.name for path in list_files(tmp_path)] == ["a.txt"]
