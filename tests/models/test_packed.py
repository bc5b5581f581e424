"""A packed file is read whole, or refused."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from rag.errors import InputError
from rag.models.packed import read_packed_model
from tests.packed_files import EPSILON, FEED_FORWARD, HIDDEN, LAYERS, PIECES, PackedFile, write_packed


@pytest.fixture
def packed(tmp_path: Path) -> PackedFile:
    return write_packed(tmp_path / "model.bin")


def test_sizes_pieces_and_numbers_are_what_was_packed(packed: PackedFile) -> None:
    model = read_packed_model(packed.path)
    assert (model.sizes.hidden, model.sizes.layers, model.sizes.vocabulary) == (HIDDEN, LAYERS, len(PIECES))
    assert model.sizes.epsilon == pytest.approx(EPSILON)
    assert [piece.decode() for piece in model.word_pieces.pieces] == list(PIECES)
    assert np.array_equal(model.vector("l1.fi.b"), packed.tensors["l1.fi.b"])
    assert np.array_equal(model.matrix("l1.fo.w", columns=FEED_FORWARD).whole(), packed.tensors["l1.fo.w"])


def test_a_block_is_a_scale_and_two_values_a_byte() -> None:
    """Worked out by hand: scale 0.5, byte 0 is 0x9F, the others 0x88: value 0 is 7 · 0.5, value 16 is 1 · 0.5."""
    from rag.models.packed import PackedMatrix

    block = np.frombuffer(np.float16(0.5).tobytes() + bytes([0x9F, *[0x88] * 15]), dtype=np.uint8)
    values = PackedMatrix(block.reshape(1, 1, 18)).whole()[0]
    assert values[0] == 3.5
    assert values[16] == 0.5
    assert not values[[*range(1, 16), *range(17, 32)]].any()


def test_rows_are_unpacked_one_by_one(packed: PackedFile) -> None:
    table = read_packed_model(packed.path).matrix("emb.word", columns=HIDDEN)
    assert np.array_equal(table.rows(np.array([3, 1, 3])), packed.tensors["emb.word"][[3, 1, 3]])


def test_a_file_that_is_cut_off_anywhere_is_refused(packed: PackedFile, tmp_path: Path) -> None:
    whole = packed.path.read_bytes()
    cut = tmp_path / "cut.bin"
    for size in (0, 3, 4, 20, 60, 200, len(whole) // 2, len(whole) - 1):
        cut.write_bytes(whole[:size])
        with pytest.raises(InputError, match=r"is no packed model, or a part of one|cannot be read"):
            read_packed_model(cut)


@pytest.mark.parametrize(
    ("at", "value", "says"),
    [
        (0, b"GGUF", "does not begin as one"),
        (4, b"\x02\0\0\0", "its form is 2"),
        (8, b"\xff\xff\xff\xff", "make no sense"),
        (40, b"\x40\0\0\0", "make no sense"),
        (44, b"\xff\xff\xff\x7f", "make no sense|beyond its end"),
        (64, b"\xff\xff\xff\xff\xff\xff\xff\xff", "beyond its end|not whole"),
    ],
)
def test_a_damaged_head_is_refused_with_what_is_wrong(packed: PackedFile, at: int, value: bytes, says: str) -> None:
    whole = packed.path.read_bytes()
    packed.path.write_bytes(whole[:at] + value + whole[at + len(value) :])
    with pytest.raises(InputError, match=says):
        read_packed_model(packed.path)


def test_another_file_than_the_one_that_is_known_is_refused(packed: PackedFile) -> None:
    digest = sha256(packed.path.read_bytes()).hexdigest()
    read_packed_model(packed.path, digest=digest)
    content = bytearray(packed.path.read_bytes())
    content[-1] ^= 1
    packed.path.write_bytes(content)
    with pytest.raises(InputError, match="not the file that this version knows"):
        read_packed_model(packed.path, digest=digest)


def test_a_file_that_is_not_there_and_a_tensor_that_is_not_in_it_are_named(packed: PackedFile, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.bin.*cannot be read"):
        read_packed_model(tmp_path / "none.bin")
    model = read_packed_model(packed.path)
    with pytest.raises(InputError, match=r"no tensor 'l9\.q\.w'"):
        model.matrix("l9.q.w", columns=HIDDEN)
    with pytest.raises(InputError, match="no rows of 40 columns"):
        model.matrix("l0.q.w", columns=40)
