"""The judge that comes with Beleg: claim and source sentence -> entails, contradicts, neither.

What it was trained on and what it is worth is in `weights/JUDGE.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.models.model_files import Dtype
from rag.models.shipped import ShippedModel

if TYPE_CHECKING:
    from rag.models.tokenizer import Tokenizer

RELATIONS = ("entailment", "contradiction", "neutral")
# Of the claim, of what stands before the sentence, of the sentence, of what stands after it: the most pieces of each.
_CLAIM, _BEFORE, _SENTENCE, _AFTER = 96, 96, 224, 48
_BATCH = 8


class TrainedJudgeModel:
    """Loaded when first needed. Threads take turns, a batch at a time."""

    def __init__(self, *, device: str = "cpu", dtype: Dtype = "auto") -> None:
        self._model = ShippedModel("judge", setting="BELEG_JUDGE", device=device, dtype=dtype)

    @property
    def fingerprint(self) -> str:
        return self._model.fingerprint

    def judge(self, pairs: Sequence[tuple[str, str, str, str]]) -> NDArray[np.float32]:
        """Of claim, what is before, sentence, what is after: probabilities of shape (pairs, 3), as `RELATIONS`."""
        rows = np.zeros((len(pairs), len(RELATIONS)), dtype=np.float32)
        if not pairs:
            return rows
        texts = encode_pairs(self._model.tokenizer, pairs)
        longest_first = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
        for start in range(0, len(texts), _BATCH):
            some = longest_first[start : start + _BATCH]
            with self._model.read([texts[at] for at in some]) as (vectors, heads):
                rows[some] = heads["relation"](vectors[:, 0]).float().softmax(dim=1).cpu().numpy()
        return self._model.checked(rows)


def encode_pairs(tokenizer: Tokenizer, pairs: Sequence[tuple[str, str, str, str]]) -> list[list[int]]:
    """Claim, what stands before, sentence, what stands after -> `<s> claim </s> before </s> sentence </s> after </s>`.

    Of what stands before, the end is kept where it is too long; of the other three, the beginning.
    """
    pieces = iter(tokenizer.encode([part for pair in pairs for part in pair]))
    end = tokenizer.end
    encoded = []
    for _ in pairs:
        claim, before, sentence, after = (next(pieces) for _ in range(4))
        parts = [claim[:_CLAIM], before[-_BEFORE:], sentence[:_SENTENCE], after[:_AFTER]]
        encoded.append([tokenizer.begin, *(piece for part in parts for piece in (*part, end))])
    return encoded
