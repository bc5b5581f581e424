"""A language model as the judge of one claim: numbered sentences in, a relation for each in a fixed form out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing

from rag.check.compare import Comparison
from rag.check.judge import Judge, Judgement, Premise
from rag.check.support import Standard, Support, is_vetoed
from rag.llm.prompts import CLAIMED, JUDGE, JUDGED
from rag.llm.writer import Message, Writer, WritingFailed
from rag.text.language import question_language
from rag.text.told import fence_of, one_line, only_shown, without_thoughts
from rag.types import Fallback, Stance

_NEUTRAL = Judgement(0.0, 0.0, 1.0)
_RELATIONS = {
    **dict.fromkeys(("belegt", "entails"), Judgement(1.0, 0.0, 0.0)),
    **dict.fromkeys(("widerlegt", "contradicts"), Judgement(0.0, 1.0, 0.0)),
    **dict.fromkeys(("offen", "neither"), _NEUTRAL),
}
_LINE = re.compile(rf"[\s*•\-\[(]*(\d{{1,3}})[\])]?\s*:\W*({'|'.join(_RELATIONS)})\b\W*(.*)", re.IGNORECASE)
_MOST_WRITTEN = 12_000
# Of what stands before a sentence, so much is told.
_MOST_BEFORE = 300


class WrittenJudge:
    """Asks the model once, of one claim. Where it does not answer in form and in time, `own` judges; see `failure`.

    It has no probabilities: a relation that it writes is taken, unless what is exact speaks against it, or the words
    that it gives for it are not the sentence's.
    """

    def __init__(self, writer: Writer, own: Judge | None) -> None:
        self._writer = writer
        self._own = own
        self.failure: Fallback | None = None
        self.standard: Standard = _AsWritten()

    @property
    def fingerprint(self) -> str:
        """Of whoever judged: known once it has."""
        if self.failure:
            return self._own.fingerprint if self._own else "nobody"
        return self._writer.fingerprint

    def judge(self, pairs: Sequence[tuple[Premise, str]]) -> list[Judgement]:
        if not pairs:
            return []
        try:
            return self._ask([premise for premise, _ in pairs], pairs[0][1])
        except WritingFailed as failed:
            self.failure = failed.reason
        if self._own is None:
            return [_NEUTRAL] * len(pairs)
        self.standard = self._own.standard
        return self._own.judge(pairs)

    def _ask(self, premises: Sequence[Premise], claim: str) -> list[Judgement]:
        language = question_language(claim)
        lines = [_told(number, premise) for number, premise in enumerate(premises, start=1)]
        claimed = CLAIMED[language].format(claim=one_line(claim))
        fence = fence_of([*lines, claimed])
        rules = JUDGE[language].format(fence=fence, example=JUDGED[language])
        data = "\n".join([fence, *lines, fence, "", claimed])
        written = ""
        with closing(self._writer.write([Message("system", rules), Message("user", data)])) as pieces:
            for piece in pieces:
                written += piece
                if len(written) > _MOST_WRITTEN:
                    break
        return read_judgements(written, premises)


class _AsWritten:
    """The relation that was written, where nothing exact forbids it."""

    def needs(self, _comparison: Comparison) -> bool:
        return True

    def decide(self, judgement: Judgement, comparison: Comparison) -> Support:
        side: Stance = "for" if judgement.entailment else "against" if judgement.contradiction else "neither"
        if side == "neither":
            return Support("neither")
        return Support("neither", vetoed=side) if is_vetoed(side, comparison) else Support(side)


def read_judgements(written: str, premises: Sequence[Premise]) -> list[Judgement]:
    """Raises WritingFailed unless there is one line for each premise, and none for another."""
    found: dict[int, Judgement] = {}
    for line in without_thoughts(only_shown(written)).splitlines():
        if not (told := _LINE.fullmatch(line.strip())):
            continue
        number, judgement = int(told[1]), _RELATIONS[told[2].lower()]
        if number in found or not 1 <= number <= len(premises):
            raise WritingFailed("not_in_form")
        held = judgement is _NEUTRAL or _holds(premises[number - 1].sentence, told[3])
        found[number] = judgement if held else _NEUTRAL
    if len(found) != len(premises):
        raise WritingFailed("not_in_form" if written.strip() else "empty")
    return [found[number] for number in range(1, len(premises) + 1)]


def _told(number: int, premise: Premise) -> str:
    before = f" ({one_line(premise.before)[-_MOST_BEFORE:]})" if premise.before else ""
    return f"{number}:{before} {one_line(premise.sentence)}"


def _holds(sentence: str, words: str) -> bool:
    """Whether the sentence has these words, but for what marks them off."""
    plain = " ".join(words.strip(" |\"'„“”»«*.…").casefold().split())
    return bool(plain) and plain in " ".join(one_line(sentence).casefold().split())
