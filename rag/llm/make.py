"""Settings of a language model -> the one that writes."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from rag.errors import InputError
from rag.llm.address import is_address
from rag.llm.openai_like import OpenAILikeWriter
from rag.llm.writer import Llm, Message, Writer, WriterConfig, WritingFailed
from rag.types import Fallback

WRITERS: dict[Llm, Callable[[WriterConfig], Writer]] = {"openai-like": OpenAILikeWriter}
_MODULES: dict[Llm, str] = {"openai-like": "llama_index.llms.openai_like"}


def make_writer(config: WriterConfig) -> Writer | None:
    """The language model that a configuration names, if it names one. Reaches for nothing yet.

    Raises InputError where a setting that it needs is missing or cannot be used, or its extra is not installed.
    """
    if config.kind is None:
        return None
    if not config.model:
        raise InputError(f"BELEG_LLM={config.kind} needs the model's name: set BELEG_LLM_MODEL.")
    if not config.url or not is_address(config.url):
        raise InputError(
            f"BELEG_LLM={config.kind} needs the server's address, and BELEG_LLM_URL is no http or https address: "
            "set it to one such as http://127.0.0.1:8000/v1."
        )
    if find_spec(_MODULES[config.kind]) is None:
        raise InputError(
            f"BELEG_LLM={config.kind} needs the extra {config.kind!r}: run `pip install 'beleg[{config.kind}]'`."
        )
    return WRITERS[config.kind](config)


def answers(writer: Writer) -> Fallback | None:
    """Why the language model does not answer; None where it does. Asks it for a word."""
    try:
        return None if "".join(writer.write([Message("user", "Antworte mit dem Wort: Ja")])).strip() else "empty"
    except WritingFailed as error:
        return None if error.reason == "cut_off" else error.reason
