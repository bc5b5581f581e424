"""What is read to train with, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.train.sets import READ, inference_pairs, paraphrase_pairs, read_rows
from rag.errors import InputError
from tests.evals.train.zipped import write_set

MEASURED_WITH = ("test", "xnli", "symmetric", "xquad", "averitec", "wikinews", "gnad")


def test_these_sets_may_be_read() -> None:
    assert READ == (
        "nli_mnli10k_de_mt",
        "nli_mnli_dev_en",
        "nli_rte3_de",
        "nli_vania_wiki_en",
        "nli_fever_dev_en",
        "nli_wice_en",
        "nli_drop_numeric_en",
        "para_pawsx_de",
        "par_tatoeba_de_en",
        "text_dewiki_paragraphs",
        "omos_de_train",
        "omos_en_train",
        "omos_de_dev",
        "omos_en_dev",
        "as_selqa_en",
        "qa_qed_en_dev",
        "qa_policyqa_en",
        "qa_covidqa_en_windows",
    )


@pytest.mark.parametrize("part", MEASURED_WITH)
def test_no_set_that_is_measured_with_is_read(part: str) -> None:
    assert not [name for name in READ if part in name.lower()]


@pytest.mark.parametrize("name", ["omos_de_test", "xnli_de", "fever_symmetric_en", "xquad_de", "../omos_de_train", ""])
def test_a_set_outside_the_list_is_refused_though_it_is_there(name: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write_set(tmp_path, name.removeprefix("../"), [{"a": 1}])
    with pytest.raises(InputError, match="no set to train with"):
        next(read_rows(tmp_path / "in" if name.startswith("..") else tmp_path, name))


def test_rows_are_read_in_their_order(tmp_path: Path) -> None:
    rows = [{"hypothesis": "Die Brücke ist neu.", "label": "neutral"}, {"hypothesis": "ß", "label": "entailment"}]
    write_set(tmp_path, "nli_rte3_de", rows)
    assert list(read_rows(tmp_path, "nli_rte3_de")) == rows


@pytest.mark.parametrize("damage", ["missing", "no gzip", "cut off", "no JSON"])
def test_a_set_that_cannot_be_read_is_refused(damage: str, tmp_path: Path) -> None:
    file = tmp_path / "nli_rte3_de.jsonl.gz"
    write_set(tmp_path, "nli_rte3_de", [{"a": "b" * 1000}])
    if damage == "missing":
        file.unlink()
    elif damage == "no gzip":
        file.write_text('{"a": 1}\n', encoding="utf-8")
    elif damage == "cut off":
        file.write_bytes(file.read_bytes()[:-12])
    else:
        import gzip

        file.write_bytes(gzip.compress(b"{not json}\n"))
    with pytest.raises(InputError, match=r"'nli_rte3_de' cannot be read"):
        list(read_rows(tmp_path, "nli_rte3_de"))


def test_pairs_of_inference_keep_their_label_and_set_and_long_ones_are_left_out(tmp_path: Path) -> None:
    for name in READ:
        if name.startswith("nli_"):
            write_set(tmp_path, name, [])
    short = {"premise": "Zwei Züge hielten.", "hypothesis": "Ein Zug hielt.", "label": "entailment"}
    write_set(tmp_path, "nli_rte3_de", [short, {**short, "premise": "lang " * 200}])
    [pair] = inference_pairs(tmp_path)
    assert (pair.claim, pair.sentence, pair.label) == ("Ein Zug hielt.", "Zwei Züge hielten.", "entailment")
    assert pair.kind == "nli_rte3_de"


def test_of_two_sentences_that_are_no_paraphrase_it_is_not_known_whether_they_contradict(tmp_path: Path) -> None:
    rows = [{"sentence1": "A vor B.", "sentence2": "B nach A.", "label": label} for label in ("1", "0")]
    write_set(tmp_path, "para_pawsx_de", rows)
    assert [pair.label for pair in paraphrase_pairs(tmp_path)] == ["entailment", "not_entailment"]
