"""One process at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rag.errors import ArchiveInUse, ArchiveUnwritable
from rag.index.lock import ArchiveLock


def test_a_second_holder_is_refused_by_name_until_the_first_lets_go(tmp_path: Path) -> None:
    first, second = ArchiveLock(tmp_path), ArchiveLock(tmp_path)
    first.acquire()
    with pytest.raises(ArchiveInUse, match=f"process {os.getpid()}"):
        second.acquire()
    first.release()
    second.acquire()
    second.release()


def test_the_lock_falls_with_a_killed_process(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from rag.index.lock import ArchiveLock;"
        f"lock = ArchiveLock(Path({str(tmp_path)!r})); lock.acquire(); print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(ArchiveInUse, match=f"process {holder.pid}"):
            ArchiveLock(tmp_path).acquire()
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    lock = ArchiveLock(tmp_path)
    lock.acquire()
    lock.release()


def test_a_folder_that_is_not_there_cannot_be_held(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ArchiveUnwritable):
        ArchiveLock(tmp_path / "file").acquire()
