"""The server: where it binds, and what it refuses."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.errors import AddressInUse
from rag.index.embedder import HashEmbedder
from rag.settings import Settings
from rag.web.serve import serve


def test_a_taken_port_is_refused_and_named(tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        Archive.open(tmp_path, embedder=HashEmbedder()) as archive,
        pytest.raises(AddressInUse, match=str(port := taken.getsockname()[1])),
    ):
        serve(archive, Settings(port=port))


def test_a_host_that_is_not_there_is_refused(tmp_path: Path) -> None:
    settings = Settings(host="192.0.2.1", port=0)
    with Archive.open(tmp_path, embedder=HashEmbedder()) as archive, pytest.raises(AddressInUse, match=r"192\.0\.2\.1"):
        serve(archive, settings)
