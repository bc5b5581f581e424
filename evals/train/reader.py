"""The reader: a question and a passage -> which of its sentences answer, and with which words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from evals.train.examples import STEP, by_length
from evals.train.loop import Schedule, computing, train
from evals.train.questions import Asked
from rag.models.tokenizer import Tokenizer
from rag.models.trained import Form, TrainedModel, batch
from rag.models.trained_reader import Written, sentence_vectors, write_passage

FORM = Form("reader", first_layer=2, heads={"sentence": 1, "span": 2})
# In a batch, and passages that are read at once.
_TOKENS, _AT_ONCE = 2048, 8
# How much a wrong span counts beside a wrong sentence.
_SPAN = 0.5


def new_reader(seed: int) -> TrainedModel:
    """One that has learned nothing yet."""
    torch.manual_seed(seed)
    return TrainedModel(FORM)


def train_reader(
    model: TrainedModel,
    asked: Sequence[Asked],
    held_out: Sequence[Asked],
    *,
    folder: Path,
    seed: int,
    schedule: Schedule | None = None,
) -> None:
    """Learns once of each which sentences answer and with which words."""
    written = [write_passage(model.tokenizer, one.question, one.before, one.sentences) for one in asked]
    spans = [span_pieces(model.tokenizer, one, text) for one, text in zip(asked, written, strict=True)]
    batches = by_length([len(text.numbers) for text in written], tokens=_TOKENS, random=Random(seed))

    def loss_of(numbers: Sequence[int]) -> Tensor:
        texts = [written[number] for number in numbers]
        vectors = _vectors(model, texts)
        answers = [float(at in asked[n].answers) for n in numbers for at in range(len(written[n].marks))]
        logits = _sentence_logits(model, vectors, texts)
        sentence = functional.binary_cross_entropy_with_logits(logits, torch.tensor(answers))
        return sentence + _SPAN * _span_loss(model, vectors, [spans[number] for number in numbers])

    def evaluate() -> str:
        return report(held_out, read_all(model, held_out))

    train(model, batches, loss_of, schedule=schedule or Schedule(), folder=folder, evaluate=evaluate)


def span_pieces(tokenizer: Tokenizer, asked: Asked, text: Written) -> tuple[int, int] | None:
    """The first and last piece of the answering words; (0, 0) where nothing answers, None where it is not known."""
    if asked.span is None:
        return None if asked.answers else (0, 0)
    number, start, end = asked.span
    if number >= len(text.firsts):
        return None
    sentence = asked.sentences[number]
    before, within = tokenizer.encode([sentence[:start].rstrip(), sentence[:end]])
    first = text.firsts[number] + len(before)
    last = text.firsts[number] + len(within) - 1
    return (first, last) if first <= last < text.marks[number] else None


def _vectors(model: TrainedModel, texts: Sequence[Written]) -> Tensor:
    numbers, padded = batch([text.numbers for text in texts], padding=model.tokenizer.padding, step=STEP)
    return torch.as_tensor(model(numbers, padded))


def _sentence_logits(model: TrainedModel, vectors: Tensor, texts: Sequence[Written]) -> Tensor:
    return torch.as_tensor(model.heads["sentence"](sentence_vectors(vectors, texts)))[:, 0].float()


def _span_loss(model: TrainedModel, vectors: Tensor, spans: Sequence[tuple[int, int] | None]) -> Tensor:
    logits = torch.as_tensor(model.heads["span"](vectors)).float()
    known = [(row, span) for row, span in enumerate(spans) if span is not None]
    if not known:
        return logits.sum() * 0
    rows = torch.tensor([row for row, _ in known])
    ends = torch.tensor([span for _, span in known])
    losses = [functional.cross_entropy(logits[rows, :, side], ends[:, side]) for side in (0, 1)]
    return (losses[0] + losses[1]) / 2


def read_all(model: TrainedModel, asked: Sequence[Asked]) -> list[list[float]]:
    """How likely it is of each sentence that it answers; of one that was not read, 0."""
    written = [write_passage(model.tokenizer, one.question, one.before, one.sentences) for one in asked]
    found: list[list[float]] = [[0.0] * len(one.sentences) for one in asked]
    order = sorted(range(len(asked)), key=lambda at: -len(written[at].numbers))
    for first in range(0, len(order), _AT_ONCE):
        some = order[first : first + _AT_ONCE]
        texts = [written[at] for at in some]
        with torch.inference_mode(), computing():
            likely = iter(_sentence_logits(model, _vectors(model, texts), texts).sigmoid().tolist())
        for at in some:
            for number in range(len(written[at].marks)):
                found[at][number] = next(likely)
    return found


def report(asked: Sequence[Asked], found: Sequence[Sequence[float]]) -> str:
    """Of passages that answer, how often the likeliest sentence does; how well any passage is told that answers."""
    said = []
    all_rows = [(one, likely) for one, likely in zip(asked, found, strict=True) if likely]
    for kind in sorted({one.kind.split(",")[0] for one in asked}):
        rows = [(one, likely) for one, likely in all_rows if one.kind.split(",")[0] == kind]
        first = [int(np.argmax(likely)) in one.answers for one, likely in rows if one.answers]
        best_there = [max(likely) for one, likely in rows if one.answers]
        best_not = [max(likely) for one, likely in rows if not one.answers]
        above = [(there > no) + 0.5 * (there == no) for there in best_there for no in best_not]
        auroc = f", told {np.mean(above):.3f}" if above else ""
        said.append(f"{kind} first {np.mean(first) if first else 0:.3f} of {len(first)}{auroc}")
    return "; ".join(said)
