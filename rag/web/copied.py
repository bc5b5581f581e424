"""A turn -> plain text for the clipboard: what was said, and each source by its number."""

from __future__ import annotations

from collections.abc import Iterator

from rag.desk.types import Turn
from rag.pack.pack import cited_in
from rag.text.language import Language
from rag.text.unicode import escape_obeyed
from rag.types import Answer, Check, Citation
from rag.web.markup import name_source
from rag.web.wording import WORDING
from rag.wording import VERDICTS, capital, support_notes, writing_notes


def copied_text(turn: Turn, *, language: Language) -> str:
    """Numbers are those that the page shows. What a terminal or an editor would obey is escaped."""
    return escape_obeyed("\n".join(_lines(turn, language))) + "\n"


def _lines(turn: Turn, language: Language) -> Iterator[str]:
    yield turn.typed
    yield ""
    result = turn.result
    if isinstance(result, Answer):
        yield from _answer(result, language)
    elif isinstance(result, Check):
        yield from _check(result, language)
    else:
        yield turn.failure or ""


def _answer(answer: Answer, language: Language) -> Iterator[str]:
    wording = WORDING[language]
    yield from writing_notes(answer.fallback, answer.left_out, language=language)
    if answer.understood:
        yield wording["understood"].format(question=answer.understood)
    if answer.abstained:
        yield answer.text
        yield ""
        yield wording["nearest"]
    for statement in answer.statements:
        yield f"{statement.text} {''.join(f'[{marker}]' for marker in statement.citations)}".rstrip()
        yield from (f"    {note}" for note in support_notes(statement, language=language))
    yield ""
    for citation in answer.nearest if answer.abstained else answer.citations:
        yield _source(citation, "", language, quoted=answer.abstained)


def _check(check: Check, language: Language) -> Iterator[str]:
    for number, part in enumerate(check.parts or (check,), start=1):
        before = f"{number}." if check.parts else ""
        claim = f"{before} {part.claim}: " if check.parts else ""
        yield f"{claim}{capital(VERDICTS[language][part.verdict])}. {part.message}".rstrip()
        numbered = {citation.marker: citation for _, _, citation, _ in cited_in(part)}
        for marker in sorted(numbered):
            yield _source(numbered[marker], before, language, quoted=True)
        yield ""


def _source(citation: Citation, before: str, language: Language, *, quoted: bool) -> str:
    wording = WORDING[language]
    title = citation.title or wording["untitled"].format(id=citation.article_id)
    about = f"[{before}{citation.marker}] {title} · {name_source(citation, language)}"
    opening, closing = "„“" if language == "de" else "“”"
    quote = f"\n    {opening}{citation.quote}{closing}" if quoted else ""
    return f"{about}{f' · {citation.url}' if citation.url else ''}{quote}"
