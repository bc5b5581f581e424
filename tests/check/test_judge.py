"""One contract for every judge, and labels in any order."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest

from rag.check.judge import RELATIONS as KNOWN
from rag.check.judge import DenialJudge, Judge, JudgeConfig, Judgement, Premise, TrainedJudge, make_judge
from rag.errors import InputError
from tests.tiny_models import RELATIONS, TinyModels, relabelled

PREMISE = "Der Leuchtturm wurde 1912 gebaut."
PAIRS = [
    (Premise(PREMISE), "Der Leuchtturm wurde gebaut."),
    (Premise("Das Brot."), "Der Leuchtturm wurde 1912 gebaut."),
    (Premise("Der Leuchtturm steht auf dem Kliff. " * 20), "Das Kliff ist alt."),
    (Premise("Er ist alt.", "Der Leuchtturm. Er steht auf dem Kliff.", "Das Brot."), "Der Leuchtturm ist alt."),
    (Premise(""), "Das Brot."),
]


@pytest.fixture(params=["denial", "cross-encoder", "bundled"])
def judge(request: pytest.FixtureRequest) -> Judge:
    if request.param == "denial":
        return DenialJudge()
    if request.param == "bundled":
        made = make_judge(JudgeConfig("bundled"))
        assert made is not None
        return made
    return _made(request.getfixturevalue("tiny_models").judge)


def _made(folder: Path, **options: object) -> Judge:
    made = make_judge(JudgeConfig(str(folder), **options))  # type: ignore[arg-type]
    assert made is not None
    return made


def _values(judgement: Judgement) -> list[float]:
    return [getattr(judgement, relation) for relation in KNOWN]


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
    assert not isinstance(judge, TrainedJudge) or judge._trained._model._loaded is None


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
    for one, other in zip(expected, _made(permuted).judge(PAIRS), strict=True):
        assert _values(one) == pytest.approx(_values(other), abs=1e-5)


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


def test_no_pair_needs_no_model(tmp_path: Path) -> None:
    assert _made(tmp_path).judge([]) == []


@pytest.mark.parametrize(
    ("premise", "relation"),
    [
        (PREMISE, "entailment"),
        ("Der Leuchtturm wurde 1912 nicht gebaut.", "contradiction"),
        ("Der Leuchtturm wurde niemals gebaut.", "contradiction"),
        ("The Leuchtturm wurde never gebaut.", "neutral"),
        ("Das Brot wurde verkauft.", "neutral"),
    ],
)
def test_the_stand_in_reads_words_and_denials(premise: str, relation: str) -> None:
    [judged] = DenialJudge().judge([(Premise(premise), "Der Leuchtturm wurde gebaut.")])
    assert getattr(judged, relation) == 1.0
