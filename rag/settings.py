"""Settings: environment variables `BELEG_*` and the command line, read at the edges, frozen, handed down in parts."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything a user can set. Only a hub model's name, `llm` and `fetch` make Beleg reach for the network."""

    model_config = SettingsConfigDict(env_prefix="BELEG_", frozen=True, extra="ignore")

    data: Path = Field(default=Path("data"), description="the archive's folder")
    database: str | None = Field(
        default=None,
        description="SQLAlchemy URL of the articles (PostgreSQL with its driver installed); else SQLite in the folder",
    )
    model: str = Field(
        default="bundled", description="`bundled`, a folder, or a sentence-transformers model on the hub"
    )
    model_revision: str | None = Field(default=None, description="the hub model's commit or tag")
    query_prompt: str | None = Field(
        default=None,
        description="what the model wants before a question, such as `query: `; unset: what its configuration names",
    )
    passage_prompt: str | None = Field(
        default=None,
        description="what the model wants before a passage, such as `passage: `; unset: what its configuration names",
    )
    dimensions: int | None = Field(
        default=None, ge=1, description="how many dimensions of a vector are kept, for Matryoshka models; unset: all"
    )
    reranker: str | None = Field(
        default=None, description="a folder or a single-label cross-encoder on the hub that re-orders what was found"
    )
    reranker_revision: str | None = Field(default=None, description="the hub re-ranker's commit or tag")
    rerank: int = Field(default=50, ge=1, le=1_000, description="how many of the first hits are re-ranked")
    reader: str | None = Field(
        default=None, description="a folder or an extractive question-answering model on the hub"
    )
    reader_revision: str | None = Field(default=None, description="the hub reader's commit or tag")
    judge: str | None = Field(
        default=None,
        description="a folder or a three-way cross-encoder on the hub that tells entailment, contradiction and neutral",
    )
    judge_revision: str | None = Field(default=None, description="the hub judge's commit or tag")
    llm: Literal["openai-like"] | None = Field(
        default=None,
        description="who writes the answers: `openai-like`, a server with OpenAI's API; unset: they are quotations",
    )
    llm_model: str | None = Field(default=None, description="the language model's name at its server")
    llm_url: str | None = Field(default=None, description="the server's address, such as `http://127.0.0.1:8000/v1`")
    llm_key: SecretStr | None = Field(default=None, description="the server's key; it is never shown or stored")
    llm_context: int = Field(
        default=8192, ge=512, description="how many tokens question, sentences and answer may take"
    )
    llm_timeout: float = Field(default=60.0, gt=0, le=3600, description="how many seconds an answer may take to write")
    device: str = Field(default="cpu", description="torch's name of the device that the models run on, such as `cuda`")
    dtype: Literal["float32", "bfloat16", "float16"] = Field(
        default="float32", description="the type that the models are loaded in"
    )
    min_confidence: float = Field(default=0.5, ge=0.0, le=1.0, description="below it `ask` abstains")
    cases: Path | None = Field(
        default=None,
        description="the suite file that reviewed results are put into; unset: `cases.jsonl` in the archive's folder",
    )
    max_article_characters: int = Field(default=2_000_000, ge=1, description="longer articles are refused at ingest")
    fetch: bool = Field(default=False, description="whether articles are fetched from web addresses")
    fetch_private: bool = Field(
        default=False,
        description="whether they are fetched from servers outside the public network too, such as an intranet's",
    )
    max_upload: int = Field(
        default=50_000_000, ge=1, description="larger files are not taken by the page, in bytes; `ingest` takes them"
    )
    host: str = Field(default="127.0.0.1", description="the address that `serve` binds")
    port: int = Field(default=7860, ge=0, le=65535, description="the port that `serve` binds")
