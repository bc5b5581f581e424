"""Text -> vectors. The seam, which model is behind it, and the fake for tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.models.model_files import Dtype

Vectors = NDArray[np.float32]

BUNDLED = "bundled"

_WORD = re.compile(r"\w+")
_SHARED = 0.7


@dataclass(frozen=True, slots=True)
class EmbedderConfig:
    """Which model, the prompts it wants, and how it is run. `model` is `bundled`, a folder, or a name on the hub.

    A prompt that is None is the one that the model's own configuration names, if it does; "" is none.
    `dimensions` keeps the first n of each vector, for models that were trained to allow it (Matryoshka); None is all.
    """

    model: str = BUNDLED
    revision: str | None = None
    query_prompt: str | None = None
    passage_prompt: str | None = None
    device: str = "cpu"
    dtype: Dtype = "auto"
    dimensions: int | None = None


class Embedder(Protocol):
    """What an index asks of a model. Several threads may ask at once: one takes articles in, others ask questions."""

    @property
    def fingerprint(self) -> str:
        """Names everything that decides the vectors. Known without loading the model."""

    @property
    def dimensions(self) -> int: ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, float32, of shape (len(texts), dimensions), of what is to be found: here, sentences."""

    def embed_query(self, text: str) -> Vectors:
        """A unit vector, float32, of shape (dimensions,)."""


class HashEmbedder:
    """A stand-in without a model: each word's hash chooses a coordinate. Fast, repeatable, and knows no meaning.

    All texts share most of their direction, as they do in the bundled model: what is weighed and how sure an answer is
    was fitted on its similarities, which are between .7 and 1.
    """

    dimensions = 64

    def __init__(self, name: str = "hash") -> None:
        self.fingerprint = name
        self.embedded = 0

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += len(texts)
        return np.stack([self.embed_query(text) for text in texts]) if texts else np.zeros((0, 64), np.float32)

    def embed_query(self, text: str) -> Vectors:
        vector = np.full(self.dimensions, 1e-3, dtype=np.float32)
        for word in _WORD.findall(text.casefold()):
            vector[1 + sha256(word.encode()).digest()[0] % (self.dimensions - 1)] += 1.0
        vector[0] = np.linalg.norm(vector[1:]) * (_SHARED / (1 - _SHARED)) ** 0.5
        return (vector / np.linalg.norm(vector)).astype(np.float32)


def _bundled(config: EmbedderConfig) -> Embedder:
    from rag.models.bundled import BundledEmbedder

    return BundledEmbedder(config)


def _sentence_transformer(config: EmbedderConfig) -> Embedder:
    from rag.models.sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(config)


EMBEDDERS: dict[str, Callable[[EmbedderConfig], Embedder]] = {
    BUNDLED: _bundled,
    "hash": lambda _config: HashEmbedder(),
}


def make_embedder(config: EmbedderConfig) -> Embedder:
    """The embedder that a configuration names. Loads nothing yet."""
    return EMBEDDERS.get(config.model, _sentence_transformer)(config)
