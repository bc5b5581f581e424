"""A result that a person gave their word on -> a row of a suite, in the form that evals/README.md documents."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

from filelock import FileLock

from rag.check.claims import read_claims
from rag.desk.types import CaseMade, Turn
from rag.errors import ArchiveUnwritable, InputError
from rag.types import Answer, Article, Check, Citation, QuotationCheck, Review, Verdict, Word

ArticleLookup = Callable[[str], Article | None]
Row = dict[str, Any]


def make_row(turn: Turn, statement: int | None, *, verdict: Verdict | None, article: ArticleLookup) -> Row:
    """The row that a reviewed statement of a turn's result, or the whole of it (None), makes.

    Its `id` is the same each time. Of an answer: what was ticked is evidence, what was crossed must not be cited, and
    of a whole that holds for each statement that has no word of its own; of an abstention, whether it was right to
    abstain. Of a check: the verdict given, or its own where that was ticked.
    Raises InputError where there is no word on it, a crossed check comes without the right verdict, a cited sentence is
    no longer in the archive (`article` looks it up), or the form has no place for it.
    """
    result = turn.result
    if result is None:
        raise InputError("There is no result to make a case of. Ask again first.")
    if turn.filters.without:
        raise InputError("A case cannot say which articles were kept out of reach. Ask again without that.")
    if isinstance(result, Check):
        return _of_check(turn, result, statement, verdict)
    if verdict is not None:
        raise InputError(f"The verdict {verdict!r} belongs to a claim that was checked, and this is an answer.")
    return _of_answer(turn, result, statement, article)


def put_row(file: Path, row: Row) -> CaseMade:
    """Puts the row into a suite file, in place of the one with its id, else at the end. Other lines stay as they are.

    The file, made if absent, is there with the row or as it was, at any moment and for any number of writers. Raises
    ArchiveUnwritable.
    """
    line = json.dumps(row, ensure_ascii=False)
    try:
        target = file.resolve()  # a link stays one
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.with_name(f".{target.name}.lock")):
            before = target.read_bytes() if target.exists() else b""
            kept, replaced = _with_line(before, row["id"], line.encode())
            _write(target, kept)
    except OSError as error:
        raise ArchiveUnwritable(
            f"The case cannot be written to {str(file)!r}: {error.strerror}. Set BELEG_CASES to another file."
        ) from error
    return CaseMade(row["id"], file, line, replaced)


def _of_answer(turn: Turn, answer: Answer, statement: int | None, article: ArticleLookup) -> Row:
    row: Row = {"id": _id(turn, statement), "question": answer.question}
    said = _word(turn, statement)
    if answer.abstained:
        row["answerable"] = said == "wrong"
    else:
        words = {
            number: turn.review(number) or turn.review(statement)
            for number in (range(len(answer.statements)) if statement is None else [statement])
        }
        wrong = list(_cited(answer, words, "wrong"))
        right = [one for one in _cited(answer, words, "checked") if _place(one) not in map(_place, wrong)]
        for citation in (*right, *wrong):
            _check_place(citation, article(citation.article_id))
        if not right and not wrong:
            raise InputError("Nothing is cited there, so there is no sentence that a case could expect.")
        row["answers"] = list(dict.fromkeys(one.answer_text for one in right if one.answer_text))
        row["evidence"] = list(map(_place, right))
        row["rejected"] = list(map(_place, wrong))
    return _filled(row | {"history": list(turn.history)}, turn, said)


def _of_check(turn: Turn, whole: Check, statement: int | None, verdict: Verdict | None) -> Row:
    if not whole.parts:
        statement = None if statement == 0 else statement
        said = _word(turn, statement, 0)
    else:
        said = _word(turn, statement)
    check = whole if statement is None else whole.parts[statement]
    if verdict is not None and verdict not in get_args(Verdict):
        raise InputError(f"{verdict!r} is no verdict. Give one of {', '.join(get_args(Verdict))}.")
    if said == "wrong" and verdict is None:
        raise InputError(
            "The check was marked as wrong, and a case needs the verdict that is right: give one of "
            f"{', '.join(get_args(Verdict))}."
        )
    if statement is not None and _leans_on_others(turn.typed, check):
        raise InputError(
            f"{check.claim[:80]!r} speaks of something that only the sentences before it name, so it makes no case by "
            "itself. Make one of the whole text."
        )
    row: Row = {
        "id": _id(turn, statement),
        "claim": turn.typed if statement is None else check.claim,
        "verdict": verdict or check.verdict,
    }
    quotations = list(_quotations(check))
    if said == "checked" and len(quotations) == 1:
        row |= {"quotation": quotations[0].status, "speaker": quotations[0].speaker}
    return _filled(row, turn, said)


def _id(turn: Turn, statement: int | None) -> str:
    return f"desk-{turn.id}" if statement is None else f"desk-{turn.id}-{statement}"


def _word(turn: Turn, *statements: int | None) -> Word:
    """The newest word on any of these, which are one and the same thing. Raises InputError where there is none."""
    words: list[Review] = [review for number in statements if (review := turn.review(number))]
    if not words:
        raise InputError("Nobody has said yet whether that is right. Mark it as checked or as wrong first.")
    return max(words, key=lambda review: review.made).word


def _cited(answer: Answer, words: dict[int, Review | None], word: Word) -> Iterator[Citation]:
    """What is cited by the statements of which this was said, each once."""
    said = [number for number, review in words.items() if review and review.word == word]
    markers = {marker for number in said for marker in answer.statements[number].citations}
    yield from (citation for citation in answer.citations if citation.marker in markers)


def _check_place(citation: Citation, article: Article | None) -> None:
    if article is None or article.text[citation.start : citation.end] != citation.quote:
        raise InputError(
            f"The article {citation.article_id!r} no longer says {citation.quote[:80]!r} there: it was changed or "
            "deleted. Ask again, and make a case of that."
        )


def _place(citation: Citation) -> Row:
    return {"article": citation.article_id, "quote": citation.quote, "start": citation.start}


def _leans_on_others(typed: str, part: Check) -> bool:
    return any(claim.context for claim in read_claims(typed) if (claim.start, claim.end) == (part.start, part.end))


def _quotations(check: Check) -> Iterator[QuotationCheck]:
    yield from check.quotes
    for part in check.parts:
        yield from _quotations(part)


def _filled(row: Row, turn: Turn, said: Word) -> Row:
    """The row with what it was asked within, without what is empty."""
    filters = turn.filters
    limits: Row = {
        "language": filters.language,
        "source": filters.source,
        "since": filters.since and filters.since.isoformat(),
        "until": filters.until and filters.until.isoformat(),
    }
    given = {name: value for name, value in limits.items() if value is not None}
    if filters.articles is not None:
        given["articles"] = sorted(filters.articles)
    row |= {"filters": given, "tags": ["desk", said]}
    return {name: value for name, value in row.items() if value not in (None, [], {})}


def _with_line(before: bytes, row_id: str, line: bytes) -> tuple[bytes, bool]:
    """The file's content with the line, and whether it took the place of others with its id."""
    lines: Iterable[bytes] = before.split(b"\n")[:-1] if before.endswith(b"\n") else before.split(b"\n")
    kept: list[bytes] = []
    replaced = False
    for old in lines if before else ():
        if _id_of(old) != row_id:
            kept.append(old)
        elif not replaced:
            kept.append(line)
            replaced = True
    return b"".join(one + b"\n" for one in (kept if replaced else [*kept, line])), replaced


def _id_of(line: bytes) -> str | None:
    """The id of a row; None of a line that is none."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    found = row.get("id") if isinstance(row, dict) else None
    return found if isinstance(found, str) else None


def _write(target: Path, content: bytes) -> None:
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
