"""Pages whose answering sentences are marked: how they are cut, read, and what the figures make of it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.pages import Page, PageRead, cut_page, page_figures, read_page, read_pages, tuned_least
from rag.errors import InputError
from rag.models.trained_reader import ReadSentence

ROW = {"question": "Wann?", "sentences": ["Amt", "Es öffnet um acht."], "answers": [1], "page": 7}


class _Reader:
    """Likes sentences with the question's last word."""

    def read(self, question: str, passages: Sequence[tuple[str, Sequence[str]]]) -> list[list[ReadSentence]]:
        self.seen = passages
        return [[ReadSentence(2.0 if question in one else -2.0) for one in some[:3]] for _, some in passages]


def test_pages_are_read_packed_or_not(tmp_path: Path) -> None:
    plain, packed = tmp_path / "pages.jsonl", tmp_path / "pages.jsonl.gz"
    plain.write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert read_pages(plain) == read_pages(packed) == [Page.model_validate(ROW)]


@pytest.mark.parametrize("wrong", [{"answers": [2]}, {"sentences": [], "answers": []}, {"answers": "1"}])
def test_a_page_whose_answers_are_not_there_is_refused_by_its_line(wrong: dict[str, object], tmp_path: Path) -> None:
    file = tmp_path / "pages.jsonl"
    file.write_text(json.dumps(ROW) + "\n" + json.dumps(ROW | wrong) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"pages\.jsonl:2: "):
        read_pages(file)


def test_a_file_that_is_packed_wrongly_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "pages.jsonl.gz"
    file.write_bytes(b"{}")
    with pytest.raises(InputError, match="cannot be read"):
        read_pages(file)


def test_a_page_is_cut_between_sentences_where_a_piece_is_full() -> None:
    assert cut_page(["a" * 500, "b" * 300, "c" * 200, "d" * 2000, "e"]) == [
        range(2),
        range(2, 3),
        range(3, 4),
        range(4, 5),
    ]


def test_each_piece_stands_behind_the_first_sentence_and_what_is_not_read_is_unlikely() -> None:
    reader = _Reader()
    page = Page(question="acht", sentences=("Amt", "Zimmer", "acht Tage", "acht Uhr", "z" * 900), answers=(2,))
    read = read_page(page, reader)  # type: ignore[arg-type]
    assert [title for title, _ in reader.seen] == ["Amt", "Amt"]
    assert read.log_odds == (-2.0, -2.0, 2.0, -2.0, -2.0)
    assert read.chosen == {2}


def test_figures_count_sentences_and_whether_anything_answers() -> None:
    def of(answers: tuple[int, ...], *odds: float) -> PageRead:
        return PageRead(Page(question="?", sentences=("",) * len(odds), answers=answers), odds)

    figures = page_figures([of((0, 1), 1, -1, 2), of((0,), -1, -2), of((), -3, -2), of((), 1, -2)])
    values = {name: figure.value for name, figure in figures.items() if figure}
    assert values == {
        "F1": 0.25,
        "precision": 0.5,
        "recall": 0.25,
        "first": 0.5,
        "answered": 0.5,
        "abstained": 0.5,
        "balanced": 0.5,
        "AUROC": 0.75,
    }


def test_the_least_is_tuned_to_the_best_f1() -> None:
    page = Page(question="?", sentences=("", "", ""), answers=(0, 1))
    reads = [PageRead(page, (1.0, -1.2, -2.0)), PageRead(page, (0.3, -1.0, -1.8))]
    assert -1.8 <= tuned_least(reads) < -1.2
    assert tuned_least([PageRead(Page(question="?", sentences=("",), answers=()), (1.0,))]) == 0.0
