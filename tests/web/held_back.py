"""`python -m tests.web.held_back`: `beleg serve`, whose questions wait at their first stage while a file is there.

The file is `hold` beside the archive's folder. A question that waits can be stopped.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

from rag.cli import main
from rag.desk.desk import Desk
from rag.desk.types import Turn


def hold_back(hold: Path) -> None:
    take = Desk.take

    def held(self: Desk, owner: str, typed: str, *, on_stage: Any, **options: Any) -> Turn:
        def hear(stage: Any, number: int, of: int) -> None:
            on_stage(stage, number, of)
            while hold.exists():
                time.sleep(0.1)
                on_stage(stage, number, of)  # raises where it was stopped

        return take(self, owner, typed, on_stage=hear, **options)

    Desk.take = held  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    hold_back(Path(os.environ["BELEG_DATA"]).parent / "hold")
    sys.exit(main(["serve"]))
