"""Settings: environment variables `BELEG_*` and the command line, read at the edges, frozen, handed down in parts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

HostName = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"^([\w.-]+|\[[0-9a-f:.]+\])$")
]


class Settings(BaseSettings):
    """Everything a user can set. Only a hub model's name and `fetch` make Beleg reach for the network."""

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
    hosts: Annotated[tuple[HostName, ...], NoDecode] = Field(
        default=(),
        description="names that the page is asked for by, with commas between them and without ports, such as a "
        "proxy's; unset: this machine's own on a loopback address, any on another",
    )

    @field_validator("hosts", mode="before")
    @classmethod
    def _listed(cls, given: Any) -> Any:
        return [name for name in given.split(",") if name.strip()] if isinstance(given, str) else given
