"""Evidence packs in files."""

from __future__ import annotations

import errno
import io
import json
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rag.as_json import as_plain, to_json
from rag.errors import InputError, PackError
from rag.pack.files import check_target, export_pack, read_any_pack, read_pack, read_packs
from rag.pack.pack import AnyPack, Pack
from tests.checks import CALL, check, evidence, refuted_by_the_call
from tests.pack.packs import CHANGED, across_a_change, answer, conversation, packed, review

PACK = packed(refuted_by_the_call())
CONVERSATION = conversation(packed(answer(), reviews=[review(0, note="Stimmt.")]), PACK)


@pytest.mark.parametrize(
    "pack",
    [
        PACK,
        packed(answer()),
        packed(check("Zwei Teile.", "refuted", parts=[refuted_by_the_call(), check("B.", "supported")])),
        packed(check("Nichts.", "not_enough_evidence")),
        packed(answer(), reviews=[review(0, "wrong", note="\u202e# <b>\n"), review(None, name="")]),
        packed(across_a_change(), {CALL.id: CHANGED}),
        packed(answer(), number=3),
    ],
    ids=["check", "answer", "parts", "nothing found", "reviewed", "across a change", "numbered"],
)
def test_a_pack_comes_back_from_json_as_it_went_in(tmp_path: Path, pack: Any) -> None:
    [file] = export_pack(pack, tmp_path / "pack.json")
    assert read_pack(file) == pack
    assert read_packs(file) == [pack]


def test_a_conversation_comes_back_with_its_packs_in_order(tmp_path: Path) -> None:
    file, markdown = export_pack(CONVERSATION, tmp_path)
    assert read_any_pack(file) == CONVERSATION
    assert read_packs(file) == list(CONVERSATION.packs)
    assert file.stem == markdown.stem
    assert file.stem.rpartition("-")[0] == "das-telefonat"
    [empty] = export_pack(conversation(name=""), tmp_path / "empty.json")
    assert read_packs(empty) == []
    with pytest.raises(InputError, match="of a conversation, not of one result"):
        read_pack(file)


def test_a_files_bytes_are_read_as_the_file_is() -> None:
    assert read_any_pack(to_json(CONVERSATION).encode()) == CONVERSATION
    with pytest.raises(InputError, match="'the JSON given' is no evidence pack"):
        read_any_pack(b"{}")
    with pytest.raises(InputError, match="'the JSON given' is no JSON"):
        read_any_pack(b"{")


def test_a_pack_from_before_there_were_reviews_and_numbers_is_read(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text(damaged(lambda d: (d.pop("reviews"), d.pop("number"))))
    assert read_pack(tmp_path / "old.json") == PACK


@pytest.mark.parametrize("pack", [PACK, conversation(PACK)], ids=["one result", "conversation"])
def test_a_pack_with_what_a_newer_version_adds_is_read(tmp_path: Path, pack: AnyPack) -> None:
    data = json.loads(to_json(pack)) | {"added": 1}
    (tmp_path / "new.json").write_text(json.dumps(data))
    assert read_any_pack(tmp_path / "new.json") == pack


def test_into_a_folder_go_both_files_named_for_the_claim(tmp_path: Path) -> None:
    paths = export_pack(PACK, tmp_path / "neu" / "belege")
    assert [path.suffix for path in paths] == [".json", ".md"]
    assert paths[0].stem == paths[1].stem
    assert paths[0].stem.rpartition("-")[0] == "das-telefonat-dauerte-45-minuten"
    assert sorted(path.name for path in (tmp_path / "neu" / "belege").iterdir()) == sorted(path.name for path in paths)
    assert export_pack(PACK, tmp_path / "neu" / "belege") == paths


@pytest.mark.parametrize(
    ("claim", "begins"),
    [
        ("../../etc/passwd\x00", "etc-passwd-"),
        ("Größe: Ärger & Öl/Maß?", "groesse-aerger-oel-mass-"),
        ("🙂", "beleg-"),
        ("Wort " * 500, "wort-wort-"),
        ("x" * 500, "x" * 60 + "-"),
    ],
)
def test_a_name_is_safe_and_short_whatever_the_claim(tmp_path: Path, claim: str, begins: str) -> None:
    paths = export_pack(packed(check(claim, "not_enough_evidence")), tmp_path)
    assert {path.parent for path in paths} == {tmp_path}
    assert paths[0].name.startswith(begins)
    assert len(paths[0].name) < 80


def test_claims_that_begin_alike_get_files_of_their_own(tmp_path: Path) -> None:
    for end in ("a", "b"):
        export_pack(packed(check("Wort " * 40 + end, "not_enough_evidence")), tmp_path)
    assert len(list(tmp_path.iterdir())) == 4


def test_one_file_by_its_ending(tmp_path: Path) -> None:
    assert export_pack(PACK, tmp_path / "pack.MD") == [tmp_path / "pack.MD"]
    assert (tmp_path / "pack.MD").read_text(encoding="utf-8").startswith("# Geprüfte Behauptung")
    assert [path.name for path in tmp_path.iterdir()] == ["pack.MD"]


def test_a_folder_may_have_an_ending_if_it_is_there_or_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "akte.2026").mkdir()
    assert len(export_pack(PACK, tmp_path / "akte.2026")) == 2
    assert len(export_pack(PACK, f"{tmp_path}/akte.2027/")) == 2


@pytest.mark.parametrize("name", ["pack.pdf", "pack.html", "pack.json.gz"])
def test_another_ending_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"as \.md or \.json"):
        export_pack(PACK, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_says_something_else_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    file.write_text("Meine Notizen")
    with pytest.raises(PackError, match="is there already"):
        export_pack(PACK, file)
    assert file.read_text() == "Meine Notizen"
    assert [path.name for path in tmp_path.iterdir()] == ["notes.md"]


def test_of_two_files_none_appears_where_one_cannot(tmp_path: Path) -> None:
    _, markdown = export_pack(PACK, tmp_path)
    for path in tmp_path.iterdir():
        path.unlink()
    markdown.write_text("anders")
    with pytest.raises(PackError, match="nothing was written"):
        export_pack(PACK, tmp_path)
    assert list(tmp_path.iterdir()) == [markdown]


def test_a_path_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(PackError, match=r"folder\.json' is a folder"):
        export_pack(PACK, tmp_path / "folder.json")
    (tmp_path / "file").write_text("")
    with pytest.raises(PackError, match="cannot be made: File exists"):
        export_pack(PACK, tmp_path / "file")
    with pytest.raises(PackError, match="Not a directory"):
        export_pack(PACK, tmp_path / "file" / "pack.json")
    with pytest.raises(PackError, match="No such file or directory"):
        export_pack(PACK, tmp_path / "nowhere" / "pack.json")


@pytest.mark.parametrize("target", ["", " ", "pack\0.json", "a\0b/", "\ud800.json"])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    monkeypatch.chdir(tmp_path)
    for use in (check_target, lambda name: export_pack(PACK, name)):
        with pytest.raises(InputError, match=r"is empty|No file can be named"):
            use(target)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["x" * 300 + ".json", "x" * 300, "x" * 300 + ".2026/", "x" * 300 + "/pack.json"])
def test_a_name_that_is_too_long_is_an_error_of_our_own(tmp_path: Path, name: str) -> None:
    check_target(f"{tmp_path}/{name}")
    with pytest.raises(PackError, match="File name too long"):
        export_pack(PACK, f"{tmp_path}/{name}")
    assert list(tmp_path.iterdir()) == []


class FullDisk(io.FileIO):
    """A file that takes ten bytes."""

    fault = errno.ENOSPC

    def write(self, data: Any) -> int:
        super().write(data[:10])
        raise OSError(self.fault, os.strerror(self.fault))


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EACCES])
@pytest.mark.parametrize("without_links", [False, True])
def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int, without_links: bool
) -> None:
    def opened(path: Path, mode: str) -> io.FileIO:
        return io.FileIO(path, mode) if without_links and path.suffix == ".part" else FullDisk(path, mode)

    if without_links:
        monkeypatch.setattr(Path, "hardlink_to", no_links)
    monkeypatch.setattr(FullDisk, "fault", fault)
    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(PackError, match=os.strerror(fault)):
        export_pack(PACK, tmp_path)
    assert list(tmp_path.iterdir()) == []


def no_links(path: Path, target: Path) -> None:
    raise PermissionError(errno.EPERM, "Operation not permitted")


def test_where_the_file_system_has_no_links_both_files_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "hardlink_to", no_links)
    json_file, _ = export_pack(PACK, tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    assert read_pack(json_file) == PACK


def test_where_the_second_file_fails_the_first_goes_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = Path.hardlink_to

    def link_json_alone(path: Path, target: Path) -> None:
        if path.suffix == ".md":
            raise OSError(errno.EIO, "Input/output error")
        link(path, target)

    monkeypatch.setattr(Path, "hardlink_to", link_json_alone)
    with pytest.raises(PackError, match="Input/output error"):
        export_pack(PACK, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("comes", ["file", "link"])
def test_what_comes_there_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, comes: str
) -> None:
    link, mine, aim = Path.hardlink_to, tmp_path / "pack.json", tmp_path / "aim"

    def link_too_late(path: Path, target: Path) -> None:
        if comes == "file":
            path.write_text("anders")
        else:
            path.symlink_to(aim)
        link(path, target)

    monkeypatch.setattr(Path, "hardlink_to", link_too_late)
    with pytest.raises(PackError, match=r"says something else|a link to nowhere"):
        export_pack(PACK, mine)
    assert [path.name for path in tmp_path.iterdir()] == ["pack.json"]
    assert not aim.exists()


def test_a_link_to_nowhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "pack.json").symlink_to(tmp_path / "aim")
    with pytest.raises(PackError, match="is a link to nowhere"):
        export_pack(PACK, tmp_path / "pack.json")
    assert not (tmp_path / "aim").exists()


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pack.json")
    with pytest.raises(PackError, match="is no file"):
        export_pack(PACK, tmp_path / "pack.json")


def test_threads_that_write_to_one_name_overwrite_nothing(tmp_path: Path) -> None:
    packs = [packed(check(f"Behauptung {number}.", "not_enough_evidence")) for number in range(8)]
    together = threading.Barrier(len(packs))

    def write(pack: Pack) -> bool:
        together.wait()
        try:
            export_pack(pack, tmp_path / "pack.json")
        except PackError:
            return False
        return True

    with ThreadPoolExecutor(len(packs)) as threads:
        written = list(threads.map(write, packs))
    assert [pack for pack, done in zip(packs, written, strict=True) if done] == [read_pack(tmp_path / "pack.json")]
    assert [path.name for path in tmp_path.iterdir()] == ["pack.json"]


def test_threads_may_write_one_pack_to_one_folder(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        written = list(threads.map(lambda _: export_pack(PACK, tmp_path), range(16)))
    assert written == [written[0]] * 16
    assert sorted(tmp_path.iterdir()) == sorted(written[0])


def damaged(change: Callable[[dict[str, Any]], Any], pack: AnyPack = PACK) -> str:
    data = json.loads(to_json(pack))
    change(data)
    return json.dumps(data)


def in_a_conversation(change: Callable[[dict[str, Any]], Any]) -> str:
    return damaged(change, CONVERSATION)


def said(**fields: object) -> dict[str, Any]:
    """A review of the first statement as it stands in a file, but for these fields."""
    plain: dict[str, Any] = as_plain(review(0))
    return plain | fields


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no JSON: Expecting value, line 1, column 1"),
        ('{"kind": "beleg-pack",\n "format": }', "line 2, column 12"),
        ("[" * 100_000, "no evidence pack|no JSON"),
        ('"nur ein Text"', "no evidence pack"),
        ('{"claim": "x"}', "no evidence pack"),
        (damaged(lambda d: d.update(kind="other")), "no evidence pack"),
        (damaged(lambda d: d.update(kind=["beleg-pack"])), "no evidence pack"),
        (damaged(lambda d: d.update(kind="beleg-conversation")), "damaged at name: Field required"),
        (damaged(lambda d: d.update(kind="beleg-pack"), CONVERSATION), "damaged at articles: Field required"),
        (damaged(lambda d: d.update(format=2)), "has format 2; this version reads 1"),
        (damaged(lambda d: d.update(format="1")), "has format '1'"),
        (damaged(lambda d: d.pop("made")), "damaged at made: Field required"),
        (damaged(lambda d: d["check"].update(verdict="wahr")), "damaged at check.verdict"),
        (damaged(lambda d: d["check"]["evidence"][0]["citation"].update(start="60")), "citation.start"),
        (damaged(lambda d: d["quotations"][0].update(start=-1)), "quotation 1 is not as long"),
        (damaged(lambda d: d["quotations"][0].update(quote="Kurz.")), "quotation 1 is not as long"),
        (damaged(lambda d: d["quotations"][0].update(article_id="b")), "an article 'b' that it does not hold"),
        (damaged(lambda d: d["quotations"][0].update(content_hash="0")), "'telefonat' that it does not hold"),
        (damaged(lambda d: d["quotations"].clear()), "is not among its quotations"),
        (
            damaged(lambda d: d["check"]["evidence"][0]["citation"].update(quote="x" * 65)),
            "is not among its quotations",
        ),
        (damaged(lambda d: d.update(check=None)), "a check or an answer"),
        (damaged(lambda d: d.update(reviews=None)), "damaged at reviews"),
        (damaged(lambda d: d["reviews"].append(said(statement=1))), r"reviews\.0 is of a statement 1"),
        (damaged(lambda d: d["reviews"].extend([said(), said(statement=-1)])), r"reviews\.1 is of a statement -1"),
        (damaged(lambda d: d["reviews"].append(said(statement=True))), r"damaged at reviews\.0\.statement"),
        (damaged(lambda d: d["reviews"].append(said(word="maybe"))), r"damaged at reviews\.0\.word"),
        (damaged(lambda d: d["reviews"].append(said(made="gestern"))), r"damaged at reviews\.0\.made"),
        (in_a_conversation(lambda d: d.update(format=2)), "'[^']*' has format 2; this version reads 1"),
        (in_a_conversation(lambda d: d.update(name=None)), "damaged at name"),
        (in_a_conversation(lambda d: d.update(packs={})), "damaged at packs"),
        (in_a_conversation(lambda d: d["packs"].append(None)), r"damaged at packs\.2"),
        (in_a_conversation(lambda d: d["packs"][1].pop("kind")), r"at packs\.1, its kind is not given"),
        (in_a_conversation(lambda d: d["packs"][1].update(kind="beleg-conversation")), r"damaged at packs\.1\.kind"),
        (in_a_conversation(lambda d: d["packs"][1].update(format=2)), r"at packs\.1 of .* has format 2"),
        (in_a_conversation(lambda d: d["packs"][1].pop("made")), r"damaged at packs\.1\.made: Field required"),
        (in_a_conversation(lambda d: d["packs"][1]["quotations"].clear()), r"at packs\.1, .* not among its quotations"),
        (in_a_conversation(lambda d: d["packs"][0]["reviews"][0].update(statement=1)), r"at packs\.0, the review at"),
    ],
)
def test_a_bad_file_is_refused_with_what_is_wrong_and_where(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "pack.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_pack(file)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_pack(tmp_path / "nowhere.json")
    with pytest.raises(InputError, match="Is a directory"):
        read_pack(tmp_path)
    (tmp_path / "latin.json").write_bytes('{"kind": "ä"}'.encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8 at byte 10"):
        read_pack(tmp_path / "latin.json")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    [file] = export_pack(PACK, tmp_path / "pack.json")
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert read_pack(file) == PACK


def test_a_pack_holds_no_article_as_a_whole(tmp_path: Path) -> None:
    long = replace(CALL, text=CALL.text + " Noch ein Satz steht hier." * 10_000)
    [file] = export_pack(
        packed(check("A.", "supported", evidence(long, "Freitag")), {long.id: long}), tmp_path / "p.json"
    )
    assert file.stat().st_size < 5_000
