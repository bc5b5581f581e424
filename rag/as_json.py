"""What flows -> JSON: one object with the fields of the type, dates as ISO 8601."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from rag.types import Hit


def as_plain(value: Any) -> Any:
    """Dictionaries, lists, strings, numbers, True, False, None. A Hit carries its `text`, not the whole article."""
    if isinstance(value, Hit):
        article = {f.name: as_plain(getattr(value.article, f.name)) for f in fields(value.article) if f.name != "text"}
        return {
            "passage": as_plain(value.passage),
            "score": value.score,
            "parts": dict(value.parts),
            "text": value.text,
            "article": article,
        }
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): as_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def to_json(value: Any) -> str:
    """Indented JSON with the letters as they are."""
    return json.dumps(as_plain(value), ensure_ascii=False, indent=2)
