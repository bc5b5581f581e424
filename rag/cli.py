"""Ask a news archive, and see the source sentences. Exit status: 0 done, 1 the run failed, 2 wrong usage."""

from __future__ import annotations

import argparse
import codecs
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from rag.as_json import as_plain, to_json
from rag.cli_live import LiveDraft
from rag.cli_text import answer_lines, article_line, check_lines, hit_lines, verified_file_lines
from rag.errors import BelegError, InputError
from rag.text.unicode import escape, escape_obeyed
from rag.wording import why_fallback

if TYPE_CHECKING:
    from rag.archive import Archive
    from rag.settings import Settings
    from rag.types import Answer, Check

DONE, FAILED, WRONG_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Returns the exit status."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    codecs.register_error("beleg", _escaped)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="beleg")
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        status = run(options)
        sys.stdout.flush()
        return status
    except InputError as error:
        _complain(error)
        return WRONG_USAGE
    except BelegError as error:
        _complain(error)
        return FAILED
    except KeyboardInterrupt:
        _complain("stopped; what was taken in before stays.")
        return 130
    except BrokenPipeError:  # such as of `beleg articles | head`; Python flushes once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """What the output's encoding has no bytes for, escaped."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return escape(error.object[error.start : error.end]), error.end


def _print(text: str) -> None:
    print(escape_obeyed(text))


def _complain(message: object) -> None:
    print(escape_obeyed(f"beleg: {message}"), file=sys.stderr)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(escape_obeyed(message))


def _parser() -> argparse.ArgumentParser:
    common = _Parser(add_help=False)
    common.add_argument("--data", metavar="DIR", type=Path, help="the archive's folder (BELEG_DATA, else data)")
    printing = _Parser(add_help=False)
    printing.add_argument("--json", action="store_true", help="print one JSON object")
    exporting = _Parser(add_help=False)
    exporting.add_argument(
        "--export", metavar="DIR|FILE", help="write an evidence pack: a .md or .json file, or both into a folder"
    )
    filters = _Parser(add_help=False)
    filters.add_argument("--language", metavar="CODE", help="only articles in this language, such as de")
    filters.add_argument("--source", metavar="NAME", help="only articles of this source")
    dated = "only articles whose own date is this day or {}; undated ones are left out, and counted"
    filters.add_argument("--since", metavar="DATE", type=_date, help=dated.format("later"))
    filters.add_argument("--until", metavar="DATE", type=_date, help=dated.format("earlier"))
    filters.add_argument(
        "--article", metavar="ID", dest="articles", action="append", help="only this article; may be repeated"
    )

    parser = _Parser(prog="beleg", description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str, *parents: _Parser) -> Any:
        added = commands.add_parser(name, help=text, description=text, parents=[common, *parents], allow_abbrev=False)
        added.set_defaults(run=run)
        return added

    taking_in = "take in files and folders (.txt .md .html .jsonl) and, with BELEG_FETCH=true, web addresses"
    ingest = command("ingest", _ingest, taking_in, printing)
    ingest.add_argument("sources", nargs="+", metavar="PATH|ADDRESS")
    search = command("search", _search, "the passages nearest to a question", printing, filters)
    search.add_argument("question", metavar="Q")
    search.add_argument("-k", type=int, default=10, metavar="K", help="how many (10)")
    ask = command("ask", _ask, "an answer in source sentences, or an abstention", printing, filters, exporting)
    ask.add_argument("question", metavar="Q")
    ask.add_argument(
        "--after",
        metavar="EARLIER",
        action="append",
        default=[],
        help="an earlier question of the conversation; repeat it, oldest first",
    )
    ask.add_argument(
        "--quote-only", action="store_true", help="the sources' own sentences, also where a language model is set"
    )
    check = command("check", _check, "whether the archive bears a claim out", printing, filters, exporting)
    check.add_argument("claim", metavar="CLAIM", help="a claim or a text of several; - reads it from standard input")
    verify = command("verify", _verify, "what of an exported evidence pack still holds", printing)
    verify.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        help="the .json of a result or of a conversation; 1 is the exit status if not all holds",
    )
    command("articles", _articles, "list the articles", printing)
    delete = command("delete", _delete, "delete an article everywhere", printing)
    delete.add_argument("article", metavar="ID")
    command("status", _status, "what is there, with which model, in how many bytes", printing)
    command("reindex", _reindex, "rebuild both indexes from the articles", printing)
    serve = command("serve", _serve, "serve the web chat")
    serve.add_argument("--host", metavar="HOST", help="the address to bind (BELEG_HOST, else 127.0.0.1)")
    serve.add_argument("--port", metavar="PORT", type=int, help="the port to bind (BELEG_PORT, else 7860)")
    command("mcp", _mcp, "offer the archive to a model as tools, over MCP on standard input and output")
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    from pydantic import ValidationError

    from rag.settings import Settings

    given = {name: getattr(options, name, None) for name in ("data", "host", "port")}
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"The setting {'.'.join(map(str, first['loc']))} cannot be used: {first['msg']}.") from error


def _open(options: argparse.Namespace, *, read_only: bool = False) -> Archive:
    from rag.archive import Archive

    return Archive.open(settings=_settings(options), read_only=read_only)


def _ingest(options: argparse.Namespace) -> int:
    with _open(options) as archive:
        report = archive.ingest(options.sources, progress=not options.json)
    if options.json:
        _print(to_json(report))
    else:
        names = ["added", "updated", "unchanged", "failed", *(["replaced"] if report.replaced else [])]
        counts = (f"{len(getattr(report, name))} {name}" for name in names)
        _print(f"{', '.join(counts)} in {report.seconds:.1f} s")
    for failure in report.failed:
        _complain(f"{failure.where}: {failure.reason}")
    if not (report.failed or report.added or report.updated or report.unchanged):
        _complain("no article was found there.")
        return FAILED
    return FAILED if report.failed else DONE


def _search(options: argparse.Namespace) -> int:
    with _open(options) as archive:
        hits = archive.search(options.question, options.k, **_filters(options))
        undated = archive.undated(**_filters(options))
    _say_undated(undated)
    if options.json:
        _print(to_json({"query": options.question, "hits": hits, "undated": undated}))
    else:
        _print("\n\n".join(hit_lines(number, hit) for number, hit in enumerate(hits, start=1)) or "Nothing found.")
    return DONE


def _ask(options: argparse.Namespace) -> int:
    _check_export(options)
    with _open(options) as archive:
        with LiveDraft() as live:
            answer = archive.ask(
                options.question,
                options.after,
                on_draft=live.show,
                quote_only=options.quote_only,
                **_filters(options),
            )
        _say_undated(answer.undated)
        _print(to_json(answer) if options.json else answer_lines(answer))
        _export(archive, answer, options)
    return DONE


def _check(options: argparse.Namespace) -> int:
    _check_export(options)
    claim = _standard_input() if options.claim == "-" else options.claim
    with _open(options) as archive:
        check = archive.check(claim, **_filters(options))
        _say_undated(check.undated)
        _print(to_json(check) if options.json else check_lines(check))
        _export(archive, check, options)
    return DONE


def _verify(options: argparse.Namespace) -> int:
    """What holds of one result's pack, or of each turn of a conversation's.

    As JSON one object: of one result its `Verification`; of a conversation the `VerifiedFile`, which alone has a `name`
    and holds the `Verification` of each turn in the list `verifications`. In both `holds` says whether everything does.
    """
    with _open(options, read_only=True) as archive:
        verified = archive.verify_all(options.file)
    printed = verified.verifications[0] if verified.name is None else verified
    _print(to_json(printed) if options.json else verified_file_lines(verified))
    return DONE if verified.holds else FAILED


def _articles(options: argparse.Namespace) -> int:
    with _open(options, read_only=True) as archive:
        articles = archive.articles()
    if options.json:
        _print(to_json({"articles": articles}))
    else:
        _print("\n".join(article_line(article) for article in articles) or "The archive is empty.")
    return DONE


def _delete(options: argparse.Namespace) -> int:
    with _open(options) as archive:
        archive.delete(options.article)
    _print(to_json({"deleted": options.article}) if options.json else f"deleted {options.article}")
    return DONE


def _status(options: argparse.Namespace) -> int:
    with _open(options, read_only=True) as archive:
        status = archive.status()
        failure = archive.llm_failure()
    if options.json:
        _print(to_json(as_plain(status) | ({"llm_failure": failure} if status.llm else {})))
        return DONE
    languages = ", ".join(f"{count} {language}" for language, count in sorted(status.languages.items()))
    _print(f"archive   {status.path}")
    _print(f"articles  {status.articles} ({languages or 'none'}), {status.pending} pending")
    _print(f"passages  {status.passages}")
    _print(f"model     {status.model or 'none yet'}")
    for name, model in (("reranker", status.reranker), ("reader", status.reader), ("judge", status.judge)):
        if model:
            _print(f"{name:<10}{model}")
    if status.llm:
        said = f"does not answer: {why_fallback(failure, language='en')}" if failure else "answers"
        _print(f"llm       {status.llm} ({said})")
    _print(f"bytes     {', '.join(f'{name} {size:,}' for name, size in status.bytes.items())}")
    return DONE


def _reindex(options: argparse.Namespace) -> int:
    with _open(options) as archive:
        count = archive.reindex(progress=not options.json)
    _print(to_json({"reindexed": count}) if options.json else f"reindexed {count} articles")
    return DONE


def _serve(options: argparse.Namespace) -> int:
    from rag.web.serve import serve

    settings = _settings(options)
    with _open(options) as archive:
        serve(archive, settings)
    return DONE


def _mcp(options: argparse.Namespace) -> int:
    from rag.integrations.mcp import serve

    with _open(options) as archive:
        serve(archive)
    return DONE


def _check_export(options: argparse.Namespace) -> None:
    """Refuses a file that no pack is written to before anything is asked."""
    from rag.pack.files import check_target

    if options.export:
        check_target(options.export)


def _export(archive: Archive, result: Answer | Check, options: argparse.Namespace) -> None:
    if options.export:
        sys.stdout.flush()
        for path in archive.export(result, options.export):
            _complain(f"written: {path}")


def _standard_input() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise InputError(f"Standard input is not {error.encoding} at byte {error.start}.") from error


def _filters(options: argparse.Namespace) -> dict[str, Any]:
    return {name: getattr(options, name) for name in ("language", "source", "since", "until", "articles")}


def _say_undated(count: int) -> None:
    if count:
        articles = "1 article without a date is" if count == 1 else f"{count:,} articles without a date are"
        _complain(f"{articles} left out by --since/--until.")


def _date(value: str) -> date:
    from rag.errors import ArticleError
    from rag.ingest.fields import parse_date

    try:
        parsed = parse_date(value)
    except ArticleError:
        parsed = None
    if parsed is None:
        raise argparse.ArgumentTypeError(f"{value!r} is not a date (YYYY-MM-DD or DD.MM.YYYY)")
    return parsed


if __name__ == "__main__":
    sys.exit(main())
