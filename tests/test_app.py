"""`app.py` as `make run` starts it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from rag.ingest.read import read_articles
from rag.types import Article

ROOT = Path(__file__).parents[1]


def test_the_sample_articles_and_their_questions_belong_together() -> None:
    articles = [item for item in read_articles([ROOT / "seeds"]) if isinstance(item, Article)]
    assert len(articles) == len(list(read_articles([ROOT / "seeds"]))) >= 10
    assert sum(article.language == "en" for article in articles) >= 2
    assert all(article.source and article.published and article.title and not article.guessed for article in articles)
    listed = json.loads((ROOT / "seeds" / "questions.json").read_text(encoding="utf-8"))
    assert {entry["article"] for entry in listed} <= {article.id for article in articles}


def test_the_first_start_takes_in_the_seeds_and_serves_the_second_does_not_again(tmp_path: Path) -> None:
    first, second = _start_and_stop(tmp_path), _start_and_stop(tmp_path)
    assert "Took in 14 sample articles" in first
    assert "Took in" not in second


def test_a_taken_port_is_one_line_and_exit_status_1(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environment = os.environ | {"BELEG_DATA": str(tmp_path), "BELEG_PORT": str(taken.getsockname()[1])}
        command = [sys.executable, str(ROOT / "app.py")]
        ran = subprocess.run(
            command, env=environment | {"BELEG_MODEL": "hash"}, capture_output=True, text=True, check=False
        )
    assert ran.returncode == 1
    assert "cannot be served" in ran.stderr
    assert "Traceback" not in ran.stderr


def _start_and_stop(folder: Path) -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {"BELEG_DATA": str(folder), "BELEG_PORT": str(port), "BELEG_MODEL": "hash"}
    command = [sys.executable, str(ROOT / "app.py")]
    with subprocess.Popen(command, env=environment, cwd=folder, stderr=subprocess.PIPE, text=True) as app:
        for _ in range(240):
            try:
                with urlopen(f"http://127.0.0.1:{port}/") as response:
                    assert response.status == 200
                    break
            except OSError:
                assert app.poll() is None
                time.sleep(0.25)
        app.send_signal(signal.SIGINT)
        assert app.stderr is not None
        said = app.stderr.read()
        assert app.wait(30) == 0, said
    assert f"Beleg is at http://127.0.0.1:{port}" in said
    return said
