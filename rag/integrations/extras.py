"""What comes with an extra of the package, and is said so where it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rag.errors import MissingExtra


@contextmanager
def of_extra(name: str) -> Iterator[None]:
    """What is imported within comes with that extra. Raises MissingExtra where it is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"{error.name} is not installed, which the extra {name!r} brings. Run `pip install 'beleg[{name}]'`."
        ) from error
