"""SQuAD JSON, 1.1 and 2.0 (Rajpurkar et al. 2016, 2018), as XQuAD, MLQA and GermanQuAD use it too."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from evals.formats.lines import parse, read_text
from evals.types import Case, Evidence, Suite
from rag.types import Article


class _Answer(BaseModel):
    text: str
    answer_start: int


class _Question(BaseModel):
    id: str | int
    question: str
    answers: list[_Answer] = []
    is_impossible: bool = False


class _Paragraph(BaseModel):
    context: str
    qas: list[_Question]


class _Entry(BaseModel):
    title: str | None = None
    paragraphs: list[_Paragraph]


class _File(BaseModel):
    data: list[_Entry]


def read_squad(path: Path) -> Suite:
    """Paragraphs become articles, `title#number`, in the group of their title; questions become cases.

    A question that is marked impossible (2.0) is unanswerable. Raises InputError by file and field.
    """
    file = parse(read_text(path), _File, str(path))
    cases: list[Case] = []
    articles: list[Article] = []
    groups: dict[str, str] = {}
    for number, entry in enumerate(file.data):
        group = entry.title or f"{path.stem} {number}"
        for index, paragraph in enumerate(entry.paragraphs):
            article = Article(f"{group}#{index}", paragraph.context, origin=str(path))
            articles.append(article)
            groups[article.id] = group
            cases += [_case(question, article, f"{path}: {article.id}: {question.id}") for question in paragraph.qas]
    return Suite(tuple(cases), tuple(articles), groups)


def _case(question: _Question, article: Article, where: str) -> Case:
    if question.is_impossible or not question.answers:
        return Case(str(question.id), question.question, answerable=False, where=where, tags=("impossible",))
    return Case(
        str(question.id),
        question.question,
        answers=tuple(dict.fromkeys(answer.text for answer in question.answers)),
        evidence=tuple(
            dict.fromkeys(Evidence(article.id, answer.text, answer.answer_start) for answer in question.answers)
        ),
        where=where,
    )
