"""Weights from examples, and what they are worth on others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evals.cli import main
from evals.fit.crossed import figures_of, fit_folds, fit_read_folds, read_crossed, without_sign
from evals.fit.examples import Example, group_of, small_archives, whole_archive
from evals.fit.folds import Fold, read_folds, read_weights, write_folds
from evals.fit.steps import SIGNS, fit_read, fit_weights, read_examples
from evals.formats.locate import locate_evidence
from evals.scorers.citations import meets
from evals.types import Case, Evidence
from rag.answer.read import Readings
from rag.archive import Archive
from rag.errors import InputError
from rag.models.embedder import HashEmbedder
from rag.models.trained_reader import ReadSentence
from rag.types import Article
from rag.weights import shipped_weights

TOWNS = ["Sandholm", "Nordholm", "Westerau", "Moltbek", "Zenkdorf", "Quarnstedt"]
THINGS = {"Turm": 1912, "Brücke": 1925, "Mühle": 1938}
ARTICLES = [
    Article(
        f"{town}-{thing}", f"In {town} ist es schön. Der {thing} in {town} ist aus dem Jahr {year + at}.", language="de"
    )
    for at, town in enumerate(TOWNS)
    for thing, year in THINGS.items()
]
GROUPS = {article.id: article.id.partition("-")[0] for article in ARTICLES}


def _cases() -> list[Case]:
    return [
        Case(
            f"q-{article.id}",
            f"Aus welchem Jahr ist der {article.id.partition('-')[2]} in {article.id.partition('-')[0]}?",
            evidence=(Evidence(article.id, article.text.partition(". ")[2]),),
        )
        for article in ARTICLES
    ]


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Example]]:
    with Archive.open(tmp_path_factory.mktemp("fit"), embedder=HashEmbedder()) as archive:
        archive.ingest(ARTICLES)
        cases = locate_evidence(_cases(), {article.id: article for article in ARTICLES})
        yield list(whole_archive(archive, cases, GROUPS))


def test_each_question_is_asked_as_it_is_and_with_its_evidence_out_of_reach(examples: list[Example]) -> None:
    kinds = [example.kind for example in examples]
    assert {kind: kinds.count(kind) for kind in kinds} == dict.fromkeys(
        ("whole", "whole, article out", "whole, group out"), len(ARTICLES)
    )
    for example in examples:
        found = {hit.article.id for hit in example.found.hits}
        assert not found & set(example.case.without)
        assert example.articles == len(ARTICLES)


def test_fitted_weights_find_what_they_were_fitted_on(examples: list[Example]) -> None:
    reads = read_examples(examples, fit_weights(examples, shipped_weights()))
    figures = figures_of(reads)
    for name in ("article first", "sentence first"):
        figure = figures[name]
        assert figure is not None
        assert figure.value > 0.9
    told = figures["AUROC: whole, group out"]
    assert told is not None
    assert told.value > 0.9


def test_no_example_is_read_with_weights_that_its_group_had_a_part_in(examples: list[Example]) -> None:
    folds = fit_folds(examples, shipped_weights(), folds=3)
    assert sorted(group for fold in folds for group in fold.groups) == sorted(TOWNS)
    own = [e for e in examples if e.group not in folds[0].groups]
    assert folds[0].weights == fit_weights(own, shipped_weights())
    assert len(read_crossed(examples, folds)) == len(examples)


def test_a_sign_that_is_taken_out_has_no_weight(examples: list[Example]) -> None:
    weights = fit_weights(examples, shipped_weights(), without_sign(SIGNS, "passage", "name"))
    assert "name" not in weights.same.passage
    assert "name" in weights.same.sentence


def test_what_a_reader_adds_is_fitted_alone_and_tells(examples: list[Example]) -> None:
    def read(example: Example) -> Readings:
        spans = example.case.spans
        return {
            (hit.article.id, sentence.index): ReadSentence(
                4.0 if meets(hit.article.id, sentence.start, sentence.end, spans) else -4.0
            )
            for hit in example.found.hits
            for sentence in hit.passage.sentences
        }

    told = [replace(example, readings=read(example)) for example in examples]
    before = shipped_weights()
    folds = fit_read_folds(told, fit_folds(examples, before, folds=3))
    for weights in (fit_read(told, before), folds[0].weights):
        assert weights.same.sentence_read["read"] > 0
    assert replace(fit_read(told, before).same, sentence_read={}, confidence_read={}) == replace(
        before.same, sentence_read={}, confidence_read={}
    )
    reads = [one for one in read_crossed(told, folds) if one.example.kind == "whole"]
    assert all(one.sentences[0] for one in reads)


def test_only_with_the_reader_can_the_other_weights_be_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folds = tmp_path / "folds.json"
    write_folds(folds, [Fold(frozenset({"A"}), shipped_weights())])
    assert main(["fit", "none.jsonl", "--corpus", "none", "--keep", str(folds), "--out", str(tmp_path / "fit")]) == 2
    assert "set BELEG_READER=bundled" in capsys.readouterr().err
    assert main(["fit", "none.jsonl", "--corpus", "none", "--sample", "0", "--out", str(tmp_path / "fit")]) == 2
    assert "at least 1" in capsys.readouterr().err


def test_small_archives_hold_one_group_or_one_article_among_strangers() -> None:
    articles = {article.id: article for article in ARTICLES}
    examples = list(small_archives(_cases(), GROUPS, articles, HashEmbedder(), None))
    assert {e.articles for e in examples if e.kind == "one topic"} == {len(THINGS)}
    assert {e.articles for e in examples if e.kind.startswith("few topics")} == {13}


def test_fit_writes_weights_and_folds_that_run_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    suite, corpus, groups = tmp_path / "suite.jsonl", tmp_path / "corpus.jsonl", tmp_path / "groups.jsonl"
    corpus.write_text("\n".join(json.dumps({"id": a.id, "text": a.text, "language": "de"}) for a in ARTICLES))
    groups.write_text("\n".join(json.dumps({"id": id, "group": group}) for id, group in GROUPS.items()))
    rows = [
        {"id": c.id, "question": c.text, "evidence": [{"article": e.article_id, "quote": e.quote} for e in c.evidence]}
        for c in _cases()
    ]
    suite.write_text("\n".join(map(json.dumps, rows)))
    reading = [str(suite), "--corpus", str(corpus), "--data", str(tmp_path / "data"), "--groups", str(groups)]
    assert main(["fit", *reading, "--folds", "3", "--out", str(tmp_path / "fit")]) == 0
    assert "sentence first" in capsys.readouterr().out
    assert len(read_folds(tmp_path / "fit" / "folds.json")) == 3
    read_weights(tmp_path / "fit" / "weights.json")
    folds = ["--folds", str(tmp_path / "fit" / "folds.json")]
    assert main(["run", *reading, "--leave-out", "group", *folds, "--out", str(tmp_path / "run")]) == 0
    assert json.loads((tmp_path / "run" / "run.json").read_text())["weights"].startswith("folds ")
    both = [*folds, "--weights", str(tmp_path / "fit" / "weights.json")]
    assert main(["run", *reading, *both]) == 2
    assert "Name one of them" in capsys.readouterr().err


@pytest.mark.parametrize("folds", [0, 1, 7])
def test_folds_that_cannot_be_made_are_refused(examples: list[Example], folds: int) -> None:
    with pytest.raises(InputError, match=f"{folds} folds of 6 groups"):
        fit_folds(examples, shipped_weights(), folds=folds)


def test_a_case_whose_evidence_is_of_two_groups_is_refused() -> None:
    two = Case("q", "Wo?", evidence=(Evidence("Sandholm-Turm"), Evidence("Moltbek-Turm")))
    with pytest.raises(InputError, match="'q' is not of one group: Moltbek, Sandholm"):
        group_of(two, GROUPS)
