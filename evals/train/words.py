"""Lists of German words that the generators draw from, as data beside the modules."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@cache
def load_words(name: str) -> dict[str, Any]:
    """The lists of `NAME.toml`: a list where a value holds spaces, else one text with its words in a row."""
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
