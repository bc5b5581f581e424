"""Training: batches, steps and checkpoints. What is learned is the caller's; this goes on where it was stopped."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from tqdm.auto import tqdm

from rag.models.model_files import torch_dtype
from rag.models.trained import TrainedModel


@dataclass(frozen=True, slots=True)
class Schedule:
    """How fast is learned: the rate rises over the first part of the steps, and falls to nothing over the rest.

    `warm` is that part, `decay` that of the weights. What was learned is kept every so many steps, and a line written.
    """

    rate: float = 2e-4
    warm: float = 0.05
    decay: float = 0.01
    checkpoint_every: int = 200
    evaluate_every: int = 1000
    note_every: int = 50

    def at(self, step: int, steps: int) -> float:
        """The rate of a step, counted from 0, of so many."""
        warm = max(1, round(self.warm * steps))
        if step < warm:
            return self.rate * (step + 1) / warm
        return self.rate * max(0.0, (steps - step) / max(1, steps - warm))


def plain_attention(query: Tensor, key: Tensor, value: Tensor, *, attn_mask: Tensor | None = None) -> Tensor:
    """Attention as it is written (Vaswani et al. 2017): on a CPU torch's own takes four times as long to go back."""
    texts, heads, tokens, size = query.shape
    flat = [part.reshape(texts * heads, tokens, size) for part in (query, key, value)]
    near = torch.bmm(flat[0], flat[1].transpose(1, 2)) * size**-0.5
    if attn_mask is not None:
        hidden = torch.zeros(texts, 1, 1, tokens, dtype=near.dtype).masked_fill(~attn_mask, -1e4)
        near = near + hidden.expand(texts, heads, 1, tokens).reshape(texts * heads, 1, tokens)
    return torch.bmm(near.softmax(dim=-1), flat[2]).view(texts, heads, tokens, size)


def train(
    model: TrainedModel,
    batches: Sequence[Sequence[int]],
    loss_of: Callable[[Sequence[int]], Tensor],
    *,
    schedule: Schedule,
    folder: Path,
    evaluate: Callable[[], str],
) -> None:
    """Learns the batches in their order, and leaves the model so. Raises ArithmeticError where a loss is not finite.

    The folder keeps a checkpoint, from which it goes on, and a log; one whose checkpoint is of the last step is done.
    """
    folder.mkdir(parents=True, exist_ok=True)
    learned = _prepare(model)
    optimizer = torch.optim.AdamW(learned, lr=schedule.rate, weight_decay=schedule.decay, fused=True)
    first, steps = _resume(model, optimizer, folder), len(batches)
    mean: float | None = None
    bar = tqdm(range(first, steps), desc=folder.name, unit=" steps", total=steps, initial=first, disable=None)
    for step in bar:
        for group in optimizer.param_groups:
            group["lr"] = schedule.at(step, steps)
        value = _learn(batches[step], loss_of, learned, optimizer)
        if not math.isfinite(value):
            raise ArithmeticError(f"The loss of step {step} is {value}; the last checkpoint is from before it.")
        mean = value if mean is None else 0.98 * mean + 0.02 * value
        bar.set_postfix(loss=f"{mean:.4f}", refresh=False)
        done = step + 1
        if done % schedule.note_every == 0:
            _note(folder, f"step {done}/{steps} loss {mean:.4f}")
        if done % schedule.checkpoint_every == 0 or done == steps:
            _checkpoint(model, optimizer, folder, done)
        if done % schedule.evaluate_every == 0 or done == steps:
            said = f"step {done}: {evaluate()}"
            _note(folder, said)
            tqdm.write(said, file=sys.stderr)


def computing() -> torch.autocast:
    """In bfloat16 where that is faster, in float32 otherwise."""
    dtype = torch_dtype("auto", device="cpu")
    return torch.autocast("cpu", dtype=dtype, enabled=dtype != torch.float32)


def _prepare(model: TrainedModel) -> list[nn.Parameter]:
    """The weights that are to be learned; all others stay as they are."""
    for layer in model.encoder.layers:
        layer.attend = plain_attention  # type: ignore[assignment]
        layer.requires_grad_(requires_grad=False)
    model.own_layers().requires_grad_(requires_grad=True)
    return [*model.own_layers().parameters(), *model.heads.parameters()]


def _learn(
    numbers: Sequence[int],
    loss_of: Callable[[Sequence[int]], Tensor],
    learned: Sequence[nn.Parameter],
    optimizer: torch.optim.Optimizer,
) -> float:
    """One step, and its loss."""
    with computing():
        loss = loss_of(numbers)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(learned, 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return float(loss.detach())


def _checkpoint(model: TrainedModel, optimizer: torch.optim.Optimizer, folder: Path, step: int) -> None:
    partial = folder / "checkpoint.partial"
    torch.save({"step": step, "model": model.own_state(), "optimizer": optimizer.state_dict()}, partial)
    partial.replace(folder / "checkpoint.pt")


def _resume(model: TrainedModel, optimizer: torch.optim.Optimizer, folder: Path) -> int:
    file = folder / "checkpoint.pt"
    if not file.exists():
        return 0
    kept = torch.load(file, weights_only=True)
    model.load_own_state(kept["model"])
    optimizer.load_state_dict(kept["optimizer"])
    return int(kept["step"])


def _note(folder: Path, said: str) -> None:
    with (folder / "log.txt").open("a", encoding="utf-8") as log:
        log.write(said + "\n")
