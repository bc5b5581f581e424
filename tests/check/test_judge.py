"""One contract for every judge, labels in any order, and the stance that comes of its judgements."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest

from rag.check.judge import RELATIONS as KNOWN
from rag.check.judge import DenialJudge, Judge, JudgeConfig, Judgement, judge_evidence, make_judge
from rag.cite import cite
from rag.errors import InputError
from rag.types import Article, Evidence, Finding, Sentence, Span, Stance
from tests.tiny_models import RELATIONS, TinyModels, relabelled

PREMISE = "Der Leuchtturm wurde 1912 gebaut."
PAIRS = [
    (PREMISE, "Der Leuchtturm wurde gebaut."),
    ("Das Brot.", "Der Leuchtturm wurde 1912 gebaut."),
    ("Der Leuchtturm steht auf dem Kliff. " * 20, "Das Kliff ist alt."),
    ("", "Das Brot."),
]


@pytest.fixture(params=["denial", "cross-encoder"])
def judge(request: pytest.FixtureRequest) -> Judge:
    return DenialJudge() if request.param == "denial" else _made(request.getfixturevalue("tiny_models").judge)


def _made(folder: Path, **options: object) -> Judge:
    made = make_judge(JudgeConfig(str(folder), **options))  # type: ignore[arg-type]
    assert made is not None
    return made


def _values(judgement: Judgement) -> list[float]:
    return [getattr(judgement, relation) for relation in KNOWN]


def _evidence(text: str, stance: Stance = "neither", marker: int = 1) -> Evidence:
    article = Article(f"a{marker}", text)
    citation = cite(article, Sentence(article.id, 0, 0, len(text)), marker=marker, score=1.0)
    assert citation is not None
    finding = Finding("number", False, Span(0, 2), "45", Span(0, 2), text[:2], marker)
    return Evidence(citation, stance, 0.8, (finding,), said_by="Watson", corrects=True)


class Fixed:
    """Gives the judgements that it was told, and remembers what it was asked."""

    fingerprint = "fixed"

    def __init__(self, *judgements: Judgement) -> None:
        self.judgements = list(judgements)
        self.asked: list[tuple[str, str]] = []

    def judge(self, pairs: list[tuple[str, str]]) -> list[Judgement]:
        self.asked += pairs
        return self.judgements


def test_three_probabilities_for_each_pair_in_their_order(judge: Judge) -> None:
    judgements = judge.judge(PAIRS)
    assert len(judgements) == len(PAIRS)
    assert len(set(judgements)) > 1
    for judgement in judgements:
        assert sum(_values(judgement)) == pytest.approx(1.0, abs=1e-6)
        assert all(0.0 <= value <= 1.0 for value in _values(judgement))
    for judgement, again in zip(judgements, judge.judge(PAIRS[::-1])[::-1], strict=True):
        assert _values(judgement) == pytest.approx(_values(again), abs=1e-5)


def test_no_pairs_have_no_judgements(judge: Judge) -> None:
    assert judge.judge([]) == []


def test_it_is_named_without_being_loaded(judge: Judge) -> None:
    assert judge.fingerprint
    assert "_model" not in vars(judge)


def test_everything_that_decides_the_judgements_is_in_the_fingerprint(tiny_models: TinyModels, tmp_path: Path) -> None:
    folder = tiny_models.judge
    names = [_made(folder, **given).fingerprint for given in ({}, {"revision": "abc"}, {"dtype": "bfloat16"})]
    names.append(_made(folder, max_length=20).fingerprint)
    renamed = relabelled(folder, tmp_path / "judge", RELATIONS[::-1])
    names.append(_made(renamed).fingerprint)
    assert len(set(names)) == len(names)
    assert _made(folder, device="cuda").fingerprint == names[0]


@pytest.mark.parametrize("order", list(permutations(range(3)))[1:])
def test_labels_in_another_order_give_the_same_judgements(
    tiny_models: TinyModels, tmp_path: Path, order: tuple[int, ...]
) -> None:
    permuted = relabelled(tiny_models.judge, tmp_path / "judge", [RELATIONS[at] for at in order], order=order)
    expected = _made(tiny_models.judge).judge(PAIRS)
    assert len({judgement.stance for judgement in expected}) > 1
    for one, other in zip(expected, _made(permuted).judge(PAIRS), strict=True):
        assert _values(one) == pytest.approx(_values(other), abs=1e-5)
        assert one.stance == other.stance


@pytest.mark.parametrize(
    "names", [("ENTAILMENT", "NEUTRAL", "CONTRADICTION"), ("SUPPORTS", "NOT ENOUGH INFO", "REFUTES")]
)
def test_labels_are_known_by_their_usual_names(tiny_models: TinyModels, tmp_path: Path, names: tuple[str, ...]) -> None:
    judge = _made(relabelled(tiny_models.judge, tmp_path / "judge", names))
    assert judge.judge(PAIRS) == _made(tiny_models.judge).judge(PAIRS)


def test_names_that_stand_in_label2id_alone_are_read_there(tiny_models: TinyModels, tmp_path: Path) -> None:
    folder = relabelled(tiny_models.judge, tmp_path / "judge", ["LABEL_0", "LABEL_1", "LABEL_2"])
    path = folder / "config.json"
    named = json.loads(path.read_text()) | {"label2id": {name: at for at, name in enumerate(RELATIONS)}}
    path.write_text(json.dumps(named))
    assert _made(folder).judge(PAIRS) == _made(tiny_models.judge).judge(PAIRS)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("LABEL_0", "LABEL_1", "LABEL_2"), "0: LABEL_0, 1: LABEL_1, 2: LABEL_2, which does not tell"),
        (("entailment", "entailment ", "neutral"), "does not tell"),
        (("entailment", "not_entailment"), r"has 2 labels \(0: entailment, 1: not_entailment\); three are needed"),
    ],
)
def test_labels_that_do_not_tell_the_three_apart_are_refused(
    tiny_models: TinyModels, tmp_path: Path, names: tuple[str, ...], said: str
) -> None:
    folder = relabelled(tiny_models.judge, tmp_path / "judge", names, order=range(len(names)))
    with pytest.raises(InputError, match=f"{said}.*BELEG_JUDGE"):
        _made(folder).judge(PAIRS)


@pytest.mark.parametrize(
    ("kind", "said"), [("cross_encoder", "has 1 label "), ("embedder", "no cross-encoder"), ("reader", "no cross")]
)
def test_a_model_that_is_no_judge_is_refused(tiny_models: TinyModels, kind: str, said: str) -> None:
    with pytest.raises(InputError, match=f"{said}.*BELEG_JUDGE"):
        _made(getattr(tiny_models, kind)).judge(PAIRS)


def test_a_folder_that_holds_no_model_is_refused_when_it_is_needed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"BELEG_JUDGE.* cannot be loaded"):
        _made(tmp_path).judge(PAIRS)


@pytest.mark.parametrize("model", [None, ""])
def test_none_is_made_where_none_is_named(model: str | None) -> None:
    assert make_judge(JudgeConfig(model)) is None


@pytest.mark.parametrize(
    ("judgement", "stance"),
    [
        (Judgement(0.5, 0.3, 0.2), "for"),
        (Judgement(0.1, 0.8, 0.1), "against"),
        (Judgement(0.1, 0.2, 0.7), "neither"),
        (Judgement(0.45, 0.4, 0.15), None),
    ],
)
def test_a_stance_is_what_is_as_likely_as_everything_else_together(judgement: Judgement, stance: str | None) -> None:
    assert judgement.stance == stance


def test_a_sure_judge_gives_the_stance_an_unsure_one_leaves_it_and_all_else_stays() -> None:
    evidence = [_evidence("25 Minuten.", "against", 1), _evidence("45 Minuten.", "neither", 2)]
    judge = Fixed(Judgement(0.4, 0.3, 0.3), Judgement(0.9, 0.05, 0.05))
    judged = judge_evidence("45 Minuten.", evidence, judge)
    assert [one.stance for one in judged] == ["against", "for"]
    assert judge.asked == [("25 Minuten.", "45 Minuten."), ("45 Minuten.", "45 Minuten.")]
    for before, after in zip(evidence, judged, strict=True):
        assert (after.citation, after.bearing, after.findings) == (before.citation, before.bearing, before.findings)
        assert (after.said_by, after.corrects) == (before.said_by, before.corrects)


def test_a_claim_without_evidence_needs_no_model(tmp_path: Path) -> None:
    assert judge_evidence("45 Minuten.", [], _made(tmp_path)) == []


@pytest.mark.parametrize(
    ("premise", "stance"),
    [
        (PREMISE, "for"),
        ("Der Leuchtturm wurde 1912 nicht gebaut.", "against"),
        ("Der Leuchtturm wurde niemals gebaut.", "against"),
        ("The Leuchtturm wurde never gebaut.", "neither"),
        ("Das Brot wurde verkauft.", "neither"),
    ],
)
def test_the_stand_in_reads_words_and_denials(premise: str, stance: str) -> None:
    [judged] = judge_evidence("Der Leuchtturm wurde gebaut.", [_evidence(premise)], DenialJudge())
    assert judged.stance == stance
