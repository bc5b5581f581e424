"""Which addresses of the network are public."""

from __future__ import annotations

import socket

import pytest

from rag.errors import ArticleError
from rag.ingest.networks import is_public, resolve_host


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:93.184.215.14", "64:ff9b::808:808"]
)
def test_a_public_address_is_told(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.9.10", "0.0.0.0", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "192.0.2.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::7f00:1", ""),
    ],
)
def test_an_address_of_any_other_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_host_is_resolved_by_the_system(host: str) -> None:
    assert "127.0.0.1" in resolve_host(host, 80)


@pytest.mark.parametrize(
    "error",
    [
        socket.gaierror(-2, "Name or service not known"),
        UnicodeError("encoding with 'idna' codec failed (UnicodeError: label empty or too long)"),
    ],
)
def test_a_name_that_cannot_be_looked_up_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ArticleError, match=r"no server of the name 'nirgends\.example'"):
        resolve_host("nirgends.example", 443)
