"""A server's name -> its addresses in the network, and whether these are public."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from threading import Thread

from rag.errors import ArticleError

# A host's name or address, and a port -> the addresses to connect to, the preferred first. Raises ArticleError.
Resolve = Callable[[str, int], list[str]]

_TRANSLATED = IPv6Network("64:ff9b::/96")  # an IPv4 address in its last 32 bits, RFC 6052


def resolve_host(host: str, port: int) -> list[str]:
    """The host's addresses as the system gives them. Raises ArticleError where there is none of this name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ArticleError(f"there is no server of the name {host!r}, or no network to look it up in") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def resolve_within(seconds: float, resolve: Resolve, host: str, port: int) -> list[str]:
    """What `resolve` gives. Raises ArticleError, as that does, also where it takes longer than so many seconds.

    The system's look-up knows no limit of its own: one that is not waited for any more ends by itself, in its thread.
    """
    results: SimpleQueue[list[str] | BaseException] = SimpleQueue()

    def look_up() -> None:
        try:
            results.put(resolve(host, port))
        except BaseException as error:  # noqa: BLE001 raised where it is waited for
            results.put(error)

    Thread(target=look_up, name="beleg-resolve", daemon=True).start()
    try:
        result = results.get(timeout=seconds)
    except Empty:
        raise ArticleError(f"the name {host!r} could not be looked up within {seconds:.2g} s") from None
    if isinstance(result, BaseException):
        raise result
    return result


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody can reach, and no loopback, private, link-local or reserved one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    inner = _inner(parsed)
    if inner is not None:
        return is_public(str(inner))
    return parsed.is_global and not (
        parsed.is_multicast
        or parsed.is_reserved
        or parsed.is_private
        or (isinstance(parsed, IPv6Address) and parsed.is_site_local)
    )


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to."""
    if isinstance(address, IPv4Address):
        return None
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
