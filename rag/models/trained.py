"""A model trained on the bundled one: its upper layers and heads in one safetensors file, the rest from the wheel.

A matrix lies in the file as 8-bit whole numbers with one scale a row (`NAME.scale`), anything else as 16-bit floats.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from rag.errors import InputError
from rag.models.bundled import DIGEST, bundled_parts
from rag.models.encoder import Encoder

_SCALE, _ABOUT = ".scale", "about"


@dataclass(frozen=True, slots=True)
class Form:
    """What a trained model is: the layers from `first_layer` on are its own, each head has so many outputs."""

    kind: str
    first_layer: int
    heads: Mapping[str, int]


class TrainedModel(nn.Module):
    """The encoder and its heads. `forward` gives a vector a token; a head makes logits of vectors that are picked."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        packed, self.tokenizer = bundled_parts()
        self.form = form
        self.encoder = Encoder(packed)
        self.heads = nn.ModuleDict(
            {name: nn.Linear(packed.sizes.hidden, outputs) for name, outputs in form.heads.items()}
        )

    def forward(self, numbers: Tensor, padded: Tensor) -> Tensor:
        return torch.as_tensor(self.encoder(numbers, padded))

    def own_layers(self) -> nn.ModuleList:
        layers = self.encoder.layers[self.form.first_layer :]
        assert isinstance(layers, nn.ModuleList)
        return layers

    def own_state(self) -> dict[str, Tensor]:
        """The tensors that training changes, by name."""
        return {
            **{f"layers.{name}": tensor for name, tensor in self.own_layers().state_dict().items()},
            **{f"heads.{name}": tensor for name, tensor in self.heads.state_dict().items()},
        }

    def load_own_state(self, state: Mapping[str, Tensor]) -> None:
        """Raises RuntimeError where a tensor is missing or of another shape."""
        for part, module in (("layers.", self.own_layers()), ("heads.", self.heads)):
            module.load_state_dict(
                {name.removeprefix(part): tensor for name, tensor in state.items() if name.startswith(part)}
            )


def batch(texts: Sequence[Sequence[int]], *, padding: int, step: int = 1) -> tuple[Tensor, Tensor]:
    """Token numbers, filled up to the longest, and where they are filled up: both of shape (texts, tokens).

    The number of tokens is a multiple of `step`.
    """
    longest = -(-max(map(len, texts)) // step) * step
    numbers = torch.tensor([[*text, *[padding] * (longest - len(text))] for text in texts])
    return numbers, numbers == padding


def write_trained(model: TrainedModel, file: Path) -> str:
    """Writes what was trained, and gives the file's SHA-256."""
    from safetensors.torch import save

    tensors: dict[str, Tensor] = {}
    for name, tensor in model.own_state().items():
        values = tensor.detach().float()
        if values.ndim == 2 and name.startswith("layers."):
            scale = values.abs().amax(dim=1).clamp(min=1e-8) / 127
            tensors[name] = (values / scale[:, None]).round().to(torch.int8)
            tensors[name + _SCALE] = scale
        else:
            tensors[name] = values.to(torch.float16)
    form = model.form
    about = {"kind": form.kind, "first_layer": form.first_layer, "heads": dict(form.heads), "encoder": DIGEST}
    data = save(tensors, metadata={_ABOUT: json.dumps(about, sort_keys=True)})  # one entry: several come in any order
    file.write_bytes(data)
    return sha256(data).hexdigest()


def read_trained(file: Path, *, digest: str | None = None) -> TrainedModel:
    """Reads such a file. Raises InputError where it is damaged, of another encoder, or not the one of that SHA-256."""
    from safetensors import SafetensorError, safe_open

    try:
        found = sha256(file.read_bytes()).hexdigest()
        if digest and found != digest:
            raise InputError(f"{str(file)!r} is not the file that this version knows: its SHA-256 is {found}")
        with safe_open(str(file), framework="pt") as opened:
            about = json.loads((opened.metadata() or {})[_ABOUT])
            names = list(opened.keys())  # it is no mapping
            stored = {name: opened.get_tensor(name) for name in names}
        model = TrainedModel(_form(about))
        model.load_own_state({name: _unpacked(name, stored) for name in stored if not name.endswith(_SCALE)})
    except (OSError, SafetensorError, KeyError, ValueError, RuntimeError) as error:
        raise InputError(f"{str(file)!r} is no trained model, or a part of one: {error}") from error
    return model


def _form(about: Mapping[str, Any]) -> Form:
    if about["encoder"] != DIGEST:
        raise ValueError("it was trained on another encoder")
    heads = {str(name): int(outputs) for name, outputs in about["heads"].items()}
    return Form(str(about["kind"]), int(about["first_layer"]), heads)


def _unpacked(name: str, stored: Mapping[str, Tensor]) -> Tensor:
    tensor = stored[name].float()
    return tensor * stored[name + _SCALE][:, None] if name + _SCALE in stored else tensor
