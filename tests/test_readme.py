"""What the README shows runs as it stands, and prints what it shows."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from rag.archive import Archive
from rag.cli import main
from rag.desk.desk import Desk
from rag.models.embedder import Embedder
from rag.settings import Settings
from rag.web.serve import make_app
from tests.http_server import listening
from tests.llm_server import LlmServer, Scripted

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
# Why a block is not run, by how it begins.
NOT_RUN = {
    "make run ": "installs Beleg and serves until it is stopped",
    "BELEG_MODEL=models/": "names models that a person has of their own",
}
# What is another at each run.
_CHANGING = (
    (re.compile(r"(?<= in )[\d.]+ s$", re.MULTILINE), "SECONDS s"),
    (re.compile(r"(?<=^bytes     ).*$", re.MULTILINE), "BYTES"),
)
# Where the README has the two servers.
_SERVER, _LLM_SERVER = "localhost:7860", "http://127.0.0.1:8000/v1"
_GRADIO_SERVER = "http://127.0.0.1:7860"


@dataclass(frozen=True, slots=True)
class Block:
    language: str
    text: str

    @property
    def kind(self) -> str | None:
        """What is needed to run it; None where no test runs it."""
        if self.language == "console":
            if "$ curl" in self.text:
                return "server"
            if "BELEG_LLM=" in self.text:
                return "language model"
            return "pipe" if any(" | " in command for command, _ in self.commands) else "commands"
        if self.language == "python":
            asks = [name for name in ("gradio_client", "mcp") if f"from {name} import" in self.text]
            return asks[0] if asks else "python"
        return "configuration" if self.language == "json" else None

    @property
    def commands(self) -> list[tuple[str, str]]:
        """Each command of a console, and what it prints."""
        parts = re.split(r"^\$ ", self.text, flags=re.MULTILINE)[1:]
        found = [re.match(r"((?:.*\\\n)*.*)\n?([\s\S]*)", part) for part in parts]
        return [(one[1].replace("\\\n", ""), f"{one[2].rstrip()}\n") for one in found if one]


BLOCKS = [Block(*found) for found in re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)]


def of_kind(kind: str) -> list[Block]:
    found = [block for block in BLOCKS if block.kind == kind]
    assert found, f"the README shows nothing of the kind {kind!r}"
    return found


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, bundled: Embedder) -> None:
    """No setting but those that a block makes; the model is loaded once for all."""
    for name in [name for name in os.environ if name.startswith("BELEG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GRADIO_TEMP_DIR", "")
    monkeypatch.setenv("GRADIO_ANALYTICS_ENABLED", "False")
    monkeypatch.setattr("rag.archive.make_embedder", lambda _: bundled)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, bundled: Embedder) -> Path:
    """Where a person is who has taken in the samples; its `bin` is to be on the path."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    with Archive.open(folder / "data", settings=Settings(), embedder=bundled) as archive:
        archive.ingest([folder / "seeds"])
    (folder / "bin").mkdir()
    beleg = folder / "bin" / "beleg"
    beleg.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {sys.executable} -m rag.cli "$@"\n')
    beleg.chmod(0o755)
    return folder


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", str(folder / "bin"), prepend=os.pathsep)
    monkeypatch.setenv("BELEG_JUDGE", "bundled")
    return folder


@contextmanager
def serving(folder: Path, embedder: Embedder) -> Iterator[str]:
    settings = Settings()
    with (
        Archive.open(folder / "data", settings=settings, embedder=embedder) as archive,
        Desk.open(archive, settings) as desk,
        listening(make_app(archive, desk, max_upload=settings.max_upload)) as address,
    ):
        yield address


def run(command: str) -> str:
    """What a shell would show. `beleg` is run in this process, what it is piped into by the shell."""
    first, *rest = command.split(" | ", 1)
    words = shlex.split(first)
    if words[0] != "beleg":
        return _shell(command)
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        assert main(words[1:]) == 0, err.getvalue()
    return _shell(rest[0], out.getvalue()) if rest else out.getvalue() + err.getvalue()


def _shell(command: str, given: str = "") -> str:
    name = shlex.split(command)[0]
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    done = subprocess.run(["/bin/sh", "-c", command], input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def assert_shown(command: str, shown: str, printed: str) -> None:
    """The same but for what changes; `...` stands for anything, as in doctests."""
    for pattern, name in _CHANGING:
        shown, printed = pattern.sub(name, shown), pattern.sub(name, printed)
    same = OutputChecker().check_output(shown, f"{printed.rstrip()}\n", ELLIPSIS)
    assert same, f"$ {command}\nThe README shows:\n{shown}\nPrinted is:\n{printed}"


def python(text: str, folder: Path) -> str:
    """What a program of its own prints."""
    paths = {"PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-c", text],
        cwd=folder,
        env=os.environ | paths,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_every_block_is_run_or_says_why_not() -> None:
    left = [block.text for block in BLOCKS if block.kind is None]
    assert [text for text in left if not text.startswith(tuple(NOT_RUN))] == []
    assert [start for start in NOT_RUN if not any(text.startswith(start) for text in left)] == []
    assert README.count("\n```") == 2 * len(BLOCKS)


def test_every_way_into_other_programs_is_at_most_ten_lines() -> None:
    table = README[README.index("<table>") : README.index("</table>")]
    shown = re.findall(r"```\w+\n(.*?)```", table, re.DOTALL)
    assert len(shown) == table.count("</td></tr>") + 1  # MCP has two
    assert [text for text in shown if sum(bool(line.strip()) for line in text.splitlines()) > 10] == []


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", README)
    assert len([name for _, name in named if name]) >= 9
    for file, name in named:
        assert re.search(rf"^(async )?def {name}\(" if name else "", (ROOT / file).read_text(), re.MULTILINE), name


def test_every_command_prints_what_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From an empty folder, in the README's order."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    for block in of_kind("commands"):
        assert block.commands
        for command, shown in block.commands:
            assert_shown(command, shown, run(command))


def test_what_other_programs_read_of_it_is_as_shown(here: Path) -> None:
    for block in of_kind("pipe"):
        for command, shown in block.commands:
            assert_shown(command, shown, run(command))


@pytest.mark.parametrize("block", of_kind("python"), ids=lambda block: block.text.split("\n")[0])
def test_every_example_in_python_runs(block: Block, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(block.text, "README.md", "exec"), {"__name__": "__main__"})
    printed = capsys.readouterr().out
    assert any(told in printed for told in ("25 Minuten", "telefonat-")), printed


def test_what_a_server_is_asked_is_answered_as_shown(here: Path, bundled: Embedder) -> None:
    with serving(here, bundled) as address:
        for block in of_kind("server"):
            for command, shown in block.commands:
                assert _SERVER in command
                assert_shown(command, shown, run(command.replace(_SERVER, address.removeprefix("http://"))))


def test_gradios_client_is_answered(here: Path, bundled: Embedder) -> None:
    [block] = of_kind("gradio_client")
    assert _GRADIO_SERVER in block.text
    with serving(here, bundled) as address:
        assert "25 Minuten" in python(block.text.replace(_GRADIO_SERVER, address), here)


def test_a_client_of_mcp_is_answered(here: Path) -> None:
    [block] = of_kind("mcp")
    assert "telefonat-" in python(block.text, here)


async def test_with_the_configuration_for_mcp_a_client_finds_the_tools(here: Path) -> None:
    [block] = of_kind("configuration")
    [server] = json.loads(block.text)["mcpServers"].values()
    started = StdioServerParameters(**server, cwd=here, env={"PATH": os.environ["PATH"]})
    with (here / "stderr").open("w") as errors:
        async with Client(stdio_client(started, errlog=errors)) as client:
            tools = [tool.name for tool in (await client.list_tools()).tools]
    assert tools == ["search", "ask", "check", "article"]


def test_a_language_model_writes_as_shown(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [block] = of_kind("language model")
    [(command, shown)] = block.commands
    settings, words = _settings(shlex.split(command))
    assert settings["BELEG_LLM_URL"] == _LLM_SERVER
    reply = _writes(
        ("Das Telefonat dauerte rund 25 Minuten.", "rund 25 Minuten"),
        ("Das Telefonat dauerte nach Angaben eines US-Beamten 45 Minuten.", "etwa 25 Minuten"),
    )
    with LlmServer(Scripted(reply)) as server:
        for name, value in (settings | {"BELEG_LLM_URL": server.url}).items():
            monkeypatch.setenv(name, value)
        assert_shown(command, shown, run(shlex.join(words)))


def _settings(words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """What stands before a command, and the command."""
    given = [word for word in words if re.match(r"BELEG_\w+=", word)]
    return dict(word.split("=", 1) for word in given), list(words[len(given) :])


def _writes(*statements: tuple[str, str]) -> Callable[[Any], str]:
    """A model that writes these, each citing the sentence that it was shown with the words beside it."""

    def write(messages: Any) -> str:
        shown = [line for line in messages[-1]["content"].split("\n") if line.startswith("[")]
        lines = [(statement, line) for statement, about in statements for line in shown if about in line]
        return "\n".join(f"{statement} {line[: line.index(']') + 1]}" for statement, line in lines)

    return write
