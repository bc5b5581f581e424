"""What is being taken in, and what became of it -> HTML: how far it is, and a line for each thing that was given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from rag.text.language import Language
from rag.text.unicode import escape_obeyed
from rag.types import Failure
from rag.web.draw_reviews import draw_time
from rag.web.intake import Step, Taken
from rag.web.markup import draw_text
from rag.web.wording import WORDING

# So many failures of one file are shown at once; the others are folded.
_SHOWN = 10
# Reasons of the readers that have words in both languages, by how they begin; the others stand as they are.
_REASONS = {
    "the file is empty": "reason_empty",
    "there is no text": "reason_empty",
    "the file is binary": "reason_binary",
    "the file is not text": "reason_binary",
    "there is no sentence": "reason_no_sentence",
    "the ending": "reason_ending",
    "the name has no ending": "reason_ending",
}


def draw_step(step: Step, *, language: Language) -> str:
    """How far it is, with a bar for the things and one for the articles of a thing that holds several."""
    wording = WORDING[language]
    at = wording["taking_of" if step.of > 1 else "taking"].format(number=step.number, of=step.of)
    name = f'<bdi class="name">{_name(step.name)}</bdi>'
    bars = _bar(step.number - 1, step.of, at) if step.of > 1 else ""
    if not step.articles:
        return f'<p class="taking">{at} {name}</p>{bars}<p class="taking">{wording["being_read"]}</p>'
    inside = wording["articles_of"].format(done=step.done, of=step.articles)
    return (
        f'<p class="taking">{at} {name}</p>{bars}<p class="taking">{inside}</p>{_bar(step.done, step.articles, inside)}'
    )


def draw_report(taken: Sequence[Taken], *, made: datetime, stopped: bool, language: Language) -> str:
    """What became of each thing."""
    wording = WORDING[language]
    sums = {kind: sum(getattr(one, kind) for one in taken) for kind in ("added", "updated", "unchanged")}
    sums["failed"] = sum(len(one.failed) for one in taken)
    counted = ", ".join(wording[f"sum_{kind}"].format(count=count) for kind, count in sums.items() if count)
    head = f"{wording['stopped']} " if stopped else ""
    lines = "".join(_taken(one, language) for one in taken)
    return (
        f'<section class="report"><h3>{head}{counted or wording["sum_none"]}</h3> {draw_time(made, language)}'
        f"<ul>{lines}</ul></section>"
    )


def draw_reports(drawn: Iterable[str], *, language: Language) -> str:
    """The reports so far, the latest first and the others folded."""
    latest, *earlier = [*drawn][::-1] or [""]
    if not earlier:
        return latest
    summary = WORDING[language]["earlier_reports"].format(count=len(earlier))
    return f"{latest}<details><summary>{summary}</summary>{''.join(earlier)}</details>"


def _name(name: str) -> str:
    """A file can be called anything: what would turn its name round is written out."""
    return draw_text(escape_obeyed(name))


def _bar(done: int, of: int, label: str) -> str:
    return f'<progress value="{done}" max="{of}" aria-label="{draw_text(label)}"></progress>'


def _taken(one: Taken, language: Language) -> str:
    wording = WORDING[language]
    kind, said = _outcome(one, language)
    sign = {"failed": "✗", "partly": "!", "left": "–"}.get(kind, "✓")
    reasons = ""
    if len(one.failed) == 1 and not one.articles:
        reasons = f": {_reason(one.failed[0], one.name, language)}"
    elif one.failed:
        lines = [f"<li>{_reason(failure, one.name, language)}</li>" for failure in one.failed]
        more = wording["more_failed"].format(count=len(lines) - _SHOWN)
        rest = f"<details><summary>{more}</summary><ul>{''.join(lines[_SHOWN:])}</ul></details>"
        reasons = f"<ul>{''.join(lines[:_SHOWN])}</ul>{rest if len(lines) > _SHOWN else ''}"
    name = f'<bdi class="name">{_name(one.name)}</bdi>'
    return f'<li class="{kind}"><span class="sign" aria-hidden="true">{sign}</span> {name}: {said}{reasons}</li>'


def _outcome(one: Taken, language: Language) -> tuple[str, str]:
    """The class of a thing's line, and what is said."""
    wording = WORDING[language]
    if not one.begun:
        return "left", wording["not_begun"]
    counts = {"added": one.added, "updated": one.updated, "unchanged": one.unchanged, "failed": len(one.failed)}
    there = {kind: count for kind, count in counts.items() if count}
    if not there and not one.left:
        return "failed", wording["nothing_in_it"]
    said = [wording[f"sum_{kind}"].format(count=count) for kind, count in there.items()]
    if sum(there.values()) == 1 and not one.left:
        said = [wording[f"was_{kind}"] for kind in there]
    if one.left:
        said.append(wording["left"].format(count=one.left))
    kind = next(iter(there)) if len(there) == 1 and not one.left else "partly"
    return kind if there else "left", ", ".join(said)


def _reason(failure: Failure, name: str, language: Language) -> str:
    """Why, in the interface's language where it is one of the usual reasons; and in which line of the file."""
    wording = WORDING[language]
    line = failure.where.rpartition(":")[2] if failure.where != name else ""
    reason = failure.reason.removeprefix(f"line {line}: ")
    where = f"{wording['line'].format(number=line)}: " if line.isdecimal() else ""
    key = next((key for begins, key in _REASONS.items() if reason.startswith(begins)), None)
    said = wording[key] if key else draw_text(reason)
    return f'{where}<span dir="auto">{said}</span>'
