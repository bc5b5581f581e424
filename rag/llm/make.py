"""Settings of a language model -> the one that writes."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec

from rag.errors import InputError
from rag.llm.address import is_address
from rag.llm.anthropic import ANTHROPIC
from rag.llm.ollama import OLLAMA
from rag.llm.openai import OPENAI
from rag.llm.openai_like import OPENAI_LIKE
from rag.llm.served import ServedWriter, Wire
from rag.llm.writer import Llm, Message, Writer, WriterConfig, WritingFailed
from rag.types import Fallback

WIRES: dict[Llm, Wire] = {
    "openai-like": OPENAI_LIKE,
    "ollama": OLLAMA,
    "openai": OPENAI,
    "anthropic": ANTHROPIC,
}


def make_writer(config: WriterConfig) -> Writer | None:
    """The language model that a configuration names, if it names one. Reaches for nothing yet.

    Raises InputError where a setting that it needs is missing or cannot be used, or its extra is not installed.
    """
    if config.kind is None:
        return None
    wire = WIRES[config.kind]
    if not config.model:
        raise InputError(f"BELEG_LLM={config.kind} needs the model's name: set BELEG_LLM_MODEL.")
    url = config.url or wire.default_url
    if not url or not is_address(url):
        raise InputError(
            f"BELEG_LLM={config.kind} needs the server's address, and BELEG_LLM_URL is no http or https address "
            f"without white space: set it to one such as {wire.default_url or 'http://127.0.0.1:8000/v1'}."
        )
    if wire.needs_key and not config.key:
        raise InputError(f"BELEG_LLM={config.kind} needs the server's key: set BELEG_LLM_KEY.")
    if config.key and not _fits_a_header(config.key):
        raise InputError(
            "BELEG_LLM_KEY holds what no key may hold, such as a space, a line break or an umlaut: set it anew."
        )
    if not _is_installed(wire.module):
        raise InputError(
            f"BELEG_LLM={config.kind} needs the extra {config.kind!r}: run `pip install 'beleg[{config.kind}]'`."
        )
    return ServedWriter(replace(config, url=url), wire)


def answers(writer: Writer) -> Fallback | None:
    """Why the language model does not answer; None where it does. Asks it for a word."""
    try:
        return None if "".join(writer.write([Message("user", "Antworte mit dem Wort: Ja")])).strip() else "empty"
    except WritingFailed as error:
        return None if error.reason == "cut_off" else error.reason


def _fits_a_header(key: str) -> bool:
    """Printable ASCII without a space: of anything else each client makes something else."""
    return all("!" <= letter <= "~" for letter in key)


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # not even the package that it would be in
        return False
