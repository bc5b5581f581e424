"""The judge: a source sentence and a claim -> entails, contradicts, neither."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from evals.train.examples import LABELS, STEP, Pair, by_length
from evals.train.loop import Schedule, computing, train
from rag.models.trained import Form, TrainedModel, batch
from rag.models.trained_judge import RELATIONS, encode_pairs

FORM = Form("judge", first_layer=2, heads={"relation": len(RELATIONS)})
# In a batch, and pairs that are judged at once.
_TOKENS, _AT_ONCE = 2048, 32
_NOT_ENTAILMENT = LABELS.index("not_entailment")


def new_judge(seed: int) -> TrainedModel:
    """One that has learned nothing yet."""
    torch.manual_seed(seed)
    return TrainedModel(FORM)


def train_judge(
    model: TrainedModel,
    stages: Sequence[Sequence[Pair]],
    held_out: Sequence[Pair],
    *,
    folder: Path,
    seed: int,
    schedule: Schedule | None = None,
) -> None:
    """Learns each stage once, one after the other."""
    random = Random(seed)
    texts: list[list[int]] = []
    batches: list[list[int]] = []
    for stage in stages:
        written = encode_pairs(model.tokenizer, [(one.claim, one.before, one.sentence, one.after) for one in stage])
        some = by_length([len(text) for text in written], tokens=_TOKENS, random=random)
        batches += [[len(texts) + at for at in numbers] for numbers in some]
        texts += written
    labels = torch.tensor([LABELS.index(one.label) for stage in stages for one in stage])

    def loss_of(numbers: Sequence[int]) -> Tensor:
        logits = _logits(model, [texts[number] for number in numbers])
        return relation_loss(logits, labels[list(numbers)])

    def evaluate() -> str:
        return report(held_out, judge_pairs(model, held_out))

    train(model, batches, loss_of, schedule=schedule or Schedule(), folder=folder, evaluate=evaluate)


def relation_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Cross-entropy; of `not_entailment`, that of contradiction and neutral together.

    logits: (pairs, 3), labels: (pairs,) as in `LABELS`.
    """
    likely = functional.log_softmax(logits.float(), dim=1)
    either = torch.logsumexp(likely[:, 1:], dim=1)
    known = likely.gather(1, labels.clamp(max=2)[:, None])[:, 0]
    return -torch.where(labels == _NOT_ENTAILMENT, either, known).mean()


def judge_pairs(model: TrainedModel, pairs: Sequence[Pair]) -> NDArray[np.float32]:
    """Probabilities of entailment, contradiction and neutral: shape (pairs, 3)."""
    texts = encode_pairs(model.tokenizer, [(one.claim, one.before, one.sentence, one.after) for one in pairs])
    rows = np.zeros((len(pairs), len(RELATIONS)), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
    for first in range(0, len(order), _AT_ONCE):
        some = order[first : first + _AT_ONCE]
        with torch.inference_mode(), computing():
            rows[some] = _logits(model, [texts[at] for at in some]).float().softmax(dim=1).numpy()
    return rows


def report(pairs: Sequence[Pair], judged: NDArray[np.float32]) -> str:
    """Of each set, how many are judged right."""
    by_set: dict[str, list[bool]] = {}
    for pair, row in zip(pairs, judged, strict=True):
        by_set.setdefault(pair.kind.split()[0], []).append(_is_right(pair, row))
    return ", ".join(f"{name} {np.mean(right):.3f} of {len(right)}" for name, right in sorted(by_set.items()))


def _logits(model: TrainedModel, texts: Sequence[Sequence[int]]) -> Tensor:
    numbers, padded = batch(texts, padding=model.tokenizer.padding, step=STEP)
    return torch.as_tensor(model.heads["relation"](model(numbers, padded)[:, 0]))


def _is_right(pair: Pair, row: NDArray[np.float32]) -> bool:
    likeliest = RELATIONS[int(row.argmax())]
    return likeliest == pair.label or (pair.label == "not_entailment" and likeliest != "entailment")
