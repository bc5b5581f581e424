"""Hits -> the same hits, the first of them in the order of a model that reads question and passage together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from rag.errors import InputError
from rag.models.cross_encoder import load_cross_encoder
from rag.models.model_files import Dtype, ModelFiles, check_finite, kind_without_head
from rag.retrieve.fuse import standardise
from rag.text.tokens import words
from rag.types import Hit

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_BATCH = 8


@dataclass(frozen=True, slots=True)
class RerankerConfig:
    """Which model, a folder or a name on the hub, and how it is run. None is no re-ranking.

    `max_length` is in tokens of question and passage together; what is beyond is not seen. The model's own limit holds
    where it is lower.
    """

    model: str | None = None
    revision: str | None = None
    device: str = "cpu"
    dtype: Dtype = "float32"
    max_length: int = 512


class Reranker(Protocol):
    """What re-ranking asks of a model."""

    @property
    def fingerprint(self) -> str:
        """Names everything that decides the scores. Known without loading the model."""

    def score(self, query: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers the query, higher is better, comparable within one call."""


class CrossEncoderReranker:
    """A cross-encoder with one label, through sentence-transformers, loaded when first needed.

    The scores are the model's logits, before any activation: a sigmoid makes all good passages alike.
    """

    def __init__(self, files: ModelFiles, config: RerankerConfig) -> None:
        self._files = files
        self._config = config

    @cached_property
    def fingerprint(self) -> str:
        return f"{self._files.identity()}, torch {self._config.dtype}, {self._config.max_length} tokens"

    def score(self, query: str, texts: Sequence[str]) -> list[float]:
        if not texts:
            return []
        pairs = [(query, text) for text in texts]
        # The library sorts the pairs by length itself, so that little of a batch is padding.
        scores = self._model.predict(pairs, batch_size=_BATCH, show_progress_bar=False)
        check_finite(scores, self._files, dtype=self._config.dtype)
        return [float(score) for score in scores]

    @cached_property
    def _model(self) -> CrossEncoder:
        config = self._config
        return load_cross_encoder(
            self._files, _check_head, device=config.device, dtype=config.dtype, max_length=config.max_length
        )


class WordOverlapReranker:
    """A stand-in without a model: the share of the query's words that the text holds, 0 to 1."""

    fingerprint = "word-overlap"

    def score(self, query: str, texts: Sequence[str]) -> list[float]:
        asked = set(words(query))
        return [len(asked & set(words(text))) / max(1, len(asked)) for text in texts]


RERANKERS: dict[str, Callable[[], Reranker]] = {WordOverlapReranker.fingerprint: WordOverlapReranker}


def make_reranker(config: RerankerConfig) -> Reranker | None:
    """The re-ranker that a configuration names, if it names one. Loads nothing yet."""
    if not config.model:
        return None
    if fake := RERANKERS.get(config.model):
        return fake()
    files = ModelFiles.find(config.model, setting="BELEG_RERANKER", revision=config.revision)
    return CrossEncoderReranker(files, config)


def rerank(query: str, hits: Sequence[Hit], reranker: Reranker, *, first: int | None = None) -> list[Hit]:
    """The `first` hits (None is all) in the order of the model's score; the others stay behind them in their order.

    A re-ranked hit's `score` is `z = (s - mean) / standard deviation` of the model's score s over the re-ranked hits,
    and nothing of the search's own score. `parts` gains `reranker`, which is s, and `before`, the score before. Where s
    is equal the order stays. The others' scores are all moved by one amount, the one that takes the lowest score before
    of the re-ranked hits to the lowest z, so that the list still falls from first to last; they gain `before` alone.
    """
    head, tail = hits[:first], hits[len(hits[:first]) :]
    if not head:
        return list(hits)
    ids = [hit.passage.id for hit in head]
    raw = dict(zip(ids, reranker.score(query, [hit.text for hit in head]), strict=True))
    standard = standardise(raw, over=ids)
    scored = [
        replace(hit, score=standard[id], parts={**hit.parts, "reranker": raw[id], "before": hit.score})
        for id, hit in zip(ids, head, strict=True)
    ]
    down = min(standard.values()) - min(hit.score for hit in head)
    return sorted(scored, key=lambda hit: -hit.score) + [
        replace(hit, score=hit.score + down, parts={**hit.parts, "before": hit.score}) for hit in tail
    ]


def _check_head(model: CrossEncoder, files: ModelFiles) -> None:
    """Raises InputError for several labels, and for a model that is no cross-encoder: it is given a head at random."""
    if model.num_labels != 1:
        raise InputError(
            f"The re-ranker {files.location!r} has {model.num_labels} labels; one that gives a single score is needed. "
            f"Set {files.setting} to a cross-encoder with one label."
        )
    if kind := kind_without_head(model.model):
        raise InputError(
            f"The model {files.location!r} is no cross-encoder ({kind}). "
            f"Set {files.setting} to one that was trained to score a question with a passage."
        )
