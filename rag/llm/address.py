"""The address of a language model's server."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_address(url: str) -> bool:
    """Whether it is one of http or https. What reads addresses would drop some white space without a word."""
    if not url.isprintable() or any(letter.isspace() for letter in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def place(url: str) -> str:
    """The address without a name and a password in it, and without a query: either may be a secret."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
