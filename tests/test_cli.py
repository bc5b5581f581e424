"""`beleg` as a person runs it: what is said where, and the exit status."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from rag.archive import Archive
from rag.cli import main
from rag.models.embedder import HashEmbedder
from rag.pack.files import export_pack
from rag.types import Article, Check, Review
from tests.checks import check, evidence, finding
from tests.web_server import serve_pages

TEXT = "Der Leuchtturm auf Sandholm wurde 1912 gebaut. Er steht auf dem Kliff."


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every command finds its archive below the test's folder and needs no model."""
    monkeypatch.setenv("BELEG_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("BELEG_MODEL", "hash")
    monkeypatch.setenv("BELEG_MIN_CONFIDENCE", "0.4")
    monkeypatch.chdir(tmp_path)
    record = {"id": "turm", "title": "Turm", "source": "Beispiel-Zeitung", "published": "2022-07-29", "language": "de"}
    (tmp_path / "turm.jsonl").write_text(json.dumps(record | {"text": TEXT}), encoding="utf-8")
    return tmp_path


@pytest.fixture
def filled(environment: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["ingest", "turm.jsonl"]) == 0
    capsys.readouterr()
    return environment


def test_ingest_counts_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", "turm.jsonl"]) == 0
    assert capsys.readouterr().out.startswith("1 added, 0 updated, 0 unchanged, 0 failed in ")
    assert main(["ingest", "turm.jsonl"]) == 0
    assert "0 added, 0 updated, 1 unchanged" in capsys.readouterr().out


BAD_FILES = {
    "missing.txt": (None, "no such file"),
    "empty.txt": (b"", "empty"),
    "binary.txt": (bytes(range(256)) * 20, "binary"),
    "digits.txt": (b"1 2 3 ... 4\n", "no sentence"),
    "large.txt": (b"Der Satz ist wahr und lang. " * 760_000, "at most 2,000,000 are taken"),
    "picture.png": (b"\x89PNG", "no reader"),
    "front.md": (b"---\ntitle: [\n---\nText.", "front matter"),
    "broken.jsonl": (b'{"text": "Ein Satz steht hier."}\n{"text": \n', "broken.jsonl:2: line 2: not JSON"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_named_with_its_reason_and_nothing_else_is_lost(
    filled: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    content, said = BAD_FILES[name]
    if content is not None:
        (filled / name).write_bytes(content)
    (filled / "gut.txt").write_text("Der Bäcker hat heute geöffnet.", encoding="utf-8")
    assert main(["ingest", name, "gut.txt"]) == 1
    printed = capsys.readouterr()
    assert name in printed.err
    assert said in printed.err
    assert "Traceback" not in printed.err
    assert main(["articles", "--json"]) == 0
    articles = json.loads(capsys.readouterr().out)["articles"]
    assert {"turm", *(a["id"] for a in articles if a["text"].startswith("Der Bäcker"))} <= {a["id"] for a in articles}
    assert len(articles) >= 2


def test_addresses_are_taken_in_beside_paths_where_the_setting_allows_it(
    environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serve_pages() as pages:
        address = pages.put("/brot.txt", "Der Bäcker hat heute geöffnet.".encode(), "text/plain; charset=utf-8")
        assert main(["ingest", address, "turm.jsonl"]) == 1
        printed = capsys.readouterr()
        assert printed.out.startswith("1 added, 0 updated, 0 unchanged, 1 failed")
        assert f"{address}: addresses are not fetched: BELEG_FETCH=true allows it" in printed.err
        assert pages.asked == []
        monkeypatch.setenv("BELEG_FETCH", "true")
        assert main(["ingest", address]) == 1
        assert "'127.0.0.1' is not in the public network: BELEG_FETCH_PRIVATE=true allows it" in capsys.readouterr().err
        assert pages.asked == []
        monkeypatch.setenv("BELEG_FETCH_PRIVATE", "true")
        assert main(["ingest", address, "turm.jsonl", pages.address("/weg"), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (len(report["added"]), report["unchanged"]) == (1, ["turm"])
    assert report["failed"] == [{"where": pages.address("/weg"), "reason": "there is no page at this address (404)"}]
    assert main(["articles", "--json"]) == 0
    [brot] = [a for a in json.loads(capsys.readouterr().out)["articles"] if a["id"] != "turm"]
    assert (brot["url"], brot["origin"]) == (address, address)


def test_a_folder_without_an_article_is_said_to_be_empty(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (filled / "leer").mkdir()
    assert main(["ingest", "leer"]) == 1
    assert "no article was found" in capsys.readouterr().err


def test_ask_prints_the_sentence_with_its_source_and_span(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Wann wurde der Leuchtturm auf Sandholm gebaut?"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Der Leuchtturm auf Sandholm wurde 1912 gebaut. [1]")
    assert "[1] Turm · Beispiel-Zeitung · 2022-07-29 (turm, 0-46)" in printed


def test_where_sources_differ_ask_says_who_gives_which_value(
    environment: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = [
        {"id": f"blatt-{day}", "source": f"Blatt {day}", "published": f"2024-08-0{day}", "language": "de"}
        | {"text": f"Den Leuchtturm auf Sandholm haben {count} Maurer gebaut."}
        for day, count in ((1, "zwölf"), (2, "elf"))
    ]
    (environment / "maurer.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    assert main(["ingest", "maurer.jsonl"]) == 0
    capsys.readouterr()
    assert main(["ask", "Wie viele Maurer haben den Leuchtturm auf Sandholm gebaut?"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "Die Quellen geben Verschiedenes an, die neueste zuerst:\n  elf Maurer · Blatt 2 · 2024-08-02 ["
    )
    assert out.index("elf Maurer") < out.index("zwölf Maurer · Blatt 1 · 2024-08-01 [")


def test_ask_after_earlier_questions_says_what_was_understood(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    after = ["--after", "Wo steht die Mühle?", "--after", "Wann wurde der Leuchtturm auf Sandholm gebaut?"]
    assert main(["ask", "Und wo?", *after]) == 0
    understood = "Wo wurde der Leuchtturm auf Sandholm gebaut?"
    assert capsys.readouterr().out.startswith(f"Verstanden als: {understood}\n\nDer Leuchtturm")
    assert main(["ask", "Und wo?", *after, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["question"], answer["understood"]) == ("Und wo?", understood)


def test_an_abstention_is_no_failure_and_shows_the_nearest(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Wie hoch war die Inflation in Portugal?"]) == 0
    printed = capsys.readouterr().out
    assert "nichts gefunden" in printed
    assert "Am nächsten kommt:" in printed


@pytest.mark.parametrize(
    ("command", "keys"),
    [
        (["ask", "Wann wurde der Leuchtturm gebaut?"], {"question", "text", "citations", "abstained", "nearest"}),
        (
            ["check", "Der Leuchtturm wurde 1912 gebaut."],
            {"claim", "verdict", "message", "evidence", "sources", "parts"},
        ),
        (["search", "Leuchtturm", "-k", "1"], {"query", "hits", "undated"}),
        (["articles"], {"articles"}),
        (["status"], {"articles", "passages", "pending", "model", "bytes"}),
        (["reindex"], {"reindexed"}),
        (["ingest", "turm.jsonl"], {"added", "updated", "unchanged", "failed"}),
        (["delete", "turm"], {"deleted"}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_json_is_one_object_and_nothing_else_on_standard_output(
    filled: Path, capsys: pytest.CaptureFixture[str], command: list[str], keys: set[str]
) -> None:
    assert main([*command, "--json"]) == 0
    assert keys <= json.loads(capsys.readouterr().out).keys()


def test_search_articles_and_status_read_well(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "Leuchtturm", "--since", "29.07.2022", "--language", "de"]) == 0
    assert "1. turm  Turm · Beispiel-Zeitung" in capsys.readouterr().out
    assert main(["search", "Leuchtturm", "--until", "2022-07-28"]) == 0
    assert capsys.readouterr().out == "Nothing found.\n"
    assert main(["articles"]) == 0
    assert capsys.readouterr().out == "2022-07-29  de  turm  Turm · Beispiel-Zeitung\n"
    assert main(["status"]) == 0
    assert "articles  1 (1 de), 0 pending" in capsys.readouterr().out


def test_only_the_named_articles_are_searched(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (filled / "brot.txt").write_text("Die Bäckerei am Leuchtturm ist offen.", encoding="utf-8")
    main(["ingest", "brot.txt"])
    capsys.readouterr()
    assert main(["search", "Leuchtturm", "--article", "turm", "--article", "never-there", "--json"]) == 0
    assert [hit["article"]["id"] for hit in json.loads(capsys.readouterr().out)["hits"]] == ["turm"]


@pytest.mark.parametrize("command", ["search", "ask"])
def test_articles_without_a_date_are_said_to_be_left_out_by_a_date_filter(
    filled: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    for number in (1, 2):
        (filled / f"{number}.txt").write_text(f"Der Bäcker Nummer {number} ist offen.", encoding="utf-8")
        main(["ingest", f"{number}.txt"])
        capsys.readouterr()
        assert main([command, "Bäcker", "--since", "2022-07-29", "--json"]) == 0
        printed = capsys.readouterr()
        assert json.loads(printed.out)["undated"] == number
        articles = "1 article without a date is" if number == 1 else "2 articles without a date are"
        assert printed.err == f"beleg: {articles} left out by --since/--until.\n"
    assert main([command, "Bäcker"]) == 0
    assert capsys.readouterr().err == ""


def test_delete_and_reindex_say_what_they_did(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reindex"]) == 0
    assert main(["delete", "turm"]) == 0
    assert capsys.readouterr().out == "reindexed 1 articles\ndeleted turm\n"
    assert main(["delete", "turm"]) == 1
    assert "There is no article 'turm'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["ask", ""], "empty"),
        (["ask", " \t "], "empty"),
        (["ask", "wort " * 2_000], "9,999 characters"),
        (["check", " "], "empty"),
        (["check", "Der Turm steht.", "--since", "2022-07-30", "--until", "29.07.2022"], "is after until"),
        (["search", "Leuchtturm", "-k", "0"], "k is 0"),
        (["ask", "Leuchtturm", "--since", "2022-07-30", "--until", "29.07.2022"], "2022-07-30) is after until"),
        (["search", "Leuchtturm", "--language", "German"], "'German' is not a code"),
    ],
    ids=[
        "empty",
        "white space",
        "10,000 characters",
        "empty claim",
        "a claim's dates exchanged",
        "k = 0",
        "dates exchanged",
        "no code",
    ],
)
def test_wrong_usage_is_said_and_exits_2(
    filled: Path, capsys: pytest.CaptureFixture[str], command: list[str], said: str
) -> None:
    assert main(command) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


@pytest.mark.parametrize(
    "command", [[], ["nonsense"], ["search", "x", "-k", "viel"], ["search", "x", "--since", "gestern"], ["ingest"]]
)
def test_an_unknown_command_or_option_exits_2(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(command)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_a_setting_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BELEG_PORT", "achtzig")
    assert main(["status"]) == 2
    assert "port" in capsys.readouterr().err


def test_a_path_that_cannot_be_written_exits_1(environment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (environment / "file").write_text("x")
    assert main(["status", "--data", str(environment / "file" / "data")]) == 1
    assert "cannot be made" in capsys.readouterr().err


def test_an_archive_of_another_model_exits_1_and_says_what_to_do(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Archive.open(filled / "data", embedder=HashEmbedder("another")) as archive:
        archive.reindex()
    assert main(["ask", "Wann wurde der Leuchtturm gebaut?"]) == 1
    assert "Run `beleg reindex`" in capsys.readouterr().err


def test_an_archive_in_use_by_another_process_exits_1_and_can_still_be_listed(filled: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "rag.cli", *arguments]
        root = Path(__file__).parents[1]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)

    with Archive.open(filled / "data", embedder=HashEmbedder()):
        asked = run("ask", "Wann wurde der Leuchtturm gebaut?")
        listed = run("articles")
    assert asked.returncode == 1
    assert "is in use by process" in asked.stderr
    assert "Traceback" not in asked.stderr
    assert (listed.returncode, listed.stdout.split()[2]) == (0, "turm")


def test_what_the_output_cannot_write_is_escaped_and_json_stays_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Der Weg ist 25 \u20ac wert.", encoding="utf-8")
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert main(["ingest", str(tmp_path / "a.txt"), "--data", str(tmp_path / "d")]) == 0
    assert main(["articles", "--json", "--data", str(tmp_path / "d")]) == 0
    assert (
        json.loads(raw.getvalue()[raw.getvalue().index(b"{") :])["articles"][0]["text"] == "Der Weg ist 25 \u20ac wert."
    )


CHECKED = Article("turm", TEXT, title="Turm", source="Beispiel-Zeitung", published=date(2022, 7, 29), language="de")


@pytest.fixture
def checked(filled: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """What `check` was asked: it is answered with a claim that the archive's article refutes."""
    asked: list[tuple[str, dict[str, Any]]] = []

    def check_by_hand(self: Archive, text: str, **within: Any) -> Check:
        asked.append((text, within))
        says = finding(text, CHECKED, says="1913", source="1912", kind="date")
        made = check(text, "refuted", evidence(CHECKED, "1912", "against", findings=[says]), message="Es war 1912.")
        return replace(made, undated=1 if within["since"] else 0)

    monkeypatch.setattr(Archive, "check", check_by_hand)
    return asked


CLAIM = "Der Leuchtturm auf Sandholm wurde 1913 gebaut."


def test_check_prints_the_verdict_first_and_passes_the_filters(
    checked: list[tuple[str, dict[str, Any]]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", CLAIM, "--since", "2022-01-01", "--article", "turm"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith(
        "Urteil: widerlegt\nEs war 1912.\n\nDagegen:\n  [1] Turm · Beispiel-Zeitung · 2022-07-29 (turm, "
    )
    assert "Zeit: „1913“ (Behauptung) gegen „1912“ (Quelle)" in printed.out
    assert printed.err == "beleg: 1 article without a date is left out by --since/--until.\n"
    [(claim, within)] = checked
    assert (claim, within["since"], within["articles"]) == (CLAIM, date(2022, 1, 1), ["turm"])


def test_a_claim_is_checked_against_the_archive(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", CLAIM]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Urteil: widerlegt\n")
    assert "„1913“ (Behauptung) gegen „1912“ (Quelle)" in printed
    assert main(["check", CLAIM.replace("1913", "1912"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "supported"


@pytest.mark.parametrize("claim", ["Wann wurde der Leuchtturm gebaut?", "Ist schön.", "Es gibt „Brot zu kaufen."])
def test_what_gets_no_verdict_is_no_failure(filled: Path, capsys: pytest.CaptureFixture[str], claim: str) -> None:
    assert main(["check", claim]) == 0
    assert capsys.readouterr().out.startswith("Urteil: nicht genug Belege\n")


def test_a_claim_is_read_from_standard_input(
    checked: list[tuple[str, dict[str, Any]]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{CLAIM}\n".encode()), encoding="utf-8"))
    assert main(["check", "-"]) == 0
    assert checked[0][0] == f"{CLAIM}\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff"), encoding="utf-8"))
    assert main(["check", "-"]) == 2
    assert "not utf-8 at byte 0" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["check", CLAIM], ["ask", "Wann wurde der Leuchtturm auf Sandholm gebaut?"]])
@pytest.mark.parametrize("json_asked", [False, True])
def test_what_was_found_is_exported_and_verified_later(
    filled: Path, checked: object, capsys: pytest.CaptureFixture[str], command: list[str], json_asked: bool
) -> None:
    assert main([*command, "--export", "belege", *(["--json"] if json_asked else [])]) == 0
    printed = capsys.readouterr()
    file, markdown = sorted((filled / "belege").iterdir())
    assert [line.split("/")[-1] for line in printed.err.splitlines()] == [file.name, markdown.name]
    assert not json_asked or json.loads(printed.out)["config"]
    assert main(["verify", str(file)]) == 0
    assert capsys.readouterr().out.startswith("Alles gilt noch. 1 halten")

    record = {"id": "turm", "title": "Turm", "source": "Beispiel-Zeitung", "published": "2022-07-29", "language": "de"}
    corrected = record | {"text": TEXT.replace("1912", "1911")}
    (filled / "turm.jsonl").write_text(json.dumps(corrected), encoding="utf-8")
    assert main(["ingest", "turm.jsonl"]) == 0
    capsys.readouterr()
    assert main(["verify", str(file), "--json"]) == 1
    verified = json.loads(capsys.readouterr().out)
    assert (verified["holds"], verified["quotations"][0]["state"]) == (False, "changed")
    assert main(["delete", "turm"]) == 0
    capsys.readouterr()
    assert main(["verify", str(file)]) == 1
    assert "1 fort" in capsys.readouterr().out


def test_a_conversation_is_verified_turn_by_turn(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Archive.open(filled / "data", embedder=HashEmbedder()) as archive:
        answer = archive.ask("Wann wurde der Leuchtturm auf Sandholm gebaut?")
        said = [Review(0, "checked", "Erika Muster", datetime(2026, 11, 23, tzinfo=UTC))]
        whole = archive.conversation_pack("Der Turm", [archive.pack(answer, reviews=said), archive.pack(answer)])
    [file] = export_pack(whole, filled / "conversation.json")
    assert main(["verify", str(file)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].endswith("2 von 2.")
    assert [line[:20] for line in printed if line[:1].isdigit()] == ["1. Alles gilt noch. ", "2. Alles gilt noch. "]
    assert main(["delete", "turm"]) == 0
    capsys.readouterr()
    assert main(["verify", str(file), "--json"]) == 1
    verified = json.loads(capsys.readouterr().out)
    assert (verified["name"], verified["holds"]) == ("Der Turm", False)
    assert [one["counts"]["gone"] for one in verified["verifications"]] == [1, 1]


def test_where_a_pack_cannot_go_is_said(
    filled: Path, checked: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", CLAIM, "--export", "pack.pdf"]) == 2
    assert checked == []
    assert "as .md or .json" in capsys.readouterr().err
    assert main(["check", CLAIM, "--export", "turm.jsonl/pack.json"]) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("Urteil: widerlegt")
    assert "cannot be written" in printed.err


@pytest.mark.parametrize(
    ("text", "said"), [(None, "No such file"), ("{", "no JSON"), ('{"a": 1}', "no evidence pack"), ('"\x1b[2J"', "no")]
)
def test_a_file_that_is_no_pack_exits_2(
    filled: Path, capsys: pytest.CaptureFixture[str], text: str | None, said: str
) -> None:
    if text is not None:
        (filled / "pack.json").write_text(text)
    assert main(["verify", "pack.json"]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


OBEYED = "\x00\x07\x1b\x7f\x9b\u061c\u200e\u200f\u202a\u202e\u2066\u2069"


@pytest.mark.parametrize(
    "command",
    [
        ["ask", "Wann wurde der Leuchtturm gebaut?"],
        ["ask", f"Wie hoch war die Inflation in {OBEYED}Portugal?"],
        ["ask", f"Und {OBEYED}wo?", "--after", "Wann wurde der Leuchtturm gebaut?"],
        ["check", f"Der Leuchtturm wurde {OBEYED}1913 gebaut. Er sagte „{OBEYED}Nein“."],
        ["verify", f"nie da{OBEYED[1:]}.json"],
        ["search", "Leuchtturm"],
        ["articles"],
        ["delete", f"nie da{OBEYED}"],
        ["ingest", f"nie da{OBEYED[1:]}.txt"],
        ["search", "Leuchtturm", "--language", OBEYED],
        ["status", "--data", f"andere{OBEYED[1:]}"],
    ],
    ids=lambda command: ascii(" ".join(command)),
)
@pytest.mark.parametrize("json_asked", [False, True])
def test_what_a_terminal_would_obey_is_escaped_wherever_it_comes_from(
    environment: Path, capsys: pytest.CaptureFixture[str], command: list[str], json_asked: bool
) -> None:
    article = Article(
        id="böse",
        text=f"Der Leuchtturm auf Sandholm\x1b[2J wurde{OBEYED} 1912 gebaut.\tEr steht.",
        title=f"Turm{OBEYED}",
        source=f"Blatt{OBEYED}",
        url=f"https://example.org/{OBEYED}",
        language="de",
    )
    with Archive.open(environment / "data", embedder=HashEmbedder()) as archive:
        assert archive.ingest([article]).added == ("böse",)
    main([*command, *(["--json"] if json_asked else [])])
    printed = capsys.readouterr()
    assert printed.out + printed.err
    assert not set(OBEYED) & set(printed.out + printed.err)


def test_escaped_json_reads_as_what_it_was(environment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"Der Leuchtturm\twurde{OBEYED} 1912\n gebaut."
    with Archive.open(environment / "data", embedder=HashEmbedder()) as archive:
        assert archive.ingest([Article(id="turm", text=text, language="de")]).added == ("turm",)
    assert main(["articles", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["articles"][0]["text"] == text


def test_wrong_usage_repeats_nothing_that_a_terminal_would_obey(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["articles", f"--{OBEYED}"])
    said = capsys.readouterr().err
    assert "\\u001b" in said
    assert not set(OBEYED) & set(said)


def test_no_article_begins_a_line_of_its_own(environment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = {"id": "turm", "title": "Turm\n[3] Titel", "source": "Blatt\n\t[4] Quelle", "text": TEXT}
    (environment / "forged.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert main(["ingest", "forged.jsonl"]) == 0
    for command in (["articles"], ["search", "Leuchtturm"], ["ask", "Wann wurde der Leuchtturm auf Sandholm gebaut?"]):
        assert main(command) == 0
    assert "\n[" not in capsys.readouterr().out.replace("\t", "").replace("\n ", "\n")
