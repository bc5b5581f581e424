"""What a model writes is seen on a terminal while it is written, and nowhere else."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from rag.cli import main
from rag.cli_live import LiveDraft
from rag.types import Draft
from tests.llm_server import LlmServer, Scripted

TEXT = "Das Telefonat von Blinken und Lawrow dauerte 25 Minuten."
QUESTION = "Wie lange dauerte das Telefonat von Blinken und Lawrow?"
COMMAND = [sys.executable, "-m", "rag.cli", "ask", QUESTION]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings = {"DATA": str(tmp_path / "data"), "MODEL": "hash", "MIN_CONFIDENCE": "0", "LLM": "openai-like"}
    for name, value in (settings | {"LLM_MODEL": "klein"}).items():
        monkeypatch.setenv(f"BELEG_{name}", value)
    (tmp_path / "anruf.jsonl").write_text(json.dumps({"id": "anruf", "text": TEXT, "language": "de"}), encoding="utf-8")
    return tmp_path


def _slowly(text: str) -> Scripted:
    return Scripted(lambda messages: text.format(id=messages[-1]["content"].split("[")[1][:6]), pause=0.15)


def test_on_a_terminal_the_draft_is_seen_and_then_the_answer_alone(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with LlmServer(_slowly(f"{TEXT} [{{id}}]\nDas war sehr sehr \x1b[31mlang.")) as server:
        monkeypatch.setenv("BELEG_LLM_URL", server.url)
        assert main(["ingest", str(environment / "anruf.jsonl")]) == 0
        ours, theirs = pty.openpty()
        with subprocess.Popen(COMMAND, stdin=theirs, stdout=theirs, stderr=theirs) as running:
            os.close(theirs)
            printed = b""
            while piece := _read(ours):
                printed += piece
        os.close(ours)
    said = printed.decode()
    assert running.returncode == 0
    assert "…" in said  # the draft
    assert "\x1b[2K" in said  # which was taken away
    after = said.rpartition("\x1b[2K")[2]
    assert f"{TEXT} [1]" in after
    assert "Ohne Beleg" in after
    assert "\x1b[31m" not in said


def test_where_the_answer_goes_to_a_file_nothing_else_is_printed(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with LlmServer(_slowly(f"{TEXT} [{{id}}]")) as server:
        monkeypatch.setenv("BELEG_LLM_URL", server.url)
        assert main(["ingest", str(environment / "anruf.jsonl")]) == 0
        ran = subprocess.run(COMMAND, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith(f"{TEXT} [1]\n")


def test_without_a_terminal_rich_is_not_even_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rich.live", None)
    with LiveDraft() as live:
        live.show(Draft("Eins.", (), "Zwei"))


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # closed at the other end
        return b""
