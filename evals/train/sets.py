"""The public sets that may be trained with -> examples. `READ` is all that training reads; nothing else is opened."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.train.examples import Label, Pair
from rag.errors import InputError

READ = (
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
# Characters of a premise. What is longer is left out: reading it takes as long as ten others.
_LONGEST = 900


def read_rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The rows of one set. Raises InputError where it is not one that may be trained with, or is not there."""
    if name not in READ:
        raise InputError(f"{name!r} is no set to train with.")
    try:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise InputError(f"The set {name!r} cannot be read from {str(folder)!r}: {error}") from error


def inference_pairs(folder: Path) -> Iterator[Pair]:
    """Sentence pairs of natural language inference and fact verification, as people labelled them."""
    for name in READ:
        if name.startswith("nli_"):
            for row in read_rows(folder, name):
                if len(row["premise"]) <= _LONGEST:
                    yield Pair(row["hypothesis"], row["premise"], row["label"], kind=name)


def paraphrase_pairs(folder: Path) -> Iterator[Pair]:
    """PAWS-X: almost the same words, the same meaning or not."""
    for row in read_rows(folder, "para_pawsx_de"):
        label: Label = "entailment" if int(row["label"]) else "not_entailment"
        yield Pair(row["sentence2"], row["sentence1"], label, kind="para_pawsx_de")
