"""Which language model writes, and what it needs of the settings."""

from __future__ import annotations

import importlib.util
from typing import Any, get_args

import pytest

from rag.errors import InputError
from rag.llm import make
from rag.llm.make import WIRES, answers, make_writer
from rag.llm.writer import Llm, ScriptedWriter, WriterConfig, WritingFailed
from rag.settings import Settings


def _config(kind: Llm, **changed: Any) -> WriterConfig:
    return WriterConfig(**({"kind": kind, "model": "klein", "url": "http://127.0.0.1/v1", "key": "geheim-7"} | changed))


def test_every_setting_has_its_wire_form() -> None:
    assert list(WIRES) == list(get_args(Llm))
    for kind in WIRES:
        assert Settings(llm=kind).llm == kind


def test_whether_it_answers() -> None:
    assert answers(ScriptedWriter("Ja")) is None
    assert answers(ScriptedWriter("")) == "empty"
    assert answers(ScriptedWriter(WritingFailed("cut_off"))) is None
    assert answers(ScriptedWriter(WritingFailed("not_reached"))) == "not_reached"


def test_without_a_kind_there_is_none() -> None:
    assert make_writer(WriterConfig()) is None


@pytest.mark.parametrize("kind", list(WIRES))
def test_what_is_missing_is_named(kind: Llm, monkeypatch: pytest.MonkeyPatch) -> None:
    assert make_writer(_config(kind))
    with pytest.raises(InputError, match="BELEG_LLM_MODEL"):
        make_writer(_config(kind, model=None))
    for url in ("127.0.0.1:8000", "file:///etc/passwd", "http://"):
        with pytest.raises(InputError, match="BELEG_LLM_URL"):
            make_writer(_config(kind, url=url))
    assert importlib.util.find_spec(WIRES[kind].module) is not None
    for found in (lambda _: None, _no_parent):
        monkeypatch.setattr(make, "find_spec", found)
        with pytest.raises(InputError, match=rf"beleg\[{kind}\]"):
            make_writer(_config(kind))


@pytest.mark.parametrize("kind", list(WIRES))
@pytest.mark.parametrize("odd", [" ", "\n", "\t", "\x00", "\x7f", "\u00a0", "\u2009", "\u200b"], ids=ascii)
def test_an_address_with_white_space_or_control_characters_is_none(kind: Llm, odd: str) -> None:
    for url in (f"http://127.0.0.1/v1{odd}", f"{odd}http://127.0.0.1/v1", f"http://haus{odd}tier/v1"):
        with pytest.raises(InputError, match="BELEG_LLM_URL"):
            make_writer(_config(kind, url=url))


@pytest.mark.parametrize("kind", list(WIRES))
@pytest.mark.parametrize(
    "key", ["geheim\n7", "geheim-7\n", "geheim 7", "geheim-ü", "geheim\u20097", "geheim\x007"], ids=ascii
)
def test_a_key_that_no_header_can_bear_is_refused_and_not_shown(kind: Llm, key: str) -> None:
    with pytest.raises(InputError, match="BELEG_LLM_KEY") as refused:
        make_writer(_config(kind, key=key))
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        ("ollama", "http://127.0.0.1:11434"),
        ("openai", "https://api.openai.com/v1"),
        ("anthropic", "https://api.anthropic.com"),
    ],
)
def test_without_an_address_it_is_the_one_that_everybody_has(kind: Llm, where: str) -> None:
    writer = make_writer(_config(kind, url=None))
    assert writer
    assert writer.fingerprint == f"{kind} klein at {where}"


def test_a_server_of_ones_own_needs_an_address() -> None:
    with pytest.raises(InputError, match="BELEG_LLM_URL"):
        make_writer(_config("openai-like", url=None))


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
def test_a_vendor_needs_a_key_and_takes_none_from_the_environment(kind: Llm, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"):
        monkeypatch.setenv(name, "sk-of-another")
    with pytest.raises(InputError, match="BELEG_LLM_KEY"):
        make_writer(_config(kind, key=None))


@pytest.mark.parametrize("kind", ["openai-like", "ollama"])
def test_a_server_of_ones_own_needs_no_key(kind: Llm) -> None:
    assert make_writer(_config(kind, key=None))


def _no_parent(name: str) -> None:
    raise ModuleNotFoundError(name)
