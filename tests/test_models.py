"""Optional models, named by settings, at work in an archive."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.answer.read import FirstNumberReader
from rag.archive import Archive
from rag.check.judge import DenialJudge, Judgement, Premise
from rag.cli import main
from rag.errors import IndexMismatch, InputError
from rag.retrieve.rerank import WordOverlapReranker
from rag.settings import Settings
from rag.types import Article
from tests.conftest import OpenArchive
from tests.tiny_models import TinyModels

ARTICLES = [
    Article("turm", "Der Leuchtturm auf dem Kliff wurde 1912 gebaut. Er ist rot.", language="de"),
    Article("brot", "Das Brot wurde auf dem Markt verkauft.", language="de"),
    Article("kliff", "Das Kliff ist alt und der Leuchtturm ist neu.", language="de"),
]
QUESTION = "Wann wurde der Leuchtturm gebaut?"


@pytest.fixture
def environment(tiny_models: TinyModels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every model is one of the tiny ones, by its folder."""
    monkeypatch.setenv("BELEG_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("BELEG_MODEL", str(tiny_models.embedder))
    monkeypatch.setenv("BELEG_DIMENSIONS", "16")
    monkeypatch.setenv("BELEG_RERANKER", str(tiny_models.cross_encoder))
    monkeypatch.setenv("BELEG_READER", str(tiny_models.reader))
    monkeypatch.setenv("BELEG_JUDGE", str(tiny_models.judge))
    monkeypatch.setenv("BELEG_MIN_CONFIDENCE", "0")
    return tmp_path


def test_an_archive_searches_and_asks_with_models_from_folders(environment: Path) -> None:
    with Archive.open() as archive:
        archive.ingest(ARTICLES)
        archive.prepare()
        hits = archive.search(QUESTION)
        assert {hit.article.id for hit in hits} == {article.id for article in ARTICLES}
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert [hit.parts["reranker"] for hit in hits] == sorted((h.parts["reranker"] for h in hits), reverse=True)
        answer = archive.ask(QUESTION)
        assert answer.citations
        status = archive.status()
        assert status.dimensions == 16
        assert (answer.config["model"], answer.config["reranker"], answer.config["reader"]) == (
            status.model,
            status.reranker,
            status.reader,
        )
        assert str(status.reranker).startswith("labels-1@")
        assert str(status.reader).startswith("reader@")
        assert str(status.judge).startswith("judge@")
        assert "judge" not in answer.config


def test_another_embedder_needs_a_reindex_another_optional_model_does_not(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open() as archive:
        archive.ingest(ARTICLES)
    monkeypatch.setenv("BELEG_RERANKER", "word-overlap")
    monkeypatch.setenv("BELEG_READER", "first-number")
    monkeypatch.setenv("BELEG_JUDGE", "denial")
    with Archive.open() as archive:
        assert archive.search(QUESTION)[0].parts["reranker"] == pytest.approx(4 / 5)
    monkeypatch.setenv("BELEG_DIMENSIONS", "8")
    with Archive.open() as archive:
        with pytest.raises(IndexMismatch, match=r"first 16 dimensions.*first 8 dimensions.*Run `beleg reindex`"):
            archive.search(QUESTION)
        archive.reindex()
        assert archive.search(QUESTION)
        assert archive.status().dimensions == 8


def test_status_names_the_models_and_loads_none(environment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 0
    printed = capsys.readouterr().out
    assert "reranker  labels-1@" in printed
    assert "reader    reader@" in printed
    assert "judge     judge@" in printed
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["reader"].startswith("reader@")
    with Archive.open() as archive:
        archive.status()
        models = (archive.embedder, archive._reranker, archive.reader, archive._judge)
        assert not any("_model" in vars(model) for model in models)


def test_without_settings_there_is_none(open_archive: OpenArchive, capsys: pytest.CaptureFixture[str]) -> None:
    archive = open_archive()
    archive.ingest(ARTICLES)
    assert "reranker" not in archive.search(QUESTION)[0].parts
    assert archive.ask(QUESTION).config.keys() == {"version", "model", "weights", "filters"}
    assert (archive.status().reranker, archive.status().reader, archive.status().judge) == (None, None, None)


def test_a_check_names_who_judged(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = "Der Leuchtturm auf dem Kliff wurde 1912 gebaut."
    with Archive.open() as archive:
        archive.ingest(ARTICLES)
        check = archive.check(claim)
        assert check.judge == check.config["judge"] == archive.status().judge
    monkeypatch.setenv("BELEG_JUDGE", "none")
    with Archive.open() as archive:
        check = archive.check(claim)
        assert check.judge == "findings"
        assert "judge" not in check.config


def test_a_sure_judge_decides_and_the_findings_stay(tmp_path: Path) -> None:
    class Contradicted(DenialJudge):
        def judge(self, pairs: Sequence[tuple[Premise, str]]) -> list[Judgement]:
            return [Judgement(0.0, 1.0, 0.0) for _ in pairs]

    claim = "Der Leuchtturm auf dem Kliff wurde 1912 gebaut."
    with Archive.open(settings=Settings(data=tmp_path / "data", model="hash"), judge=Contradicted()) as archive:
        archive.ingest(ARTICLES[:1])
        check = archive.check(claim)
        assert check.verdict == "refuted"
        assert any(finding.agrees for one in check.evidence for finding in one.findings)


def test_only_the_first_hits_are_re_ranked_and_k_is_kept(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", model="hash", rerank=2)
    with Archive.open(settings=settings, reranker=WordOverlapReranker(), reader=FirstNumberReader()) as archive:
        archive.ingest(ARTICLES)
        assert ["reranker" in hit.parts for hit in archive.search(QUESTION)] == [True, True, False]
        [best] = archive.search(QUESTION, 1)
        assert best == archive.search(QUESTION)[0]


@pytest.mark.parametrize("setting", ["BELEG_READER", "BELEG_JUDGE"])
def test_a_model_that_cannot_be_loaded_is_named_before_the_first_question(
    environment: Path, monkeypatch: pytest.MonkeyPatch, tiny_models: TinyModels, setting: str
) -> None:
    monkeypatch.setenv(setting, str(tiny_models.three_labels))
    with Archive.open() as archive, pytest.raises(InputError, match=setting):
        archive.prepare()
