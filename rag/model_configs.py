"""Settings -> what each model asks of them."""

from __future__ import annotations

from rag.answer.read import ReaderConfig
from rag.check.judge import JudgeConfig
from rag.llm.writer import WriterConfig
from rag.models.embedder import BUNDLED, EmbedderConfig
from rag.models.model_files import Dtype
from rag.retrieve.rerank import RerankerConfig
from rag.settings import Settings


def embedder_config(settings: Settings) -> EmbedderConfig:
    return EmbedderConfig(
        settings.model,
        settings.model_revision,
        settings.query_prompt,
        settings.passage_prompt,
        device=settings.device,
        dtype=settings.dtype,
        dimensions=settings.dimensions,
    )


def reranker_config(settings: Settings) -> RerankerConfig:
    return RerankerConfig(settings.reranker, settings.reranker_revision, device=settings.device, dtype=_dtype(settings))


def reader_config(settings: Settings) -> ReaderConfig:
    return ReaderConfig(
        _named(settings.reader),
        settings.reader_revision,
        device=settings.device,
        dtype=_dtype(settings, settings.reader),
    )


def judge_config(settings: Settings) -> JudgeConfig:
    return JudgeConfig(
        _named(settings.judge), settings.judge_revision, device=settings.device, dtype=_dtype(settings, settings.judge)
    )


def writer_config(settings: Settings) -> WriterConfig:
    return WriterConfig(
        settings.llm,
        settings.llm_model,
        settings.llm_url,
        settings.llm_key.get_secret_value() if settings.llm_key else None,
        context=settings.llm_context,
        timeout=settings.llm_timeout,
    )


def _named(model: str | None) -> str | None:
    return None if model in (None, "", "none") else model


def _dtype(settings: Settings, model: str | None = None) -> Dtype:
    """What the models beside the embedder compute in: of those that do not come with Beleg, `auto` was not measured."""
    return "float32" if settings.dtype == "auto" and model != BUNDLED else settings.dtype
