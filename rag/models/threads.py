"""How many of torch's threads work on what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def threads(count: int) -> Iterator[None]:
    """Within it, torch shares the work among so many. One text is best read by one of them: threads that wait for each
    other on a busy machine took from 2 to 30 times as long."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)
