"""Uploaded files: taken out of Gradio's folder, with the names that a person knows them by, and removed in the end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was called where it comes from, and where it lies meanwhile; None where it did not arrive."""

    name: str
    path: Path | None


def receive_uploads(given: Iterable[Any]) -> list[Upload]:
    """The files that Gradio's payload names, moved to a folder of their own each.

    A payload can name anything: only what lies in Gradio's folder of uploads is touched.
    """
    from gradio.utils import get_upload_folder

    folder = Path(get_upload_folder()).resolve()
    return [_received(one, folder) for one in given if isinstance(one, dict)]


def remove_uploads(uploads: Iterable[Upload]) -> None:
    for upload in uploads:
        if upload.path is not None:
            shutil.rmtree(upload.path.parent, ignore_errors=True)


def _received(given: dict[str, Any], folder: Path) -> Upload:
    path = Path(str(given.get("path") or ""))
    name = str(given.get("orig_name") or path.name)
    try:
        found = path.resolve(strict=True)
        if not found.is_file() or folder not in found.parents:
            return Upload(name, None)
        target = Path(tempfile.mkdtemp(prefix="beleg-upload-")) / "file"
        shutil.move(found, target)
    except (OSError, ValueError):
        return Upload(name, None)
    if found.parent != folder and not any(found.parent.iterdir()):
        found.parent.rmdir()
    return Upload(name, target)
