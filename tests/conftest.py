"""Shared by all tests: nothing outside loopback can be reached, and archives that are quick to make."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.archive import Archive
from rag.llm.writer import Writer
from rag.models.embedder import Embedder, EmbedderConfig, HashEmbedder, make_embedder
from rag.settings import Settings
from tests.tiny_models import TinyModels

OpenArchive = Callable[..., Archive]


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuses every connection and every name look-up outside of loopback, in every test."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def refuse_outside(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not _is_loopback(address[0]):
            raise AssertionError(f"a test tried to reach {address!r}")
        connect(self, address)

    def refuse_names(host: Any, *rest: Any, **options: Any) -> Any:
        if host is not None and not _is_loopback(host) and not _is_address(host):
            raise AssertionError(f"a test tried to look up {host!r}")
        return look_up(host, *rest, **options)

    monkeypatch.setattr(socket.socket, "connect", refuse_outside)
    monkeypatch.setattr(socket, "getaddrinfo", refuse_names)


@pytest.fixture(autouse=True, scope="session")
def words_alone() -> Iterator[None]:
    """Without a reader and a judge, as fast as it can be; what is about them sets them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BELEG_READER", "none")
        patch.setenv("BELEG_JUDGE", "none")
        yield


@pytest.fixture(autouse=True, scope="session")
def as_on_every_processor() -> Iterator[None]:
    """What `auto` computes in differs between processors, and so do the last digits of a score."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rag.models.model_files._multiplies_bfloat16", lambda _device: False)
        yield


@pytest.fixture
def open_archive(tmp_path: Path) -> Iterator[OpenArchive]:
    """Opens archives in the test's own folder with an embedder that needs no model, and closes them in the end."""
    opened: list[Archive] = []

    def open_one(
        folder: str = "data", *, embedder: Embedder | None = None, writer: Writer | None = None, **settings: Any
    ) -> Archive:
        chosen = Settings(**({"min_confidence": 0.0} | settings))
        archive = Archive.open(tmp_path / folder, settings=chosen, embedder=embedder or HashEmbedder(), writer=writer)
        opened.append(archive)
        return archive

    yield open_one
    for archive in opened:
        archive.close()


@pytest.fixture(scope="session")
def bundled() -> Embedder:
    """The real model that comes with the package, loaded once."""
    return make_embedder(EmbedderConfig())


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory: pytest.TempPathFactory) -> TinyModels:
    """Folders with models of two layers, made once."""
    return TinyModels.make(tmp_path_factory.mktemp("models"))


def _is_address(host: Any) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: Any) -> bool:
    if host in {"localhost", b"localhost", ""}:
        return True
    return _is_address(host) and ipaddress.ip_address(host).is_loopback
