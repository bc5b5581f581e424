"""The whole product without a network: every socket that is not loopback is refused from the first import on."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).parents[1]

# Refuses, remembers, and is checked in the end: a refusal that some library swallows still fails the test.
GUARD = """
import ipaddress, socket, sys
outside = []
def _inside(host):
    if host in (None, "", "localhost", b"localhost"): return True
    try: return ipaddress.ip_address(host).is_loopback or ipaddress.ip_address(host).is_unspecified
    except ValueError: return False
def _guard(event, arguments):
    if event in ("socket.connect", "socket.sendto"):
        kind, address = arguments[0], arguments[1]
        if isinstance(address, tuple) and not _inside(address[0]):
            outside.append((event, address)); raise ConnectionRefusedError(f"outside of loopback: {address}")
    if event in ("socket.getaddrinfo", "socket.gethostbyname") and not _inside(arguments[0]):
        outside.append((event, arguments[0])); raise ConnectionRefusedError(f"outside of loopback: {arguments[0]}")
sys.addaudithook(_guard)
"""


def _run(script: str, tmp_path: Path) -> str:
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("HF_", "GRADIO_", "TRANSFORMERS_", "BELEG_"))
    }
    ran = subprocess.run(
        [sys.executable, "-c", GUARD + textwrap.dedent(script)],
        env=kept | {"BELEG_DATA": str(tmp_path / "data"), "HOME": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_it_takes_in_asks_and_serves_without_reaching_outside(tmp_path: Path) -> None:
    printed = _run(
        """
        import threading, time, urllib.request
        from pathlib import Path
        from rag import Archive
        from rag.settings import Settings
        with Archive.open() as archive:
            report = archive.ingest(Path("seeds"))
            assert not report.failed and report.added, report
            refused = archive.ingest(["https://beispiel.example/a", "http://192.0.2.1/a"]).failed
            assert len(refused) == 2 and all("BELEG_FETCH" in failure.reason for failure in refused), refused
            answer = archive.ask("Unter welcher Flagge fährt die Razoni?")
            assert answer.citations, answer
            archive.as_llama_index().retrieve("Razoni")
            with socket.create_server(("127.0.0.1", 0)) as free:
                port = free.getsockname()[1]
            from rag.web.serve import serve
            threading.Thread(target=serve, args=(archive, Settings(port=port)), daemon=True).start()
            for _ in range(240):
                try:
                    page = urllib.request.urlopen(f"http://127.0.0.1:{port}/").read().decode()
                    break
                except OSError:
                    time.sleep(0.5)
            assert "Beleg" in page
            time.sleep(2)
        print("reached outside:", outside, flush=True)
        import os
        os._exit(0)
        """,
        tmp_path,
    )
    assert printed == "reached outside: []\n"


def test_a_command_fetches_no_address_by_default(tmp_path: Path) -> None:
    _run(
        """
        import os
        assert not any(name.startswith("BELEG_FETCH") for name in os.environ)
        from rag.cli import main
        assert main(["ingest", "https://beispiel.example/a"]) == 1
        assert outside == [], outside
        """,
        tmp_path,
    )


def test_an_address_is_looked_up_where_the_setting_allows_it_and_only_then(tmp_path: Path) -> None:
    _run(
        """
        import os
        os.environ["BELEG_FETCH"] = "true"
        from rag.cli import main
        assert main(["ingest", "https://beispiel.example/a"]) == 1
        assert [address for _, address in outside] == ["beispiel.example"], outside
        """,
        tmp_path,
    )


def test_the_guard_of_this_file_does_refuse(tmp_path: Path) -> None:
    _run(
        """
        try:
            socket.create_connection(("192.0.2.1", 80), timeout=1)
        except ConnectionRefusedError:
            pass
        assert outside, "nothing was refused"
        """,
        tmp_path,
    )
