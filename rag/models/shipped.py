"""A model that was trained here and comes with Beleg: found, checked against its digest, loaded when first needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError
from rag.models.model_files import Dtype, ModelFiles, check_finite, loading, torch_dtype
from rag.models.turns import Turns

if TYPE_CHECKING:
    from torch import Tensor, nn

    from rag.models.tokenizer import Tokenizer
    from rag.models.trained import TrainedModel

FOLDER = Path(__file__).with_name("weights")
_DIGESTS = FOLDER / "SHA256SUMS"


class ShippedModel:
    """`judge` or `reader`: the file of that name in `FOLDER`. Threads take turns."""

    def __init__(self, name: str, *, setting: str, device: str, dtype: Dtype) -> None:
        self._name = name
        self._device = device
        self._dtype = dtype
        self._files = ModelFiles("bundled", setting)
        self._turns = Turns()
        self._loading = Lock()
        self._loaded: TrainedModel | None = None

    @cached_property
    def fingerprint(self) -> str:
        return f"{self._name}@{digest_of(self._name)[:16]}, torch {self._dtype}"

    @property
    def tokenizer(self) -> Tokenizer:
        return self._model.tokenizer

    @contextmanager
    def read(self, texts: Sequence[Sequence[int]]) -> Iterator[tuple[Tensor, nn.ModuleDict]]:
        """Within it, the texts' vectors, of shape (texts, tokens, hidden), and the heads that make logits of them."""
        import torch

        from rag.models.trained import batch

        model = self._model
        numbers, padded = batch(texts, padding=model.tokenizer.padding)
        with self._turns, torch.inference_mode():
            vectors = model(numbers.to(self._device), padded.to(self._device))
            yield vectors.float(), model.heads

    def checked(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        check_finite(values, self._files, dtype=self._dtype)
        return values

    @property
    def _model(self) -> TrainedModel:
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> TrainedModel:
        from rag.models.trained import read_trained

        with loading(self._files, device=self._device):
            model = read_trained(FOLDER / f"{self._name}.safetensors", digest=digest_of(self._name))
            model.eval().to(self._device)
            model.encoder.run_in(torch_dtype(self._dtype, device=self._device))
            return model


def digest_of(name: str) -> str:
    """The SHA-256 of a model's file, as `SHA256SUMS` has it. Raises InputError where it has none."""
    for line in _DIGESTS.read_text(encoding="ascii").splitlines():
        digest, _, file = line.partition("  ")
        if file == f"{name}.safetensors":
            return digest
    raise InputError(f"No {name} comes with this version. Set BELEG_{name.upper()} to `none`, or to another model.")
