"""A model of two layers, packed as the bundled one is, made on the spot."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag.models.packed import Floats

HIDDEN, LAYERS, HEADS, FEED_FORWARD, POSITIONS = 32, 2, 2, 64, 24
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", *"abcdefgh", "▁ab", "▁abc", "de", "<mask>")
EPSILON = 1e-12


@dataclass(frozen=True, slots=True)
class PackedFile:
    """Where it lies, and what its tensors stand for, by name."""

    path: Path
    tensors: Mapping[str, Floats]


def write_packed(path: Path, *, seed: int = 0) -> PackedFile:
    """A file with numbers at random, of which the matrices are exactly what 4 bits can say."""
    random = np.random.default_rng(seed)
    tensors: dict[str, Floats] = {}
    parts: list[tuple[str, int, int, bytes]] = []

    def vector(name: str, size: int, *, near: float = 0.0) -> None:
        values = random.normal(near, 0.1, size).astype(np.float32)
        tensors[name] = values
        parts.append((name, 0, size, values.tobytes()))

    def matrix(name: str, rows: int, columns: int) -> None:
        quarters = random.integers(0, 16, (rows, columns // 32, 32), dtype=np.uint8)
        scales = random.uniform(0.01, 0.05, (rows, columns // 32, 1)).astype(np.float16)
        tensors[name] = ((quarters.astype(np.float32) - 8) * scales).reshape(rows, columns).astype(np.float32)
        halves = quarters[..., :16] | quarters[..., 16:] << 4
        blocks = np.concatenate([scales.view(np.uint8), halves], axis=-1)
        parts.append((name, 1, rows * columns, blocks.tobytes()))

    matrix("emb.word", len(PIECES), HIDDEN)
    vector("emb.pos", POSITIONS * HIDDEN)
    vector("emb.type", 2 * HIDDEN)
    vector("emb.ln.w", HIDDEN, near=1.0)
    vector("emb.ln.b", HIDDEN)
    for layer in range(LAYERS):
        for name, rows, columns in (
            *((name, HIDDEN, HIDDEN) for name in ("q", "k", "v", "ao")),
            ("fi", FEED_FORWARD, HIDDEN),
            ("fo", HIDDEN, FEED_FORWARD),
        ):
            matrix(f"l{layer}.{name}.w", rows, columns)
            vector(f"l{layer}.{name}.b", rows)
        for name in ("aln", "oln"):
            vector(f"l{layer}.{name}.w", HIDDEN, near=1.0)
            vector(f"l{layer}.{name}.b", HIDDEN)
    path.write_bytes(_file(parts))
    return PackedFile(path, tensors)


def _file(parts: list[tuple[str, int, int, bytes]]) -> bytes:
    pieces = [piece.encode() for piece in PIECES]
    edges = np.cumsum([0, *map(len, pieces)]).astype("<u4")
    scores = np.array([0.0 if piece.startswith("<") else -1.0 - len(piece) / 10 for piece in PIECES], dtype="<f4")
    head = b"E5S1" + struct.pack("<i", 1)
    head += struct.pack("<7ifi", HIDDEN, LAYERS, HEADS, FEED_FORWARD, len(PIECES), POSITIONS, 2, EPSILON, 32)
    head += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, int(edges[-1]))
    head += edges.tobytes() + scores.tobytes() + b"".join(pieces)
    head += struct.pack("<iI", 1, 5) + struct.pack("<IB", 0x07, 0)  # a map that takes one control character out
    head += struct.pack("<i", len(parts))
    start = len(head) + sum(2 + len(name.encode()) + struct.calcsize("<BIQQ") for name, *_ in parts)
    directory, data = b"", b""
    for name, kind, count, content in parts:
        named = name.encode()
        directory += struct.pack("<H", len(named)) + named
        directory += struct.pack("<BIQQ", kind, count, start + len(data), len(content))
        data += content
    return head + directory + data
