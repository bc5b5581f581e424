"""What a language model writes, shown on a terminal while it is being written, and gone when the answer is there."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rag.cli_text import draft_lines
from rag.text.unicode import escape_obeyed
from rag.types import Draft

if TYPE_CHECKING:
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text


class LiveDraft:
    """Shows drafts on standard error, where that is a terminal and the answer comes to one too."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty() and sys.stdout.isatty()
        self._live: Live | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def show(self, draft: Draft) -> None:
        if self._shown:
            live = self._started()
            live.update(_last_lines(draft, live.console), refresh=True)

    def _started(self) -> Live:
        if self._live is None:
            from rich.console import Console
            from rich.live import Live

            self._live = Live(console=Console(stderr=True), auto_refresh=False, transient=True)
            self._live.start()
        return self._live


def _last_lines(draft: Draft, console: Console) -> Text:
    """As many as fit, since what has left the screen cannot be taken away; as plain text: nothing in it is markup."""
    from rich.text import Text

    lines = Text(escape_obeyed(draft_lines(draft)), style="dim").wrap(console, console.width)
    return Text("\n").join(lines[-max(1, console.height - 1) :])
