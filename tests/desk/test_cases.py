"""Cases made at the desk: a suite reads them, an archive runs them, and the file is never hurt."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evals.formats.form import read_form
from evals.formats.locate import locate_evidence
from evals.run import run_cases
from evals.types import Case, Row
from rag.archive import Archive
from rag.desk.cases import put_row
from rag.desk.desk import Desk
from rag.desk.types import Turn
from rag.errors import ArchiveUnwritable, InputError
from rag.types import Answer, Check
from tests.conftest import OpenArchive
from tests.desk.desks import ANNA, CALL, CLAIM, QUESTION, SHIP, TRUE_CLAIM, filled, open_desk


@pytest.fixture
def archive(open_archive: OpenArchive) -> Archive:
    return filled(open_archive)


@pytest.fixture
def desk(archive: Archive) -> Desk:
    return open_desk(archive)


def _cases(archive: Archive) -> list[Case]:
    suite = read_form(archive.folder / "cases.jsonl")
    return locate_evidence(suite.cases, {article.id: article for article in archive.articles()})


def _scores(archive: Archive) -> dict[str, float | None]:
    """What the one case in the file scores where the archive does as it did."""
    (row,) = run_cases(archive, _cases(archive), {article.id: article for article in archive.articles()})
    assert isinstance(row, Row)
    assert row.error is None
    return {name: score.value for name, score in row.scores.items()}


def _answer(turn: Turn) -> Answer:
    assert isinstance(turn.result, Answer)
    return turn.result


def test_a_ticked_statement_is_evidence(archive: Archive, desk: Desk) -> None:
    turn = desk.take(ANNA, QUESTION, language="de", since=date(2022, 7, 1), articles=["telefonat"])
    desk.review(ANNA, turn.id, 0, "checked", name="Anna")
    made = desk.make_case(ANNA, turn.id, 0)
    (case,) = _cases(archive)
    citation = _answer(turn).citations[0]
    assert (made.id, made.file, made.replaced) == (case.id, archive.folder / "cases.jsonl", False)
    assert (case.text, case.kind, case.tags) == (QUESTION, "question", ("desk", "checked"))
    assert [(one.article_id, one.quote, one.start) for one in case.evidence] == [
        ("telefonat", citation.quote, citation.start)
    ]
    assert case.answers == ((citation.answer_text,) if citation.answer_text else ())
    assert case.filters == turn.filters
    assert _scores(archive)["sentence first"] == 1


def test_a_crossed_statement_must_not_be_cited(archive: Archive, desk: Desk) -> None:
    turn = desk.take(ANNA, QUESTION)
    desk.review(ANNA, turn.id, 0, "wrong")
    desk.make_case(ANNA, turn.id, 0)
    (case,) = _cases(archive)
    citation = _answer(turn).citations[0]
    assert (case.evidence, case.answers, case.tags) == ((), (), ("desk", "wrong"))
    assert [(one.article_id, one.quote, one.start) for one in case.rejected] == [
        ("telefonat", citation.quote, citation.start)
    ]
    assert _scores(archive)["rejected avoided"] == 0  # it is cited still


def _with_two_statements(archive: Archive, desk: Desk) -> Turn:
    archive.ingest([replace(CALL, id="zeitung", url=None, text=CALL.text.replace("rund 25", "etwa 40"))])
    turn = desk.take(ANNA, QUESTION)
    assert len(_answer(turn).statements) == 2
    return turn


@pytest.mark.parametrize(("word", "field"), [("checked", "evidence"), ("wrong", "rejected")])
def test_a_whole_answer_counts_with_all_its_citations(archive: Archive, desk: Desk, word: Any, field: str) -> None:
    turn = _with_two_statements(archive, desk)
    desk.review(ANNA, turn.id, None, word)
    desk.make_case(ANNA, turn.id)
    (case,) = _cases(archive)
    assert {one.quote for one in getattr(case, field)} == {one.quote for one in _answer(turn).citations}
    assert case.tags == ("desk", word)


def test_in_a_ticked_answer_a_crossed_statement_stays_crossed(archive: Archive, desk: Desk) -> None:
    turn = _with_two_statements(archive, desk)
    desk.review(ANNA, turn.id, 1, "wrong")
    desk.review(ANNA, turn.id, None, "checked")
    desk.make_case(ANNA, turn.id)
    (case,) = _cases(archive)
    first, second = _answer(turn).citations
    assert [one.quote for one in case.evidence] == [first.quote]
    assert [one.quote for one in case.rejected] == [second.quote]


@pytest.mark.parametrize(("word", "answerable"), [("checked", False), ("wrong", True)])
def test_an_abstention_says_whether_the_archive_answers(
    archive: Archive, desk: Desk, word: Any, *, answerable: bool
) -> None:
    turn = desk.take(ANNA, QUESTION, articles=["nirgends"])
    assert _answer(turn).abstained
    desk.review(ANNA, turn.id, None, word)
    desk.make_case(ANNA, turn.id)
    (case,) = _cases(archive)
    assert (case.answerable, case.evidence, case.rejected) == (answerable, (), ())
    scores = _scores(archive)
    assert (scores["answered"], scores["abstained"]) == ((0, None) if answerable else (None, 1))


def test_a_follow_up_is_understood_in_the_suite_as_it_was(archive: Archive, desk: Desk) -> None:
    first = desk.take(ANNA, QUESTION)
    turn = desk.take(ANNA, "Und wann war das?", conversation=first.conversation)
    desk.review(ANNA, turn.id, None, "checked")
    desk.make_case(ANNA, turn.id)
    (case,) = _cases(archive)
    assert (case.text, case.history) == ("Und wann war das?", (QUESTION,))
    (row,) = run_cases(archive, [case], {article.id: article for article in archive.articles()})
    assert row.understood == _answer(turn).understood != case.text


def test_a_ticked_check_has_its_own_verdict(archive: Archive, desk: Desk) -> None:
    turn = desk.take(ANNA, TRUE_CLAIM)
    assert isinstance(turn.result, Check)
    desk.review(ANNA, turn.id, 0, "checked")
    made = desk.make_case(ANNA, turn.id, 0)
    assert desk.make_case(ANNA, turn.id).id == made.id  # of one claim, the first and the whole are one
    (case,) = _cases(archive)
    assert (case.kind, case.text, case.verdict) == ("claim", TRUE_CLAIM, turn.result.verdict)
    assert _scores(archive)["verdict right"] == 1


def test_a_crossed_check_needs_the_verdict_that_is_right(archive: Archive, desk: Desk) -> None:
    turn = desk.take(ANNA, TRUE_CLAIM)
    desk.review(ANNA, turn.id, None, "wrong")
    with pytest.raises(InputError, match="needs the verdict that is right"):
        desk.make_case(ANNA, turn.id)
    with pytest.raises(InputError, match="no verdict"):
        desk.make_case(ANNA, turn.id, verdict="true")  # type: ignore[arg-type]
    assert not (archive.folder / "cases.jsonl").exists()
    desk.make_case(ANNA, turn.id, verdict="conflicting")
    (case,) = _cases(archive)
    assert (case.verdict, case.tags) == ("conflicting", ("desk", "wrong"))


def test_the_one_quotation_of_a_ticked_check_is_expected_too(archive: Archive, desk: Desk) -> None:
    turn = desk.take(ANNA, "Sergej Lawrow nannte es „ein offenes Gespräch“.")
    assert isinstance(turn.result, Check)
    desk.review(ANNA, turn.id, None, "checked")
    desk.make_case(ANNA, turn.id)
    (case,) = _cases(archive)
    assert (case.quotation, case.speaker) == ("exact", turn.result.quotes[0].speaker)
    desk.review(ANNA, turn.id, None, "wrong")
    desk.make_case(ANNA, turn.id, verdict="refuted")
    (case,) = _cases(archive)
    assert (case.quotation, case.speaker) == (None, None)


def test_a_part_makes_a_case_by_itself_and_the_text_one_of_all(archive: Archive, desk: Desk) -> None:
    text = f"{CLAIM} Das Schiff Razoni lief am 1. August aus."
    turn = desk.take(ANNA, text)
    assert isinstance(turn.result, Check)
    desk.review(ANNA, turn.id, 1, "checked")
    desk.review(ANNA, turn.id, None, "checked")
    part, whole = desk.make_case(ANNA, turn.id, 1), desk.make_case(ANNA, turn.id)
    assert [(case.id, case.text, case.verdict) for case in _cases(archive)] == [
        (part.id, turn.result.parts[1].claim, turn.result.parts[1].verdict),
        (whole.id, text, turn.result.verdict),
    ]


def test_a_part_that_only_the_sentence_before_makes_plain_is_refused(desk: Desk) -> None:
    turn = desk.take(ANNA, "Sergej Lawrow wurde 1950 in Moskau geboren. Er sprach mit Blinken.")
    desk.review(ANNA, turn.id, 1, "checked")
    with pytest.raises(InputError, match="sentences before it"):
        desk.make_case(ANNA, turn.id, 1)


def test_the_newest_word_counts(archive: Archive, desk: Desk) -> None:
    turn = desk.take(ANNA, QUESTION)
    desk.review(ANNA, turn.id, 0, "wrong", name="Anna")
    desk.review(ANNA, turn.id, 0, "checked", name="Ben")
    desk.make_case(ANNA, turn.id, 0)
    assert [case.tags for case in _cases(archive)] == [("desk", "checked")]


def test_the_same_again_replaces_its_row_and_no_other(archive: Archive, desk: Desk) -> None:
    turn, other = desk.take(ANNA, QUESTION), desk.take(ANNA, TRUE_CLAIM)
    for one in (turn, other):
        desk.review(ANNA, one.id, None, "checked")
        desk.make_case(ANNA, one.id)
    desk.review(ANNA, turn.id, None, "wrong")
    assert desk.make_case(ANNA, turn.id).replaced
    assert [case.tags[1] for case in _cases(archive)] == ["wrong", "checked"]


def test_what_makes_no_case_is_refused(archive: Archive, desk: Desk) -> None:
    turn, kept_out = desk.take(ANNA, QUESTION), desk.take(ANNA, QUESTION, without=["schiff"])
    with pytest.raises(InputError, match="Nobody has said"):
        desk.make_case(ANNA, turn.id, 0)
    desk.review(ANNA, turn.id, 0, "checked")
    desk.review(ANNA, kept_out.id, 0, "checked")
    with pytest.raises(InputError, match="no statement 9"):
        desk.make_case(ANNA, turn.id, 9)
    with pytest.raises(InputError, match="this is an answer"):
        desk.make_case(ANNA, turn.id, 0, verdict="supported")
    with pytest.raises(InputError, match="kept out"):
        desk.make_case(ANNA, kept_out.id, 0)
    archive.ingest([replace(CALL, text=SHIP.text)])
    with pytest.raises(InputError, match="no longer says"):
        desk.make_case(ANNA, turn.id, 0)
    assert not (archive.folder / "cases.jsonl").exists()


def test_the_file_is_the_settings(open_archive: OpenArchive, tmp_path: Path) -> None:
    archive, file = filled(open_archive), tmp_path / "neu" / "fälle.jsonl"
    desk = open_desk(archive, cases=file)
    turn = desk.take(ANNA, QUESTION)
    desk.review(ANNA, turn.id, 0, "checked")
    assert desk.make_case(ANNA, turn.id, 0).file == file
    assert len(read_form(file).cases) == 1


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_what_else_is_in_the_file_stays_byte_for_byte(tmp_path: Path, end: bytes) -> None:
    file = tmp_path / "cases.jsonl"
    other = b'\xef\xbb\xbf{ "id":"a" }\r\n\n{"id": "kaputt", "quest\n\xff\xfe\n[1]\n{"id": 3}'
    file.write_bytes(other + end)
    file.chmod(0o640)
    assert not put_row(file, {"id": "b", "question": "Ä?"}).replaced
    assert put_row(file, {"id": "b", "question": "Ö?"}).replaced
    assert file.read_bytes() == other + b"\n" + '{"id": "b", "question": "Ö?"}\n'.encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_row_that_is_there_twice_is_there_once_afterwards(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text('{"id": "b"}\n{"id": "a"}\n{"id": "b"}\n')
    put_row(file, {"id": "b", "n": 1})
    assert file.read_text() == '{"id": "b", "n": 1}\n{"id": "a"}\n'


def test_rows_put_at_once_are_all_there(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: put_row(file, {"id": str(number)}), range(40)))
    assert {json.loads(line)["id"] for line in file.read_text().splitlines()} == {str(number) for number in range(40)}
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".part")] == []


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "suite.jsonl").write_text("")
    link = tmp_path / "cases.jsonl"
    link.symlink_to("suite.jsonl")
    put_row(link, {"id": "a"})
    assert link.is_symlink()
    assert (tmp_path / "suite.jsonl").read_text() == '{"id": "a"}\n'


def test_a_failed_write_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "cases.jsonl"
    put_row(file, {"id": "a"})

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(ArchiveUnwritable, match="No space left"):
        put_row(file, {"id": "b"})
    assert file.read_text() == '{"id": "a"}\n'
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".part")] == []


def test_a_place_that_is_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").mkdir()
    with pytest.raises(ArchiveUnwritable, match="BELEG_CASES"):
        put_row(tmp_path / "cases.jsonl", {"id": "a"})
