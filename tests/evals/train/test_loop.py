"""Training that is stopped and gone on with, on a model of two numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from evals.train.loop import Schedule, plain_attention, train
from rag.models.encoder import Encoder
from rag.models.trained import Form, TrainedModel

BATCHES = [[number, number + 1] for number in range(11)]
SCHEDULE = Schedule(rate=0.1, checkpoint_every=4, evaluate_every=5, note_every=2)


class _Layer(nn.Linear):
    attend: Callable[..., Tensor] | None = None


class _Tiny(TrainedModel):
    """Two layers, of which the second is its own, and a head."""

    def __init__(self) -> None:
        nn.Module.__init__(self)
        torch.manual_seed(1)
        self.form = Form("tiny", first_layer=1, heads={"head": 1})
        self.encoder = cast(Encoder, nn.Module())
        self.encoder.layers = nn.ModuleList([_Layer(2, 2), _Layer(2, 2)])
        self.heads = nn.ModuleDict({"head": nn.Linear(2, 1)})

    def loss_of(self, numbers: Sequence[int]) -> Tensor:
        vectors = torch.tensor([[float(number), 1.0] for number in numbers])
        for layer in self.encoder.layers:
            vectors = torch.tanh(layer(vectors))
        return functional.mse_loss(self.heads["head"](vectors)[:, 0].float(), torch.tensor([0.3, -0.2]))


def _trained(folder: Path, *, stop_at: int | None = None) -> _Tiny:
    model = _Tiny()
    seen = 0

    def loss_of(numbers: Sequence[int]) -> Tensor:
        nonlocal seen
        if seen == stop_at:
            raise KeyboardInterrupt
        seen += 1
        return model.loss_of(numbers)

    train(model, BATCHES, loss_of, schedule=SCHEDULE, folder=folder, evaluate=lambda: "seen")
    return model


def test_a_run_that_is_stopped_and_gone_on_with_ends_as_one_that_ran_through(tmp_path: Path) -> None:
    through = _trained(tmp_path / "through")
    with pytest.raises(KeyboardInterrupt):
        _trained(tmp_path / "stopped", stop_at=6)
    gone_on = _trained(tmp_path / "stopped")
    for name, weights in through.own_state().items():
        assert torch.equal(weights, gone_on.own_state()[name]), name


def test_a_run_that_is_done_learns_nothing_more(tmp_path: Path) -> None:
    once = _trained(tmp_path)
    again = _trained(tmp_path, stop_at=0)
    assert all(torch.equal(weights, again.own_state()[name]) for name, weights in once.own_state().items())


def test_only_own_layers_and_heads_are_learned(tmp_path: Path) -> None:
    before, after = _Tiny(), _trained(tmp_path)
    changed = {
        name
        for (name, old), new in zip(before.named_parameters(), after.parameters(), strict=True)
        if not torch.equal(old, new)
    }
    assert changed == {"encoder.layers.1.weight", "encoder.layers.1.bias", "heads.head.weight", "heads.head.bias"}


def test_the_log_tells_losses_and_evaluations(tmp_path: Path) -> None:
    _trained(tmp_path)
    lines = (tmp_path / "log.txt").read_text(encoding="utf-8").splitlines()
    assert [line.split(" loss")[0] for line in lines] == [
        "step 2/11",
        "step 4/11",
        "step 5: seen",
        "step 6/11",
        "step 8/11",
        "step 10/11",
        "step 10: seen",
        "step 11: seen",
    ]


def test_a_loss_that_is_no_number_ends_the_run(tmp_path: Path) -> None:
    model = _Tiny()
    with pytest.raises(ArithmeticError, match="step 0"):
        train(
            model,
            BATCHES,
            lambda numbers: model.loss_of(numbers) * float("nan"),
            schedule=SCHEDULE,
            folder=tmp_path,
            evaluate=lambda: "",
        )
    assert not (tmp_path / "checkpoint.pt").exists()


def test_the_rate_rises_and_then_falls_to_nothing() -> None:
    schedule = Schedule(rate=1.0, warm=0.2)
    assert [round(schedule.at(step, 10), 3) for step in range(10)] == [
        *(0.5, 1.0),
        *(1.0, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125),
    ]
    assert schedule.at(10, 10) == 0.0


def test_attention_is_that_of_torch() -> None:
    torch.manual_seed(1)
    query, key, value = (torch.randn(2, 3, 4, 5) for _ in range(3))
    mask = torch.tensor([[True, True, True, True], [True, True, False, False]])[:, None, None, :]
    for given in (None, mask):
        expected = functional.scaled_dot_product_attention(query, key, value, attn_mask=given)
        assert torch.allclose(plain_attention(query, key, value, attn_mask=given), expected, atol=1e-5)
