"""OpenAI's own models: its chat API with the parameters that the newer of them take alone."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

from rag.llm.deadline import Deadline
from rag.llm.openai_like import OPENAI_LIKE, open_openai_like
from rag.llm.writer import WriterConfig

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


def _open_llm(config: WriterConfig, deadline: Deadline) -> AbstractContextManager[LLM]:
    """Models that think first take no temperature and no `max_tokens`. All of OpenAI's do without, by any name."""
    import openai

    kept = {"temperature": openai.omit, "max_completion_tokens": config.reply_tokens}
    return open_openai_like(config, deadline, additional_kwargs=kept)


OPENAI = replace(OPENAI_LIKE, default_url="https://api.openai.com/v1", needs_key=True, open_llm=_open_llm)
