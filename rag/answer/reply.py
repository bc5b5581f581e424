"""What a language model wrote -> its statements and the ids that each cites, however it wrote them down."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rag.llm.prompts import NOT_IN_ARCHIVE
from rag.text.ends import marks_start
from rag.text.told import ID_LENGTH, only_shown, without_thoughts

_FENCE = re.compile(r"^\s*(?:```.*|<<<\w*>>>)\s*$")
_LIST = re.compile(r"^\s*(?:#{1,6}\s+|[-*•–]\s+|\d{1,2}[.)]\s+|>\s+)")
# A Markdown link in which the id stands as its words or its address: "[Quelle](k7qm2x)", "[k7qm2x](#k7qm2x)".
_LINK = re.compile(r"\[(?P<words>\[?[^\[\]\n]{0,80}\]?)\]\((?P<address>[^()\s]{0,200})\)")
_BRACKET = re.compile(r"[\[(【][^\[\]()【】\n]{0,400}[\])】]")
# What some models write citations in instead: they would stand beside our own.
_BRACKETS = str.maketrans("［］〔〕（）⁽⁾", "[][]()()")
_OPEN_BRACKET = re.compile(r"[\[(【][^\])】]{0,400}\Z")
_TOKEN = re.compile(r"[\w-]+")
# What a citation may hold beside ids: "[Quelle: k7qm2x]", "(see k7qm2x and w3brt9)".
_BESIDE = frozenset("quelle quellen satz beleg id ids kennung vgl siehe und source sources see and cf sentence".split())
# Ids as we make them, and numbers as models make them up: "[3]", "[S3]", "[doc-2]". Years and the like are words.
_LIKE_AN_ID = re.compile(rf"(?=.*\d)(?=.*[a-z])[a-z0-9]{{{ID_LENGTH}}}|(?:[a-z]{{1,4}}-?)?\d{{1,2}}", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_SPACE_BEFORE_END = re.compile(r"\s+(?=[.,;:!?](?:\s|$))")
_WORDS_GO_ON = re.compile(r"\s*+[^\W_]")
# A number in brackets that no id is: "[90]" within a sentence. Only the numbers that we put in stand in square ones.
_FOREIGN_NUMBER = re.compile(r"\[\s*(\d+)\s*\]")
_DECLINED = re.compile(rf"[*_`]{{0,3}}{NOT_IN_ARCHIVE}[*_`]{{0,3}}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as the model wrote it, without its citations, and the known ids that it cites, in their order.

    Where an id was part of the sentence ("Laut k7qm2x ..."), `[n]` stands in its place, n the id's number in the reply.
    """

    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """The statements, in order, and the ids in the order in which they first come: their numbers count from 1.

    `declined`: the model says that the archive does not say, and nothing else.
    """

    statements: tuple[Said, ...]
    ids: tuple[str, ...]
    declined: bool = False


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A reply that is being written: its finished lines, and the words of the next."""

    reply: Reply
    pending: str


def read_reply(text: str, known: Collection[str]) -> Reply:
    """One statement a line. Ids that are not known are taken out; a line of nothing but ids cites for that before.

    Before the first it cites for that. That the archive does not say is a statement of its own, NOT_IN_ARCHIVE.
    """
    numbers: dict[str, int] = {}
    statements: list[Said] = []
    ahead: tuple[str, ...] = ()
    for line in _lines(text):
        said = _read_line(line, known, numbers)
        if _DECLINED.match(said.text):
            statements.append(Said(NOT_IN_ARCHIVE, ()))
        elif any(sign.isalnum() for sign in said.text):
            statements.append(Said(said.text, tuple(dict.fromkeys(ahead + said.ids))))
            ahead = ()
        elif statements:
            last = statements[-1]
            statements[-1] = Said(last.text, tuple(dict.fromkeys(last.ids + said.ids)))
        else:
            ahead += said.ids
    declined = bool(statements) and all(said.text == NOT_IN_ARCHIVE for said in statements)
    return Reply(tuple(statements), tuple(numbers), declined)


def read_unfinished(text: str, known: Collection[str]) -> Unfinished:
    """What has come of a reply so far. The word that is being written, which may be an id, is not shown yet."""
    told = without_thoughts(text)
    lines, _, last = told.rpartition("\n")
    reply = read_reply(lines, known)
    numbers = {id: number for number, id in enumerate(reply.ids, start=1)}
    whole_words = _OPEN_BRACKET.sub("", last).rpartition(" ")[0]
    pending = " ".join(_read_line(line, known, numbers).text for line in _lines(whole_words))
    return Unfinished(reply, "" if _DECLINED.match(pending) else pending)


def _lines(text: str) -> Iterator[str]:
    for line in without_thoughts(text).translate(_BRACKETS).splitlines():
        if not _FENCE.match(line) and line.strip():
            yield _LIST.sub("", only_shown(line)).strip()


def _read_line(line: str, known: Collection[str], numbers: dict[str, int]) -> Said:
    cited: list[str] = []

    def cite(id: str) -> None:
        numbers.setdefault(id, len(numbers) + 1)
        cited.append(id)

    def link(match: re.Match[str]) -> str:
        """A link whose address is an id is a citation; of any other the words stay, and the address goes."""
        words, ids = match["words"], _ids_in(match["address"], known)
        if ids or _is_citation(words, known):
            for id in dict.fromkeys([*_ids_in(words, known), *ids]):
                cite(id)
            return "" if _is_citation(words, known) or _only_names_a_source(words) else words
        return words

    def bracket(match: re.Match[str]) -> str:
        if match.group()[1:-1].strip().isdecimal() and _is_within_words(match):
            return f"({match.group()[1:-1].strip()})"
        if not _is_citation(match.group()[1:-1], known):
            return match.group()
        for id in _ids_in(match.group(), known):
            cite(id)
        return ""

    def prose(match: re.Match[str]) -> str:
        id = match.group().lower()
        if id not in known:
            return match.group()
        cite(id)
        return f"[{numbers[id]}]"

    text = _LINK.sub(link, _EMPHASIS.sub("", line).replace("`", ""))
    # A second time for brackets within brackets: "([k7qm2x])".
    for _ in range(2):
        text = _BRACKET.sub(bracket, text)
    text = re.sub(r"\(\s*\)|\[\s*\]", "", text)
    text = _FOREIGN_NUMBER.sub(r"(\1)", text)
    text = _TOKEN.sub(prose, text)
    text = _SPACE_BEFORE_END.sub("", " ".join(text.split()))
    # "Das ist so. [k7qm2x]." leaves two full stops.
    text = re.sub(r"(?<=[.!?])\s*\.$", "", text)
    return Said(text, tuple(dict.fromkeys(cited)))


def _is_within_words(match: re.Match[str]) -> bool:
    """Whether words go on behind a bracket: what stands in it belongs to them."""
    before = marks_start(match.string, "", end=match.start())
    return match.string[before - 1 : before].isalnum() and _WORDS_GO_ON.match(match.string, match.end()) is not None


def _ids_in(text: str, known: Collection[str]) -> list[str]:
    return [token for found in _TOKEN.findall(text) if (token := found.lower()) in known]


def _is_citation(inner: str, known: Collection[str]) -> bool:
    """Whether what stands in brackets cites and says nothing: ids, known or not, and words such as "Quelle"."""
    tokens = [token.lower() for token in _TOKEN.findall(inner)]
    ids = [token for token in tokens if token in known or _LIKE_AN_ID.fullmatch(token)]
    return bool(ids) and all(token in ids or token in _BESIDE for token in tokens)


def _only_names_a_source(words: str) -> bool:
    return all(token.lower() in _BESIDE for token in _TOKEN.findall(words))
