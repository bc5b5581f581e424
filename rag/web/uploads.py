"""Uploaded files: taken out of Gradio's folder, with the names that a person knows them by, and removed in the end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was called where it comes from, and where it lies meanwhile; None where it did not arrive."""

    name: str
    path: Path | None


@dataclass(frozen=True, slots=True)
class UploadFolder:
    """Where files of people lie while they are worked on: `arriving` is Gradio's, `received` is nobody's but ours."""

    arriving: Path
    received: Path

    @classmethod
    def of(cls, archive_folder: Path) -> UploadFolder:
        folder = archive_folder.resolve() / "beleg-uploads"
        return cls(folder / "arriving", folder / "received")

    @contextmanager
    def opened(self) -> Iterator[None]:
        """They are there, and empty, until the block ends.

        What a server that was killed has left there goes too. Nobody else can be using it: a server holds the archive.
        """
        folder = self.arriving.parent
        shutil.rmtree(folder, ignore_errors=True)
        for one in (folder, self.arriving, self.received):
            one.mkdir(mode=0o700)
        try:
            yield
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def receive_uploads(given: Iterable[Any], folder: UploadFolder) -> list[Upload]:
    """The files that Gradio's payload names, moved to a folder of their own each.

    A payload can name anything: only what lies in the folder that files arrive in is touched.
    """
    return [_received(one, folder) for one in given if isinstance(one, dict)]


def remove_uploads(uploads: Iterable[Upload]) -> None:
    for upload in uploads:
        if upload.path is not None:
            shutil.rmtree(upload.path.parent, ignore_errors=True)


def _received(given: dict[str, Any], folder: UploadFolder) -> Upload:
    path = Path(str(given.get("path") or ""))
    name = str(given.get("orig_name") or path.name)
    try:
        found = path.resolve(strict=True)
        if not found.is_file() or folder.arriving not in found.parents:
            return Upload(name, None)
        target = Path(tempfile.mkdtemp(dir=folder.received)) / "file"
        shutil.move(found, target)
    except (OSError, ValueError):
        return Upload(name, None)
    if found.parent != folder.arriving and not any(found.parent.iterdir()):
        found.parent.rmdir()
    return Upload(name, target)
