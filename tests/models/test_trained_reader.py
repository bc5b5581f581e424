"""The reader that comes with Beleg: how a passage is written, and what is read of it."""

from __future__ import annotations

import torch

from rag.models.trained_reader import TrainedReaderModel, Written, sentence_vectors

FIRE = ("In Lohr brannte am Montag ein Stall.", "Elf Rinder kamen um.", "Die Ursache ist noch unklar.")


def test_a_sentence_is_the_mean_of_its_pieces() -> None:
    pieces = torch.arange(12.0).reshape(2, 6, 1)
    texts = [Written([0] * 6, [1, 4], [3, 5]), Written([0] * 6, [2], [2])]
    assert sentence_vectors(pieces, texts)[:, 0].tolist() == [1.5, 4.0, 8.0]


def test_the_sentence_and_the_words_that_answer_are_found() -> None:
    (read,) = TrainedReaderModel(dtype="float32").read("Wie viele Tiere starben?", [("Stall abgebrannt", FIRE)])
    assert len(read) == len(FIRE)
    best = max(range(len(FIRE)), key=lambda at: read[at].log_odds)
    assert best == 1
    assert FIRE[best][read[best].start : read[best].end].startswith("Elf")
    assert 0.0 < read[best].probability <= 1.0


def test_each_passage_is_read_by_itself_whatever_it_is_read_with() -> None:
    model = TrainedReaderModel(dtype="float32")
    passages = [("", FIRE), ("", ("Es regnet.",)), ("", ())]
    together = model.read("Warum brannte es?", passages)
    alone = [model.read("Warum brannte es?", [passage])[0] for passage in passages]
    assert [len(some) for some in together] == [3, 1, 0]
    for one, other in zip(together, alone, strict=True):
        assert [round(a.log_odds, 2) for a in one] == [round(b.log_odds, 2) for b in other]


def test_a_passage_that_is_too_long_is_read_as_far_as_it_goes() -> None:
    long = tuple(f"Satz {number} über das Wetter in Lohr und anderswo im Land." for number in range(80))
    (read,) = TrainedReaderModel(dtype="float32").read("Wie wird das Wetter?", [("", long)])
    assert 0 < len(read) < len(long)
