"""Shared by the tests of what is fetched: a web server of one's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web_server import Pages, serve_pages


@pytest.fixture
def pages() -> Iterator[Pages]:
    with serve_pages() as served:
        yield served
