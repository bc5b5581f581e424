"""Settings come from the environment, are checked and frozen."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from rag.settings import Settings


def test_the_environment_sets_and_arguments_go_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BELEG_DATA", "/anderswo")
    monkeypatch.setenv("BELEG_PORT", "8000")
    assert Settings().data == Path("/anderswo")
    assert Settings(port=9000).port == 9000


def test_nothing_set_is_local_and_bundled(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BELEG_{name.upper()}", raising=False)
    settings = Settings()
    assert (settings.host, settings.port, settings.model) == ("127.0.0.1", 7860, "bundled")
    assert (settings.reranker, settings.reader, settings.judge) == (None, None, "bundled")
    assert (settings.device, settings.dtype) == ("cpu", "auto")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "x"),
        ("PORT", "70000"),
        ("MIN_CONFIDENCE", "1.5"),
        ("DTYPE", "int8"),
        ("DIMENSIONS", "0"),
        ("RERANK", "0"),
        ("HOSTS", "https://beleg.example"),
        ("HOSTS", "beleg.example:8000"),
        ("READ_KEYS", "kurz"),
        ("WRITE_KEYS", "lang-genug-012345,mit leerzeichen 0123"),
        ("LOGIN", "name"),
        ("LOGIN", "name:kurz"),
        ("LOGIN", ":ohne-namen-0123"),
    ],
)
def test_a_value_out_of_range_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"BELEG_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()


def test_names_of_the_server_stand_between_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BELEG_HOSTS", "Beleg.example, [2001:db8::1],")
    assert Settings().hosts == ("beleg.example", "[2001:db8::1]")
    monkeypatch.setenv("BELEG_HOSTS", "")
    assert Settings().hosts == ()


@pytest.mark.parametrize("name", ["READ_KEYS", "WRITE_KEYS", "LOGIN"])
def test_a_secret_that_cannot_be_used_is_not_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"BELEG_{name}", "geheim!")
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert "geheim" not in str(refused.value)


def test_settings_cannot_be_changed_afterwards() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1


def test_every_setting_is_in_the_readme() -> None:
    readme = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
    assert [name for name in Settings.model_fields if f"`BELEG_{name.upper()}`" not in readme] == []
