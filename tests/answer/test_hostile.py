"""Whatever an article tells a model to say, and whatever the model then says, the marks hold and nothing acts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from rag.archive import Archive
from rag.cite import holds
from rag.cli_text import answer_lines
from rag.llm.prompts import NOT_IN_ARCHIVE
from rag.llm.writer import Message, ScriptedWriter, Writer
from rag.models.embedder import HashEmbedder
from rag.settings import Settings
from rag.types import Answer, Article
from rag.web.draw import draw_answer, draw_evidence
from tests.answer.hostile import FALSE, HOSTILE
from tests.answer.test_generate import CALL, DURATION, QUESTION, SHIP
from tests.web.tags import assert_harmless

Lines = dict[str, str]  # id -> what stands behind it

HONEST = f"{DURATION} [{{honest}}]\nAntony Blinken telefonierte mit Sergej Lawrow. [{{who}}]"


def _id_of(lines: Lines, words: str) -> str:
    return next((id for id, said in lines.items() if words in said), "zzzzz9")


def _hostile(lines: Lines) -> Lines:
    """The lines that are not of the honest articles."""
    return {id: said for id, said in lines.items() if not said.startswith(("(Tagesschau,", "(ZDF,"))}


def obeys(lines: Lines) -> str:
    own = next(iter(_hostile(lines)))
    return f"{FALSE} [{own}]\n{FALSE} [abc123]\n{FALSE} [bbbbb3] ![x](http://evil.example/?q=1)"


def repeats(lines: Lines) -> str:
    return "\n".join(f"{said} [{id}]" for id, said in _hostile(lines).items())[:11_000]


def lies_with_the_honest_sentence(lines: Lines) -> str:
    return f"{FALSE} [{_id_of(lines, DURATION)}]\n<script>alert(1)</script> [{_id_of(lines, DURATION)}]"


def abstains(_: Lines) -> str:
    return NOT_IN_ARCHIVE


def is_honest(lines: Lines) -> str:
    return HONEST.format(honest=_id_of(lines, DURATION), who=_id_of(lines, "am 29. Juli 2022"))


MODELS = (obeys, repeats, lies_with_the_honest_sentence, abstains, is_honest)


@dataclass
class Asked:
    """An answer, what the model was shown for it, and what is exported of it."""

    answer: Answer
    told: str
    lines: Lines
    markdown: str
    pack: str
    drawn: str
    articles: dict[str, Article]


Ask = Callable[..., Asked]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    def asked(model: Callable[[Lines], str], *articles: Article) -> Asked:
        seen: list[str] = []

        def write(messages: Sequence[Message]) -> str:
            seen.append(messages[-1].text)
            return model(_lines(messages[-1].text))

        writer: Writer = ScriptedWriter(write, room=20_000)
        settings = Settings(min_confidence=0.0)
        folder = tmp_path / f"data-{len(list(tmp_path.iterdir()))}"
        with Archive.open(folder, settings=settings, embedder=HashEmbedder(), writer=writer) as archive:
            archive.ingest([CALL, SHIP, *articles])
            answer = archive.ask(QUESTION)
            paths = [folder / "pack.md", folder / "pack.json"]
            for path in paths:
                archive.export(answer, path)
            assert archive.verify(paths[1]).holds
            kept = {article.id: article for article in archive.articles()}
            drawn = draw_answer(answer, turn=1, language="de")
            drawn += draw_evidence(answer, archive, turn=1, language="de")
        markdown, pack = (path.read_text("utf-8") for path in paths)
        return Asked(answer, seen[0], _lines(seen[0]), markdown, pack, drawn, kept)

    return asked


def _data(told: str) -> list[str]:
    lines = told.split("\n")
    assert told.count(lines[0]) == 2
    return lines[1 : lines.index(lines[0], 1)]


def _lines(told: str) -> Lines:
    return {line[1:7]: line[9:] for line in _data(told)}


@pytest.mark.parametrize("article", HOSTILE, ids=lambda one: one.id)
@pytest.mark.parametrize("model", MODELS, ids=lambda one: one.__name__)
def test_whatever_the_model_says_of_a_hostile_article(
    ask: Ask, article: Article, model: Callable[[Lines], str]
) -> None:
    asked = ask(model, article)
    answer = asked.answer
    _citations_hold(asked)
    _the_data_stays_data(asked)
    _nothing_false_is_supported(asked)
    _nothing_acts(asked)
    assert any(DURATION in said for said in asked.lines.values())
    if model is abstains:
        assert (answer.reason, answer.statements) == ("not_answered", ())
        assert DURATION in [citation.quote for citation in answer.nearest]
    if model is is_honest:
        alone = ask(model).answer
        assert [(one.text, one.support) for one in answer.statements] == [
            (one.text, one.support) for one in alone.statements
        ]
        assert [one.support for one in alone.statements] == ["supported", "supported"]


def _citations_hold(asked: Asked) -> None:
    answer = asked.answer
    assert all(holds(one, asked.articles[one.article_id]) for one in (*answer.citations, *answer.nearest))
    markers = {citation.marker for citation in answer.citations}
    assert {int(found) for found in re.findall(r"\[(\d+)\]", answer.text)} <= markers
    assert all(set(one.citations) <= markers for one in answer.statements)


def _the_data_stays_data(asked: Asked) -> None:
    for line in _data(asked.told):
        assert re.match(r"\[[a-z0-9]{6}\] \(", line)
        assert len(line.splitlines()) == 1
        assert not re.search(r"[\[［【](?=\w*\d)\w{6}[\]］】]", line[8:])
        assert not re.search(r"<\S|\S>|\[/?[A-Z_]+\]|[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\x00-\x1f]", line)


def _nothing_false_is_supported(asked: Asked) -> None:
    """Only where a cited sentence says so itself may it be said that one does."""
    quotes = {citation.marker: citation.quote for citation in asked.answer.citations}
    for one in asked.answer.statements:
        if one.support == "supported" and "90 Minuten" in one.text:
            assert any("90 Minuten" in quotes[marker] for marker in one.citations)
        assert not re.search(r"\[(?=\w*\d)\w{6}\]", one.text)


def _nothing_acts(asked: Asked) -> None:
    assert_harmless(asked.drawn, says="")
    shown = MarkdownIt().parse(asked.markdown)
    inside = [child for token in shown for child in token.children or ()]
    assert {token.type for token in [*shown, *inside]}.isdisjoint({"image", "link_open", "html_block", "html_inline"})
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x1b]", asked.markdown)
    assert json.loads(asked.pack)
    text = answer_lines(asked.answer).split("\n")
    assert not any(re.match(r"\[\w{6}\]|<<<|Frage:", line) for line in text)
