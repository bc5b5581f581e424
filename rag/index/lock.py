"""One process at a time: Chroma's folder is corrupted by two writers, silently."""

from __future__ import annotations

import os
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import ArchiveInUse, ArchiveUnwritable


class ArchiveLock:
    """An operating-system lock on a file in the archive's folder; it falls with its process, however that ends."""

    def __init__(self, folder: Path) -> None:
        self._holder = folder / "holder"
        self._lock = FileLock(folder / "lock")

    def acquire(self) -> None:
        """Raises ArchiveInUse, naming the process that holds the archive."""
        try:
            self._lock.acquire(timeout=0)
            self._holder.write_text(str(os.getpid()), encoding="ascii")
        except Timeout:
            raise ArchiveInUse(
                f"The archive {str(self._holder.parent)!r} is in use by {self._other()}. "
                "Stop it, or ask there: one process at a time may search or change an archive."
            ) from None
        except OSError as error:
            raise ArchiveUnwritable(
                f"The archive {str(self._holder.parent)!r} cannot be written: {error.strerror}."
            ) from error

    def release(self) -> None:
        self._lock.release()

    def _other(self) -> str:
        try:
            return f"process {int(self._holder.read_text(encoding='ascii'))}"
        except (OSError, ValueError):
            return "another process"


def make_folder(folder: Path) -> None:
    """Makes an archive's folder where it is not there. Raises ArchiveUnwritable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveUnwritable(f"The archive's folder {str(folder)!r} cannot be made: {error.strerror}.") from error
