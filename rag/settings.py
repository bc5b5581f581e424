"""Settings: environment variables `BELEG_*` and the command line, read at the edges, frozen, handed down in parts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, StringConstraints
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

HostName = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"^([\w.-]+|\[[0-9a-f:.]+\])$")
]

# What `Authorization: Bearer` can carry (RFC 6750); shorter ones could be guessed.
_KEY = re.compile(r"[A-Za-z0-9._~+/-]{16,}=*")


def _listed(given: Any) -> Any:
    return [name.strip() for name in given.split(",") if name.strip()] if isinstance(given, str) else given


def _key(given: SecretStr) -> SecretStr:
    if _KEY.fullmatch(given.get_secret_value()):
        return given
    raise ValueError("a key has 16 or more letters of a-z and A-Z, digits and the signs . _ ~ + / -")


Keys = Annotated[tuple[Annotated[SecretStr, AfterValidator(_key)], ...], NoDecode, BeforeValidator(_listed)]


def _login(given: SecretStr) -> SecretStr:
    name, _, password = given.get_secret_value().partition(":")
    if name and len(password) >= 8:
        return given
    raise ValueError("a login is NAME:PASSWORD, with a password of 8 characters or more")


class Settings(BaseSettings):
    """Everything a user can set. Only a hub model's name, `llm` and `fetch` make Beleg reach for the network."""

    model_config = SettingsConfigDict(env_prefix="BELEG_", frozen=True, extra="ignore", hide_input_in_errors=True)

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
        default=None,
        description="who reads what was found for the answer: `bundled`, or a folder or an extractive "
        "question-answering model on the hub",
    )
    reader_revision: str | None = Field(default=None, description="the hub reader's commit or tag")
    judge: str | None = Field(
        default="bundled",
        description="who tells whether a sentence bears a claim out: `bundled`, a folder or a three-way cross-encoder "
        "on the hub that tells entailment, contradiction and neutral, or `none`",
    )
    judge_revision: str | None = Field(default=None, description="the hub judge's commit or tag")
    llm: Literal["openai-like", "ollama", "openai", "anthropic"] | None = Field(
        default=None,
        description="who writes the answers: `openai-like`, a server with OpenAI's API, `ollama`, `openai` or "
        "`anthropic`; unset: they are quotations",
    )
    llm_model: str | None = Field(default=None, description="the language model's name at its server")
    llm_url: str | None = Field(
        default=None,
        description="the server's address, such as `http://127.0.0.1:8000/v1`; `openai-like` needs it, unset: Ollama "
        "on this machine, or the vendor's",
    )
    llm_key: SecretStr | None = Field(
        default=None,
        description="the server's key, which `openai` and `anthropic` need; it is never shown or stored",
    )
    llm_context: int = Field(
        default=8192, ge=512, description="how many tokens question, sentences and answer may take"
    )
    llm_timeout: float = Field(default=60.0, gt=0, le=3600, description="how many seconds an answer may take to write")
    llm_judge: bool = Field(
        default=False,
        description="whether the language model also says if a sentence bears a claim out; if it fails, `judge` does",
    )
    device: str = Field(default="cpu", description="torch's name of the device that the models run on, such as `cuda`")
    dtype: Literal["auto", "float32", "bfloat16", "float16"] = Field(
        default="auto",
        description="the type that the models compute in; `auto`: the bundled one in bfloat16 where the processor "
        "multiplies it, and float32 otherwise",
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
    hosts: Annotated[tuple[HostName, ...], NoDecode, BeforeValidator(_listed)] = Field(
        default=(),
        description="names that the page is asked for by, with commas between them and without ports, such as a "
        "proxy's; unset: this machine's own on a loopback address, any on another",
    )
    read_keys: Keys = Field(
        default=(),
        description="keys, with commas between them, that may read over the API; with none and no write key, anybody",
    )
    write_keys: Keys = Field(default=(), description="keys that may change the archive over the API, and read")
    login: Annotated[SecretStr, AfterValidator(_login)] | None = Field(
        default=None, description="`NAME:PASSWORD` that the page is to be asked for with; unset: none"
    )
    open_to_all: bool = Field(
        default=False,
        description="whether `serve` binds an address that others reach though there is no login",
    )
