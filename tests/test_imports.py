"""Importing does nothing but import."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    *("torch", "gradio", "chromadb", "transformers", "sentence_transformers", "trafilatura", "httpx"),
    *("llama_index", "langchain_core", "mcp"),
    *("openai", "ollama", "anthropic", "httpx2"),
)


@pytest.mark.parametrize("module", ["rag", "rag.cli", "rag.archive", "rag.web.serve", "evals", "evals.cli", "app"])
def test_an_import_writes_nothing_and_loads_nothing_heavy(tmp_path: Path, module: str) -> None:
    root = Path(__file__).parents[1]
    script = f"""
import json, logging, os, socket, sys
sys.path.insert(0, {str(root)!r})
before = dict(os.environ), logging.getLogger().level, list(logging.getLogger().handlers)
sockets = []
sys.addaudithook(lambda event, _: sockets.append(event) if event.startswith("socket.connect") else None)
import {module}
after = dict(os.environ), logging.getLogger().level, list(logging.getLogger().handlers)
heavy = [name for name in {HEAVY!r} if name in sys.modules]
print(json.dumps([before == after, sockets, heavy, os.listdir(".")]))
"""
    command = [sys.executable, "-B", "-c", script]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == [True, [], [], []]
