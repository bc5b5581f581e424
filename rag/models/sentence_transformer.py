"""An embedder of any sentence-transformers model: a folder, or a name on the hub."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

import numpy as np

from rag.errors import InputError
from rag.models.embedder import EmbedderConfig, Vectors
from rag.models.model_files import Dtype, ModelFiles, check_finite, loading, quiet, torch_dtype
from rag.models.threads import threads
from rag.models.turns import Turns

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 8
_PROMPT_NAMES: Mapping[Literal["query", "passage"], Sequence[str]] = {
    "query": ("query",),
    "passage": ("document", "passage", "corpus"),
}


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded when first needed. Only a hub model that is not a folder may be fetched.

    Of a text that is longer than the model takes, what is beyond is not seen.

    Threads take turns, a batch of 8 texts at a time: a tokenizer cannot be used by two at once.
    """

    def __init__(self, config: EmbedderConfig) -> None:
        self._config = config
        self._dtype: Dtype = "float32" if config.dtype == "auto" else config.dtype
        self._files = ModelFiles.find(config.model, setting="BELEG_MODEL", revision=config.revision)
        self._turns = Turns()
        self._loading = Lock()
        self._loaded: SentenceTransformer | None = None

    @cached_property
    def fingerprint(self) -> str:
        config = self._config
        kept = [f"first {config.dimensions} dimensions"] if config.dimensions else []
        return ", ".join([self._files.identity(), f"torch {self._dtype}", *kept, *self._prompts_named()])

    @property
    def dimensions(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        longest_first = sorted(range(len(texts)), key=lambda row: -len(texts[row]))  # the less has to be filled up
        for start in range(0, len(texts), _BATCH):
            rows = longest_first[start : start + _BATCH]
            with self._turns:
                vectors[rows] = self._encode([texts[row] for row in rows], "passage")
        return vectors

    def embed_query(self, text: str) -> Vectors:
        with self._turns, threads(1):
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
        check_finite(vectors, self._files, dtype=self._dtype)
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
        quiet()
        with loading(files, device=config.device):
            model = SentenceTransformer(
                files.location,
                device=config.device,
                model_kwargs={"dtype": torch_dtype(self._dtype)},
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
