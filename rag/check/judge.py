"""Source sentences and a claim -> whether each entails or contradicts it, by a model of natural language inference."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol, get_args

import numpy as np

from rag.check.lexicon import is_denial
from rag.check.support import UNCALIBRATED, Standard, shipped_standard
from rag.errors import InputError
from rag.models.cross_encoder import load_cross_encoder
from rag.models.embedder import BUNDLED
from rag.models.model_files import Dtype, ModelFiles, check_finite, kind_without_head
from rag.models.trained_judge import RELATIONS as _OURS
from rag.models.trained_judge import TrainedJudgeModel
from rag.text.language import SUPPORTED
from rag.text.tokens import words

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

Relation = Literal["entailment", "contradiction", "neutral"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)

_BATCH = 8
# What models of inference and of fact checking call the three, in lower case.
_NAMES: dict[Relation, set[str]] = {
    "entailment": set("entailment entail entails entailed supports support supported".split()),
    "contradiction": set("contradiction contradict contradicts contradicted refutes refute refuted".split()),
    "neutral": {"neutral", "not enough info", "nei", "not enough information", "not enough evidence"},
}


@dataclass(frozen=True, slots=True)
class JudgeConfig:
    """Which model, `bundled`, a folder or a name on the hub, and how it is run. None is no judge.

    `max_length` is in tokens of sentence and claim together; what is beyond is not seen. The model's own limit holds
    where it is lower.
    """

    model: str | None = None
    revision: str | None = None
    device: str = "cpu"
    dtype: Dtype = "float32"
    max_length: int = 512


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely it is that a premise entails a hypothesis, contradicts it, or does neither: they add up to 1."""

    entailment: float
    contradiction: float
    neutral: float


@dataclass(frozen=True, slots=True)
class Premise:
    """A source sentence with what stands before it, its article's title first, and after it."""

    sentence: str
    before: str = ""
    after: str = ""


class Judge(Protocol):
    """What checking asks of a model of inference."""

    standard: Standard  # what its judgements are worth

    @property
    def fingerprint(self) -> str:
        """Names everything that decides the judgements. Known without loading the model."""

    def judge(self, pairs: Sequence[tuple[Premise, str]]) -> list[Judgement]:
        """One for each pair of a premise and a hypothesis (the claim), in their order."""


class TrainedJudge:
    """The judge that comes with Beleg: it reads the sentence where it stands, with what is before and after it."""

    def __init__(self, config: JudgeConfig) -> None:
        self.standard: Standard = shipped_standard()
        self._trained = TrainedJudgeModel(device=config.device, dtype=config.dtype)

    @property
    def fingerprint(self) -> str:
        return self._trained.fingerprint

    def judge(self, pairs: Sequence[tuple[Premise, str]]) -> list[Judgement]:
        rows = self._trained.judge([(claim, one.before, one.sentence, one.after) for one, claim in pairs])
        return [Judgement(**dict(zip(_OURS, map(float, row), strict=True))) for row in rows]


class CrossEncoderJudge:
    """A three-way cross-encoder, through sentence-transformers, loaded when first needed. It reads the sentence alone.

    Which of its labels is which is read from the names in its configuration: there is no usual order.
    """

    standard: Standard = UNCALIBRATED

    def __init__(self, files: ModelFiles, config: JudgeConfig) -> None:
        self._files = files
        self._config = config

    @cached_property
    def fingerprint(self) -> str:
        return f"{self._files.identity()}, torch {self._config.dtype}, {self._config.max_length} tokens"

    def judge(self, pairs: Sequence[tuple[Premise, str]]) -> list[Judgement]:
        if not pairs:
            return []
        # The library sorts the pairs by length itself, so that little of a batch is padding.
        texts = [(premise.sentence, claim) for premise, claim in pairs]
        logits = self._model.predict(texts, batch_size=_BATCH, show_progress_bar=False)
        check_finite(logits, self._files, dtype=self._config.dtype)
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        likely = odds / odds.sum(axis=1, keepdims=True)
        return [Judgement(**{name: float(row[at]) for name, at in self._labels.items()}) for row in likely]

    @cached_property
    def _labels(self) -> dict[Relation, int]:
        return read_labels(_label_names(self._model), self._files)

    @cached_property
    def _model(self) -> CrossEncoder:
        config = self._config
        return load_cross_encoder(
            self._files, _check_head, device=config.device, dtype=config.dtype, max_length=config.max_length
        )


class DenialJudge:
    """A stand-in without a model: a sentence with all words of a claim entails it, and contradicts it where one denies.

    Where it lacks a word other than of denial, it is neutral. It is always sure.
    """

    standard: Standard = UNCALIBRATED
    fingerprint = "denial"

    def judge(self, pairs: Sequence[tuple[Premise, str]]) -> list[Judgement]:
        return [self._one(set(words(premise.sentence)), set(words(claim))) for premise, claim in pairs]

    def _one(self, premise: set[str], hypothesis: set[str]) -> Judgement:
        if not all(map(_denies, hypothesis - premise)):
            return Judgement(0.0, 0.0, 1.0)
        denied = any(map(_denies, premise)) != any(map(_denies, hypothesis))
        return Judgement(0.0, 1.0, 0.0) if denied else Judgement(1.0, 0.0, 0.0)


def _denies(word: str) -> bool:
    return any(is_denial(word, language=language) for language in SUPPORTED)


JUDGES: dict[str, Callable[[], Judge]] = {DenialJudge.fingerprint: DenialJudge}


def make_judge(config: JudgeConfig) -> Judge | None:
    """The judge that a configuration names, if it names one. Loads nothing yet."""
    if not config.model:
        return None
    if config.model == BUNDLED:
        return TrainedJudge(config)
    if fake := JUDGES.get(config.model):
        return fake()
    return CrossEncoderJudge(ModelFiles.find(config.model, setting="BELEG_JUDGE", revision=config.revision), config)


def read_labels(names: Mapping[int, str], files: ModelFiles) -> dict[Relation, int]:
    """Which output of a model stands for which relation. Raises InputError where its labels' names do not say."""
    said = ", ".join(f"{at}: {name}" for at, name in sorted(names.items()))
    if len(names) != len(RELATIONS):
        raise InputError(
            f"The judge {files.location!r} has {len(names)} label{'' if len(names) == 1 else 's'} ({said}); three are "
            f"needed, entailment, contradiction and neutral. Set {files.setting} to a three-way model of inference."
        )
    known = {relation: at for at, name in names.items() for relation in RELATIONS if _plain(name) in _NAMES[relation]}
    if len(known) != len(RELATIONS):
        raise InputError(
            f"The judge {files.location!r} names its labels {said}, which does not tell which is entailment, "
            "contradiction and neutral. Write these names into `id2label` and `label2id` of its config.json, "
            f"or set {files.setting} to a model whose configuration has them."
        )
    return known


def _check_head(model: CrossEncoder, files: ModelFiles) -> None:
    """Raises InputError where the model was not trained to tell three relations, or does not say which is which."""
    if kind := kind_without_head(model.model):
        raise InputError(
            f"The model {files.location!r} is no cross-encoder ({kind}). "
            f"Set {files.setting} to one that was trained to tell entailment, contradiction and neutral."
        )
    read_labels(_label_names(model), files)


def _label_names(model: CrossEncoder) -> dict[int, str]:
    """By output. Some configurations name the labels in `label2id` alone."""
    config: Any = model.config
    named = {int(at): name for name, at in (config.label2id or {}).items()}
    numbered = {int(at): name for at, name in (config.id2label or {}).items()}
    return {at: named.get(at, name) if _plain(name).startswith("label ") else name for at, name in numbered.items()}


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("_", " ").replace("-", " ").split())
