"""What each model gets of the settings."""

from __future__ import annotations

import pytest

from rag.llm.writer import Llm
from rag.model_configs import embedder_config, judge_config, reader_config, reranker_config, writer_config
from rag.settings import Settings

SETTINGS = Settings(
    model="embed",
    model_revision="1",
    query_prompt="query: ",
    passage_prompt="passage: ",
    dimensions=64,
    reranker="rank",
    reranker_revision="2",
    reader="read",
    reader_revision="3",
    judge="judge",
    judge_revision="4",
    device="cuda",
    dtype="bfloat16",
)


def test_each_model_has_its_name_and_revision_and_all_the_device_and_type() -> None:
    configs = [make(SETTINGS) for make in (embedder_config, reranker_config, reader_config, judge_config)]
    assert [(one.model, one.revision) for one in configs] == [
        ("embed", "1"),
        ("rank", "2"),
        ("read", "3"),
        ("judge", "4"),
    ]
    assert {(one.device, one.dtype) for one in configs} == {("cuda", "bfloat16")}


def test_the_embedder_has_its_prompts_and_dimensions() -> None:
    config = embedder_config(SETTINGS)
    assert (config.query_prompt, config.passage_prompt, config.dimensions) == ("query: ", "passage: ", 64)


@pytest.mark.parametrize("kind", ["openai-like", "ollama", "openai", "anthropic"])
def test_the_language_model_has_its_server_and_the_key_that_is_not_shown(kind: Llm) -> None:
    settings = Settings(
        llm=kind, llm_model="klein", llm_url="http://127.0.0.1", llm_key="geheim-7", llm_context=4096, llm_timeout=5
    )
    config = writer_config(settings)
    assert (config.kind, config.model, config.url, config.key) == (kind, "klein", "http://127.0.0.1", "geheim-7")
    assert (config.context, config.timeout) == (4096, 5)
    assert "geheim-7" not in repr((settings, config))


def test_an_empty_key_is_none() -> None:
    assert writer_config(Settings(llm="openai", llm_key="")).key is None
